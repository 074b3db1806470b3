"""What a 7z archive holds, and one file of it at a time."""

import io
import lzma
import struct
import zlib
from typing import Any

from acterm.errors import BadData
from acterm.i18n import _
from acterm.viewers.asked import Asked
from acterm.viewers.listing import MAX_ENTRIES, entry, is_litter, listing, missing
from acterm.viewers.packages import MAX_MEMBER, swollen
from acterm.viewers.view import Locked, Member, View

# What is unpacked at most on the way to a file: those before it are packed together with it.
_MAX_TOTAL = 256 << 20
# What py7zr raises when a wrong password makes noise of a header or of a file.
_NOISE = (
    *(ValueError, TypeError, LookupError, ArithmeticError, OSError, EOFError, AssertionError),
    *(MemoryError, lzma.LZMAError, zlib.error, struct.error),
)


def view(asked: Asked) -> View:
    """Names and sizes; names may be locked as well."""
    archive = _opened(asked)
    locked = archive.needs_password()
    files = _files(archive)
    entries = (
        entry(number, one.filename, one.uncompressed, locked=locked)
        for number, one in enumerate(files[:MAX_ENTRIES], 1)
    )
    return listing(entries, asked.width, len(files))


def member(asked: Asked, number: int) -> Member:
    """A file of the archive, unpacked in memory."""
    from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError
    from py7zr.io import BytesIOFactory

    archive = _opened(asked)
    files = _files(archive)
    if not 1 <= number <= len(files):
        raise missing(asked.name)
    name, size = files[number - 1].filename, files[number - 1].uncompressed
    if size > MAX_MEMBER or sum(one.uncompressed for one in files) > _MAX_TOTAL:
        raise swollen()
    unpacked = BytesIOFactory(MAX_MEMBER)
    try:
        archive.extract(targets=[name], factory=unpacked)
    except PasswordRequired as locked:
        raise Locked(_("This file is locked by a password.")) from locked
    except UnsupportedCompressionMethodError as unknown:
        raise BadData(_("It is packed in a way that acterm does not know.")) from unknown
    except (*_NOISE, ArchiveError) as noise:
        raise _misread(archive, asked) from noise
    inside = entry(number, name, size)
    data = next((product.read() for product in unpacked.products.values()), b"")
    return Member(inside.name, inside.type, data)


def _opened(asked: Asked) -> Any:  # the library has no types
    from py7zr import SevenZipFile
    from py7zr.exceptions import ArchiveError, PasswordRequired

    try:
        return SevenZipFile(io.BytesIO(asked.data), password=asked.password or None)
    except PasswordRequired as locked:
        raise Locked(_("This archive is locked by a password, its names as well.")) from locked
    except (*_NOISE, ArchiveError) as noise:
        if asked.password:
            raise Locked(_("This password does not open it.")) from noise
        raise ValueError(str(noise)) from noise


def _files(archive: Any) -> list[Any]:
    return [one for one in archive.list() if not one.is_directory and not is_litter(one.filename)]


def _misread(archive: Any, asked: Asked) -> BadData:
    """Why a file could not be unpacked."""
    if asked.password and archive.needs_password():
        return Locked(_("This password does not open it."))
    return BadData(_("The file is damaged, or empty."))
