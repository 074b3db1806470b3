"""The place of the open mail: a hint until one is opened, then the reader or the conversation."""

import threading
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from acterm.i18n import _
from acterm.ui import command
from acterm.ui.errors import guarded
from acterm.ui.keys import keyboard_of

if TYPE_CHECKING:
    from acterm.ui.widgets.conversation import Conversation
    from acterm.ui.widgets.mail_page import MailPage
    from acterm.ui.widgets.reader import Reader

_READY_AFTER = 1.5
_SAMPLE = b"Content-Type: text/html\n\n<p><a href='https://ac-amiens.fr/'>ac-amiens.fr</a></p>"


class ReaderPane(Container):
    """Makes the reader when the first mail is opened: its libraries are not for the first paint."""

    DEFAULT_CSS = """
    ReaderPane { background: $background; }
    ReaderPane > .hint { color: $dim; padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._reader: Reader | None = None
        self._conversation: Conversation | None = None
        self._page: MailPage | None = None

    @property
    def reader(self) -> "MailPage | None":
        """What shows the open mail, once something does."""
        return self._page

    @property
    def shown(self) -> int:
        """The mail that is open, of a conversation the one that is meant; 0 for none."""
        return self._page.current if self._page else 0

    @property
    def gone(self) -> bool:
        """Whether that mail is no longer in the mailbox."""
        return bool(self._page and self._page.gone)

    def compose(self) -> ComposeResult:
        """Only the hint."""
        key = keyboard_of(self).shown(command.named("open"))
        yield Static(Content(_("{key} opens the mail.").format(key=key)), classes="hint")

    def on_mount(self) -> None:
        """Once one looks at the list, what the first mail needs is fetched from the disk."""
        self.set_timer(_READY_AFTER, self._get_ready)

    def _get_ready(self) -> None:
        threading.Thread(target=_get_ready, name="reader-ready", daemon=True).start()

    async def show(self, mail: int) -> "MailPage":
        """Show a mail; returns what shows it, for the keys."""
        if self._reader is None:
            from acterm.ui.widgets.reader import Reader

            self._reader = Reader()
            await self._put(self._reader)
        self._reader.show(mail)
        return self._take(self._reader)

    async def show_conversation(self, mail: int) -> "MailPage":
        """Show a mail with the others of its conversation; returns what shows it."""
        if self._conversation is None:
            from acterm.ui.widgets.conversation import Conversation

            self._conversation = Conversation()
            await self._put(self._conversation)
        self._conversation.show(mail)
        return self._take(self._conversation)

    async def on_mail_page_turned(self, message: "MailPage.Turned") -> None:
        """From a mail to its conversation, or back."""
        message.stop()
        show = self.show_conversation if message.together else self.show
        self.screen.set_focus(await show(message.mail))

    def clear(self) -> None:
        """Nothing is open."""
        for page in (self._reader, self._conversation):
            if page:
                page.clear()

    async def _put(self, page: "MailPage") -> None:
        page.display = False
        with self.app.batch_update():
            await self.query(".hint").remove()
            await self.mount(page)

    def _take(self, page: "MailPage") -> "MailPage":
        """Give it the place; the other one is emptied once it is out of sight."""
        for one in (self._reader, self._conversation):
            if one:
                one.display = one is page
        self._page = page
        self.call_after_refresh(self._clear_hidden)
        return page

    def _clear_hidden(self) -> None:
        for page in (self._reader, self._conversation):
            if page and not page.display:
                page.clear()


def _get_ready() -> None:
    """Import what reads and draws a mail, and read the lists it looks things up in."""
    with guarded(lambda _words: None):
        from acterm.ui import reading
        from acterm.ui.widgets import conversation, reader

        del conversation, reader
        nothing = reading.Source(0, _SAMPLE, False, lambda _section: None)
        reading.read(nothing, 80, known_addresses=lambda _name: ())
