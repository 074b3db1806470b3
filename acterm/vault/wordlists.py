"""The French words that passwords are judged by and passphrases are made of."""

import unicodedata
from functools import cache
from pathlib import Path

_LISTS = Path(__file__).parent / "lists"
# The rows of an AZERTY keyboard, the digits' keys without and with Shift.
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "&e\"'(-e_ca", "1234567890")
_SHORTEST_RUN = 3


@cache
def phrase_words() -> tuple[str, ...]:
    """Short French words without accents, in alphabetical order, each once."""
    return _read("phrase.txt")


@cache
def common_passwords() -> tuple[str, ...]:
    """What people in France choose first, worst first."""
    return _read("common.txt")


@cache
def known_words() -> tuple[str, ...]:
    """First names, surnames, months and words of school, without accents."""
    return _read("known.txt")


@cache
def keyboard_runs() -> tuple[str, ...]:
    """Neighbouring keys of an AZERTY keyboard, the longest first."""
    runs = {
        row[first:last]
        for row in _ROWS
        for first in range(len(row))
        for last in range(first + _SHORTEST_RUN, len(row) + 1)
    }
    return tuple(sorted(runs, key=lambda run: (-len(run), run)))


def plain(text: str) -> str:
    """The text in lower case without accents, as the lists are."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one)).lower()


def _read(name: str) -> tuple[str, ...]:
    return tuple((_LISTS / name).read_text(encoding="ascii").split())
