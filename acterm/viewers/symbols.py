"""Signs of the fonts Symbol and Wingdings, which documents keep in a private area of Unicode."""

# Letters of those fonts as Word, LibreOffice and PDF printers write them: 0xF000 and their code.
_SIGNS = {
    0x6E: "■",
    0x6F: "☐",
    0x71: "☐",
    0x72: "☐",
    0x76: "◆",
    0x78: "☒",
    0x7A: "☐",
    0xA7: "▪",
    0xA8: "☐",
    0xB7: "•",
    0xD8: "➢",
    0xDC: "➔",
    0xE0: "→",
    0xF0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x28: "☎",
    0x2A: "✉",
    0x22: "✂",
    0x46: "☞",
    0x4A: "☺",
}
_SHOWN = {0xF000 + code: sign for code, sign in _SIGNS.items()}
# OpenSymbol of LibreOffice, and the boxes that mathematics brackets are pieced together from.
_SHOWN |= {0xE00A: "•", 0xE00C: "◦", 0xE4C4: "☐", 0x1F78E: "☐", 0x1F78F: "☐", 0x1F790: "☐"}


def shown_symbols(text: str) -> str:
    """The text with the signs that other fonts have as well; others of that area are left out."""
    if text.isascii():
        return text
    return "".join(
        "" if 0xE000 <= ord(letter) <= 0xF8FF else letter for letter in text.translate(_SHOWN)
    )
