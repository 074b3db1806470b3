"""Which pictures of an HTML mail are worth a word, and which are there to spy."""

import re
from enum import Enum

from acterm.mail.css import Sheet
from acterm.mail.hidden import is_hidden
from acterm.mail.tags import Attributes

_NUMBER = re.compile(r"\s*(\d{1,5})")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# Addresses that only count readers, of the services that most newsletters go through.
_SPY = re.compile(
    r"list-manage\.com/track|/wf/open|/track/open|/tr/op/|mjt\.lu/oo|mailtrack\.|/trace/mail"
    r"|google-analytics\.com|doubleclick\.net|/open(?:\.(?:php|aspx|gif|png))?(?=[/?]|$)"
    r"|/(?:pixel|beacon|blank|clear|transparent|o)(?:\.(?:gif|png))?(?=[/?]|$)"
    r"|[?&](?:open|pixel)=",
    re.IGNORECASE,
)


class Kind(Enum):
    """What a picture is for."""

    SHOWN = "shown"
    ORNAMENT = "ornament"
    TRACKER = "tracker"


def is_remote(source: str) -> bool:
    """Whether showing it would ask a server on the web."""
    return bool(_REMOTE.match(source))


def kind_of(source: str, attributes: Attributes) -> Kind:
    """A picture to read about, one that only fills space, or one that reports the reader."""
    width, height = _size(attributes, "width"), _size(attributes, "height")
    smallest, largest = sorted((width, height))
    if is_hidden("img", attributes, Sheet()) or (largest in (0, 1, 2) and smallest < 3):
        return Kind.TRACKER if is_remote(source) else Kind.ORNAMENT
    if is_remote(source) and smallest < 0 and _SPY.search(source):
        return Kind.TRACKER
    return Kind.ORNAMENT if 0 <= smallest < 3 else Kind.SHOWN


def is_small(attributes: Attributes) -> bool:
    """Whether a picture without words is an ornament."""
    width, height = _size(attributes, "width"), _size(attributes, "height")
    return 0 <= width < 40 or 0 <= height < 40


def _size(attributes: Attributes, name: str) -> int:
    """Pixels from the attribute or the style, -1 when neither tells."""
    value = attributes.get(name) or ""
    if not value:
        found = re.search(rf"(?<![\w-]){name}\s*:\s*(\d+)px", attributes.get("style") or "")
        value = found[1] if found else ""
    number = _NUMBER.match(value)
    return int(number[1]) if number and "%" not in value else -1
