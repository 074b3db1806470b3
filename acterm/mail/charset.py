"""Text from bytes whose charset lies, is missing, or has a name nobody knows.

UTF-8 where it can be, else the Windows code page that western mail really uses.
"""

import codecs
import re
from functools import lru_cache

_WINDOWS_BYTES = "acterm-windows-bytes"
# What mailers call charsets that Python does not know under that name.
_NAMES = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "x-mac-ce": "mac-latin2",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}
# Codecs of Python that are no charset of any mail; the first two take quadratic time.
_NO_CHARSETS = frozenset(
    ["punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"]
)
# Charsets that write other letters with ASCII bytes.
_SHIFTING = ("utf-7", "utf-16", "utf-32", "iso2022", "hz")
_WESTERN = frozenset(["cp1252", "iso8859-15", "iso8859-9", "mac-roman", "cp850", "cp437"])
_C1 = re.compile("[\x80-\x9f]")


def _windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


# UTF-8 that was read as cp1252 and then written as UTF-8: « Ã© », « â€™ », « cÅ“ur ».
_LATER_BYTES = re.escape("".join(map(_windows, range(0x80, 0xC0))))
_SIGNS = ("Ã", "Â", "â€", "â‚¬", "Å“")
_TWICE = re.compile(f"[ÃÂ][{_LATER_BYTES}]|â€[{_LATER_BYTES}]|â‚¬|(?<=[a-zA-Z])Å“(?=[a-z])")


def decode_bytes(data: bytes, charset: str = "") -> tuple[str, bool]:
    """The text, and whether its charset had to be guessed: missing, unknown, or a lie."""
    codec = codec_of(charset)
    if data.isascii() and not codec.startswith(_SHIFTING):
        return data.decode("ascii"), False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # no text of another charset begins so
        return data.decode("utf-16", "ignore"), not codec.startswith("utf-16")
    if codec:
        try:
            text = data.decode(codec)
        except (UnicodeError, ValueError):
            pass
        else:
            return _settled(text, data, codec)
    text = once(data.decode("utf-8", _WINDOWS_BYTES).removeprefix("\ufeff"))
    return text, not data.isascii()


@lru_cache(maxsize=256)
def codec_of(charset: str) -> str:
    """Python's name of a charset; empty for a missing, unknown or dangerous one, and for ASCII.

    ISO-8859-1 is cp1252 here, as in browsers.
    """
    name = charset.strip(" \t\"';").lower()
    name = _NAMES.get(name, name).removeprefix("x-")
    try:
        codec = codecs.lookup(name).name
        "".encode(codec)  # refuses Python's codecs from bytes to bytes
    except (LookupError, ValueError):
        return ""
    if codec in _NO_CHARSETS or codec == "ascii":
        return ""
    return "cp1252" if codec == "iso8859-1" else codec


def once(text: str) -> str:
    """The text with what was encoded twice set right."""
    if text.isascii() or not any(sign in text for sign in _SIGNS):
        return text
    return _TWICE.sub(_decoded_once, text)


def _settled(text: str, data: bytes, codec: str) -> tuple[str, bool]:
    """The text of a charset that fits, unless UTF-8 fits what claims to be something else."""
    lies = codec in _WESTERN or (codec.startswith(("utf-16", "utf-32")) and b"\0" not in data)
    if lies and _is_utf8(data):
        return once(data.decode("utf-8").removeprefix("\ufeff")), True
    if codec == "utf-8":
        text = text.removeprefix("\ufeff")
        right = once(text)
        return right, right != text
    if codec.startswith("iso8859") and _C1.search(text):
        return _C1.sub(lambda found: _windows(ord(found[0])), text), True
    return text, False


def _decoded_once(found: re.Match[str]) -> str:
    data = b"".join(
        character.encode("cp1252" if ord(character) > 0xFF else "latin-1") for character in found[0]
    )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _windows_byte(problem: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, amid text that is, in the Windows code page."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    wrong = problem.object[problem.start : problem.end]
    return wrong.decode("cp1252", "ignore"), problem.end


codecs.register_error(_WINDOWS_BYTES, _windows_byte)
