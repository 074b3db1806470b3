"""Characters that take no room: filling of preheaders, hidden letters, marks of direction."""

import re

_ALONE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\u3164"
    "\ufeff\uffa0\U000e0000-\U000e0fff"
)
_JOINERS = "\u200c\u200d"
_ANY = re.compile(f"[{_ALONE}{_JOINERS}]")
# Joiners are part of a word, or of an emoji, between two letters or signs alone.
_UNSEEN = re.compile(
    f"[{_ALONE}]|[{_JOINERS}](?![^\\s{_ALONE}{_JOINERS}])|(?<![^\\s{_ALONE}{_JOINERS}])[{_JOINERS}]"
)


def without_unseen(text: str) -> str:
    """The text without them; joiners inside words and emoji stay."""
    return text if text.isascii() or not _ANY.search(text) else _UNSEEN.sub("", text)
