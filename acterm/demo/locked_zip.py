"""A ZIP that a password opens, with the old cipher that every program knows (APPNOTE §6.1)."""

import struct
import zlib
from collections.abc import Mapping

_TABLE = [zlib.crc32(bytes([one ^ 0xFF])) ^ 0xFF000000 for one in range(256)]
_HEADER = bytes(range(11))
_MOMENT = (8 << 11, (2026 - 1980) << 9 | 1 << 5 | 5)  # 8 o'clock, on 5 January 2026
_LOCKED, _DEFLATED, _VERSION = 1, 8, 20


def locked_zip(files: Mapping[str, str], password: str) -> bytes:
    """The archive with all files behind one password."""
    body, places = bytearray(), bytearray()
    for name, text in files.items():
        raw, called = text.encode(), name.encode("cp437", "replace")
        packed = zlib.compress(raw)[2:-4]
        sealed = _sealed(packed, password, zlib.crc32(raw) >> 24)
        fields = struct.pack(
            "<HHHHHLLLHH", _VERSION, _LOCKED, _DEFLATED, *_MOMENT, zlib.crc32(raw), len(sealed),
            len(raw), len(called), 0,
        )  # fmt: skip
        places += b"PK\1\2" + struct.pack("<H", _VERSION) + fields
        places += struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + called
        body += b"PK\3\4" + fields + called + sealed
    end = struct.pack("<HHHHLLH", 0, 0, len(files), len(files), len(places), len(body), 0)
    return bytes(body + places + b"PK\5\6" + end)


def _sealed(data: bytes, password: str, check: int) -> bytes:
    """The data behind the twelve bytes that tell a right password from a wrong one."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    for one in password.encode():
        _turn(keys, one)
    sealed = bytearray()
    for one in _HEADER + bytes([check]) + data:
        mask = keys[2] | 2
        sealed.append(one ^ (mask * (mask ^ 1) >> 8 & 0xFF))
        _turn(keys, one)
    return bytes(sealed)


def _turn(keys: list[int], one: int) -> None:
    keys[0] = _crc(keys[0], one)
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
    keys[2] = _crc(keys[2], keys[1] >> 24)


def _crc(value: int, one: int) -> int:
    return value >> 8 ^ _TABLE[(value ^ one) & 0xFF]
