"""Whether a 7z archive is encrypted, from its header alone (7zFormat.txt of the LZMA SDK)."""

import lzma
import struct

_MAGIC = b"7z\xbc\xaf\x27\x1c"
_AES = b"\x06\xf1\x07\x01"
_PACKED_HEADER = 0x17
_MAX_HEADER = 1 << 20
_AFTER_START = 32
# One folder of one coder, LZMA with five bytes of properties or LZMA2: how a header is packed.
_LZMA = b"\x07\x0b\x01\x00\x01\x23\x03\x01\x01\x05"
_LZMA2 = b"\x07\x0b\x01\x00\x01\x21\x21\x01"


def is_locked(data: bytes) -> bool:
    """Whether its files, or their names too, need a password; False when that cannot be told."""
    if not data.startswith(_MAGIC) or len(data) < _AFTER_START:
        return False
    offset, size = struct.unpack_from("<QQ", data, 12)
    if size > _MAX_HEADER:
        return False
    header = data[_AFTER_START + offset : _AFTER_START + offset + size]
    return _AES in header or _AES in _unpacked(data, header)


def _unpacked(data: bytes, header: bytes) -> bytes:
    """The header that a packed header stands for, empty when it is packed in another way."""
    if header[:2] != bytes((_PACKED_HEADER, 6)):
        return b""
    try:
        place, at = _number(header, 2)
        _count, at = _number(header, at)
        size, _at = _number(header, at + 1)
        packed = data[_AFTER_START + place : _AFTER_START + place + min(size, _MAX_HEADER)]
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[_packing(header)])
        return unpacker.decompress(packed, _MAX_HEADER)
    except (IndexError, struct.error, lzma.LZMAError, ValueError):
        return b""


def _packing(header: bytes) -> dict[str, int]:
    """How a header is packed, as lzma wants to be told. Raises ValueError for another way."""
    if _LZMA2 in header:
        return {"id": lzma.FILTER_LZMA2, "dict_size": _MAX_HEADER}
    first = header[header.index(_LZMA) + len(_LZMA)]
    return {
        "id": lzma.FILTER_LZMA1,
        "dict_size": _MAX_HEADER,
        "lc": first % 9,
        "lp": first // 9 % 5,
        "pb": first // 45,
    }


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of the format, whose first byte tells how many follow, and where it ends."""
    first, mask, value = data[at], 0x80, 0
    for position in range(8):
        if not first & mask:
            return value + ((first & (mask - 1)) << (8 * position)), at + position + 1
        value |= data[at + position + 1] << (8 * position)
        mask >>= 1
    return value, at + 9
