"""The little of CSS that decides whether a person sees a text of an HTML mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MAX_SHEETS = 200_000
_STYLE_MARK = re.compile(r"<(/?)style\b[^<>]{0,2000}>?", re.IGNORECASE)
_SELECTOR = re.compile(r"^\s*([a-z0-9]*)([.#])([\w-]+)\s*$", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|max-(?:height|width)\s*:\s*0(?:px|em|pt)?\s*(?:;|!|$)"
    r"|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_OUTLOOK_HIDING = re.compile(r"mso-hide\s*:\s*all", re.IGNORECASE)
_FLAT = re.compile(r"(?<![\w-])(?:height|width)\s*:\s*0(?:px|em|pt)?\s*(?:;|!|$)", re.IGNORECASE)
_OVERFLOW = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
_FONT_SIZE = re.compile(r"(?<![\w-])font(?:-size)?\s*:\s*([^;!]{1,100})", re.IGNORECASE)
_TINY = re.compile(
    r"(?:^|\s)(?:0+(?:\.0+)?(?:px|pt|em|rem|%)?|[01](?:\.\d+)?(?:px|pt))(?=[\s/]|$)", re.IGNORECASE
)
_INK = re.compile(r"(?<![\w-])color\s*:\s*([^;!]{1,100})", re.IGNORECASE)
_PAPER = re.compile(r"background(?:-color|-image)?\s*:\s*([^;!]{1,200})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")
_NAMES = {"white": "#ffffff", "black": "#000000", "snow": "#fffafa"}
# Papers through which the one below is seen.
_CLEAR = ("transparent", "none", "inherit", "initial", "unset", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the style sheets of a mail hide at every width, by class and id.

    `paints` tells that they set backgrounds, so that nobody knows what white text stands on.
    """

    classes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    paints: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a style attribute says. None where it leaves things as they are."""

    hidden: bool = False
    outlook_hidden: bool = False
    tiny: bool | None = None
    ink: str | None = None
    paper: str | None = None


def sheet(text: str) -> Sheet:
    """Read from the <style> blocks; what only hides on a phone (@media) hides nothing here."""
    classes: set[str] = set()
    ids: set[str] = set()
    paints = False
    for block in _style_blocks(text):
        for rule in _without_media(_without_comments(block)).split("}"):
            names, _brace, rules = rule.rpartition("{")
            paints = paints or "background" in rules
            if not look(rules[:2000]).hidden:
                continue
            for name in names.split(","):
                found = _SELECTOR.match(name)
                if found:
                    (classes if found[2] == "." else ids).add(found[3].lower())
    return Sheet(frozenset(classes), frozenset(ids), paints)


@lru_cache(maxsize=1024)
def look(style: str) -> Look:
    """The declarations of a style attribute that matter for seeing."""
    hidden = bool(_HIDING.search(style))
    if not hidden and _OVERFLOW.search(style):
        hidden = bool(_FLAT.search(style))
    sizes = _FONT_SIZE.findall(style)
    ink, paper = _INK.search(style), _PAPER.findall(style)
    colours = [colour(value) for value in paper]
    return Look(
        hidden=hidden or (ink is not None and ink[1].strip().lower() == "transparent"),
        outlook_hidden=bool(_OUTLOOK_HIDING.search(style)),
        tiny=bool(_TINY.search(sizes[-1].strip())) if sizes else None,
        ink=colour(ink[1]) if ink else None,
        paper=next((one for one in reversed(colours) if one not in _CLEAR), None),
    )


def colour(value: str) -> str:
    """A colour as `#rrggbb`; what is no plain colour stands as it is, and equals no other."""
    value = value.strip().lower()
    if found := _RGB.match(value):
        red, green, blue = (min(int(part), 255) for part in found.groups())
        return f"#{red:02x}{green:02x}{blue:02x}"
    value = value.split(" ")[0].strip("\"'")
    value = _NAMES.get(value, value)
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(digit * 2 for digit in value[1:])
    return value


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
