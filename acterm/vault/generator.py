"""New passwords, drawn by the system's source of chance: phrases of French words, and characters.

The characters are those that a French AZERTY keyboard, of a PC or a Mac, gives without AltGr and
without a dead key; none of them looks like another.
"""

import math
import secrets
from dataclasses import dataclass
from itertools import combinations

from acterm.secret import Secret
from acterm.vault.wordlists import phrase_words

_SMALL = "abcdefghijkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"
_SIGNS = "-_!?.,;:()=+*$%/"
_WORDS = 7
_LENGTH = 14


@dataclass(frozen=True, slots=True)
class Generated:
    """A new password, and how many bits of chance made it."""

    secret: Secret
    bits: float


def phrase(count: int = _WORDS) -> Generated:
    """So many different words with hyphens, a capital first and a digit last: every portal's rules.

    81.6 bits in seven words, and 3 in the digit.
    """
    known = phrase_words()
    words = secrets.SystemRandom().sample(known, count)
    text = "-".join((words[0].capitalize(), *words[1:], secrets.choice(_DIGITS)))
    return Generated(Secret(text), math.log2(math.perm(len(known), count) * len(_DIGITS)))


def characters(length: int = _LENGTH, *, signs: bool = True) -> Generated:
    """So many letters and digits, and signs unless the portal refuses them; every kind is there."""
    kinds = (_SMALL, _CAPITALS, _DIGITS, _SIGNS) if signs else (_SMALL, _CAPITALS, _DIGITS)
    alphabet = "".join(kinds)
    while True:
        text = "".join(secrets.choice(alphabet) for _ in range(length))
        if all(set(text) & set(kind) for kind in kinds):
            return Generated(Secret(text), math.log2(_with_every_kind(kinds, length)))


def _with_every_kind(kinds: tuple[str, ...], length: int) -> int:
    """How many texts of that length have a character of every kind."""
    total = sum(len(kind) for kind in kinds)
    return sum(
        (-1) ** count * (total - sum(len(kind) for kind in missing)) ** length
        for count in range(len(kinds) + 1)
        for missing in combinations(kinds, count)
    )
