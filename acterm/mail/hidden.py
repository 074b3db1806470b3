"""What an HTML mail hides from its reader: preheaders, invisible text, spy pictures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)

_STYLE_MARK = re.compile(r"<(/?)style\b[^<>]{0,2000}>?", re.IGNORECASE)
_MAX_STYLE = 200_000
_SELECTOR = re.compile(r"^\s*([a-z0-9]*)([.#])([\w-]+)\s*$", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?<![\w-])(?:max-)?height\s*:\s*0(?:px|em|pt)?\s*(?:;|!|$)|font-size\s*:\s*[01](?:\.0)?(?:px|pt|em)?\s*(?:;|!|$)"
    r"|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,5})")
_TRACKER_HOSTS = re.compile(
    r"(?i)//[^/]*(?:list-manage\.com/track|mailchimp|sendgrid\.net/wf/open|mandrillapp\.com/track"
    r"|mailgun|sparkpost|sendinblue|brevo|mailjet|hubspot|mailtrack|google-analytics|doubleclick)"
)
_TRACKER_PATH = re.compile(
    r"(?i)(?:/open\b|/track(?:ing)?/|/pixel|/beacon|[?&](?:open|pixel)=|/wf/open|spacer\.gif|/o\.gif)"
)


@dataclass(frozen=True, slots=True)
class Selectors:
    """The classes and ids that the style sheets of a mail hide at every width."""

    classes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


def selectors(text: str) -> Selectors:
    """Read from the <style> blocks; what only hides on a phone (@media) hides nothing here."""
    classes: set[str] = set()
    ids: set[str] = set()
    for block in _style_blocks(text):
        for rule in _without_media(_without_comments(block)).split("}"):
            names, _brace, rules = rule.rpartition("{")
            if not _HIDING.search(rules[:5000]):
                continue
            for name in names.split(","):
                found = _SELECTOR.match(name)
                if found:
                    (classes if found[2] == "." else ids).add(found[3].lower())
    return Selectors(frozenset(classes), frozenset(ids))


def _style_blocks(text: str) -> Iterator[str]:
    """What stands between <style> and </style>, at most _MAX_STYLE characters of it in all."""
    begun, left = -1, _MAX_STYLE
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


def is_hidden(tag: str, attributes: Mapping[str, str | None], known: Selectors) -> bool:
    """Whether a browser would not show this element."""
    if "hidden" in attributes:
        return True
    if attributes.get("id", "") and str(attributes["id"]).lower() in known.ids:
        return True
    classes = (attributes.get("class") or "").lower().split()
    if any(name in known.classes for name in classes):
        return True
    style = attributes.get("style") or ""
    return bool(style) and (bool(_HIDING.search(style)) or _same_colours(style))


def is_tracker(source: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether a picture is there to report that the mail was opened, not to be seen."""
    width, height = _size(attributes, "width"), _size(attributes, "height")
    if 0 <= width <= 2 or 0 <= height <= 2 or is_hidden("img", attributes, Selectors()):
        return True
    return bool(_TRACKER_HOSTS.search(source) or _TRACKER_PATH.search(source))


def is_small(attributes: Mapping[str, str | None]) -> bool:
    """Whether a picture is an ornament."""
    width, height = _size(attributes, "width"), _size(attributes, "height")
    return 0 <= width < 40 or 0 <= height < 40


def _size(attributes: Mapping[str, str | None], name: str) -> int:
    """Pixels from the attribute or the style, -1 when neither tells."""
    value = attributes.get(name) or ""
    if not value:
        found = re.search(rf"(?<![\w-]){name}\s*:\s*(\d+)px", attributes.get("style") or "")
        value = found[1] if found else ""
    number = _NUMBER.match(value)
    return int(number[1]) if number and "%" not in value else -1


def _same_colours(style: str) -> bool:
    ink, paper = _COLOUR.search(style), _BACKGROUND.search(style)
    return bool(ink and paper) and _colour(ink) == _colour(paper)  # type: ignore[arg-type]


def _colour(found: re.Match[str]) -> str:
    value = found[1].strip().lower().split(" ")[0]
    value = {"white": "#ffffff", "black": "#000000"}.get(value, value)
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        value = "#" + "".join(digit * 2 for digit in value[1:])
    return value


def _without_media(css: str) -> str:
    """The style sheet without its @media blocks."""
    pieces: list[str] = []
    at = 0
    while (start := css.find("@media", at)) >= 0:
        pieces.append(css[at:start])
        depth, at = 0, start
        for position in range(start, len(css)):
            if css[position] == "{":
                depth += 1
            elif css[position] == "}":
                depth -= 1
                if depth == 0:
                    at = position + 1
                    break
        else:
            return "".join(pieces)
    pieces.append(css[at:])
    return "".join(pieces)
