"""The RTF that Outlook packs into mails ([MS-OXRTFCP])."""

import struct

_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_HEADER = struct.Struct("<IIII")
_WINDOW = 4096
_MOST = 8 << 20
_BEGUN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def decompressed(data: bytes) -> bytes:
    """The RTF. Raises ValueError for what is none."""
    if len(data) < _HEADER.size:
        raise ValueError("too short")
    _size, raw, kind, _check = _HEADER.unpack_from(data)
    if kind == _PLAIN:
        return data[_HEADER.size : _HEADER.size + raw]
    if kind != _PACKED:
        raise ValueError("unknown kind")
    return _unpacked(data[_HEADER.size :])


def _unpacked(data: bytes) -> bytes:
    """Letters and references into the last 4096 of them, eight behind each control byte."""
    window = bytearray(_BEGUN.ljust(_WINDOW, b"\0"))
    made, at, place = bytearray(), 0, len(_BEGUN)
    while at < len(data) and len(made) < _MOST:
        control = data[at]
        at += 1
        for bit in range(8):
            refers = bool(control >> bit & 1)
            taken = data[at : at + 1 + refers]
            at += 1 + refers
            start, length = divmod(int.from_bytes(taken, "big"), 16) if refers else (0, 0)
            if len(taken) <= refers or (refers and start == place % _WINDOW):
                return bytes(made)  # the end: told, or cut off
            for step in range(length + 2 if refers else 1):
                letter = window[(start + step) % _WINDOW] if refers else taken[0]
                window[place % _WINDOW] = letter
                made.append(letter)
                place += 1
    return bytes(made)
