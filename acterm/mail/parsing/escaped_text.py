"""ISO-2022: Japanese and Korean written with the bytes of ASCII, between escape sequences."""

import re

_KOREAN = b"\x1b$)C"
# Two bytes a letter (JIS X 0208), kana of half the width, or ASCII, up to the end of the line.
_RUN = re.compile(rb"\x1b(?:\$([@B])|\((?:(I)|[BJ]))([^\x1b\n]*)")
_HIGH = bytes(byte | 0x80 if 0x20 < byte < 0x7F else byte for byte in range(256))


def from_escapes(data: bytes) -> str:
    """The text, empty when it is none.

    Signs that Windows adds to Japanese (①, ㈱) and a damaged end do no harm.
    """
    if data.startswith(_KOREAN):
        return data.decode("iso2022_kr", "ignore")
    try:
        return data.decode("iso2022_jp_ext")
    except UnicodeDecodeError:
        if not data.isascii() or not _RUN.search(data):
            return ""
    return _RUN.sub(_as_euc, data).decode("euc_jis_2004", "ignore")


def _as_euc(run: re.Match[bytes]) -> bytes:
    wide, narrow, letters = run.groups()
    if narrow:
        return b"".join(b"\x8e" + bytes([letter | 0x80]) for letter in letters)
    return letters.translate(_HIGH) if wide else letters
