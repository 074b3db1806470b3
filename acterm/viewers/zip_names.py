"""The names in a ZIP, in the letters of the machine that packed it (APPNOTE 4.4.4, D.1)."""

import struct
import zipfile
import zlib

_UTF8 = 0x800
# Info-ZIP’s Unicode path (APPNOTE 4.6.9): version, checksum of the plain name, the name in UTF-8.
_PATH = 0x7075
# What Windows, its older shell and Macs write in France; other letters tell that it is another.
_CODECS = ("cp850", "cp1252", "mac_roman")
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæñÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ’‘“”–—°«»€…·²³")


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of a member, which without a mark may be in any charset."""
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")  # as the library has read it
    told = _told(entry.extra, raw)
    if told:
        return told
    try:
        return raw.decode()
    except UnicodeDecodeError:
        read = (raw.decode(codec, "replace") for codec in _CODECS)
        return next((name for name in read if _is_french(name)), entry.filename)


def _is_french(name: str) -> bool:
    return all(letter.isascii() or letter in _FRENCH for letter in name)


def _told(extra: bytes, raw: bytes) -> str:
    """The name that stands beside the plain one, where it still belongs to it."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        held = extra[at + 4 : at + 4 + size]
        if kind == _PATH and len(held) > 5 and held[1:5] == struct.pack("<I", zlib.crc32(raw)):
            return held[5:].decode("utf-8", "replace")
        at += 4 + size
    return ""
