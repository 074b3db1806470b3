"""Words written in two alphabets at once, so that they look like others (after UTS 39)."""

import re
import unicodedata

# Letters of other alphabets that look like Latin ones.
LOOKALIKES = {
    **dict(zip("аеорсхуіѕјһԁոԛԝ", "aeopcxyisjhdnqw", strict=True)),
    **dict(zip("АВЕКМНОРСТХУІЅЈ", "ABEKMHOPCTXYISJ", strict=True)),
    **dict(zip("οαινκτρυγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oaivktpuywABEZHIKMNOPTYX", strict=True)),
    **dict(zip("ɡıӏǀⅼ", "gilll", strict=True)),
}
_TABLE = str.maketrans(LOOKALIKES)
_WORD = re.compile(r"[^\W\d_]{3,60}")
_FOREIGN = re.compile(f"[{''.join(LOOKALIKES)}]")
_HIDDEN = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")


def mixed_word(text: str) -> str:
    """The first word of Latin letters with one of another alphabet in it; empty without one."""
    if text.isascii() or not _FOREIGN.search(text):
        return ""
    for found in _WORD.finditer(text):
        foreign = len(_FOREIGN.findall(found[0]))
        if foreign and sum(1 for letter in found[0] if _is_latin(letter)) >= max(2, foreign):
            return found[0]
    return ""


def plain(text: str) -> str:
    """The text for matching words: hidden characters out, look-alikes and odd forms undone."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
    return text.translate(_TABLE) if mixed_word(text) else text


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
