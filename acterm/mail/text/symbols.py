"""Letters of symbol fonts as the signs they draw: Office writes « J » for ☺ and « à » for →."""

import re

_BULLETS = "§Ø·lmnstuvw¨"
# Wingdings, by the letter that is written.
_WINGDINGS = {
    **dict.fromkeys(_BULLETS, "•"),
    **{"J": "☺", "K": "☺", "L": "☹", "à": "→", "è": "→", "ð": "→", "ß": "←", "ç": "←", "ó": "↔"},
    **{"ü": "✓", "P": "✓", "û": "✗", "ý": "☒", "þ": "☑", "q": "☐", "o": "☐", "(": "☎", "*": "✉"},
}
_DRAWN = str.maketrans(_WINGDINGS)
# The same in the private places where Office puts them when no font says it.
_ANY = re.compile("[\uf020-\uf0ff]")
_PRIVATE = str.maketrans({chr(0xF000 + ord(one)): sign for one, sign in _WINGDINGS.items()})


def in_wingdings(text: str) -> str:
    """Text set in Wingdings as the signs that its reader was meant to see."""
    return text.translate(_DRAWN)


def without_private(text: str) -> str:
    """The text with signs for the letters of symbol fonts that stand in private places."""
    return text.translate(_PRIVATE) if _ANY.search(text) else text
