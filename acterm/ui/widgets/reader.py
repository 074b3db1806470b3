"""The open mail: headers, warnings, text, links and attachments, drawn line by line."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual.events import Focus, Resize, Show
from textual.message import Message as Note
from textual.strip import Strip
from textual.widget import Widget

from acterm.engine.messages import BodyArrived, BodyFailed, FetchBody, SetFlag
from acterm.i18n import _
from acterm.mail.message import Flag
from acterm.mail.page import Block, PageLine
from acterm.store import bodies, contacts, folders, messages
from acterm.store.bodies import Body
from acterm.ui import reading
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place, named
from acterm.ui.errors import guarded
from acterm.ui.keys import keyboard_of
from acterm.ui.reading import Opened
from acterm.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class Reader(PageView):
    """Shows one mail. A mail is read once its text is on screen, never by passing over it."""

    places = (Place.READER, Place.ANYWHERE)

    class ReadOn(Note):
        """The person read to the end and wants the next unread mail."""

    @dataclass
    class Laid(Note):
        """A large mail was laid out in its thread; None when that failed, as `words` say."""

        opened: Opened | None
        words: str = ""

    def __init__(self) -> None:
        super().__init__()
        self._mail = 0
        self._opened: Opened | None = None
        self._folded = self._all_headers = self._as_source = False
        self._failed = ""
        self._hints: dict[int, str] = {}
        self._bar: tuple[int, PageLine] | None = None
        self._thread: threading.Thread | None = None

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    @property
    def opened(self) -> Opened | None:
        """The mail on screen, None while its text is on the way."""
        return self._opened

    def show(self, message_id: int) -> None:
        """Show a mail: its text when it is here, else its header while the text is fetched."""
        self.clear()
        self._mail = message_id
        if self.size.width:
            self._read()

    def clear(self) -> None:
        """Nothing is open."""
        self._mail, self._opened, self._failed = 0, None, ""
        self._folded = self._all_headers = self._as_source = False
        self._take(())
        self.go(0)

    def can(self, command: type[Command]) -> bool:
        """Links and attachments only where there are some; asking again only where it failed."""
        if command.name == "open_links":
            return bool(self._opened and self._opened.rendered.links)
        if command.name == "open_attachments":
            return bool(self._opened and self._opened.message.attachments)
        if command.name == "refresh":
            return bool(self._failed)
        return super().can(command)

    # Reading

    def _read(self) -> None:
        """Draw what is here, ask for what is not."""
        with guarded(self._announce_failure):
            body = bodies.get(self.acterm.store.reader(), self._mail)
            if body is None:
                self._announce(reading.coming())
                self.acterm.bridge.submit(FetchBody(self._mail))
            elif len(body.source) <= reading.LARGE:
                self._show_opened(self._laid_out(self._mail, body, self.size.width))
            else:
                if self._opened is None:
                    self._announce(reading.coming())
                self._lay_out_apart(body)

    def _announce(self, words: str, block: Block = Block.NOTE) -> None:
        header = messages.headers_of(self.acterm.store.reader(), self._mail)
        if header is not None:
            self._take(reading.announced(header, self.size.width, words, block))

    def _announce_failure(self, words: str) -> None:
        self._failed = words
        key = keyboard_of(self).shown(named("refresh"))
        again = _("{key}: try again").format(key=key)
        self._announce(f"{words} {again}", Block.VERIFY)
        self.refresh_bindings()

    def _laid_out(self, mail: int, body: Body, width: int) -> Opened:
        store = self.acterm.store
        return reading.read(
            mail,
            body.source,
            width,
            skeleton=body.skeleton,
            known_addresses=lambda name: contacts.known(store.reader(), name),
        )

    def _lay_out_apart(self, body: Body) -> None:
        """In a thread of its own, one at a time: what is wanted when it ends follows."""
        if self._thread is None:
            arguments = (self._mail, body, self.size.width)
            self._thread = threading.Thread(target=self._lay_out, args=arguments, daemon=True)
            self._thread.start()

    def _lay_out(self, mail: int, body: Body, width: int) -> None:
        with guarded(lambda words: self._tell_laid(None, words)):
            self._tell_laid(self._laid_out(mail, body, width))

    def _tell_laid(self, opened: Opened | None, words: str = "") -> None:
        self.post_message(self.Laid(opened, words))

    def on_reader_laid(self, message: Laid) -> None:
        """Draw it, when it is still the one that is wanted."""
        message.stop()
        self._thread = None
        opened = message.opened
        if opened is None:
            self._announce_failure(message.words)
        elif (opened.mail, opened.width) == (self._mail, self.size.width):
            self._show_opened(opened)
        elif self._mail and (self._opened is None or self._opened.width != self.size.width):
            self._read()

    def _show_opened(self, opened: Opened) -> None:
        before, place = len(self.page_lines), self.scroll_offset.y
        self._opened, self._failed = opened, ""
        self._arrange()
        if place:  # the same mail at another width
            self.go(round(place * len(self.page_lines) / max(1, before)))
        self._note_read()
        self.refresh_bindings()

    def _note_read(self) -> None:
        """The mail is read once its text is on screen."""
        if self._opened is None or not self._is_on_screen():
            return
        mail = messages.get(self.acterm.store.reader(), self._mail)
        if mail is not None and mail.unread:
            self.acterm.bridge.submit(SetFlag((mail.id,), Flag.SEEN, True, quiet=True))

    def _is_on_screen(self) -> bool:
        around = [node for node in self.ancestors_with_self if isinstance(node, Widget)]
        return self.screen.is_current and all(node.display for node in around)

    def on_engine_event(self, message: EngineEvent) -> None:
        """The text came, or it will not."""
        event = message.event
        if isinstance(event, BodyArrived) and event.message_id == self._mail:
            if self._opened is None:
                self._read()
        elif isinstance(event, BodyFailed) and event.message_id == self._mail and not event.section:
            self._announce_failure(f"{event.title} {event.advice}".strip())

    def on_show(self, _event: Show) -> None:
        """Another pane made room for the mail: only now is it read."""
        self._note_read()

    def on_focus(self, _event: Focus) -> None:
        """The same after another screen."""
        self._note_read()

    def _on_resize(self, event: Resize) -> None:
        if not self._mail or not event.size.width:
            return
        if self._failed:
            self._announce_failure(self._failed)
        elif self._opened is None or self._opened.width != event.size.width:
            self._read()

    # Arranging and drawing

    def _arrange(self) -> None:
        """The lines of the page as they are wanted now."""
        if self._as_source:
            body = bodies.get(self.acterm.store.reader(), self._mail)
            self._take(reading.source_lines(body.source if body else b"", self.size.width))
        elif self._opened:
            lines = self._opened.lines
            if self._all_headers:
                lines = reading.with_headers(self._opened)
            if self._folded:
                lines = reading.folded(lines)
            self._take(reading.with_keys(lines, self._key_words("junk", "bin")))

    def _key_words(self, *names: str) -> str:
        """« i indésirable   s corbeille »."""
        keyboard = keyboard_of(self)
        commands = [named(name) for name in names]
        return "   ".join(f"{keyboard.shown(one)} {one.hint()}" for one in commands)

    def _take(self, lines: Sequence[PageLine]) -> None:
        """Show lines, with the keys for links and attachments beside the first of each."""
        first: dict[Block, int] = {}
        for at, entry in enumerate(lines):
            first.setdefault(entry.block, at)
        names = {Block.LINK: "open_links", Block.ATTACHMENT: "open_attachments"}
        self._hints = {
            first[block]: self._key_words(name) for block, name in names.items() if block in first
        }
        self._bar = None
        if Block.ATTACHMENT in first and self._opened:
            at = first[Block.ATTACHMENT]
            self._bar = at, reading.attachment_bar(self._opened.message.attachments)
        self.take(lines)

    def render_line(self, y: int) -> Strip:
        """One line; the lowest is the attachment bar while the attachments are further down."""
        if self._bar and y == self.size.height - 1 and y:
            at, line = self._bar
            if at > y + self.scroll_offset.y:
                return self.drawn(line, self._hints[at])
        return super().render_line(y)

    def hint_at(self, at: int) -> str:
        """The keys for links and attachments."""
        return self._hints.get(at, "")

    @property
    def step(self) -> int:
        """A page, without the bar."""
        return max(1, super().step - bool(self._bar))

    # Commands

    def action_read_on(self) -> None:
        """A page down; at the end, the next unread mail."""
        if self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.ReadOn())
        else:
            self.action_page_down()

    def action_refresh(self) -> None:
        """Ask for the text once more."""
        self._failed = ""
        self._read()

    def action_fold_quotes(self) -> None:
        """Hide the quoted text."""
        self._folded = True
        self._arrange()

    def action_unfold_quotes(self) -> None:
        """Show the quoted text."""
        self._folded = False
        self._arrange()

    def action_show_headers(self) -> None:
        """Every header, or the main ones again."""
        self._all_headers, self._as_source = not self._all_headers, False
        self._arrange()
        self.go(0)

    def action_show_source(self) -> None:
        """The mail as it came, or its text again."""
        self._as_source = not self._as_source
        self._arrange()
        self.go(0)

    def action_open_links(self) -> None:
        """The links with their real hosts."""
        if self._opened:
            from acterm.ui.screens.links import LinksScreen

            db = self.acterm.store.reader()
            mail = messages.get(db, self._opened.mail)
            folder = folders.get(db, mail.folder_id) if mail else None
            account_id = folder.account_id if folder else 0
            self.app.push_screen(LinksScreen(self._opened.rendered.links, account_id))

    def action_open_attachments(self) -> None:
        """The attachments, to read or save."""
        if self._opened:
            from acterm.ui.screens.attachments import AttachmentsScreen

            self.app.push_screen(AttachmentsScreen(self._opened.mail, self._opened.message))
