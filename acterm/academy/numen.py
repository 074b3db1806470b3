"""The NUMEN, a confidential number of every member of staff: recognised, never kept or shown."""

import re

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
