"""The charset of a text that names none, or lies about it, by what its bytes show.

Western text, where bytes above ASCII stand alone among letters, is no case for guessing.
"""

import re

_LOOKED_AT = 1 << 12
_LEAST = 6
# So many of the bytes above ASCII have another beside them.
_BESIDE = 0.7
# So much of it is kana, or the usual signs and words of Chinese.
_KANA_SHARE = 0.3
_CHINESE_SHARE = 0.12
# So many letters of an alphabet are its commonest; in few words, more.
_USUAL_SHARE = 0.5
_FEW, _USUAL_SHARE_OF_FEW = 30, 0.6
# So few words mix them with letters of ASCII.
_FEW_MIXED = 0.3
# So many of the letters may be damaged.
_DAMAGED = 0.05
# Korean puts a space after some few syllables, Chinese none.
_SPACES = 0.06
# So many letters of two bytes begin as usual.
_MOSTLY = 0.8
# A row of dots is no text.
_DIFFERENT, _LETTERS = 8, 5

_PAIR = re.compile(rb"([\x81-\xfe])[\x40-\xfe]")
# With what byte the signs and letters begin that are in every text.
_FIRST_CHINESE = re.compile(rb"[\xa1-\xa3\xb0-\xd7]")
_FIRST_KOREAN = re.compile(rb"[\xa1-\xa3\xb0-\xc8]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_KANA = re.compile("[\u3041-\u30ff]")
_HALF_KANA = re.compile("[\uff61-\uff9f\uf8f0-\uf8f3]")
_BESIDE_ASCII = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_FOREIGN = re.compile("[^\x00-\x7f]")
# What every Chinese text is full of.
_USUAL_CHINESE = re.compile(
    "[，。、！：的一是不了在有人我你您他這这們们會会個个請请時时為为上中以大來来到]"
)
# The commonest letters of an alphabet, which are most of any text in it, in its charsets.
_USUAL_LETTERS = [
    (codec, letters.encode(codec))
    for letters, codecs in (
        ("оеаинтсрвл", ("cp1251", "koi8-r", "iso8859-5", "cp866")),
        ("оаіинтервс", ("cp1251", "koi8-u")),
        ("αοιετσνηρς", ("cp1253",)),
        ("יוהלאתרמשב", ("cp1255",)),
        ("اليمنتروبة", ("cp1256", "iso8859-6")),
    )
    for codec in codecs
]


def guessed(data: bytes, least: int = _LEAST) -> str:
    """Python's name of a charset that fits these bytes, empty when western text is likelier.

    Fewer than `least` bytes above ASCII show nothing.
    """
    first = _HIGH.search(data)
    start = data[first.start() : first.start() + _LOOKED_AT] if first else b""
    runs = [len(found) for found in _HIGH.findall(start)]
    if sum(runs) < least or _is_damaged_utf8(start, sum(runs)):
        return ""
    if _is_japanese(start, "cp932"):
        return "cp932"
    beside = sum(run for run in runs if run > 1)
    found = _of_runs(start, sum(runs)) if beside >= _BESIDE * sum(runs) else ""
    return found or ("big5hkscs" if _is_chinese(start, "big5hkscs") else "")


def _of_runs(data: bytes, high: int) -> str:
    """The charset of a text whose letters are all above ASCII."""
    if _is_japanese(data, "euc_jp"):
        return "euc_jp"
    if alphabet := _alphabet(data, high):
        return alphabet
    spaced = data.count(b" ") > _SPACES * high
    if spaced and _is_of_pairs(data, _FIRST_KOREAN):
        return "cp949" if _decoded(data, "cp949") else ""
    return "gb18030" if _is_of_pairs(data, _FIRST_CHINESE) and _is_chinese(data, "gb18030") else ""


def _is_of_pairs(data: bytes, usual: re.Pattern[bytes]) -> bool:
    """Whether nearly all letters begin as the signs and letters do that are in every text."""
    firsts = _PAIR.findall(data)
    different = len(set(firsts)) >= min(_DIFFERENT, len(firsts) // 2 + 1)
    return different and len(usual.findall(b"".join(firsts))) >= _MOSTLY * len(firsts)


def _alphabet(data: bytes, high: int) -> str:
    """The charset in which most letters are those that are most of any text."""
    usual, codec, letters = max(
        (len(data) - len(data.translate(None, letters)), codec, letters)
        for codec, letters in _USUAL_LETTERS
    )
    least = _USUAL_SHARE if high > _FEW else _USUAL_SHARE_OF_FEW
    different = len(set(data).intersection(letters))
    whole_words = len(_BESIDE_ASCII.findall(data)) <= _FEW_MIXED * len(_HIGH.findall(data))
    fits = usual >= least * high and different >= _LETTERS and whole_words
    return codec if fits else ""


def _is_damaged_utf8(data: bytes, high: int) -> bool:
    """Whether most bytes above ASCII are UTF-8, and some are not."""
    lost = len(data) - len(data.decode("utf-8", "ignore").encode())
    return lost < high / 2


def _is_japanese(data: bytes, codec: str) -> bool:
    """Whether much of it is kana, and none of half the width, which nobody mails."""
    text = _decoded(data, codec)
    kana = len(_KANA.findall(text))
    if kana < _LEAST // 2 or _HALF_KANA.search(text):
        return False
    return kana >= _KANA_SHARE * len(_FOREIGN.findall(text))


def _is_chinese(data: bytes, codec: str) -> bool:
    """Whether enough of it are the signs and words that every Chinese text is full of."""
    text = _decoded(data, codec)
    usual = len(_USUAL_CHINESE.findall(text))
    return usual >= 2 and usual >= _CHINESE_SHARE * len(_FOREIGN.findall(text))


def _decoded(data: bytes, codec: str) -> str:
    """The text, empty when it is none; a letter cut at its end does not count."""
    text = data.decode(codec, "replace")
    wrong = text.removesuffix("\ufffd").count("\ufffd")
    return "" if wrong > _DAMAGED * len(_FOREIGN.findall(text)) else text.replace("\ufffd", "")
