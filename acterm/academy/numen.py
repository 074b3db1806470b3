"""The NUMEN: thirteen characters that never go into a mail (DOMAIN: Wikipedia and others agree)."""

import re

# académie of first registration, kind of staff, year of entry, five digits, three letters.
_FORM = re.compile(r"[0-9]{2}[A-Z][0-9]{2}[0-9]{5}[A-Z]{3}")
_APART = r"[ \u00a0.-]?"
_IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9])"
    + _APART.join((r"\d{2}", r"[A-Za-z]", r"\d{2}", r"\d{5}", r"[A-Za-z]{3}"))
    + r"(?![A-Za-z0-9])"
)


def normalised(text: str) -> str:
    """Upper case, without the spaces people put between its parts."""
    return re.sub(r"[\s\u00a0.-]", "", text).upper()


def is_numen(text: str) -> bool:
    """Whether the text has the form of a NUMEN. No checksum is known."""
    return _FORM.fullmatch(normalised(text)) is not None


def find(text: str) -> list[str]:
    """The NUMENs written in a text, normalised."""
    return [normalised(found) for found in _IN_TEXT.findall(text)]
