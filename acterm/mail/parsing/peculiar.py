"""Signs that only the raw name or the bytes of an attachment give."""

import io
import re
from collections.abc import Iterator, Sequence

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.locked_sevenzip import is_locked
from acterm.mail.message import Level, Sign
from acterm.mail.parsing.mimetree import Part
from acterm.mail.parsing.transfer import decoded
from acterm.mail.signs.file_danger import danger_of

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ARCHIVE_TYPES = ("application/zip", "application/x-zip-compressed", "application/x-zip")
_HEAD = 1 << 12
# An archive up to that size is looked into; of a larger one only the beginning is read.
_MAX_ARCHIVE = 2 << 20
_MOST_FILES = 500
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def peculiar(parts: Sequence[Part]) -> list[Sign]:
    """Names written backwards, archives nobody could look into, programs inside archives."""
    signs: list[Sign] = []
    for item in parts:
        if _BIDI.search(item.raw_name):
            words = _("The name of “{name}” is written backwards to hide what it is.")
            signs.append(Sign("bidi-name", Level.SUSPECT, words.format(name=item.name)))
        if item.announced_size < 0 and _is_archive(item):
            signs += _archive_signs(item)
        elif item.announced_size < 0:
            signs += _locked_document(item)
    return signs


def _is_archive(item: Part) -> bool:
    return item.type in _ARCHIVE_TYPES or item.name.lower().endswith((".zip", ".rar", ".7z"))


def _archive_signs(item: Part) -> Iterator[Sign]:
    names, locked = _inside(item)
    if locked:
        words = _("“{name}” is a locked archive: no server could look for a virus in it.")
        yield Sign("encrypted-archive", Level.VERIFY, words.format(name=item.name))
    for name in names:
        danger = danger_of(name)
        if danger and danger[0] is Level.SUSPECT:
            words = _("The archive “{archive}” holds a program, “{name}”.")
            words = words.format(archive=item.name, name=clean_name(name)[-80:])
            yield Sign("dangerous-attachment", Level.SUSPECT, words)
            return


def _locked_document(item: Part) -> Iterator[Sign]:
    """An office file or a PDF under a password (MS-OFFCRYPTO 2.3, ISO 32000-1 §7.6)."""
    head = decoded(item.raw[:_HEAD], item.encoding)[:8]
    if not head.startswith((_OLE, b"%PDF-")) or item.size > _MAX_ARCHIVE:
        return
    words = _("“{name}” is locked with a password: no server could look for a virus in it.")
    words = words.format(name=item.name)
    if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in item.content:
        yield Sign("encrypted-document", Level.VERIFY, words)
    elif head.startswith(b"%PDF-") and re.search(rb"/Encrypt\s+\d", item.content):
        yield Sign("encrypted-document", Level.NOTE, words)


def _inside(item: Part) -> tuple[list[str], bool]:
    """The names in an archive, as far as they can be read, and whether a file is encrypted."""
    head = decoded(item.raw[:_HEAD], item.encoding)[:64]
    if head.startswith(b"7z") and item.size <= _MAX_ARCHIVE:
        return [], is_locked(item.content)
    if not head.startswith(b"PK\x03\x04") or item.size > _MAX_ARCHIVE:
        return [], _locked_head(head)
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(item.content)) as archive:
            entries = archive.infolist()[:_MOST_FILES]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return [], _locked_head(head)
    return [entry.filename for entry in entries], any(entry.flag_bits & 1 for entry in entries)


def _locked_head(head: bytes) -> bool:
    """Bit 0 of the first file's flags (ZIP, APPNOTE 4.4.4); an encrypted RAR header."""
    if head.startswith(b"PK\x03\x04"):
        return len(head) > 6 and bool(head[6] & 1)
    if head.startswith(b"Rar!\x1a\x07\x00"):
        return len(head) > 10 and head[9] == 0x73 and bool(head[10] & 0x80)
    return head.startswith(b"Rar!\x1a\x07\x01\x00") and len(head) > 13 and head[13] == 4
