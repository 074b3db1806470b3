"""The identifiant académique: proposed from the address, always to be confirmed by the person.

Initial of the first name and surname, without accents; a compound surname keeps its hyphens, a
homonym its number (`mle-dupond`, `fdurand1`).
"""

import re
import unicodedata

_FUNCTIONAL = ("ce", "ext")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


def suggest(address: str) -> str:
    """`camille.lefevre@ac-amiens.fr` → `clefevre`; empty when the address tells nothing."""
    local = plain(address.partition("@")[0].partition("+")[0])
    parts = [part for part in local.split(".") if part]
    if not parts or parts[0] in _FUNCTIONAL:
        return ""
    if len(parts) == 1:
        return parts[0]
    first, *surname = parts
    return first[0] + "-".join(surname)


def is_address(typed: str) -> bool:
    """Whether somebody typed the address where the identifiant is asked."""
    return "@" in typed


def plain(text: str) -> str:
    """Lower case, accents off, nothing but letters, digits, dots and hyphens."""
    decomposed = unicodedata.normalize("NFD", text.strip().lower().translate(_LIGATURES))
    return re.sub(r"[^a-z0-9.-]", "", decomposed)
