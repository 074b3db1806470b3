"""The NUMEN, a confidential number of every member of staff: recognised, never kept or shown."""

import re
from dataclasses import dataclass

LENGTH = 13
_SHAPE = "ddlddddddd" + "lll"
_SPACE = "[ \u00a0\u202f-]?"
_FORM = re.compile(r"[0-9]{2}[A-Z][0-9]{2}[0-9]{5}[A-Z]{3}")
_WRITTEN = re.compile(
    rf"(?<!\w)[0-9]{{2}}{_SPACE}[A-Z]{_SPACE}[0-9]{{2}}{_SPACE}[0-9]{{5}}{_SPACE}[A-Z]{{3}}(?!\w)",
    re.IGNORECASE | re.ASCII,
)
# The bodies of staff that are known; the list is open, so others count when nothing else fits.
_KNOWN_BODIES = "GEPA"
# What follows a postcode in « de 12 a 15 80000 les… »: three letters that are a word.
_WORD = re.compile(
    "A(NS|UX|VE)|BIS|CES|D[EU]S|ES[TA]|E(TE|UR|UX)|ICI|ILS|JUS|L(AC|ES)|M(ER|ES|OI|OT)|N(ET|OM|ON|OS)"
    "|O(NT|UI)|P(AR|AS|EU|UY)|QU[EI]|RUE|S(ES|UD|UR)|T(EL|ES|TC)|UNE|V(AR|IA|IC|OS)"
)


def find(text: str) -> list[str]:
    """Every NUMEN in the text, in its thirteen characters; spaces and lower case are accepted.

    A form with spaces that reads as ordinary words (« 14 h 30 80080 rue ») is not one.
    """
    return [
        _closed_up(match[0]) for match in _WRITTEN.finditer(text) if not _reads_as_words(match[0])
    ]


def is_numen(text: str) -> bool:
    """Whether the text is a NUMEN and nothing else; spaces and lower case are accepted."""
    return _FORM.fullmatch(_closed_up(text)) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """How what was typed differs from a NUMEN; none of its signs is in it but the first five.

    `length` counts letters and digits. `digits` and `letters` are the places (from 1) where one
    of these is missing. `code` is the académie's, `body` the staff's letter, `year` two digits,
    each empty unless its place is well written.
    """

    length: int
    digits: tuple[int, ...]
    letters: tuple[int, ...]
    code: str = ""
    body: str = ""
    year: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it has the form of a NUMEN."""
        return self.length == LENGTH and not self.digits and not self.letters


def read(text: str) -> Reading:
    """Compare what was typed with the form, sign by sign; spaces and lower case are accepted."""
    typed = _closed_up(text)
    pairs = list(zip(typed, _SHAPE, strict=False))
    digits = tuple(
        at for at, (sign, kind) in enumerate(pairs, 1) if kind == "d" and not _digit(sign)
    )
    letters = tuple(
        at for at, (sign, kind) in enumerate(pairs, 1) if kind == "l" and not _letter(sign)
    )
    wrong = {*digits, *letters}
    code, body, year = (
        typed[start:end]
        if len(typed) >= end and wrong.isdisjoint(range(start + 1, end + 1))
        else ""
        for start, end in ((0, 2), (2, 3), (3, 5))
    )
    return Reading(len(typed), digits, letters, code, body, year)


def _digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()


def _letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _closed_up(text: str) -> str:
    return re.sub("[\\s\u00a0\u202f-]", "", text).upper()


def _reads_as_words(written: str) -> bool:
    numen = _closed_up(written)
    if len(written) == len(numen):
        return False
    if _WORD.fullmatch(numen[-3:]):
        return True
    is_an_hour = numen[2] == "H" and int(numen[:2]) < 24 and int(numen[3:5]) < 60
    return is_an_hour or (numen[2] not in _KNOWN_BODIES and not written.isupper())
