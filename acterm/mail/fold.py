"""Text folded for search: `eleve` finds « élève », `coeur` « cœur », on both sides alike."""

import unicodedata

_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "Oe",
        "æ": "ae",
        "Æ": "Ae",
        "ß": "ss",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ø": "o",
        "Ø": "O",
        "’": "'",
        "ʼ": "'",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def spelled_out(text: str) -> str:
    """Ligatures apart and apostrophes straight; case and accents stay for people to read."""
    return text if text.isascii() else text.translate(_LIGATURES)


def fold(text: str) -> str:
    """Lower case, without accents, ligatures apart, apostrophes straight."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return bare.casefold()
