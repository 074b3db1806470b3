"""Commands about what a person writes: drafts, sending, and taking it back."""

import asyncio
import time
from collections.abc import Callable
from functools import partial

from acterm import paths
from acterm.engine import filing, outbox, shared, threads, undo
from acterm.engine.bodies import Wanted
from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.account import SecretWanted, SignInWasRefused
from acterm.engine.messages.base import Done, Failed, Undone
from acterm.engine.messages.writing import (
    AbandonDraft,
    AnswerUnsure,
    CancelSending,
    DraftKept,
    KeepDraft,
    OutboxChanged,
    Send,
    SendingChanged,
    SendingState,
    SendNow,
)
from acterm.engine.signin import kind_of
from acterm.errors import ActermError, Refused, SignInRefused
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.secret import Secret
from acterm.store import accounts, drafts
from acterm.store import outbox as rows
from acterm.vault import SecretLocked, SecretMissing

_SERVER_DRAFT_EVERY = 60.0
# Seconds until one tries again what another process, or a bug, was in the way of.
_PAUSE = 5.0


class Writing:
    """Runs on the engine's loop; what blocks goes to threads of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._store = desk.store
        self._tell = desk.tell
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._waiting = 0
        self._delivering: set[int] = set()
        self._refused: set[int] = set()
        self._secretless: set[int] = set()
        self._kept_at: dict[int, float] = {}
        self._copies: dict[int, asyncio.TimerHandle] = {}
        self._fetching: dict[Wanted, asyncio.Future[None]] = {}

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {
            KeepDraft: self.keep_draft,
            AbandonDraft: self.abandon,
            Send: self.send,
            SendNow: self.send_now,
            CancelSending: self.cancel,
            AnswerUnsure: self.answer_unsure,
        }

    def begin(self) -> None:
        """At start: what is due leaves, what was interrupted is looked at."""
        self.changed()
        for mail in rows.orphans(self._store.reader()):
            self._deliver(mail.account_id)

    def changed(self) -> None:
        """The outbox is not what it was: tell, and wake up when the next mail may leave."""
        self._waiting = rows.waiting(self._store.reader())
        self._tell(OutboxChanged(self._waiting))
        self.schedule()

    def schedule(self) -> None:
        """Wake up when the next mail may leave."""
        if self._timer is not None:
            self._timer.cancel()
        waiting = rows.unsettled(self._store.reader())
        busy = self._delivering | self._refused | self._secretless
        when = outbox.next_due(mail for mail in waiting if mail.account_id not in busy)
        if when:
            self._timer = self._loop.call_later(max(when - time.time(), 0), self._wake)

    def secret_given(self, account_id: int) -> None:
        """Sending may be tried again: there is a secret now."""
        self._secretless.discard(account_id)
        self.schedule()

    def look(self) -> None:
        """Another process may have queued or sent a mail, or answered a refused sign-in."""
        db = self._store.reader()
        self._refused = {one for one in self._refused if accounts.refusal(db, one) is not None}
        if rows.waiting(db) != self._waiting:
            self.changed()
        elif self._waiting:
            self.schedule()

    def fetched(self, wanted: Wanted, failure: ActermError | None) -> None:
        """A wish has ended; from any thread."""
        self._loop.call_soon_threadsafe(self._fetched, wanted, failure)

    def keep_draft(self, command: KeepDraft) -> None:
        """The journal is on disk when this returns; the server's copy follows, not too often."""
        with self._store.write(durable=True) as db:
            draft_id = drafts.keep(db, command.draft)
        self._tell(DraftKept(draft_id))
        mailbox = self._desk.mailboxes.get(command.draft.account_id)
        if not command.to_server or mailbox is None:
            return
        now, last = time.monotonic(), self._kept_at.get(draft_id, -_SERVER_DRAFT_EVERY)
        if last <= now or command.at_once:  # else one is on its way already
            every = shared.draft_every(_SERVER_DRAFT_EVERY)
            self._kept_at[draft_id] = when = now if command.at_once else max(now, last + every)
            if draft_id in self._copies:
                self._copies[draft_id].cancel()
            copy = self._loop.call_later(when - now, mailbox.keep_draft, draft_id)
            self._copies[draft_id] = copy

    def abandon(self, command: AbandonDraft) -> None:
        """Put the draft aside, here and on the server."""
        with self._store.write(durable=True) as db:
            draft = drafts.get(db, command.draft_id)
            if draft is None:
                raise Refused(_("The draft is gone."))
            drafts.abandon(db, draft.id)
            filing.forget_copy(db, draft.account_id, draft.id)
        self._tell(Done((), _("Draft abandoned")))
        self._desk.wake(draft.account_id)

    async def send(self, command: Send) -> None:
        """Freeze the draft into the outbox. It is kept as a draft until then."""
        with self._store.write(durable=True) as db:
            draft_id = drafts.keep(db, command.draft)
        try:
            row_id = await self._queue(command, draft_id)
        except ActermError as failure:
            held = isinstance(failure, outbox.Held)
            self._tell(Failed(failure.title, failure.advice, held=held, draft_id=draft_id))
            return
        self._tell(SendingChanged(row_id, SendingState.QUEUED))
        self.changed()

    async def _queue(self, command: Send, draft_id: int) -> int:
        db = self._store.reader()
        account, draft = accounts.get(db, command.draft.account_id), drafts.get(db, draft_id)
        if account is None or draft is None:
            raise Refused(_("The account is gone."))
        await self._bring_parts(account, draft)
        return await self._desk.apart("freeze", partial(self._freeze, account, draft, command))

    def _freeze(self, account: Account, draft: Draft, command: Send) -> int:
        now = time.time()
        mail = outbox.freeze(self._store, account, draft, now, delay=shared.delay_of(command.delay))
        return outbox.queue(self._store, mail, self._password(account), force=command.force)

    def _password(self, account: Account) -> Secret | None:
        """What the guard looks for in the mail, when it is at hand."""
        try:
            return None if account.passcode else self._desk.keys.vault.get(account)
        except ActermError:
            return None

    async def _bring_parts(self, account: Account, draft: Draft) -> None:
        """What the draft carries over of another mail, where it is not here yet."""
        mailbox = self._desk.mailboxes.get(account.id)
        for wanted in outbox.parts_to_fetch(self._store.reader(), draft):
            if mailbox is None:
                raise Refused(_("The account is gone."))
            waiting = self._fetching.setdefault(wanted, self._loop.create_future())
            mailbox.want(wanted)
            await waiting

    def waits_for(self, wanted: Wanted) -> bool:
        """Whether a mail that is to leave waits for it."""
        return wanted in self._fetching

    def _fetched(self, wanted: Wanted, failure: ActermError | None) -> None:
        waiting = self._fetching.pop(wanted, None)
        if waiting is None or waiting.done():
            return
        if failure is None:
            waiting.set_result(None)
        else:
            waiting.set_exception(failure)

    def send_now(self, _command: SendNow) -> None:
        """Nobody waits any longer."""
        outbox.end_delays(self._store, time.time())
        self.schedule()

    def cancel(self, command: CancelSending) -> None:
        """Back into a draft."""
        taken = undo.cancel_sending(self._store, command.outbox_id)
        self._tell(Undone(taken.label, taken.draft_id, taken.answer))
        self.changed()

    def answer_unsure(self, command: AnswerUnsure) -> None:
        """The person has looked, and decides."""
        mail = rows.get(self._store.reader(), command.outbox_id)
        if mail is None or mail.state != SendingState.UNSURE:
            raise Refused(_("There is nothing left to decide about this mail."))
        if command.send_again:
            with self._store.write(durable=True) as db:
                rows.postpone(db, mail.id, time.time())
        else:
            outbox.settle(self._store, mail, SendingState.SENT)
            self._desk.wake(mail.account_id)
        state = SendingState.QUEUED if command.send_again else SendingState.SENT
        self._tell(SendingChanged(mail.id, state))
        self.changed()

    def _wake(self) -> None:
        now = time.time()
        for account_id in {one.account_id for one in outbox.due(self._unsettled(), now)}:
            self._deliver(account_id)
        self.schedule()

    def _unsettled(self) -> list[rows.Outgoing]:
        return rows.unsettled(self._store.reader())

    def _deliver(self, account_id: int) -> None:
        account = accounts.get(self._store.reader(), account_id)
        if account is not None and account_id not in self._delivering:
            self._delivering.add(account_id)
            threads.start(f"outbox-{account_id}", partial(self._delivery, account))

    def _delivery(self, account: Account) -> None:
        """In a thread of its own: the keyring, and other processes, may let it wait."""
        done: Callable[[], None] = partial(self._delivered, account, _PAUSE)
        with threads.guarded(self._tell, self._desk.stopping):
            done = self._outcome(account)
        self._loop.call_soon_threadsafe(done)

    def _outcome(self, account: Account) -> Callable[[], None]:
        mailbox = self._desk.mailboxes.get(account.id)
        if account.passcode and mailbox is not None and not mailbox.signed_in:
            return partial(self._delivered, account, _PAUSE)  # the first code is for reading
        try:
            if asyncio.run(outbox.deliver(self._store, self._desk.keys, account, self._tell)):
                return partial(self._delivered, account, 0.0)
        except SignInRefused as refused:
            self._tell(SignInWasRefused(account.id, refused.words or refused.title))
            return partial(self._blocked, account, self._refused)
        except (SecretMissing, SecretLocked) as missing:
            self._tell(SecretWanted(account.id, kind_of(account, missing)))
            return partial(self._blocked, account, self._secretless)
        except ActermError:
            pass  # the store or the password's program: told where the mailbox fails of the same
        return partial(self._delivered, account, _PAUSE)

    def _blocked(self, account: Account, why: set[int]) -> None:
        why.add(account.id)
        self._delivered(account, 0.0)

    def _delivered(self, account: Account, pause: float) -> None:
        self._desk.wake(account.id)
        self._keep_held_up(account.id)
        self._loop.call_later(pause, self._ready, account.id)

    def _keep_held_up(self, account_id: int) -> None:
        """On a shared machine, what could not leave stays in the server's Drafts."""
        mailbox = self._desk.mailboxes.get(account_id)
        if mailbox is not None and paths.is_shared():
            for mail in shared.held_up(self._store.reader(), account_id):
                mailbox.keep_draft(mail.draft_id)

    def _ready(self, account_id: int) -> None:
        self._delivering.discard(account_id)
        self.schedule()
