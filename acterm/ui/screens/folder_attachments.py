"""Every attachment of a folder in one list: by size, by type, by date."""

import datetime
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from textual import getters
from textual.content import Content
from textual.message import Message as Note
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from acterm.engine.messages.mail import BodyArrived, FetchBody
from acterm.i18n import _, ngettext
from acterm.mail.cells import cells, cut_inside
from acterm.mail.size import size_words
from acterm.ui.bridge import EngineEvent
from acterm.ui.cells import fit, fit_right
from acterm.ui.command import Command, Place
from acterm.ui.errors import guarded
from acterm.ui.format import DATE_WIDTH, number, short_date
from acterm.ui.gathering import Found, Gathered, Order, gathered, in_mails, in_order
from acterm.ui.glyphs import marks
from acterm.ui.screens.fetching import FetchingPanel
from acterm.ui.verbs.file import Use
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.viewers.described import file_words

# Columns in cells. From _BROAD on the subject has room beside the name.
_NAME, _SENDER, _KIND, _SIZE = 34, 14, 14, 10
_BROAD = 120
_BETWEEN = 4
# Thousands of mails come a few at a time; the list is drawn anew no more often than that.
_SOON = 0.2
# So many texts are fetched for it; mails with attachments seldom have long ones.
_MOST_FETCHED = 200


class FolderAttachmentsScreen(FetchingPanel):
    """Names are known where the text of the mail is here: the newest others are fetched, and how
    many are left out is said.
    """

    places = (Place.ATTACHMENTS, Place.OUTBOX)
    DEFAULT_CSS = """
    FolderAttachmentsScreen #found { height: 1fr; }
    FolderAttachmentsScreen #count { height: auto; padding: 0 2; color: $dim; }
    """
    lines = getters.query_one("#found", Choices)

    @dataclass
    class Came(Note):
        """Some more were found."""

        gathered: Gathered

    def __init__(self, folder_id: int, title: str) -> None:
        super().__init__()
        self._folder_id = folder_id
        self._title = title
        self._found: list[Found] = []
        self._missing: set[int] = set()
        self._left = 0
        self._order = Order.SIZE
        self._enough = threading.Event()
        self._showing: Timer | None = None

    def title_words(self) -> str:
        """What this is."""
        title = _("Attachments")
        return f"{title} {marks.dot} {self._title}"

    def compose_inside(self) -> Iterator[Widget]:
        """One line an attachment, and how many there are."""
        yield Choices[Found](empty=_("No attachment is known in this folder."), id="found")
        yield Static(id="count")

    def on_mount(self) -> None:
        """Gather them in a thread: there may be thousands of mails."""
        self.lines.focus()
        self._show()
        threading.Thread(target=self._gather, daemon=True).start()

    def on_resize(self) -> None:
        """The columns have other widths."""
        self._show()

    def on_unmount(self) -> None:
        """Enough."""
        self._enough.set()

    def _gather(self) -> None:
        with guarded(self.acterm.tell):
            for some in gathered(
                self.acterm.store, self._folder_id, lambda: not self._enough.is_set()
            ):
                self.post_message(self.Came(some))

    def on_folder_attachments_screen_came(self, message: Came) -> None:
        """List them among the others."""
        message.stop()
        self._take(message.gathered)
        self._left = message.gathered.left
        for mail in message.gathered.missing[: max(0, _MOST_FETCHED - len(self._missing))]:
            self.acterm.bridge.submit(FetchBody(mail))
        self._missing.update(message.gathered.missing)

    def on_engine_event(self, message: EngineEvent) -> None:
        """The text of a mail came: now its attachments are known."""
        event = message.event
        if isinstance(event, BodyArrived) and event.message_id in self._missing:
            self._missing.discard(event.message_id)
            self._take(in_mails(self.acterm.store, (event.message_id,)))

    def _take(self, some: Gathered) -> None:
        self._found += some.found
        if self._showing is None:
            self._showing = self.set_timer(_SOON, self._show)

    def _show(self) -> None:
        self._showing = None
        here = self.lines.current
        ordered = in_order(self._found, self._order)
        width, today = self.app.size.width, datetime.date.today()
        self.lines.show([_choice(one, width, today) for one in ordered])
        if here is not None:
            self.lines.cursor = ordered.index(here)
        self.query_one("#count", Static).update(Content(self._count_words()))

    def _count_words(self) -> str:
        total = sum(one.item.size for one in self._found)
        count = len(self._found)
        words = ngettext("{count} attachment, {size}", "{count} attachments, {size}", count)
        parts = [
            words.format(count=number(count), size=size_words(total)),
            _order_words()[self._order],
        ]
        if self._missing:
            words = ngettext(
                "{count} mail whose text is not here is left out",
                "{count} mails whose texts are not here are left out",
                len(self._missing),
            )
            parts.append(words.format(count=number(len(self._missing))))
        if self._left:
            parts.append(_("{count} mails to look at…").format(count=number(self._left)))
        return f" {marks.dot} ".join(parts)

    def can(self, command: type[Command]) -> bool:
        """Of one mail only."""
        if command.name in ("save_all_attachments", "save_as_zip", "change_folder"):
            return False
        return super().can(command)

    def action_change_order(self) -> None:
        """By size, by type, by date, and round again."""
        orders = list(Order)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._show()

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Show the one under the cursor."""
        with guarded(self.acterm.tell):
            self.with_file(self.show_file)

    def with_file(self, use: Use) -> None:
        """With the bytes of the one under the cursor."""
        found = self.lines.current
        if found is not None:
            self.fetch(found.mail.id, found.item, use)


def _choice(one: Found, width: int, today: datetime.date) -> Choice[Found]:
    """Name, from whom, where there is room about what; type, size and date below one another."""
    item, mail = one.item, one.mail
    broad = width >= _BROAD
    kind = fit(file_words(item.name, item.type), _KIND + 8 * broad)
    size = fit_right(size_words(item.size), _SIZE)
    right = f"{kind} {size} {fit_right(short_date(mail.date, today), DATE_WIDTH)}"
    room = width - cells(right) - _BETWEEN - _SENDER - 1
    broadest = min(room, _NAME) if broad else room
    name = fit(cut_inside(item.name or _("without a name"), broadest), broadest)
    subject = fit(f" {mail.subject}", room - broadest)
    return Choice(f"{name} {fit(mail.sender.label, _SENDER)}{subject}", right, one)


def _order_words() -> dict[Order, str]:
    return {
        Order.SIZE: _("the largest first"),
        Order.TYPE: _("by type"),
        Order.DATE: _("the newest first"),
    }
