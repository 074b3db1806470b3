"""What a ZIP holds, without unpacking it."""

import io
import zipfile

from acterm.i18n import _, ngettext
from acterm.mail.clean import clean_name
from acterm.mail.marks import CELL, ROW, layout
from acterm.mail.size import size_words
from acterm.viewers.view import MAX_LINES, View


def view(data: bytes, width: int) -> View:
    """Names and sizes; a locked file is told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()[:MAX_LINES]
    except (zipfile.BadZipFile, NotImplementedError) as problem:
        raise ValueError(str(problem)) from problem
    rows = []
    for entry in entries:
        locked = _("locked") if entry.flag_bits & 1 else ""
        rows.append(
            ROW + CELL.join((clean_name(entry.filename), size_words(entry.file_size), locked))
        )
    note = ngettext("{count} file", "{count} files", len(entries)).format(count=len(entries))
    return View(tuple(layout(rows, width)), note)
