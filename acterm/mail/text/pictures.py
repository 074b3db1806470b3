"""Which pictures of an HTML mail are worth a word, and which are there to spy."""

import re
from enum import Enum

from acterm.mail.clean import clean
from acterm.mail.text.tags import Attributes
from acterm.mail.text.unseen import without_unseen

_NUMBER = re.compile(r"\s*(\d{1,5})")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# Addresses that only count readers, of the services that most newsletters go through.
_SPY = re.compile(
    r"/wf/open|/track(?:ing)?/open|/trk/open|/tr/op/|mjt\.lu/oo|/trace/mail|/e/o/|/q/open"
    r"|/open(?:\.(?:php|aspx|gif|png))?(?=[/?]|$)|/(?:lt|p_v)\.php\?|/__pt[qobc]\.gif"
    r"|/(?:pixel|beacon|blank|clear|transparent|spacer|o)(?:\.(?:gif|png))?(?=[/?]|$)"
    r"|[?&](?:open|pixel)=",
    re.IGNORECASE,
)
# Hosts that serve no picture but counters.
_SPIES = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)*(?:awstrack\.me|google-analytics\.com|doubleclick\.net|mailtrack\.io"
    r"|mailfoogae\.appspot\.com|t\.yesware\.com|tracking\.getnotify\.com|bananatag\.com|mltrk\.io"
    r"|pstmrk\.it|litmus(?:-analytics)?\.com|emltrk\.com|returnpath\.net|trk\.klaviyomail\.com"
    r"|t\.hubspotemail\.net|track\.hubspot\.com|xiti\.com|weborama\.fr|mailstat\.us|readnotify\.com"
    r"|list-manage\.com/track)(?=[/:?]|$)",
    re.IGNORECASE,
)
# What a program writes for a person who says nothing of a picture.
_PROGRAM = re.compile(
    r"\A(?:cid:\S*|data:\S*|https?:\S*|(?:image|picture|outlook-)[\w-]{0,40}\.\w{3,4}|image|logo\.\w+)\Z"
    r"|,?\s*(?:Description générée automatiquement|Description automatically generated"
    r"|Le contenu généré par l.IA peut être incorrect\.|AI-generated content may be incorrect\.)"
    r".{0,60}\Z",
    re.IGNORECASE,
)


class Kind(Enum):
    """What a picture is for."""

    SHOWN = "shown"
    ORNAMENT = "ornament"
    TRACKER = "tracker"


def is_remote(attributes: Attributes) -> bool:
    """Whether showing it would ask a server on the web."""
    return bool(_REMOTE.match(_source(attributes)))


def kind_of(attributes: Attributes, *, hidden: bool = False) -> Kind:
    """A picture to read about, one that only fills space, or one that reports the reader."""
    width, height = pixels(attributes, "width"), pixels(attributes, "height")
    smallest, largest = sorted((width, height))
    remote = is_remote(attributes)
    # A picture for dark screens or for telephones is hidden too, but says what it shows.
    hides = hidden and smallest < 3 and not words_of(attributes)
    if hides or (largest in (0, 1, 2) and smallest < 3):
        return Kind.TRACKER if remote else Kind.ORNAMENT
    source = _source(attributes)
    if _SPIES.match(source) or (remote and smallest < 0 and _SPY.search(source)):
        return Kind.TRACKER
    return Kind.ORNAMENT if hidden or 0 <= smallest < 3 else Kind.SHOWN


def words_of(attributes: Attributes) -> str:
    """What a picture says of itself, on one line; empty when a program said it."""
    text = clean(attributes.get("alt") or attributes.get("title") or "", line=True)
    text = without_unseen(text).replace("⟦", "[").replace("⟧", "]").replace("\u00a0", " ")
    return _PROGRAM.sub("", " ".join(text.split()))[:200].strip()


def is_small(attributes: Attributes) -> bool:
    """Whether a picture without words is an ornament."""
    width, height = pixels(attributes, "width"), pixels(attributes, "height")
    return 0 <= width < 40 or 0 <= height < 40


def _source(attributes: Attributes) -> str:
    return (attributes.get("src") or "").strip()[:4000]


def pixels(attributes: Attributes, name: str) -> int:
    """The width or height from the attribute or the style, -1 when neither tells."""
    value = attributes.get(name) or ""
    if not value:
        found = re.search(rf"(?<![\w-]){name}\s*:\s*(\d+)px", attributes.get("style") or "")
        value = found[1] if found else ""
    number = _NUMBER.match(value)
    return int(number[1]) if number and "%" not in value else -1
