"""What a ZIP holds, and one file of it at a time. Nothing is unpacked to the disk."""

import zipfile
import zlib

from acterm.errors import BadData
from acterm.i18n import _
from acterm.viewers import packages
from acterm.viewers.asked import Asked
from acterm.viewers.listing import MAX_ENTRIES, entry, is_litter, listing, missing
from acterm.viewers.view import Locked, Member, View
from acterm.viewers.zip_names import name_of

_AES = 99  # APPNOTE 4.4.5


def view(asked: Asked) -> View:
    """Names and sizes; a locked file is told."""
    files = _files(packages.opened(asked.data))
    entries = (
        entry(number, name_of(file), file.file_size, locked=bool(file.flag_bits & 1))
        for number, file in enumerate(files[:MAX_ENTRIES], 1)
    )
    return listing(entries, asked.width, len(files))


def member(asked: Asked, number: int) -> Member:
    """A file of the archive, unpacked in memory."""
    archive = packages.opened(asked.data)
    files = _files(archive)
    if not 1 <= number <= len(files):
        raise missing(asked.name)
    file = files[number - 1]
    if packages.swells(file):
        raise packages.swollen()
    inside = entry(number, name_of(file), file.file_size)
    return Member(inside.name, inside.type, _unpacked(archive, file, asked.password))


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [one for one in archive.infolist() if not one.is_dir() and not is_litter(one.filename)]


def _unpacked(archive: zipfile.ZipFile, file: zipfile.ZipInfo, password: str) -> bytes:
    locked = bool(file.flag_bits & 1)
    if locked and not password:
        raise Locked(_("This file is locked by a password."))
    if file.compress_type == _AES:
        from acterm.viewers.aes import unlocked

        return unlocked(archive, file, password)
    for key in _keys(password) if locked else (b"",):
        try:
            with archive.open(file, pwd=key or None) as packed:
                return packed.read(packages.MAX_MEMBER + 1)
        except NotImplementedError as unknown:
            raise BadData(_("It is packed in a way that acterm does not know.")) from unknown
        except (RuntimeError, zipfile.BadZipFile, zlib.error):
            if not locked:
                raise
    raise Locked(_("This password does not open it."))


def _keys(password: str) -> list[bytes]:
    """The password as the writing program may have encoded it: ZIP does not say how."""
    keys = [password.encode(name, "ignore") for name in ("utf-8", "cp1252", "cp850")]
    return list(dict.fromkeys(keys))
