"""One account's thread: connect, tell the server what waits, sync, idle, and again."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from acterm.engine import backoff, bodies, intents, outbox, sync
from acterm.engine.fetcher import Fetcher, Work
from acterm.engine.locks import held
from acterm.engine.messages import (
    BodyArrived,
    BodyFailed,
    Crashed,
    LinkChanged,
    PartArrived,
    QuotaChanged,
    SecretWanted,
    SignInWasRefused,
    Tell,
)
from acterm.engine.messages import Link as LinkState
from acterm.engine.secrets import Secrets
from acterm.errors import ActermError, SignInRefused, Unreachable
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.mail.folder import Folder, Role
from acterm.net.imap import Imap
from acterm.net.waker import Waker
from acterm.store import accounts, folders
from acterm.store import bodies as stored
from acterm.store.db import Store
from acterm.vault.ladder import SecretLocked, SecretMissing

# RFC 2177 says at most 29 minutes; routers forget a silent link much earlier.
IDLE_SECONDS = 300.0
# How many of the newest mails have their text here before anybody opens them.
PREFETCH = 200
# Texts parsed in one go: the interface waits for the interpreter no longer than that.
_TOGETHER = 10


class GivenUp(ActermError):
    """The thread was told to stop, or to do something more urgent."""


class Mailbox:
    """The account's connections. `start`, then the other methods from any thread."""

    def __init__(self, store: Store, vault: Secrets, account: Account, tell: Tell) -> None:
        self.account = account
        self._store = store
        self._vault = vault
        self._tell = tell
        self._waker = Waker()
        self._stopping = threading.Event()
        self._answered = threading.Event()
        self._urgent = threading.Event()
        self._watched = 0
        self._imap: Imap | None = None
        self._failures = 0
        self._checked = 0.0
        self._work: SimpleQueue[Work] = SimpleQueue()
        self._fetcher = Fetcher(self.connected)
        self._drafts: dict[int, Draft] = {}
        self._thread = threading.Thread(
            target=self._guarded, name=f"mailbox-{account.id}", daemon=True
        )

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to tell the server, or to look at."""
        self._urgent.set()
        self._answered.set()
        self._waker.wake()

    def watch(self, folder_id: int) -> None:
        """Idle on this folder, after bringing it in step."""
        self._watched = folder_id
        self.wake()

    def keep_draft(self, draft: Draft) -> None:
        """Replace the server's copy of this draft when the link is next free."""
        self._drafts[draft.id] = draft
        self.wake()

    def fetch_body(self, message_id: int) -> None:
        """Bring a text without waiting behind a sync."""

        def work(imap: Imap) -> None:
            try:
                bodies.fetch(imap, self._store, message_id)
            except Unreachable:
                raise
            except ActermError as failure:
                self._tell(BodyFailed(message_id, failure.title, failure.advice))
            else:
                self._tell(BodyArrived(message_id))

        def lost(failure: ActermError) -> None:
            self._tell(BodyFailed(message_id, failure.title, failure.advice))

        self._submit(work, lost)

    def fetch_part(self, message_id: int, section: str) -> None:
        """Bring one attachment without waiting behind a sync."""

        def work(imap: Imap) -> None:
            try:
                bodies.fetch_part(imap, self._store, message_id, section)
            except Unreachable:
                raise
            except ActermError as failure:
                self._tell(BodyFailed(message_id, failure.title, failure.advice, section))
            else:
                self._tell(PartArrived(message_id, section))

        def lost(failure: ActermError) -> None:
            self._tell(BodyFailed(message_id, failure.title, failure.advice, section))

        self._submit(work, lost)

    def stop(self) -> None:
        """End every wait; returns at once."""
        self._stopping.set()
        self._fetcher.stop()
        self.wake()
        if self._imap is not None:
            self._imap.abort()

    def join(self, seconds: float) -> None:
        """Wait for the end at most so long."""
        if self._thread.ident is not None:
            self._thread.join(max(seconds, 0))

    def connected(self) -> Imap:
        """A new signed-in connection: one attempt, refused when a refusal waits for its answer."""
        db = self._store.reader()
        refusal = accounts.refusal(db, self.account.id)
        if refusal is not None:
            raise SignInRefused(_("The sign-in was refused."), words=refusal.words)
        secret = self._vault.get(self.account)
        imap = Imap.connect(self.account.imap, ca_file=self.account.ca_file)
        try:
            imap.sign_in(self.account.login, secret)
        except SignInRefused as refused:
            imap.close()
            with self._store.write(durable=True) as writing:
                accounts.refuse(
                    writing, self.account.id, refused.words or refused.title, time.time()
                )
            raise
        except ActermError:
            imap.close()
            raise
        return imap

    def _submit(self, work: Work, lost: Callable[[ActermError], None]) -> None:
        if self.account.passcode:  # one sign-in a code: the one connection does everything
            self._work.put(work)
            self.wake()
        else:
            self._fetcher.submit(work, lost)

    def _guarded(self) -> None:
        try:
            self._run()
        except Exception:
            logging.getLogger("acterm").exception("mailbox thread")
            self._tell(Crashed(_("The mailbox’s connection stopped: a bug of acterm."), ""))

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._session()
            except SignInRefused as refused:
                self._say(LinkState.REFUSED, refused.words or refused.title)
                self._tell(SignInWasRefused(self.account.id, refused.words or refused.title))
                self._wait_for_answer()
            except (SecretMissing, SecretLocked) as missing:
                kind = "passphrase" if isinstance(missing, SecretLocked) else "password"
                self._say(LinkState.OFFLINE, missing.title)
                wanted = "passcode" if self.account.passcode else kind
                self._tell(SecretWanted(self.account.id, wanted))
                self._wait_for_answer()
            except ActermError as failure:
                self._failed(failure)

    def _failed(self, failure: ActermError) -> None:
        if self._stopping.is_set():
            return
        self._failures += 1
        self._say(LinkState.OFFLINE, failure.title)
        if self.account.passcode:
            self._tell(SecretWanted(self.account.id, "passcode"))
            self._wait_for_answer()
            return
        self._urgent.clear()
        self._answered.clear()
        self._answered.wait(backoff.delay(self._failures))

    def _wait_for_answer(self) -> None:
        self._answered.clear()
        while not self._stopping.is_set():
            self._answered.wait()
            self._answered.clear()
            if accounts.refusal(self._store.reader(), self.account.id) is None:
                return

    def _session(self) -> None:
        """One connection's life."""
        self._say(LinkState.CONNECTING)
        self._imap = imap = self.connected()
        try:
            if self._stopping.is_set():
                return
            self._failures = 0
            while not self._stopping.is_set():
                with suppress(GivenUp):
                    self._round(imap)
                    self._idle(imap)
        finally:
            self._imap = None
            imap.close()

    def _round(self, imap: Imap) -> None:
        """Everything there is to do before idling."""
        self._urgent.clear()
        self._say(LinkState.WORKING)
        self._tell_server(imap)
        link = sync.Link(imap, self._store, self.account, self._tell, self._go_on)
        listing = sync.list_folders(link)
        stale = sync.stale(link, listing)
        watched = folders.get(self._store.reader(), self._watched)
        first = [folder for folder in stale if watched and folder.id == watched.id] or stale[:1]
        for folder in first:
            sync.sync_folder(link, folder)
        self._checked = time.time()
        self._quota(imap)
        for folder in stale:
            if folder not in first:
                self._go_on()
                sync.sync_folder(link, folder)
        sync.index(link)
        self._prefetch(imap)
        self._checked = time.time()

    def _tell_server(self, imap: Imap) -> None:
        with held(self._store.path, f"account-{self.account.id}", wait=5.0) as mine:
            if mine:
                intents.replay(imap, self._store, self.account, self._tell)
                outbox.file_copies(imap, self._store, self.account, self._tell)
        for draft_id in list(self._drafts):
            outbox.keep_server_draft(imap, self._store, self.account, self._drafts.pop(draft_id))
        while True:
            try:
                work = self._work.get_nowait()
            except Empty:
                return
            work(imap)

    def _quota(self, imap: Imap) -> None:
        fill = imap.quota()
        if fill is not None:
            with self._store.write() as db:
                accounts.set_quota(db, self.account.id, fill)
            self._tell(QuotaChanged(self.account.id, fill.used, fill.limit))

    def _prefetch(self, imap: Imap) -> None:
        """The newest mails' text, so that opening them waits for nothing."""
        inbox = folders.with_role(self._store.reader(), self.account.id, Role.INBOX)
        if inbox is None:
            return
        missing = stored.missing(self._store.reader(), inbox.id, PREFETCH)
        if not missing:
            return
        imap.open(inbox.path)
        small = [entry for entry in missing if entry[2] <= bodies.WHOLE]
        for at in range(0, len(small), _TOGETHER):
            self._go_on()
            bodies.fetch_many(imap, self._store, small[at : at + _TOGETHER])

    def _idle(self, imap: Imap) -> None:
        """Wait on the watched folder until the server, or somebody here, has something to say."""
        folder = self._to_watch()
        if folder is None:
            raise Unreachable(_("The server shows no folder."))
        self._say(LinkState.CONNECTED)
        state = folders.sync_state(self._store.reader(), folder.id)
        opened = imap.open(folder.path, state)
        if opened.uidnext > state.uidnext or opened.changed or opened.vanished:
            return
        if not self._urgent.is_set():
            self._waker.drain()
            if not self._urgent.is_set():
                imap.idle(self._waker.fileno(), IDLE_SECONDS)
        self._waker.drain()

    def _to_watch(self) -> Folder | None:
        db = self._store.reader()
        watched = folders.get(db, self._watched)
        if watched is not None and watched.account_id == self.account.id and watched.selectable:
            return watched
        return folders.with_role(db, self.account.id, Role.INBOX)

    def _go_on(self) -> None:
        """Between steps of background work: something more urgent begins the round anew.

        What was stored stays; the next round goes on where this one was.
        """
        if self._stopping.is_set() or self._urgent.is_set():
            raise GivenUp(_("Given up."))

    def _say(self, link: LinkState, words: str = "") -> None:
        self._tell(LinkChanged(self.account.id, link, self._checked, words))
