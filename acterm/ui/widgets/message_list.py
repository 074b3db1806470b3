"""The list of mails: any number of rows, drawn from the store as they come into view."""

import datetime
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.style import Style

from acterm.mail.message import Envelope, Flag
from acterm.ui.cells import fit
from acterm.ui.glyphs import marks
from acterm.ui.rows import columns, row
from acterm.ui.widgets.line_list import LineList, Part

Fetch = Callable[[Sequence[int]], list[Envelope]]
_KEPT = 2000


class MessageList(LineList):
    """Rows are ids; an envelope is fetched when its row is drawn. The cursor stays on its mail."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--star", "line--suspect"}
    DEFAULT_CSS = """
    MessageList > .line--star { color: $warning; }
    MessageList > .line--suspect { color: $error; text-style: bold; }
    """

    def __init__(self, fetch: Fetch, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._envelopes: dict[int, Envelope] = {}
        self._outgoing = False
        self._empty = ""
        self._expected = 0
        self.today = datetime.date.today()

    @property
    def count(self) -> int:
        """How many mails are listed."""
        return len(self._ids)

    @property
    def empty(self) -> str:
        """What an empty list says."""
        return self._empty

    @property
    def ids(self) -> Sequence[int]:
        """The mails in their order."""
        return self._ids

    @property
    def current(self) -> int:
        """The mail under the cursor, 0 for none."""
        return self._ids[self.cursor] if self.cursor < len(self._ids) else 0

    def show(
        self, page: Sequence[Envelope], *, outgoing: bool, empty: str, expected: int = 0
    ) -> None:
        """Begin another list with its first page; the cursor is on the first mail.

        `expected` is how many mails the list will have once all ids are read.
        """
        self._outgoing = outgoing
        self._empty = empty
        self._envelopes = {mail.id: mail for mail in page}
        self._ids = array("q", [mail.id for mail in page])
        self.set_reactive(MessageList.cursor, 0)
        self._expected = expected
        self.scroll_top(0)
        self.changed()

    def measure(self, lines: int) -> None:
        """Room for all mails of the folder, so that nothing is painted anew as their ids come."""
        super().measure(max(lines, self._expected))

    def take(self, ids: Iterable[int]) -> None:
        """The list is these mails now. The cursor stays on its mail, the view where it is."""
        before = self._seen()
        mail, place = self.current, self.cursor
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._move_to(self._find(mail, place), place)
        self._repaint(before)

    def drop(self, ids: Iterable[int]) -> None:
        """Take mails out; the cursor goes to the mail that takes their place."""
        gone = set(ids)
        place = self.cursor
        before_cursor = sum(1 for index in range(place) if self._ids[index] in gone)
        before = self._seen()
        self._ids = array("q", [one for one in self._ids if one not in gone])
        self._move_to(place - before_cursor, place)
        self._repaint(before)

    def select(self, mail: int) -> bool:
        """Put the cursor on a mail; False when it is not in the list."""
        if mail not in self._ids:
            return False
        self.cursor = self._ids.index(mail)
        return True

    def forget(self, ids: Iterable[int]) -> None:
        """These mails changed: fetch and draw them again."""
        for mail in ids:
            self._envelopes.pop(mail, None)
        self._repaint_mails(set(ids))

    def flag(self, mail: int, flag: Flag, on: bool) -> None:
        """Show a flag before the store has it."""
        known = self._envelopes.get(mail)
        if known:
            flags = known.flags | flag if on else known.flags & ~flag
            self._envelopes[mail] = replace(known, flags=flags)
            self._repaint_mails({mail})

    def envelope(self, index: int) -> Envelope | None:
        """The mail of a row, fetched with its neighbours when it is not known."""
        mail = self._ids[index]
        if mail not in self._envelopes:
            self._fetch_around(index)
        return self._envelopes.get(mail)

    def parts(self, index: int, width: int) -> list[Part]:
        """The line of a mail."""
        told = self.has_focus or self.app.no_color  # else the colour tells which mail is open
        bar = marks.cursor if index == self.cursor and told else " "
        mail = self.envelope(index)
        if mail is None:
            return [(fit(bar, width), "")]
        layout = columns(width)
        return row(mail, layout, self.today, outgoing=self._outgoing, bar=bar)

    def cursor_weight(self, index: int) -> Style:
        """Unread stays bold under the cursor."""
        mail = self.envelope(index)
        return Style(bold=True) if mail and mail.unread else Style.null()

    def _fetch_around(self, index: int) -> None:
        if len(self._envelopes) > _KEPT:
            self._envelopes.clear()
        height = max(1, self.size.height)
        near = self._ids[max(0, index - height) : index + 2 * height]
        missing = [mail for mail in near if mail not in self._envelopes]
        self._envelopes |= {mail.id: mail for mail in self._fetch(missing)}

    def _find(self, mail: int, near: int) -> int:
        """Where a mail is now; where it was when it is gone."""
        low = max(0, near - 300)
        try:
            return self._ids.index(mail, low)
        except ValueError:
            pass
        try:
            return self._ids.index(mail)
        except ValueError:
            return min(near, max(0, len(self._ids) - 1))

    def _move_to(self, index: int, before: int) -> None:
        """Set the cursor and keep the view where it is under it, unless the top is in view."""
        index = max(0, min(index, len(self._ids) - 1))
        self.set_reactive(MessageList.cursor, index)
        self.measure(len(self._ids))
        top = self.scroll_offset.y
        if top and index != before:
            self.scroll_top(top + index - before)
        self._show_cursor()

    def _seen(self) -> list[tuple[int, bool]]:
        """What each line of the window shows."""
        top = self.scroll_offset.y
        last = min(top + self.size.height, len(self._ids))
        return [(self._ids[index], index == self.cursor) for index in range(top, last)]

    def _repaint(self, before: list[tuple[int, bool]]) -> None:
        """Repaint the lines that show something else now."""
        after = self._seen()
        top = self.scroll_offset.y
        if not after or not before:
            self.refresh()
            return
        for line in range(max(len(before), len(after))):
            if before[line : line + 1] != after[line : line + 1]:
                self.refresh_line(top + line)
        if before[:1] != after[:1] or self.current:
            self.post_message(self.Moved(self))

    def _repaint_mails(self, mails: set[int]) -> None:
        top = self.scroll_offset.y
        for line, (mail, _cursor) in enumerate(self._seen()):
            if mail in mails:
                self.refresh_line(top + line)
