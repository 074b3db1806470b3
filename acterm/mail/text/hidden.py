"""What an HTML mail hides from its reader, and how it sets what it shows.

Preheaders, invisible text and white on white stay hidden; bold, slanted and struck text is told.
"""

import re
from dataclasses import dataclass, replace

from acterm.mail.message import Style
from acterm.mail.text.css import PLAIN, Look, Sheet, alike, colour, is_red, look
from acterm.mail.text.marking import SIGNED, STRUCK, opened
from acterm.mail.text.tags import Attributes

VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    ]
)
# Elements whose content is no text of the mail.
_SILENT = frozenset(
    [
        *("head", "style", "script", "title", "template", "noscript", "object", "svg", "select"),
        *("iframe", "audio", "video", "canvas", "datalist"),
    ]
)
_IN_HEAD = frozenset([*_SILENT, "meta", "link", "base"])
# An end tag that a browser adds by itself when the same tag begins again.
_IMPLIED = frozenset(["p", "li", "td", "th", "tr", "dd", "dt", "option"])
_PAGES = frozenset(["html", "body"])
_CELLS = frozenset(["td", "th", "caption"])
_OF_TABLE = frozenset(["table", "tr", "td", "th", "caption", "tbody", "thead", "tfoot"])
# How mailers name the block that holds a signature.
_SIGNATURE = re.compile(
    r"(?:^|[\s_-])(?:x_)*(?:moz-|gmail_|protonmail_|io-ox-|apple-?mail|mail-?|ms-outlook-mobile-"
    r"|composer_|yahoo_|zimbra-?|email-?)?signature(?:[-_]?block|linebreakatbeginning)?(?:$|\s)",
    re.IGNORECASE,
)
_CLOSED_UNTOLD = _IMPLIED | _CELLS | {"head"}
_FURTHEST = 200
_MOST_LOOKS = 5000

_BOLD, _ITALIC = Look(bold=True), Look(italic=True)
_BY_TAG = {
    "b": _BOLD,
    "strong": _BOLD,
    "i": _ITALIC,
    "em": _ITALIC,
    "cite": _ITALIC,
    "dfn": _ITALIC,
    "s": Look(struck=True),
    "del": Look(struck=True),
    "strike": Look(struck=True),
}
_CODE = frozenset(["code", "tt", "kbd", "samp"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SETTING = _CODE | HEADINGS
# Elements whose margins are seen.
_STANDING = frozenset(
    [*_CELLS, "p", "div", "table", "section", "article", "aside", "header", "footer", "address"]
)
_ENDS_PARAGRAPH = HEADINGS | {"div", "table", "ul", "ol", "blockquote", "pre", "hr"}


@dataclass(frozen=True, slots=True)
class State:
    """What holds inside an open element. `marks` open the styles its text is set in.

    `kept` tells that the lines and blanks of the text are as it is written, `wingdings` that its
    letters are signs.
    """

    hidden: bool = False
    tiny: bool = False
    ink: str = "#000000"
    paper: str = "#ffffff"
    marks: str = ""
    kept: bool = False
    wingdings: bool = False


_PAGE = State()
_HEADING_MARK, _CODE_MARK = opened(Style.HEADING), opened(Style.CODE)
_BOLD_MARK, _ITALIC_MARK = opened(Style.BOLD), opened(Style.ITALIC)


class Sight:
    """Follows the open elements of a page and tells what of it can be seen, and how."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        # By the identity of what they come from, which is kept beside them: made once each.
        self._looks: dict[tuple[str, int], tuple[Look, bool, Attributes]] = {}
        self._states: dict[tuple[int, int, str, bool], tuple[State, State, Look]] = {}
        self._open: list[tuple[str, State, bool]] = [("", _PAGE, False)]
        self.state = _PAGE
        # Whether the element just begun stands apart from what is above and below it, and whether
        # one just left did from what is below.
        self.above: bool | None = None
        self.below: bool | None = None
        self.left = False

    def begin(self, tag: str, attributes: Attributes) -> State:
        """An element opens; the state that holds inside. Void ones hold no text."""
        self.left = False
        if tag in _PAGES:
            del self._open[1:]
        elif self._open[-1][0] in _CLOSED_UNTOLD:
            self._imply_ends(tag)
        state = self._open[-1][1]
        own, signed = self._seen(tag, attributes)
        if own is not PLAIN or signed or tag in _SETTING:
            state = self._state_inside(state, own, tag, signed=signed)
        if tag in _SILENT and not state.hidden:
            state = replace(state, hidden=True)
        stands = tag in _STANDING
        self.above, self.below = (own.above, own.below) if stands else (None, None)
        if tag not in VOID:
            self._open.append((tag, state, bool(self.below)))
            self.state = state
        return state

    def end(self, tag: str) -> None:
        """An element closes, and with it those inside that nobody closed."""
        self.left = False
        if tag in _PAGES:
            return
        if self._open[-1][0] == tag:
            self._close(-1)
            return
        for at in range(len(self._open) - 1, max(len(self._open) - _FURTHEST, 1) - 1, -1):
            name = self._open[at][0]
            if name == tag:
                self._close(at)
                return
            if name in _CELLS and tag not in _OF_TABLE:
                return

    def leave_head(self) -> None:
        """Text loose in the head of the page ends it, as in a browser."""
        if self._open[-1][0] == "head":
            self._close(-1)

    @property
    def blind(self) -> bool:
        """Whether text put here cannot be seen: too small, or of the colour it stands on."""
        state = self.state
        return state.tiny or (alike(state.ink, state.paper) and not self._sheet.paints)

    def _seen(self, tag: str, attributes: Attributes) -> tuple[Look, bool]:
        """The look of an element, and whether it holds a signature."""
        if not attributes:
            return self._sheet.looks.get(tag, PLAIN).over(_BY_TAG.get(tag, PLAIN)), False
        found = self._looks.get((tag, id(attributes)))
        if found is None:
            if len(self._looks) > _MOST_LOOKS:
                self._looks.clear()
            found = (self._look(tag, attributes), _is_signature(attributes), attributes)
            self._looks[tag, id(attributes)] = found
        return found[:2]

    def _look(self, tag: str, attributes: Attributes) -> Look:
        """What the style sheets, the style and the old attributes say."""
        ink, face = attributes.get("color"), attributes.get("face")
        paper = attributes.get("bgcolor") or attributes.get("background")
        by_tag = _BY_TAG.get(tag, PLAIN)
        if ink or paper or face:
            given = Look(
                ink=colour(ink) if ink else None,
                bold=is_red(colour(ink)) or None if ink else None,
                paper=colour(paper) if paper else None,
                wingdings=face.lower().startswith("wingdings") if face else None,
            )
            by_tag = given.over(by_tag)
        classes, name = (attributes.get("class") or "")[:1000], attributes.get("id") or ""
        found = self._sheet.look(tag, classes, name).over(by_tag)
        found = look((attributes.get("style") or "")[:4000]).over(found)
        return replace(found, hidden=True) if "hidden" in attributes else found

    def _state_inside(self, above: State, own: Look, tag: str, *, signed: bool) -> State:
        """The state inside an element, made once for the many that look alike."""
        key = (id(above), id(own), tag, signed)
        found = self._states.get(key)
        if found is None:
            if len(self._states) > _MOST_LOOKS:
                self._states.clear()
            state = _inside(above, own, tag, signed=signed)
            if not state.hidden and tag not in _PAGES and _hides(own, tag):
                state = replace(state, hidden=True)
            found = self._states[key] = (state, above, own)
        return found[0]

    def _imply_ends(self, tag: str) -> None:
        """Close what a browser closes by itself when `tag` begins."""
        for _level in range(2):  # a row closes the cell before it, and then the row
            top = self._open[-1][0]
            if (
                (tag in _IMPLIED and top == tag)
                or (tag in _CELLS and top in _CELLS)
                or (tag == "tr" and top in _CELLS)
                or (tag in _ENDS_PARAGRAPH and top == "p")
                or (top == "head" and tag not in _IN_HEAD)
            ):
                self._close(-1)
            else:
                return

    def _close(self, at: int) -> None:
        self.left = self.left or any(below for _tag, _state, below in self._open[at:])
        del self._open[at:]
        self.state = self._open[-1][1]


def _is_signature(attributes: Attributes) -> bool:
    for name in ("class", "id"):
        value = attributes.get(name)
        if value and "ignature" in value and _SIGNATURE.search(value[:1000]):
            return True
    return "__SIG_P" in (attributes.get("data-marker") or "")


def _hides(own: Look, tag: str) -> bool:
    # A link hidden in Outlook alone is a button, drawn there by other means.
    if own.hidden or (own.outlook_hidden and tag != "a"):
        return True
    return own.ink is not None and own.paper is not None and alike(own.ink, own.paper)


def _inside(above: State, own: Look, tag: str, *, signed: bool) -> State:
    """The state inside an element, from the one around it and its own look."""

    def holds(mark: str, said: bool | None) -> bool:
        return mark in above.marks if said is None else said

    heading = holds(_HEADING_MARK, tag in HEADINGS or None)
    marks = (
        (SIGNED, holds(SIGNED, signed or None)),
        (_HEADING_MARK, heading),
        (_BOLD_MARK, holds(_BOLD_MARK, own.bold) and not heading),
        (_ITALIC_MARK, holds(_ITALIC_MARK, own.italic)),
        (_CODE_MARK, holds(_CODE_MARK, tag in _CODE or None)),
        (STRUCK, holds(STRUCK, own.struck or None)),
    )
    return State(
        above.hidden,
        above.tiny if own.tiny is None else own.tiny,
        own.ink or above.ink,
        own.paper or above.paper,
        "".join(mark for mark, given in marks if given),
        above.kept if own.kept is None else own.kept,
        above.wingdings if own.wingdings is None else own.wingdings,
    )
