"""Characters that take no room: filling of preheaders, hidden letters, marks of direction."""

import re

_ALONE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\u3164"
    "\ufeff\uffa0\U000e0000-\U000e0fff"
)
_JOINERS = "\u200c\u200d"
_ANY = re.compile(f"[{_ALONE}{_JOINERS}]")
# Joiners belong to an emoji, or to a word of a script that joins its letters; nowhere else.
_PLAIN = "\\x00-\u024f\u2000-\u206f"
_UNSEEN = re.compile(
    f"[{_ALONE}]|(?<![^{_PLAIN}{_ALONE}])[{_JOINERS}]+|[{_JOINERS}]+(?![^{_PLAIN}{_ALONE}])"
)


def without_unseen(text: str) -> str:
    """The text without them; joiners inside words and emoji stay."""
    return text if text.isascii() or not _ANY.search(text) else _UNSEEN.sub("", text)
