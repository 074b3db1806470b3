"""Text from bytes whose charset lies, is missing, or has a name nobody knows.

UTF-8 where it can be, else the Windows code page that western mail really uses.
"""

import codecs
import re
from functools import lru_cache

from acterm.mail.charset_guess import guessed
from acterm.mail.parsing.escaped_text import from_escapes

_WINDOWS_BYTES = "acterm-windows-bytes"
# What mailers call charsets that Python does not know under that name.
_NAMES = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "cn-gb": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "big5": "big5hkscs",
    "big5-eten": "big5hkscs",
    "sjis": "cp932",
    "shift_jis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "tis-620": "cp874",
    "mac-ce": "mac-latin2",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "cesu-8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
}
# A code page of Windows or DOS, however its number is introduced.
_CODE_PAGE = re.compile(r"(?:cp|ibm|win|windows|ms|dos)[-_ ]?(\d{3,5})")
_NAME_END = re.compile(r"[;,\s]")
# Codecs of Python that are no charset of any mail; the first two take quadratic time.
_NO_CHARSETS = frozenset(
    ["punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"]
)
# Charsets that write other letters with ASCII bytes.
_SHIFTING = ("utf-7", "utf-16", "utf-32", "iso2022", "hz")
# Charsets of one byte a letter. Their texts are never UTF-8 by chance, those of two bytes seldom.
_SINGLE = re.compile(r"cp(?!9[345])\d+|iso8859-\d+|koi8-\w+|mac-\w+")
_SELDOM = 12
_HIGH = bytes(range(0x80, 0x100))
# What western mailers name without looking; so many bytes show that it is something else.
_WESTERN = ("cp1252", "iso8859-15")
_SURE = 20
_C1 = re.compile("[\x80-\x9f]")
# How most letters of UTF-8 begin, at the end of a text that was cut there.
_CUT_LETTER = re.compile(rb"(?:[\xc2\xc3]|\xe2[\x80-\xbf]?)\Z")
# A letter beyond the first plane, written as the two halves that UTF-16 has for it (CESU-8).
_PAIRED = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def _windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


# UTF-8 that was read as cp1252 and then written as UTF-8: « Ã© », « â€™ », « cÅ“ur ».
_LATER_BYTES = re.escape("".join(map(_windows, range(0x80, 0xC0)))) + "\x80-\x9f"
_SIGNS = ("Ã", "Â", "â€", "â\x80", "â‚¬", "â\x82¬", "Å“")
_TWICE = re.compile(
    f"[ÃÂ][{_LATER_BYTES}]|â[€\x80][{_LATER_BYTES}]|â[‚\x82]¬|(?<=[a-zA-Z])Å“(?=[a-z])"
)


_Read = tuple[str, bool]
"""A text, and whether its charset had to be guessed."""


def decode_bytes(data: bytes, charset: str = "") -> _Read:
    """The text, and whether its charset had to be guessed: missing, unknown, or a lie."""
    codec = codec_of(charset)
    return _unmistakable(data, codec) or (codec and _as_named(data, codec)) or _unnamed(data)


@lru_cache(maxsize=256)
def codec_of(charset: str) -> str:
    """Python's name of a charset; empty for a missing, unknown or dangerous one, and for ASCII.

    ISO-8859-1 is cp1252 here, as in browsers.
    """
    name = _NAME_END.split(charset.strip(" \t\"';").lower())[0].removeprefix("x-")
    name = _NAMES.get(name) or _CODE_PAGE.sub(r"cp\1", name)
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
    right = _TWICE.sub(_decoded_once, text)
    return once(right) if right != text else text


def _unmistakable(data: bytes, codec: str) -> _Read | None:
    """What the bytes alone tell."""
    if b"\x1b$" in data and not codec.startswith("iso2022") and (text := from_escapes(data)):
        return text, True
    if data.isascii() and not _is_shifting(data, codec):
        return data.decode("ascii"), False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # no text of another charset begins so
        return data.decode("utf-16", "ignore"), not codec.startswith("utf-16")
    return None


def _as_named(data: bytes, codec: str) -> _Read | None:
    """The text in the charset that the mail names, None when it is in another."""
    if codec == "utf-16":
        codec = "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"
    if codec in _WESTERN and (text := _not_western(data)):
        return text, True
    try:
        return _settled(data.decode(codec), data, codec)
    except (UnicodeError, ValueError):
        text = "" if codec in ("utf-8", *_WESTERN) else _damaged(data, codec)
        return (text, True) if text else None


def _unnamed(data: bytes) -> _Read:
    data = _PAIRED.sub(_unpaired, data)
    whole = _CUT_LETTER.sub(b"", data)
    if not whole.isascii() and is_utf8(whole):
        data = whole
    guess = "" if is_utf8(data) else guessed(data)
    if guess:
        return data.decode(guess, "ignore"), True
    read = data.decode("utf-8", "replace")
    wrong = read.count("\ufffd")
    if wrong > sum(character > "\x7f" for character in read) - wrong:
        return data.decode("cp1252", "ignore"), True  # two western letters may be UTF-8 by chance
    return once(data.decode("utf-8", _WINDOWS_BYTES).removeprefix("\ufeff")), not data.isascii()


def _unpaired(pair: re.Match[bytes]) -> bytes:
    halves = pair[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
    return halves.decode("utf-16").encode()


def _settled(text: str, data: bytes, codec: str) -> _Read:
    """The text of a charset that fits, unless UTF-8 fits what claims to be something else."""
    if _may_lie(data, codec) and is_utf8(data):
        return once(data.decode("utf-8").removeprefix("\ufeff")), True
    if codec == "utf-8":
        text = text.removeprefix("\ufeff")
        right = once(text)
        return right, right != text
    if codec.startswith("iso8859") and _C1.search(text):
        return _C1.sub(lambda found: _windows(ord(found[0])), text), True
    return text, False


def _not_western(data: bytes) -> str:
    """The text that a western charset was named for without looking, empty when rightly."""
    if is_utf8(data):
        return ""
    guess = guessed(data, _SURE)
    return data.decode(guess, "ignore") if guess else _damaged(data, "utf-8")


def _may_lie(data: bytes, codec: str) -> bool:
    """Whether a text of this charset could not be UTF-8 by chance."""
    if codec == "utf-8" or _is_shifting(data, codec):
        return False
    if codec.startswith(("utf-16", "utf-32")):
        return True
    return bool(_SINGLE.fullmatch(codec)) or len(data) - len(data.translate(None, _HIGH)) > _SELDOM


def _is_shifting(data: bytes, codec: str) -> bool:
    """Whether these bytes may be a text that looks like ASCII, and is none."""
    if codec.startswith(("utf-16", "utf-32")):
        return b"\0" in data
    return codec.startswith(_SHIFTING)


def _damaged(data: bytes, codec: str) -> str:
    """The text of a charset that fits all but few bytes, empty when it does not fit."""
    if codec.startswith("iso2022_jp") and (text := from_escapes(data)):
        return text
    if is_utf8(data) and not _is_shifting(data, codec):
        return ""
    text = data.decode(codec, "replace")
    right = text.replace("\ufffd", "")
    foreign = sum(character > "\x7f" for character in right)
    return right if (len(text) - len(right) - 1) * _SELDOM < foreign else ""


def _decoded_once(found: re.Match[str]) -> str:
    data = b"".join(
        character.encode("cp1252" if ord(character) > 0xFF else "latin-1") for character in found[0]
    )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def is_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, of which ASCII is a part."""
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
