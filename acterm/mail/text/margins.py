"""Whether an element of an HTML mail stands apart from what is above and below it."""

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
_LINES = ("border", "border-top", "border-bottom")
_SPACES = frozenset(
    [f"{name}{side}" for name in ("margin", "padding") for side in ("", "-top", "-bottom")]
)
_TELLING = _SPACES.union(_LINES)


def stands_apart(style: Mapping[str, str]) -> bool | None:
    """Whether declarations leave a line free or draw one; False when they say to leave none."""
    if _TELLING.isdisjoint(style):
        return None
    if any(name in style and not _NO_LINE.search(style[name]) for name in _LINES):
        return True
    margins, paddings = _vertical(style, "margin"), _vertical(style, "padding")
    if max((*margins, *paddings), default=0) >= _FREE:
        return True
    return False if len(margins) == 2 and max(margins) < _NONE else None


def _vertical(style: Mapping[str, str], name: str) -> list[float]:
    """The margins or paddings above and below in pixels, those that are told."""
    sides = style.get(name, "").split()
    above = style.get(f"{name}-top") or (sides[0] if sides else "")
    below = style.get(f"{name}-bottom") or (sides[2 if len(sides) > 2 else 0] if sides else "")
    return [_size(value) for value in (above, below) if value]


def _size(value: str) -> float:
    length = _LENGTH.fullmatch(value)
    if not length:
        return _NONE
    return float(length[1] or 0) * _PIXELS[length[2]] if length[1] not in ("", "-") else _NONE
