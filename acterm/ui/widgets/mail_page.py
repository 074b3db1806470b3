"""What the reader and the conversation have in common: mails that open as they come."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.message import Message as Note
from textual.strip import Strip
from textual.widget import Widget

from acterm.engine.messages.mail import (
    BodyArrived,
    BodyFailed,
    FetchBody,
    FetchPart,
    PartArrived,
    SetFlag,
)
from acterm.i18n import _
from acterm.mail.message import Flag
from acterm.mail.text.page import PageLine
from acterm.store import bodies, contacts, folders, messages
from acterm.store.bodies import Body
from acterm.ui import reading
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Place, named
from acterm.ui.errors import guarded
from acterm.ui.keys import keyboard_of
from acterm.ui.reading import Opened, Source
from acterm.ui.sheet import Look
from acterm.ui.widgets.changed_lines import ChangedLines
from acterm.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class MailPage(ChangedLines, PageView):
    """Subclasses say what becomes of a mail that opened, failed, or has to be fetched first."""

    places: ClassVar[tuple[Place, ...]] = (Place.READER, Place.ANYWHERE)

    class ReadOn(Note, namespace="reader"):
        """The person read to the end and wants the next unread mail."""

    @dataclass
    class Turned(Note):
        """The person wants this mail alone, or with its whole conversation."""

        mail: int
        together: bool

    class Meant(Note):
        """Another mail of the page is meant."""

    @dataclass
    class Laid(Note):
        """A large mail was laid out in its thread; None when that failed, as `words` say."""

        mail: int
        opened: Opened | None
        words: str = ""

    def __init__(self) -> None:
        super().__init__()
        self._apart: threading.Thread | None = None
        self._parts_asked: set[tuple[int, str]] = set()
        self._left: tuple[int, Look, int] | None = None
        self._marked: set[int] = set()

    def take(self, lines: Sequence[PageLine]) -> None:
        """Show these lines."""
        self.page_lines = lines
        self.measure(len(lines))
        self.refresh()

    def line(self, y: int) -> Strip:
        """One line of the window."""
        return PageView.render_line(self, y)

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    @property
    def current(self) -> int:
        """The mail that is meant."""
        raise NotImplementedError

    @property
    def place(self) -> tuple[int, int] | None:
        """The number of the mail that is meant among those of the page; None for one alone."""
        return None

    @property
    def gone(self) -> bool:
        """Whether the mail that is meant is no longer in the mailbox."""
        return False

    @property
    def opened(self) -> Opened | None:
        """The mail that is meant, None while its text is on the way."""
        raise NotImplementedError

    def show(self, mail: int) -> None:
        """Show a mail: as much of it as is here."""
        raise NotImplementedError

    def clear(self) -> None:
        """Nothing is open."""
        raise NotImplementedError

    def mail_opened(self, opened: Opened) -> None:
        """Show it."""
        raise NotImplementedError

    def mail_coming(self, mail: int) -> None:
        """Say that its text is on the way."""
        raise NotImplementedError

    def mail_failed(self, mail: int, words: str) -> None:
        """Say why its text does not come."""
        raise NotImplementedError

    def is_wanted(self, mail: int) -> bool:
        """Whether the text of the mail has a place here and is not shown yet."""
        raise NotImplementedError

    # Opening

    def open_mail(self, mail: int, *, other: bool = False) -> None:
        """Open what is here, at once or from a thread of its own; ask for what is not."""
        with guarded(lambda words: self.mail_failed(mail, words)):
            body = bodies.get(self.acterm.store.reader(), mail)
            if body is None:
                self.mail_coming(mail)
                self.acterm.bridge.submit(FetchBody(mail))
            elif not reading.is_slow(body.source):
                self._take_opened(self._laid_out(mail, body, other))
            else:
                self.mail_coming(mail)
                self._lay_out_apart(mail, body, other)

    def _laid_out(self, mail: int, body: Body, other: bool) -> Opened:
        store = self.acterm.store
        return reading.read(
            Source(
                mail,
                body.source,
                body.skeleton,
                lambda section: bodies.part(store.reader(), mail, section),
            ),
            self.room.width,
            other=other,
            known_addresses=lambda name: contacts.known(store.reader(), name),
            fill=self._fill(mail),
        )

    def _fill(self, mail: int) -> int:
        """How full the mailbox of a mail is, in percent, -1 when its server does not say."""
        return self.acterm.situation.fill.get(self.account_of(mail), -1)

    def account_of(self, mail: int) -> int:
        """The account a mail is in, 0 when it is gone."""
        db = self.acterm.store.reader()
        row = messages.get(db, mail)
        folder = folders.get(db, row.folder_id) if row else None
        return folder.account_id if folder else 0

    def _lay_out_apart(self, mail: int, body: Body, other: bool) -> None:
        """In a thread of its own, one at a time: what is wanted when it ends follows."""
        if self._apart is None:
            arguments = (mail, body, other)
            self._apart = threading.Thread(target=self._lay_out, args=arguments, daemon=True)
            self._apart.start()

    def _lay_out(self, mail: int, body: Body, other: bool) -> None:
        with guarded(lambda words: self._tell_laid(mail, None, words)):
            self._tell_laid(mail, self._laid_out(mail, body, other))

    def _tell_laid(self, mail: int, opened: Opened | None, words: str = "") -> None:
        self.post_message(self.Laid(mail, opened, words))

    def on_mail_page_laid(self, message: Laid) -> None:
        """Draw it, when it is still one that is wanted."""
        message.stop()
        self._apart = None
        opened = message.opened
        if opened is None:
            self.mail_failed(message.mail, message.words)
        elif self.is_wanted(opened.mail) and opened.width == self.room.width:
            self._take_opened(opened)
        else:
            self.open_wanted()

    def open_wanted(self) -> None:
        """Open what has a place here and is not shown."""
        raise NotImplementedError

    def _take_opened(self, opened: Opened) -> None:
        self.mail_opened(opened)
        for section in opened.missing:
            if (opened.mail, section) not in self._parts_asked:
                self._parts_asked.add((opened.mail, section))
                self.acterm.bridge.submit(FetchPart(opened.mail, section))

    def failure_words(self, words: str) -> str:
        """Why a text does not come, and the key to ask once more."""
        again = _("{key}: try again").format(key=keyboard_of(self).shown(named("refresh")))
        return f"{words} {again}"

    def on_engine_event(self, message: EngineEvent) -> None:
        """The text came, or it will not."""
        event = message.event
        if isinstance(event, BodyArrived) and self.is_wanted(event.message_id):
            self.open_mail(event.message_id)
        elif isinstance(event, BodyFailed) and self.is_wanted(event.message_id):
            if not event.section:
                self.mail_failed(event.message_id, f"{event.title} {event.advice}".strip())
        elif isinstance(event, PartArrived) and (event.message_id, event.section) in (
            self._parts_asked
        ):
            self.part_arrived(event.message_id)

    def part_arrived(self, mail: int) -> None:
        """A part that tells more about a mail is here now."""
        raise NotImplementedError

    # Reading

    def look_back(self, before: Look, look: Look) -> int | None:
        """The line one was at when the mail looked like this last; next time, like `before`."""
        left, self._left = self._left, (self.current, before, self.scroll_offset.y)
        return left[2] if left and left[:2] == (self.current, look) else None

    def note_read(self, mail: int) -> None:
        """A mail is read once its text is on screen, never by passing over it; once, so that one
        can leave it unread.
        """
        if mail in self._marked or not self._is_on_screen():
            return
        self._marked.add(mail)
        found = messages.get(self.acterm.store.reader(), mail)
        if found is not None and found.unread:
            self.acterm.bridge.submit(SetFlag((mail,), Flag.SEEN, True, quiet=True))

    def _is_on_screen(self) -> bool:
        around = [node for node in self.ancestors_with_self if isinstance(node, Widget)]
        return self.screen.is_current and all(node.display for node in around)

    def key_words(self, *names: str, label: str = "") -> str:
        """« i indésirable   s corbeille »; `label` says otherwise what the key does."""
        keyboard = keyboard_of(self)
        shown = [(keyboard.shown(named(name)), label or named(name).hint()) for name in names]
        return "   ".join(f"{key} {words}" for key, words in shown if key)
