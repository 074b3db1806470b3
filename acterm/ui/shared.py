"""The app on a shared machine: locks by itself, and ends only when the server has everything."""

import time
from collections.abc import Awaitable

from textual.events import Event, Key, MouseEvent, Paste

from acterm.engine import shared
from acterm.engine.messages.account import AccountAdded
from acterm.engine.messages.mail import Link, LinkChanged
from acterm.engine.messages.writing import KeepDraft, SendNow
from acterm.i18n import _, ngettext
from acterm.mail.draft import Draft
from acterm.store import accounts, drafts, settings
from acterm.ui.app import AcTerm
from acterm.ui.bridge import EngineEvent
from acterm.ui.screens.compose import ComposeScreen

MINUTES = 5.0
_LOOK_EVERY = 0.5
_TELL_SECONDS = 60.0
_ONLINE = (Link.CONNECTED, Link.WORKING)


class SharedAcTerm(AcTerm):
    """Nothing of it is on a disk. What would be lost is told before, never after."""

    _ends = False
    _used_at = 0.0

    def on_ready(self) -> None:
        """Begin to watch for a person who has gone (Textual calls the handlers of AcTerm too)."""
        self._used_at = time.monotonic()
        self.set_interval(_LOOK_EVERY, self._look)

    async def on_event(self, event: Event) -> None:
        """A key or the mouse: somebody is there."""
        if isinstance(event, Key | MouseEvent | Paste):
            self._used_at = time.monotonic()
        await super().on_event(event)

    def _look(self) -> None:
        if self._ends:
            self._end_when_kept()
        elif not self.is_locked and time.monotonic() - self._used_at > self._patience():
            self.action_lock(alone=True)

    def _patience(self) -> float:
        """Seconds without a key until the screen locks."""
        chosen = settings.get(self.store.reader(), "flow:shared", {}).get("minutes", "")
        return 60 * (float(chosen) if chosen else MINUTES)

    # Nothing is lost

    async def action_quit(self) -> None:
        """Leave once the server has everything; a second time, at once."""
        left = shared.left(self.store.reader())
        if self._ends or not left:
            self.exit()
            return
        self._ends = True
        self.bridge.submit(SendNow())
        for draft in drafts.all_drafts(self.store.reader()):
            self.bridge.submit(KeepDraft(draft, to_server=True))
        words = _("{left} Ends by itself then. {key} again: lost.")
        self.tell(words.format(left=left_words(left), key=self._key("quit")), _TELL_SECONDS)

    def _end_when_kept(self) -> None:
        if not shared.left(self.store.reader()):
            self.exit()

    def compose_draft(self, draft: Draft) -> Awaitable[None]:
        """Open the composer; what cannot be kept now is said before one types."""
        opened = super().compose_draft(draft)
        link = self.situation.links.get(draft.account_id)
        if link is None or link.link not in _ONLINE:
            self.call_after_refresh(self._warn)
        return opened

    def on_engine_event(self, message: EngineEvent) -> None:
        """The link is lost while one writes, or nothing opens a locked screen: say it at once."""
        event = message.event
        if isinstance(event, AccountAdded):
            self._ask_for_pin(event.account_id)
        writes = any(isinstance(screen, ComposeScreen) for screen in self.screen_stack)
        if writes and isinstance(event, LinkChanged) and event.link is Link.OFFLINE:
            self.call_after_refresh(self._warn)

    def _ask_for_pin(self, account_id: int) -> None:
        """A passcode has served: it opens no screen."""
        account = accounts.get(self.store.reader(), account_id)
        if account is not None and account.passcode:
            words = _("{key} now: choose a PIN. Without one, the session ends when it would lock.")
            self.call_after_refresh(self.tell, words.format(key=self._key("lock")), _TELL_SECONDS)

    def _warn(self) -> None:
        self.tell(
            _("Offline on a shared computer: what you type is lost if the session ends now."),
            _TELL_SECONDS,
        )


def left_words(left: shared.Left) -> str:
    """What the server does not have yet, in a sentence."""
    parts = (
        (ngettext("{count} draft", "{count} drafts", left.drafts), left.drafts),
        (ngettext("{count} mail", "{count} mails", left.mails), left.mails),
        (ngettext("{count} change", "{count} changes", left.changes), left.changes),
    )
    what = ", ".join(words.format(count=count) for words, count in parts if count)
    return _("Still to be given to the server: {what}.").format(what=what)
