"""The official page of a question: in the browser, copied, or as a QR code; never fetched."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from textual import getters
from textual.message import Message

from acterm.academy import directory
from acterm.i18n import _
from acterm.ui import outside
from acterm.ui.command import named
from acterm.ui.errors import guarded
from acterm.ui.keys import Keyed, keyboard_of
from acterm.ui.screens.links import QrScreen
from acterm.ui.widgets.question_view import QuestionView

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class OfficialPages(Keyed):
    """The part of a flow's screen that deals with the page of its question."""

    view = getters.query_one(QuestionView)

    @dataclass
    class Browsed(Message):
        """The browser opened, or did not."""

        words: str

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    def page_hint(self) -> str:
        """The keys of the page, as they stand beside its address."""
        keyboard = keyboard_of(self)
        enter, copy, code = (
            keyboard.shown(named(one)) for one in ("go_on", "copy_shown", "page_code")
        )
        if not outside.can_browse():
            return _("{enter} QR code · {copy} copies").format(enter=enter, copy=copy)
        words = _("{enter} opens · {copy} copies · {code} QR code")
        return words.format(enter=enter, copy=copy, code=code)

    def action_copy_shown(self) -> None:
        """To the clipboard of the terminal (OSC 52)."""
        asked = self.view.asked
        shown = asked.copy or (asked.page.url if asked.page else "")
        if shown:
            self.app.copy_to_clipboard(shown)
            self.acterm.tell(_("Copied."))

    async def action_page_code(self) -> None:
        """For a telephone."""
        page = self.view.asked.page
        if page is not None:
            await self.app.push_screen(QrScreen(page.url))

    async def on_question_view_page_wanted(self) -> None:
        """Open it, when its host is official; where there is no browser, show it to a telephone."""
        page = self.view.asked.page
        if page is None:
            return
        host = urlsplit(page.url).hostname or ""
        if not directory.is_official_page(page.url):
            words = _("{host} is not an official host: acterm does not open it.")
            self.acterm.tell(words.format(host=host))
            return
        if not outside.can_browse():
            await self.action_page_code()
            return
        self.acterm.tell(_("Opening {host}…").format(host=host), 20)
        threading.Thread(target=self._browse, args=(page.url, host), daemon=True).start()

    def _browse(self, url: str, host: str) -> None:
        """The browser may think for seconds."""
        with guarded(self._tell_browsed):
            outside.open_url(url)
            self._tell_browsed(_("Opened in the browser: {host}").format(host=host))

    def _tell_browsed(self, words: str) -> None:
        self.post_message(self.Browsed(words))

    def on_official_pages_browsed(self, message: Browsed) -> None:
        """Say how it went."""
        self.acterm.tell(message.words)
