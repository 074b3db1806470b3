"""Signs of symbol fonts, which documents keep in a private area of Unicode."""

import re

from acterm.mail.text.symbols import without_private

# Boxes to tick of Wingdings, what LibreOffice puts into OpenSymbol, and boxes few fonts have.
_BOXES = dict.fromkeys((0xF06F, 0xF071, 0xF072, 0xF0A8, 0xE4C4, 0x1F78E, 0x1F78F, 0x1F790), "☐")
_SHOWN = _BOXES | {0xF052: "☑", 0xF053: "☒", 0xF078: "☒", 0xF0A7: "▪", 0xE00A: "•", 0xE00C: "◦"}
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def shown_symbols(text: str) -> str:
    """The text with the signs that other fonts have as well; others of that area are left out."""
    if text.isascii():
        return text
    return _PRIVATE.sub("", without_private(text.translate(_SHOWN)))
