"""What a ZIP holds, without unpacking it."""

import io
import struct
import zipfile

from acterm.i18n import _, ngettext
from acterm.mail.clean import clean_name
from acterm.mail.marks import CELL, ROW, layout
from acterm.mail.size import size_words
from acterm.viewers.view import View

MAX_ENTRIES = 2000


def view(data: bytes, width: int) -> View:
    """Names and sizes; a locked file is told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, struct.error) as problem:
        raise ValueError(str(problem)) from problem
    rows = []
    for entry in entries[:MAX_ENTRIES]:
        locked = _("locked") if entry.flag_bits & 1 else ""
        rows.append(
            ROW + CELL.join((clean_name(entry.filename), size_words(entry.file_size), locked))
        )
    note = ngettext("{count} file", "{count} files", len(entries)).format(count=len(entries))
    return View(tuple(layout(rows, width)), note, cut=len(entries) > MAX_ENTRIES)
