"""The only door for foreign text: what passes is safe for a terminal."""

import re

# C0 except TAB and LF, DEL, C1, bidirectional marks, overrides and isolates, line and paragraph
# separators, marks of Unicode that mean nothing amid a text, lone surrogates (HAZARDS), and the
# private-use characters of acterm.mail.text.marks.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\u2028\u2029"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\ue0ff]"
)
_BREAKS = re.compile("[\t\n\r\x0b\x0c\u2028\u2029]+")
_LINE_ENDS = re.compile("\r\r?\n|[\r\u2028\u2029\x85\x0b\x0c]")
_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)


def clean(text: str, *, line: bool = False) -> str:
    """`text` without anything that a terminal could take for a command or a trick.

    TAB and LF stay, other line ends become LF. With `line`, line breaks and TAB become one space.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub(" ", text) if line else _LINE_ENDS.sub("\n", text)
    return _UNSAFE.sub("", text)


def clean_name(text: str) -> str:
    """The same for addresses and file names: one line, without zero-width characters."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _ZERO_WIDTH.sub("", clean(text, line=True)).strip()
