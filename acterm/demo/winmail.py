"""A winmail.dat as Outlook sends it to those who have no Outlook (MS-OXTNEF)."""

import struct

_SIGNATURE, _KEY = 0x223E9F78, 1
_MESSAGE, _FILE = 1, 2
_VERSION, _CODEPAGE, _CLASS = 0x00089006, 0x00069007, 0x00078008
_BEGINS, _TITLE, _DATA = 0x00069002, 0x00018010, 0x0006800F


def winmail(_title: str, text: str) -> bytes:
    """One file for each line `name: words` of the text."""
    pieces = [
        struct.pack("<LH", _SIGNATURE, _KEY),
        _attribute(_MESSAGE, _VERSION, struct.pack("<L", 0x00010000)),
        _attribute(_MESSAGE, _CODEPAGE, struct.pack("<LL", 1252, 0)),
        _attribute(_MESSAGE, _CLASS, b"IPM.Microsoft Mail.Note\0"),
    ]
    for line in text.strip().splitlines():
        name, _colon, words = line.partition(": ")
        pieces += [
            _attribute(_FILE, _BEGINS, struct.pack("<HLHHLL", 1, 0xFFFFFFFF, 0, 0, 0, 0)[:14]),
            _attribute(_FILE, _TITLE, name.encode("cp1252", "replace") + b"\0"),
            _attribute(_FILE, _DATA, f"{words}\r\n".encode()),
        ]
    return b"".join(pieces)


def _attribute(level: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BLL", level, kind, len(data)) + data + struct.pack("<H", sum(data) % 65536)
