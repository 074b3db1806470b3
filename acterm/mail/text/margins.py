"""Whether an element of an HTML mail stands apart from what is above it and from what is below."""

import re
from collections.abc import Mapping

# Margins and paddings as high as that are a line left free; those below the other are none.
_FREE, _NONE = 10.0, 4.0
_LENGTH = re.compile(r"(-?\d{0,5}(?:\.\d{1,6})?)(px|pt|em|rem|ex|cm|mm|in|)", re.IGNORECASE)
_PIXELS = {
    **{"": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0},
    **{"cm": 37.8, "mm": 3.78, "in": 96.0},
}
_NO_LINE = re.compile(r"\b(?:none|hidden|0(?:px|pt)?)\b")
_SIDES = ("top", "bottom")
_PARTS = ("margin", "padding", "border")
_TELLING = frozenset([*_PARTS, *(f"{part}-{side}" for part in _PARTS for side in _SIDES)])


def stands_apart(style: Mapping[str, str]) -> tuple[bool | None, bool | None]:
    """Whether declarations leave a line free or draw one, above and below.

    False where they say to leave none, None where they say nothing.
    """
    if _TELLING.isdisjoint(style):
        return None, None
    return _on(style, 0), _on(style, 1)


def _on(style: Mapping[str, str], number: int) -> bool | None:
    side = _SIDES[number]
    line = style.get(f"border-{side}") or style.get("border")
    if line and not _NO_LINE.search(line):
        return True
    margin, padding = (_size(_value(style, part, number)) for part in _PARTS[:2])
    if max(margin or 0, padding or 0) >= _FREE:
        return True
    return False if margin is not None and margin < _NONE else None


def _value(style: Mapping[str, str], part: str, number: int) -> str:
    """What is said of the margin or padding above or below, empty when nothing is."""
    own = style.get(f"{part}-{_SIDES[number]}")
    sides = style.get(part, "").split()
    return own or (sides[2 if number and len(sides) > 2 else 0] if sides else "")


def _size(value: str) -> float | None:
    """A length in pixels; None when it is none."""
    length = _LENGTH.fullmatch(value)
    if not length or length[1] in ("", "-"):
        return None
    return float(length[1]) * _PIXELS[length[2].lower()]
