"""The little of CSS that decides what a person sees of a text of an HTML mail, and how."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache

from acterm.mail.text.margins import stands_apart

_MAX_SHEETS = 200_000
_MAX_RULES = 5000
_STYLE_MARK = re.compile(r"<(/?)style\b[^<>]{0,2000}>?", re.IGNORECASE)
_SELECTOR = re.compile(r"\s*([a-z][a-z0-9]*)?([.#][\w-]+)?\s*", re.IGNORECASE)
# What holds only under the pointer.
_PASSING = re.compile(r":(?:hover|active|focus|visited|link)\b", re.IGNORECASE)
_NOTHING = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")
_FLAT = re.compile(r"[01](?:\.\d+)?(?:px|pt|em)?")
_FAR_OFF = re.compile(r"-\d{3,}")
_TINY = re.compile(
    r"(?:^|\s)(?:0+(?:\.0+)?(?:px|pt|em|rem|%)?|[0-2](?:\.\d+)?(?:px|pt))(?=[\s/]|$)", re.IGNORECASE
)
_SIZES = ("max-height", "max-width", "height", "width")
_PLACES = ("left", "top", "text-indent")
_HIDING = frozenset(
    ["visibility", "opacity", "clip", "overflow", "overflow-y", *_SIZES[:2], *_PLACES]
)
_PAPERS = ("background-image", "background", "background-color")
_PICTURE = re.compile(r"url\(|gradient\(")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(,\s*0?(?:\.0+)?\s*\))?")
_RED = re.compile("#[b-f][0-9a-f](?:[0-4][0-9a-f]){2}")
_HEX = re.compile("#[0-9a-f]{6}")
_NAMES = {
    "red": "#ff0000",
    "white": "#ffffff",
    "black": "#000000",
    "snow": "#fffafa",
    "ivory": "#fffff0",
    "ghostwhite": "#f8f8ff",
    "floralwhite": "#fffaf0",
    "whitesmoke": "#f5f5f5",
}
_KEEPING = ("pre", "break-spaces")
_BOLD = frozenset(["bold", "bolder", "600", "700", "800", "900"])
# Colours that leave the one below as it is.
_CLEAR = ("transparent", "none", "inherit", "initial", "unset", "")
# Two colours as near as that are one to the eye.
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of an element. None where it leaves things as they are."""

    hidden: bool | None = None
    outlook_hidden: bool | None = None
    tiny: bool | None = None
    ink: str | None = None
    paper: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    above: bool | None = None
    below: bool | None = None
    kept: bool | None = None
    wingdings: bool | None = None

    def over(self, below: "Look") -> "Look":
        """This one where it says something, else the one below."""
        if below is PLAIN or self is PLAIN:
            return self if below is PLAIN else below
        own = ((name, getattr(self, name)) for name in _LOOK_NAMES)
        return Look(**{n: getattr(below, n) if value is None else value for n, value in own})


PLAIN = Look()
_LOOK_NAMES = tuple(one.name for one in fields(Look))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The looks that the style sheets of a mail give at every width.

    `looks` goes by selector: `td`, `.class`, `td.class`, `#id`. `paints` tells that backgrounds
    are set in ways that are not followed, so that nobody knows what white text stands on.
    """

    looks: Mapping[str, Look] = field(default_factory=dict)
    paints: bool = False

    def look(self, tag: str, classes: str, name: str) -> Look:
        """The look of an element by its tag, its class attribute and its id."""
        if not self.looks:
            return PLAIN
        found = self.looks.get(tag, PLAIN)
        for one in classes.lower().split()[:20]:
            found = self.looks.get(f".{one}", PLAIN).over(found)
            found = self.looks.get(f"{tag}.{one}", PLAIN).over(found)
        if name:
            found = self.looks.get(f"#{name.lower()}", PLAIN).over(found)
            found = self.looks.get(f"{tag}#{name.lower()}", PLAIN).over(found)
        return found


def sheet(text: str) -> Sheet:
    """Read from the <style> blocks; what is for telephones alone (@media) counts for nothing."""
    looks: dict[str, Look] = {}
    paints = spaces = False
    for block in _style_blocks(text):
        for rule in _without_media(_without_comments(block)).split("}"):
            names, _brace, rules = rule.rpartition("{")
            given = look(rules[:2000])
            if given == PLAIN or len(looks) > _MAX_RULES:
                continue
            for name in names[-4000:].split(","):
                found = _SELECTOR.fullmatch(name)
                if found:
                    key = ((found[1] or "") + (found[2] or "")).lower()
                    looks[key] = given.over(looks.get(key, PLAIN))
                elif not _PASSING.search(name):
                    paints = paints or given.paper is not None
                    spaces = spaces or given.above is True or given.below is True
    if spaces and "p" in looks:
        looks["p"] = replace(looks["p"], above=None, below=None)  # it holds for some of them only
    return Sheet(looks, paints)


@lru_cache(maxsize=1024)
def look(style: str) -> Look:
    """The declarations of a style attribute that matter for reading."""
    given = _declarations(style)
    if not given:
        return PLAIN
    get = given.get
    ink = colour(get("color", ""))
    papers = [colour(given[name]) for name in _PAPERS if name in given]
    size, weight, slant = get("font-size") or get("font"), get("font-weight"), get("font-style")
    fonts = get("font-family") or get("font")
    line = get("text-decoration") or get("text-decoration-line") or ""
    above, below = stands_apart(given)
    found = Look(
        hidden=True if ink == "transparent" or _is_unseen(given) else _is_not_displayed(given),
        outlook_hidden=True if get("mso-hide") == "all" else None,
        tiny=bool(_TINY.search(size)) if size else None,
        ink=None if ink in _CLEAR else ink,
        paper=next((paper for paper in papers if paper not in _CLEAR), None),
        bold=weight in _BOLD if weight else is_red(ink) or None,
        italic=slant.startswith(("italic", "oblique")) if slant else None,
        struck=True if "line-through" in line else None,
        above=above,
        below=below,
        wingdings=fonts.startswith("wingdings") or " wingdings" in fonts if fonts else None,
        kept=get("white-space", "").startswith(_KEEPING) if "white-space" in given else None,
    )
    return PLAIN if found == PLAIN else _shared(found)


@lru_cache(maxsize=1024)
def _shared(found: Look) -> Look:
    """The one look of all styles that say the same, so that what follows from it is found again."""
    return found


def _declarations(style: str) -> dict[str, str]:
    """Properties and values in lower case, the last of each; without « !important »."""
    given = {}
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            given[name.strip()] = value.partition("!")[0].strip()
    return given


def _is_not_displayed(given: Mapping[str, str]) -> bool | None:
    return given["display"] == "none" if "display" in given else None


def _is_unseen(given: Mapping[str, str]) -> bool:
    """Whether nothing of an element can be seen, though it has its place."""
    if _HIDING.isdisjoint(given):
        return False
    get = given.get
    if get("visibility") == "hidden" or _NOTHING.fullmatch(get("opacity", "1")):
        return True
    if any(_NOTHING.fullmatch(get(name, "")) for name in _SIZES[:2]):
        return True
    if any(_FAR_OFF.match(get(name, "")) for name in _PLACES):
        return True
    if get("clip", "").startswith("rect(0"):
        return True
    shut = "hidden" in (get("overflow"), get("overflow-y"))
    return shut and any(_FLAT.fullmatch(get(name, "")) for name in _SIZES)


def colour(value: str) -> str:
    """A colour as `#rrggbb`; what is no plain colour stands as it is, and equals no other."""
    value = value.strip().lower()
    if found := _RGB.match(value):
        if found[4]:
            return "transparent"
        red, green, blue = (min(int(part), 255) for part in found.groups()[:3])
        return f"#{red:02x}{green:02x}{blue:02x}"
    if _PICTURE.search(value):
        return "picture"
    value = value.split(" ")[0].strip("\"'")
    value = _NAMES.get(value, value)
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(digit * 2 for digit in value[1:])
    return value


def is_red(ink: str) -> bool:
    """Whether the colour is the one in which people write what matters, or what they answer."""
    return bool(_RED.fullmatch(ink))


@lru_cache(maxsize=512)
def alike(one: str, other: str) -> bool:
    """Whether nobody tells the two colours apart."""
    if one == other:
        return True
    if not _HEX.fullmatch(one) or not _HEX.fullmatch(other):
        return False
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return all(abs(first - second) <= _NEAR for first, second in pairs)


def _style_blocks(text: str) -> Iterator[str]:
    """What stands between <style> and </style>, at most _MAX_SHEETS characters of it in all."""
    begun, left = -1, _MAX_SHEETS
    for found in _STYLE_MARK.finditer(text):
        if not found[1] and begun < 0:
            begun = found.end()
        elif found[1] and begun >= 0 and left > 0:
            block = text[begun : found.start()][:left]
            left -= len(block)
            begun = -1
            yield block


def _without_comments(css: str) -> str:
    pieces: list[str] = []
    at = 0
    while (start := css.find("/*", at)) >= 0:
        pieces.append(css[at:start])
        at = css.find("*/", start + 2) + 2
        if at < 2:
            return "".join(pieces)
    pieces.append(css[at:])
    return "".join(pieces).replace("<!--", "").replace("-->", "")


def _without_media(css: str) -> str:
    """The style sheet without its @media blocks."""
    pieces: list[str] = []
    at = 0
    while (start := css.find("@media", at)) >= 0:
        pieces.append(css[at:start])
        at = _block_end(css, start)
    pieces.append(css[at:])
    return "".join(pieces)


def _block_end(css: str, start: int) -> int:
    """Where the braces that open after `start` are all closed."""
    depth = 0
    for found in re.compile("[{}]").finditer(css, start):
        depth += 1 if found[0] == "{" else -1
        if depth <= 0:
            return found.end()
    return len(css)
