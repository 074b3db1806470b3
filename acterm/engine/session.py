"""What is done on one connection, as long as it lives: tell, sync, prefetch, idle, and again."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from acterm.engine import bodies, filing, judging, replay, sync, threads
from acterm.engine.bodies import DroppedError, Wanted
from acterm.engine.locks import held
from acterm.engine.messages.base import Tell
from acterm.engine.messages.mail import Link as LinkState
from acterm.engine.messages.mail import MessagesChanged, PartComing
from acterm.engine.signals import Interrupted, Signals
from acterm.engine.standing import Standing
from acterm.errors import ActermError, BadData, Refused, Unreachable
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.folder import Folder, ListedFolder, Role
from acterm.net.imap import Imap
from acterm.store import folders, intents, messages
from acterm.store.db import Store

# RFC 2177 says at most 29 minutes; routers forget a silent link much earlier.
_IDLE_SECONDS = 300.0
# Other folders than the watched one are asked for as often when nothing tells of them.
_ASK_EVERY = 60.0
# How many of the newest mails have their text here before anybody opens them.
_PREFETCH = 200
# Seconds after which a long background sync looks at the other folders again.
_RELIST_EVERY = 30.0
_QUOTA_EVERY = 600.0
# How long another process may tell the server first.
_TURN = 5.0

Fetched = Callable[[Wanted, ActermError | None], None]
"""Hears how a wish ended: without a failure, it is in the store."""


class Session:
    """What one thread does on a signed-in connection, which it was given and does not close.

    `heard_at` is when the server last answered, by the monotonic clock; any thread may look.
    """

    def __init__(
        self,
        imap: Imap,
        store: Store,
        account: Account,
        signals: Signals,
        standing: Standing,
        tell: Tell,
        fetched: Fetched,
    ) -> None:
        self.imap = imap
        self._store = store
        self._account = account
        self._signals = signals
        self._standing = standing
        self._tell = tell
        self._fetched = fetched
        self._link = sync.Link(imap, store, account, tell, self._go_on)
        self._listing: list[ListedFolder] = []
        self._listed_at = -_RELIST_EVERY
        self._quota_at = -_QUOTA_EVERY
        self._closed_folders: set[int] = set()
        self._uncopied: set[int] = set()
        self._soon = False
        self._prefetches = True
        self.heard_at = time.monotonic()

    def run(self, in_step: Callable[[], None]) -> None:
        """Work until told to stop, or until the link is lost: then raises Unreachable.

        `in_step` is called whenever a round has come to its end.
        """
        while not self._signals.stopping.is_set():
            with suppress(Interrupted):
                self._round()
                in_step()
                self._idle()

    def _round(self) -> None:
        """Everything there is to do before idling. Raises Interrupted for what is more urgent."""
        self._signals.begin()
        if self._inbox() is None:
            self._list()
        if self._tell_server() or time.monotonic() - self._listed_at > _RELIST_EVERY:
            self._list()
        for folder in self._in_order(sync.stale(self._link, self._listing)):
            self._sync(folder)
            self._go_on()
        self._standing.checked = time.time()
        self._quota()
        sync.index(self._link)
        self._prefetch()

    def _prefetch(self) -> None:
        """The newest texts of the inbox. A mail that brings it to a halt does so once."""
        inbox = self._inbox()
        if inbox is None or inbox.id in self._closed_folders or not self._prefetches:
            return
        self._prefetches = False
        with (
            suppress(Refused, BadData),  # told when somebody opens the mail
            threads.guarded(self._tell, self._signals.stopping, ActermError, Interrupted),
        ):
            try:
                self._bring_newest(inbox)
            except Interrupted:
                self._prefetches = True
                raise
            self._prefetches = True

    def _bring_newest(self, inbox: Folder) -> None:
        """Texts, then what is suspect in them; the list shows their attachments and warnings."""
        bodies.prefetch(self.imap, self._store, inbox, _PREFETCH, self._go_on)
        unjudged = messages.unjudged(self._store.reader(), inbox.id, _PREFETCH)
        try:
            for ids in judging.judged(self._store, unjudged):
                if ids:
                    self._tell(MessagesChanged(inbox.id, ids))
                self._go_on()
        finally:
            if unjudged:  # drawn once: each time costs the keys some milliseconds
                self._tell(MessagesChanged(inbox.id, tuple(unjudged)))

    def _list(self) -> None:
        self._standing.say(LinkState.WORKING)
        self._listing = sync.list_folders(self._link)
        self._listed_at = self.heard_at = time.monotonic()

    def _in_order(self, stale: list[Folder]) -> list[Folder]:
        """Those that can be read, the folder on screen first."""
        readable = [folder for folder in stale if folder.id not in self._closed_folders]
        return sorted(readable, key=lambda folder: folder.id != self._signals.watched)

    def _sync(self, folder: Folder) -> None:
        """A folder that the server does not open is left alone until the next connection."""
        try:
            sync.sync_folder(self._link, folder)
        except (Refused, BadData):
            self._closed_folders.add(folder.id)

    def _tell_server(self) -> bool:
        """What a person waits for, what was done here, what was sent; whether mail changed."""
        wishes, waiting = self._signals.wishes, self._signals.drafts
        while wishes:
            self._bring(wishes.popleft())
        told = self._replay()
        while waiting:
            with suppress(Refused):  # the journal has it; the server's copy is a convenience
                filing.keep_server_draft(self.imap, self._store, self._account, waiting[0])
            waiting.popleft()
            told = True
        return told

    def _bring(self, wanted: Wanted) -> None:
        try:
            bodies.bring(self.imap, self._store, wanted, partial(self._coming, wanted))
        except DroppedError:
            pass
        except ActermError as failure:
            self._fetched(wanted, failure)
            if isinstance(failure, Unreachable):
                raise
        else:
            self._fetched(wanted, None)
            if not wanted.section:
                judging.judge_opened(self._store, self._tell, wanted.message_id)
        finally:
            self._signals.dropped.clear()

    def _coming(self, wanted: Wanted, done: int) -> None:
        """Between pieces of a large attachment."""
        self.heard_at = time.monotonic()
        if wanted in self._signals.dropped:
            raise DroppedError
        self._tell(PartComing(wanted.message_id, wanted.section, done))

    def _replay(self) -> bool:
        """One process at a time; when it is another's turn, it is asked for again soon."""
        with held(self._store.path, f"account-{self._account.id}", wait=_TURN) as mine:
            self._soon = not mine
            if not mine:
                return False
            work = (self.imap, self._store, self._account, self._tell)
            if any(
                one.kind == "expunge"
                for one in intents.pending(self._store.reader(), self._account.id)
            ):
                self._quota_at = -_QUOTA_EVERY  # there is room again
            told = replay.replay(*work)
            copied = filing.file_sent(*work, self._uncopied)
            if copied:  # the server's drafts of what was sent are to go
                replay.replay(*work)
            return told or copied

    def _quota(self) -> None:
        if time.monotonic() - self._quota_at < _QUOTA_EVERY:
            return
        self._quota_at = time.monotonic()
        sync.take_quota(self._link)

    def _idle(self) -> None:
        """Wait on the watched folder until the server, or somebody here, has something to say."""
        folder = self._to_watch()
        if folder is None:
            raise Unreachable(_("The server shows no folder that can be opened."))
        sync.sync_folder(self._link, folder)
        self._standing.checked = time.time()
        self._standing.say(LinkState.CONNECTED)
        self._signals.check()
        if self.imap.idle(self._signals.fileno(), self._patience(folder)):
            sync.sync_folder(self._link, folder)
        self._listed_at = -_RELIST_EVERY

    def _patience(self, folder: Folder) -> float:
        """How long to idle: the server tells of the open folder alone."""
        if self._soon:
            return _TURN
        alone = folder.role is Role.INBOX and "IDLE" in self.imap.capabilities
        return _IDLE_SECONDS if alone else _ASK_EVERY

    def _to_watch(self) -> Folder | None:
        """The folder on screen, if it is the account's and can be opened; else the inbox."""
        watched = folders.get(self._store.reader(), self._signals.watched)
        for folder in (watched, self._inbox()):
            if (
                folder is not None
                and folder.account_id == self._account.id
                and folder.selectable
                and folder.id not in self._closed_folders
            ):
                return folder
        return None

    def _inbox(self) -> Folder | None:
        return folders.with_role(self._store.reader(), self._account.id, Role.INBOX)

    def _go_on(self) -> None:
        """Between steps of background work: something more urgent comes first."""
        self.heard_at = time.monotonic()
        self._signals.check()
        if time.monotonic() - self._listed_at > _RELIST_EVERY:
            raise Interrupted
