"""Saving an attachment: a name that can do no harm, and no file ever overwritten."""

import io
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from acterm.errors import NoInput, reason
from acterm.i18n import _
from acterm.mail.clean import clean_name

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
MAX_BYTES = 200
_MOST_TRIES = 10_000
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def safe_name(name: str, number: int = 1) -> str:
    """A file name without path, control, direction marks or a leading dot; never empty."""
    text = unicodedata.normalize("NFC", clean_name(name))
    text = re.split(r"[\\/]", text)[-1]
    text = _FORBIDDEN.sub("_", text).strip(" .")
    if text.startswith("-"):
        text = "_" + text  # no program may take it for an option
    if not text or _RESERVED.fullmatch(text):
        text = _("attachment") + f"-{number}{Path(text).suffix}"
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 12:
        stem, ending = text, ""
    room = MAX_BYTES - len(ending.encode()) - 1
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{stem}.{ending}" if ending else stem


def save(data: bytes, folder: Path, name: str, number: int = 1) -> Path:
    """Write the file for its owner alone under a free name: « notes (2).ods »."""
    for chosen in _free_names(safe_name(name, number)):
        target = folder / chosen
        try:
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise _unwritable(folder, error) from error
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise _unwritable(folder, error) from error
        return target
    raise _unwritable(folder, FileExistsError())


def zip_of(items: Iterable[tuple[str, bytes]]) -> bytes:
    """Attachments by name and content as one ZIP: safe names, none twice, nothing about whom."""
    import zipfile

    taken: set[str] = set()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(items, 1):
            free = (one for one in _free_names(safe_name(name, number)) if one.lower() not in taken)
            chosen = next(free)
            taken.add(chosen.lower())
            archive.writestr(zipfile.ZipInfo(chosen, _NO_DATE), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _free_names(name: str) -> Iterator[str]:
    """The name, then « notes (2).ods » and on."""
    safe = Path(name)
    yield name
    for attempt in range(2, _MOST_TRIES):
        yield f"{safe.stem} ({attempt}){safe.suffix}"


def _unwritable(folder: Path, error: OSError) -> NoInput:
    return NoInput(
        _("Nothing can be saved in {folder}: {reason}.").format(
            folder=folder, reason=reason(error)
        ),
        _("Choose another folder."),
    )
