"""The open mail: headers, warnings, cards, text, links and attachments, drawn line by line."""

from collections.abc import Sequence
from dataclasses import replace

from textual.events import Focus, Resize, Show
from textual.strip import Strip

from acterm.engine.messages.base import Failed
from acterm.engine.messages.mail import MessagesChanged
from acterm.mail.text.page import Block, PageLine
from acterm.store import bodies, messages
from acterm.ui import reading
from acterm.ui.bridge import EngineEvent
from acterm.ui.reading import Opened
from acterm.ui.sheet import Look, Sheet, attachment_bar, coming, sheet, source_sheet
from acterm.ui.verbs.opened import OpenVerbs
from acterm.ui.widgets.mail_page import MailPage


class Reader(OpenVerbs, MailPage):
    """Shows one mail. A mail is read once its text is on screen, never by passing over it."""

    def __init__(self) -> None:
        super().__init__()
        self._mail = 0
        self._opened: Opened | None = None
        self._look = Look()
        self._failed = ""
        self._gone = False
        self._together = 1
        self._hints: dict[int, str] = {}
        self._bar: tuple[int, PageLine] | None = None

    @property
    def current(self) -> int:
        """The mail on screen."""
        return self._mail

    @property
    def opened(self) -> Opened | None:
        """The mail on screen, None while its text is on the way."""
        return self._opened

    @property
    def look(self) -> Look:
        """What is shown of it."""
        return self._look

    @property
    def failed(self) -> bool:
        """Whether its text did not come."""
        return bool(self._failed)

    @property
    def gone(self) -> bool:
        """Whether it was deleted from elsewhere; one can still read it."""
        return self._gone

    @property
    def together(self) -> int:
        """How many mails its conversation has."""
        return self._together

    def show(self, mail: int) -> None:
        """Show a mail: its text when it is here, else its header while the text is fetched."""
        self.clear()
        self._mail = mail
        self._together = len(messages.related(self.acterm.store.reader(), mail))
        if self.room.width:
            self.open_wanted()

    def clear(self) -> None:
        """Nothing is open."""
        self._mail, self._opened, self._failed, self._look = 0, None, "", Look()
        self._gone = False
        self._marked.clear()
        self._take(Sheet())
        self.go(0)

    # Opening

    def open_wanted(self) -> None:
        """Open the mail for the width there is."""
        if self._mail:
            self.open_mail(self._mail, other=self._look.other)

    def is_wanted(self, mail: int) -> bool:
        """Whether it is this mail, and not shown for this width yet."""
        if mail != self._mail or not mail:
            return False
        shown = self._opened
        return shown is None or (shown.width, shown.other) != (self.room.width, self._look.other)

    def mail_coming(self, mail: int) -> None:
        """The header at once."""
        if self._opened is None:
            self._announce(mail, coming(), Block.NOTE)

    def mail_failed(self, mail: int, words: str) -> None:
        """Say why, where the text would be."""
        self._failed = words
        self._announce(mail, self.failure_words(words), Block.VERIFY)
        self.refresh_bindings()

    def _announce(self, mail: int, words: str, block: Block) -> None:
        header = messages.headers_of(self.acterm.store.reader(), mail)
        if header is not None:
            self._take(Sheet(list(reading.announced(header, self.room.width, words, block))))

    def mail_opened(self, opened: Opened) -> None:
        """Draw it; at another width, at the place one was at."""
        before, place = len(self.page_lines), self.scroll_offset.y
        self._opened, self._failed = opened, ""
        self.lay_out_again()
        if place:
            self.go(round(place * len(self.page_lines) / max(1, before)))
        self.note_read(opened.mail)
        self.refresh_bindings()

    def part_arrived(self, mail: int) -> None:
        """Read it again: it has more to tell."""
        if mail == self._mail and self._opened:
            self.open_mail(mail, other=self._look.other)

    def on_show(self, _event: Show) -> None:
        """Another pane made room for the mail: only now is it read."""
        self._note_shown()

    def on_focus(self, _event: Focus) -> None:
        """The same after another screen."""
        self._note_shown()

    def _note_shown(self) -> None:
        if self._opened:
            self.note_read(self._mail)

    def _on_resize(self, event: Resize) -> None:
        if not self._mail or not event.size.width:
            return
        if self._failed:
            self.mail_failed(self._mail, self._failed)
        elif self._opened is None or self._opened.width != event.size.width:
            self.open_wanted()

    def on_engine_event(self, message: EngineEvent) -> None:
        """The mail may have gone, or come back, or have an answer now."""
        if not isinstance(message.event, MessagesChanged | Failed) or not self._mail:
            return
        db = self.acterm.store.reader()
        gone = messages.get(db, self._mail) is None
        together = len(messages.related(db, self._mail)) or self._together
        if (gone, together) != (self._gone, self._together):
            self._gone, self._together = gone, together
            self.lay_out_again()
            self.refresh_bindings()

    # Arranging and drawing

    def look_at(self, look: Look, *, top: bool = False) -> None:
        """Show something else of the mail."""
        back = self.look_back(self._look, look) if top else None
        again = look.other != self._look.other
        self._look = look
        if again:
            self.open_wanted()
        else:
            self.lay_out_again()
        if top:
            self.go(back or 0)

    def lay_out_again(self) -> None:
        """The lines of the page as they are wanted now."""
        if self._look.source:
            body = bodies.get(self.acterm.store.reader(), self._mail)
            self._take(source_sheet(body, self.room.width, self.key_words))
        elif self._opened:
            self._take(
                sheet(
                    self._opened,
                    self._look,
                    self.key_words,
                    together=self._together,
                    notes=self.notes_on,
                    verified=self.verified.get(self._mail, ""),
                    gone=self._gone,
                )
            )

    def _take(self, made: Sheet) -> None:
        """Show lines, and below them a bar that names attachments further down."""
        self._hints = made.hints
        self._bar = None
        at = _first(made.lines, Block.ATTACHMENT)
        if at >= 0 and self._opened:
            self._bar = at, attachment_bar(self._opened.message.attachments)
        self.take(made.lines)

    def line(self, y: int) -> Strip:
        """One line; the lowest is the attachment bar while the attachments are further down."""
        if self._bar and y == self.size.height - 1 and y:
            at, line = self._bar
            if at > y + self.scroll_offset.y:
                return self.drawn(line, self._hints.get(at, ""))
        return super().line(y)

    def hint_at(self, at: int) -> str:
        """The keys for what stands in the line."""
        return self._hints.get(at, "")

    @property
    def step(self) -> int:
        """A page, without the bar."""
        return max(1, super().step - bool(self._bar))

    # Commands of its own

    def action_read_on(self) -> None:
        """A page down; at the end, the next unread mail."""
        if self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.ReadOn())
        else:
            self.action_page_down()

    def action_refresh(self) -> None:
        """Ask for the text once more."""
        self._failed = ""
        self.open_wanted()

    def action_fold_quotes(self) -> None:
        """One line for each quotation, signature and footer."""
        self.look_at(replace(self._look, unfolded=False))

    def action_unfold_quotes(self) -> None:
        """All of the text."""
        self.look_at(replace(self._look, unfolded=True))

    def action_conversation(self) -> None:
        """The mail among those it answers and those that answer it."""
        self.post_message(self.Turned(self._mail, together=True))


def _first(lines: Sequence[PageLine], block: Block) -> int:
    return next((at for at, entry in enumerate(lines) if entry.block is block), -1)
