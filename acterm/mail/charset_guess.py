"""The charset of a text that names none and is neither UTF-8 nor western: by what its bytes show.

Western text, where bytes above ASCII stand alone among letters, is no case for guessing.
"""

import re

_LOOKED_AT = 1 << 12
_LEAST = 6
# So many of the bytes above ASCII have another beside them.
_BESIDE = 0.7
_KANA_SHARE = 0.3
# Korean puts a space after some few syllables, Chinese none.
_SPACES = 0.06

_MOSTLY = 0.8

_PAIR = re.compile(rb"([\x81-\xfe])[\x40-\xfe]")
# With what byte the signs and letters begin that are in every text.
_USUAL_CHINESE = re.compile(rb"[\xa1-\xa3\xb0-\xd7]")
_USUAL_KOREAN = re.compile(rb"[\xa1-\xa3\xb0-\xc8]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_KANA = re.compile("[\u3041-\u30ff]")
_HALF_KANA = re.compile("[\uff61-\uff9f\uf8f0-\uf8f3]")
_FOREIGN = re.compile("[^\x00-\x7f]")


def guessed(data: bytes) -> str:
    """Python's name of a charset that fits these bytes, empty when western text is likelier."""
    start = data[:_LOOKED_AT]
    runs = [len(found) for found in _HIGH.findall(start)]
    if sum(runs) < _LEAST or _is_damaged_utf8(start, sum(runs)):
        return ""
    if _is_japanese(start, "cp932"):
        return "cp932"
    beside = sum(run for run in runs if run > 1)
    return _of_runs(start, sum(runs)) if beside >= _BESIDE * sum(runs) else ""


def _of_runs(data: bytes, high: int) -> str:
    """The charset of a text whose letters are all above ASCII."""
    if _is_japanese(data, "euc_jp"):
        return "euc_jp"
    spaced = data.count(b" ") > _SPACES * high
    codec, usual = ("cp949", _USUAL_KOREAN) if spaced else ("gb18030", _USUAL_CHINESE)
    pairs = _PAIR.findall(data)
    if _decoded(data, codec) and len(usual.findall(b"".join(pairs))) >= _MOSTLY * len(pairs):
        return codec
    # Most letters are small ones, which stand where the other charset has its capitals.
    small = len(re.findall(rb"[\xe0-\xff]", data))
    capital = len(re.findall(rb"[\xc0-\xdf]", data))
    if small + capital < _BESIDE * high:
        return ""
    return "cp1251" if small > capital else "koi8-r"


def _is_damaged_utf8(data: bytes, high: int) -> bool:
    """Whether most bytes above ASCII are UTF-8, and some are not."""
    lost = len(data) - len(data.decode("utf-8", "ignore").encode())
    return lost < high / 2


def _is_japanese(data: bytes, codec: str) -> bool:
    """Whether much of it is kana, and none of half the width, which nobody mails."""
    text = _decoded(data, codec)
    foreign = len(_FOREIGN.findall(text))
    kana = len(_KANA.findall(text))
    return kana >= _LEAST // 2 and kana >= _KANA_SHARE * foreign and not _HALF_KANA.search(text)


def _decoded(data: bytes, codec: str) -> str:
    """The text, empty when it is none; a letter cut at the end does not count."""
    for missing in range(3):
        try:
            return data[: len(data) - missing].decode(codec)
        except UnicodeDecodeError:
            if len(data) < _LOOKED_AT:
                return ""
    return ""
