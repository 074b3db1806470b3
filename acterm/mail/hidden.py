"""What an HTML mail hides from its reader: preheaders, invisible text, white on white."""

from dataclasses import dataclass

from acterm.mail.css import Look, Sheet, colour, look
from acterm.mail.tags import Attributes

VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    ]
)
# An end tag that a browser adds by itself when the same tag begins again.
_IMPLIED = frozenset(["p", "li", "td", "th", "tr", "dd", "dt", "option"])
_FURTHEST = 60


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside an open element."""

    tag: str
    tiny: bool
    ink: str
    paper: str


class Sight:
    """Follows the open elements of a page and tells what of it can be seen."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._open = [_State("", False, "#000000", "#ffffff")]

    def begin(self, tag: str, attributes: Attributes) -> None:
        """An element opens; void ones hold no text."""
        if tag in VOID:
            return
        if tag in _IMPLIED and self._open[-1].tag == tag:
            self._open.pop()
        above, own = self._open[-1], _look(attributes)
        self._open.append(
            _State(
                tag,
                above.tiny if own.tiny is None else own.tiny,
                above.ink if own.ink is None else own.ink,
                above.paper if own.paper is None else own.paper,
            )
        )

    def end(self, tag: str) -> None:
        """An element closes, and with it those inside that nobody closed."""
        for at in range(len(self._open) - 1, max(len(self._open) - _FURTHEST, 1) - 1, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    @property
    def blind(self) -> bool:
        """Whether text put here cannot be seen: too small, or of the colour it stands on."""
        state = self._open[-1]
        return state.tiny or (state.ink == state.paper and not self._sheet.paints)


def is_hidden(tag: str, attributes: Attributes, sheet: Sheet) -> bool:
    """Whether a browser would not show this element at all."""
    if "hidden" in attributes:
        return True
    if (attributes.get("id") or "").lower() in sheet.ids:
        return True
    if any(name in sheet.classes for name in (attributes.get("class") or "").lower().split()):
        return True
    own = _look(attributes)
    # A link hidden in Outlook alone is a button, drawn there by other means.
    if own.hidden or (own.outlook_hidden and tag != "a"):
        return True
    return own.ink is not None and own.ink == own.paper


def _look(attributes: Attributes) -> Look:
    own = look((attributes.get("style") or "")[:4000])
    ink = attributes.get("color")
    paper = attributes.get("bgcolor") or attributes.get("background")
    if not ink and not paper:
        return own
    return Look(
        hidden=own.hidden,
        outlook_hidden=own.outlook_hidden,
        tiny=own.tiny,
        ink=own.ink or (colour(ink) if ink else None),
        paper=own.paper or (colour(paper) if paper else None),
    )
