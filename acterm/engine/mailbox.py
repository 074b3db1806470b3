"""One account's thread: it connects, and connects again, as far as the person's answers go."""

import threading
from enum import Enum, auto

from acterm.engine import backoff, threads
from acterm.engine.bodies import Wanted
from acterm.engine.fetcher import Fetcher
from acterm.engine.messages.account import SecretWanted, SignInWasRefused
from acterm.engine.messages.base import Tell
from acterm.engine.messages.mail import Link
from acterm.engine.session import Fetched, Session
from acterm.engine.signals import Signals
from acterm.engine.signin import Keys, connect, kind_of
from acterm.engine.standing import Standing
from acterm.errors import ActermError, SignInRefused, Unreachable
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.folder import Role
from acterm.net.imap import Imap
from acterm.store import accounts, folders
from acterm.store.db import Store
from acterm.vault import SecretLocked, SecretMissing


class _Next(Enum):
    """What the thread does when a connection is over."""

    AFTER_A_WHILE = auto()
    WHEN_ANSWERED = auto()
    NOTHING = auto()


class Mailbox:
    """The account's connections. `start`, then the other methods from any thread.

    `first` is a connection that is signed in already. `fetched` hears how each wish ended.
    """

    def __init__(
        self,
        store: Store,
        keys: Keys,
        account: Account,
        tell: Tell,
        fetched: Fetched,
        first: Imap | None = None,
    ) -> None:
        self.account = account
        self._store = store
        self._keys = keys
        self._tell = tell
        self._fetched = fetched
        self._first = first
        self._signals = Signals()
        inbox = folders.with_role(store.reader(), account.id, Role.INBOX)
        checked = folders.sync_state(store.reader(), inbox.id).checked if inbox else 0.0
        self._standing = Standing(account.id, tell, checked)
        self._fetcher = Fetcher(store, self._connected, fetched, tell, self._signals.stopping)
        self._session: Session | None = None
        self._failures = 0
        self._answering = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread = threads.start(f"mailbox-{self.account.id}", self._run)

    @property
    def waits(self) -> bool:
        """Whether it does nothing before the person answers."""
        return self._standing.link in (Link.REFUSED, Link.OFFLINE)

    @property
    def signed_in(self) -> bool:
        """Whether there is a connection."""
        return self._session is not None

    def serves(self, account: Account) -> bool:
        """Whether it is of use for the account as it stands now; one that ends is left alone."""
        here, there = (
            (one.login, one.imap, one.smtp, one.passcode) for one in (self.account, account)
        )
        return here == there or self._signals.stopping.is_set()

    def wake(self) -> None:
        """There is something to tell the server, or to look at."""
        self._signals.wake()

    def refresh(self) -> None:
        """Look now, and connect now when the link is down."""
        self._signals.retry()

    def drop_when_silent(self, since: float) -> None:
        """The server should have said something since then: if it has not, the link is dead."""
        session = self._session
        if session is not None and session.heard_at < since:
            self.reconnect()

    def answer(self) -> None:
        """The person answered: one attempt is theirs."""
        self._signals.answer()

    def reconnect(self) -> None:
        """The link is of no use any more, or must not be used: begin again with a new one."""
        session = self._session
        if session is not None:
            session.imap.abort()
            self._signals.retry()

    def watch(self, folder_id: int) -> None:
        """Idle on this folder, after bringing it in step."""
        if self._signals.watched != folder_id:
            self._signals.watched = folder_id
            self._signals.wake()

    def keep_draft(self, draft_id: int) -> None:
        """Replace the server's copy of this draft when the link is next free."""
        if draft_id not in self._signals.drafts:
            self._signals.drafts.append(draft_id)
        self._signals.wake()

    def want(self, wanted: Wanted) -> None:
        """Bring a text or attachment without waiting behind a sync."""
        if wanted.is_here(self._store.reader()):
            self._fetched(wanted, None)
        elif not self.account.passcode:
            self._fetcher.want(wanted)
        elif self._session is None:
            self._fetched(wanted, Unreachable(_("There is no connection.")))
        else:  # one sign-in a code: the one connection does everything
            self._signals.wish(wanted)

    def drop(self, wanted: Wanted) -> None:
        """Nobody waits for it any more."""
        self._fetcher.drop(wanted)
        self._signals.drop(wanted)

    def stop(self) -> None:
        """End every wait; returns at once."""
        self._signals.stop()
        self._fetcher.stop()
        self.reconnect()

    def join(self, seconds: float) -> None:
        """Wait for the end at most so long."""
        if self._thread is not None:
            self._thread.join(max(seconds, 0))

    def _connected(self) -> Imap:
        return connect(self._store, self._keys, self.account)

    def _run(self) -> None:
        while not self._signals.stopping.is_set():
            after = _Next.AFTER_A_WHILE
            with threads.guarded(self._tell, self._signals.stopping):
                after = self._live()
            if after is _Next.AFTER_A_WHILE:
                self._failures += 1
                self._signals.wait_to_retry(backoff.delay(self._failures))
            elif after is _Next.WHEN_ANSWERED:
                self._signals.wait_for_answer(self._may_connect)

    def _live(self) -> _Next:
        """One connection from beginning to end, and what to do after it."""
        try:
            self._work()
        except SignInRefused as refused:
            words = refused.words or refused.title
            self._standing.say(Link.REFUSED, words)
            self._tell(SignInWasRefused(self.account.id, words))
            return _Next.WHEN_ANSWERED
        except (SecretMissing, SecretLocked) as missing:
            return self._want_secret(kind_of(self.account, missing), missing.title)
        except ActermError as failure:
            return self._lost(failure)
        finally:
            self._give_up_wishes()
        return _Next.NOTHING

    def _work(self) -> None:
        self._standing.say(Link.CONNECTING)
        first, self._first = self._first, None
        self._answering |= self._signals.take_answer()
        imap = first or connect(
            self._store,
            self._keys,
            self.account,
            answering=self._answering,
            trying=self._use_answer,
        )
        self._session = Session(
            imap,
            self._store,
            self.account,
            self._signals,
            self._standing,
            self._tell,
            self._fetched,
        )
        try:
            self._session.run(in_step=self._healed)
        finally:
            self._session = None
            imap.close()

    def _use_answer(self) -> None:
        self._answering = False

    def _healed(self) -> None:
        self._failures = 0

    def _lost(self, failure: ActermError) -> _Next:
        if self._signals.stopping.is_set():
            return _Next.NOTHING
        if self.account.passcode:  # nothing reconnects by itself
            return self._want_secret("passcode", failure.title)
        advice = "" if failure.heals else failure.advice
        self._standing.say(Link.OFFLINE, failure.title, advice)
        return _Next.AFTER_A_WHILE

    def _want_secret(self, kind: str, words: str) -> _Next:
        self._standing.say(Link.OFFLINE, words)
        self._answering = False
        self._tell(SecretWanted(self.account.id, kind))
        return _Next.WHEN_ANSWERED

    def _may_connect(self) -> bool:
        """Whether a refusal was answered in another process."""
        db = self._store.reader()
        refused = self._standing.link is Link.REFUSED
        return refused and accounts.refusal(db, self.account.id) is None

    def _give_up_wishes(self) -> None:
        while self._signals.wishes:
            lost = Unreachable(_("There is no connection."))
            self._fetched(self._signals.wishes.popleft(), lost)
