"""Several mails on one page, each opened when it is unfolded."""

from collections.abc import Sequence

from textual.events import Focus, Resize, Show
from textual.geometry import Size

from acterm.engine.messages.base import Failed
from acterm.engine.messages.mail import MessagesChanged
from acterm.mail.message import Envelope
from acterm.store import bodies, folders, messages
from acterm.ui import reading
from acterm.ui.bridge import EngineEvent
from acterm.ui.format import folder_name
from acterm.ui.reading import Opened
from acterm.ui.together import Entry
from acterm.ui.widgets.mail_page import MailPage

# So many folded mails tell what they begin with; the others tell their subject.
_MOST_AHEAD = 60


class MailsPage(MailPage):
    """Holds the mails of a conversation, oldest first; subclasses draw them."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.at = 0
        self.subject = ""
        self._home = 0
        self._begun = Size()

    @property
    def current(self) -> int:
        """The mail under the cursor."""
        return self.entries[self.at].mail.id if self.entries else 0

    @property
    def opened(self) -> Opened | None:
        """The mail under the cursor, when it is unfolded and here."""
        entry = self.entries[self.at] if self.entries else None
        return entry.opened if entry and entry.open else None

    def lay_out_again(self) -> None:
        """Draw the mails as they stand now."""
        raise NotImplementedError

    def show_cursor(self) -> None:
        """Bring the mail that is meant into view."""
        raise NotImplementedError

    def show(self, mail: int) -> None:
        """Show the conversation of a mail, unfolded itself and the newest."""
        self.entries = []
        self._marked.clear()
        opened_from = next(iter(self._rows((mail,))), None)
        self._home = opened_from.folder_id if opened_from else 0
        self.subject = opened_from.subject if opened_from else ""
        self._begun = Size()
        self._read(mail)
        self.at = max(0, len(self.entries) - 1)
        for at, entry in enumerate(self.entries):
            entry.open = entry.mail.id == mail or entry is self.entries[-1]
            if entry.mail.id == mail:
                self.at = at
        if self.room:
            self._begin(self.room)

    def _read(self, mail: int) -> None:
        """The mails as the store has them now, each as it stood on the page."""
        db = self.acterm.store.reader()
        known = {entry.mail.id: entry for entry in self.entries}
        self.entries = []
        for row in self._rows(messages.related(db, mail)):
            place = ""
            if row.folder_id != self._home:
                folder = folders.get(db, row.folder_id)
                place = folder_name(folder) if folder else ""
            entry = known.get(row.id) or Entry(row)
            entry.mail, entry.place = row, place
            self.entries.append(entry)

    def _begin(self, room: Size) -> None:
        self._begun = room
        self.lay_out_again()
        self.open_wanted()
        self.show_cursor()
        self.call_after_refresh(self._read_ahead)

    def clear(self) -> None:
        """Nothing is open."""
        self.entries, self.at = [], 0
        self._marked.clear()
        self.lay_out_again()
        self.go(0)

    def open_wanted(self) -> None:
        """Open what is unfolded and not shown for this width."""
        for entry in self.entries:
            if self.is_wanted(entry.mail.id):
                self.open_mail(entry.mail.id, other=entry.look.other)

    def entry_of(self, mail: int) -> Entry | None:
        """Where a mail stands, None when it is not of the conversation."""
        return next((entry for entry in self.entries if entry.mail.id == mail), None)

    def is_wanted(self, mail: int) -> bool:
        """Whether it is unfolded and not shown for this width."""
        entry = self.entry_of(mail)
        if entry is None or not entry.open:
            return False
        shown, wanted = entry.opened, (self.room.width, entry.look.other)
        return shown is None or (shown.width, shown.other) != wanted

    def mail_coming(self, mail: int) -> None:
        """A line below its head says so."""
        del mail
        self.lay_out_again()

    def mail_failed(self, mail: int, words: str) -> None:
        """Say why, below its head."""
        entry = self.entry_of(mail)
        if entry:
            entry.failed = self.failure_words(words)
            self.lay_out_again()
            self.refresh_bindings()

    def mail_opened(self, opened: Opened) -> None:
        """Draw it."""
        entry = self.entry_of(opened.mail)
        if entry:
            entry.opened, entry.failed = opened, ""
            self.lay_out_again()
            self.note_read(opened.mail)
            self.refresh_bindings()

    def part_arrived(self, mail: int) -> None:
        """Read it again: it has more to tell."""
        entry = self.entry_of(mail)
        if entry and entry.open:
            self.open_mail(mail, other=entry.look.other)

    def _read_ahead(self) -> None:
        """The first words of one more folded mail whose text is here, the newest first."""
        newest = self.entries[:-_MOST_AHEAD:-1]
        entry = next((one for one in newest if one.words is None), None)
        if entry is None:
            return
        body = bodies.get(self.acterm.store.reader(), entry.mail.id)
        entry.words = ""
        if body and len(body.source) <= reading.LARGE:
            entry.words = reading.first_words(body.source, skeleton=body.skeleton)
            self.refresh_line(entry.top)
        self.call_after_refresh(self._read_ahead)

    def on_show(self, _event: Show) -> None:
        """Only now is it read."""
        self._note_shown()

    def on_focus(self, _event: Focus) -> None:
        """The same after another screen."""
        self._note_shown()
        self.refresh()

    def _note_shown(self) -> None:
        for entry in self.entries:
            if entry.open and entry.opened:
                self.note_read(entry.mail.id)

    def _on_resize(self, event: Resize) -> None:
        if not self.entries or not event.size or event.size == self._begun:
            return
        number, part = self._place_in_mail() if self._begun and self.scroll_offset.y else (0, 0.0)
        self._begin(event.size)
        if part:
            top, end = self._span(number)
            self.go(top + round(part * (end - top)))

    def _place_in_mail(self) -> tuple[int, float]:
        """The mail at the top of the window, and how much of it is above, from 0 to 1."""
        first = self.scroll_offset.y
        number = self.of_line(first)
        top, end = self._span(number)
        return number, (first - top) / max(1, end - top)

    def of_line(self, at: int) -> int:
        """The number of the mail a line belongs to."""
        return max((number for number, one in enumerate(self.entries) if one.top <= at), default=0)

    def _span(self, number: int) -> tuple[int, int]:
        """The first line of a mail, and the one behind its last."""
        tops = [entry.top for entry in self.entries] + [len(self.page_lines)]
        return tops[number], tops[number + 1]

    def on_engine_event(self, message: EngineEvent) -> None:
        """Texts come; mails come, change and go."""
        if isinstance(message.event, MessagesChanged | Failed) and self.entries:
            self._read_again()

    def _read_again(self) -> None:
        """After something changed: the cursor keeps its mail, or its place."""
        meant = self.current
        for entry in self.entries[::-1]:
            if self._rows((entry.mail.id,)):
                self._read(entry.mail.id)
                break
        else:
            self.entries = []
        places = [at for at, entry in enumerate(self.entries) if entry.mail.id == meant]
        self.at = places[0] if places else max(0, min(self.at, len(self.entries) - 1))
        self.lay_out_again()
        self.refresh_bindings()

    def _rows(self, ids: Sequence[int]) -> list[Envelope]:
        return messages.envelopes(self.acterm.store.reader(), ids)
