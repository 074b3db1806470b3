"""ZIP files and the documents that are ZIP files: opened only when they say how large they are."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress

from acterm.errors import BadData
from acterm.i18n import _

MAX_MEMBER = 64 << 20
MAX_DOCUMENT = 128 << 20
_MAX_RATIO = 200
# Small files may well be all alike: ratios count from there.
_SMALL = 1 << 20
_CHUNK = 1 << 16
_MACROS = ("vbaproject.bin", "vbadata.xml")
_LOCAL = struct.Struct("<26xHH")


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive. Raises ValueError when it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, struct.error) as problem:
        raise ValueError(str(problem)) from problem


def checked(data: bytes) -> zipfile.ZipFile:
    """A document whose parts are all as large as they say, and not too large for a library.

    Raises BadData for one that swells.
    """
    package = opened(data)
    entries = package.infolist()
    if sum(entry.file_size for entry in entries) > MAX_DOCUMENT or any(map(swells, entries)):
        raise swollen()
    for entry in entries:
        _measure(data, entry)
    return package


def swells(entry: zipfile.ZipInfo) -> bool:
    """Whether a member says itself that it is a bomb, or too large."""
    ratio = entry.file_size / max(entry.compress_size, 1)
    return entry.file_size > MAX_MEMBER or (entry.file_size > _SMALL and ratio > _MAX_RATIO)


def swollen() -> BadData:
    """What is said of a bomb."""
    return BadData(
        _("It swells out of proportion when unpacked, as traps do: acterm leaves it packed.")
    )


def read(package: zipfile.ZipFile, name: str) -> bytes:
    """A part of a document, counted while it is unpacked. Raises KeyError when there is none."""
    entry = package.getinfo(name)
    if swells(entry):
        raise swollen()
    with package.open(entry) as part:
        data = part.read(MAX_MEMBER + 1)
    if len(data) > MAX_MEMBER:
        raise swollen()
    return data


def macro_note(package: zipfile.ZipFile) -> str:
    """A sentence when a document brings programs along."""
    if any(_is_macro(name) for name in package.namelist()):
        return _("It holds macros, which are programs: acterm does not run them.")
    return ""


def _is_macro(name: str) -> bool:
    low = name.lower()
    return low.rpartition("/")[2] in _MACROS or low.startswith(("basic/", "scripts/"))


def _measure(data: bytes, entry: zipfile.ZipInfo) -> None:
    """Unpack a deflated member without keeping it, to see whether its size is a lie."""
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return
    name, extra = _LOCAL.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL.size + name + extra
    packed = memoryview(data)[start : start + entry.compress_size]
    with suppress(zlib.error):  # a damaged one may be a picture that nobody needs
        if _longer_than(entry.file_size, packed):
            raise swollen()


def _longer_than(size: int, packed: memoryview) -> bool:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    found = 0
    for piece in _pieces(packed):
        rest: bytes = bytes(piece)
        while rest and not inflating.eof:
            found += len(inflating.decompress(rest, _CHUNK))
            rest = inflating.unconsumed_tail
            if found > _SMALL + 2 * size:  # less may be damage
                return True
    return False


def _pieces(packed: memoryview) -> Iterable[memoryview]:
    return (packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK))
