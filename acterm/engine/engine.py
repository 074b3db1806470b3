"""The engine: takes commands from any thread, tells what happened, and stops at once."""

import asyncio
import sys
import threading
import time

from acterm.engine import actions, clock, threads, undo
from acterm.engine.bodies import Wanted
from acterm.engine.checkup import Checkup
from acterm.engine.clearing import Clearing
from acterm.engine.desk import Desk, Handlers
from acterm.engine.joining import Joining
from acterm.engine.locking import Locking
from acterm.engine.looking import Looking
from acterm.engine.mailbox import Mailbox
from acterm.engine.messages.assistant import KeepFlow
from acterm.engine.messages.base import Command, Done, Event, Failed, Tell, Undone
from acterm.engine.messages.clearing import EmptyBin
from acterm.engine.messages.mail import (
    DropPart,
    FetchBody,
    FetchPart,
    MessagesChanged,
    Move,
    NewMail,
    Refresh,
    SetFlag,
    Undo,
    WatchFolder,
)
from acterm.engine.messages.writing import (
    AbandonDraft,
    AnswerUnsure,
    CancelSending,
    KeepDraft,
    Send,
    SendNow,
    SendSource,
)
from acterm.engine.passcodes import Passcodes
from acterm.engine.ready import Ready
from acterm.engine.reset_mail import ResetLookout
from acterm.engine.sieve import ServerRules
from acterm.engine.signature import Signatures
from acterm.engine.signin import Keys
from acterm.engine.writing import Writing
from acterm.errors import ActermError
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.net.imap import Imap
from acterm.store import accounts, folders, messages, settings
from acterm.store.db import Store
from acterm.vault import Vault

# Python's own 5 ms let a key wait behind a busy thread for 31 ms, this for 11.
_SWITCH_SECONDS = 0.001
# How often one looks what other processes wrote, and whether this machine was asleep.
_LOOK_EVERY = 2.0
# A person who asks for news does not wait longer than that for a link that may be dead.
_ANSWER_WITHIN = 10.0
# A draft that was typed a moment before the end is on the disk by then, also on a slow one.
_WRITTEN_WITHIN = 2.0
# The clock jumped by more than that: the machine slept, and every link is dead.
_SLEPT = 20.0


class Engine:
    """Owns the account threads and the outbox. `tell` is called from threads of the engine."""

    def __init__(self, store: Store, vault: Vault, tell: Tell) -> None:
        self._tell_all = tell
        self._desk = Desk(store, Keys(vault), self._tell)
        self._loop = asyncio.new_event_loop()
        self._ordered = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread: threading.Thread | None = None
        self._handlers: Handlers = {}
        self._generation = 0
        self._looked_at = time.time()

    def start(self) -> None:
        """Begin: every account in the store gets its thread. Returns at once."""
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._thread = threads.start("engine", self._run)

    def submit(self, command: Command) -> None:
        """Take a command; returns at once. What changes mail and drafts is done in order."""
        self._loop.call_soon_threadsafe(self._take, command)

    def stop(self, seconds: float = 0.3) -> None:
        """End every thread within so many seconds; what is left dies with the process.

        What changes mail and drafts and was submitted before is written first: that is waited for
        longer, though it seldom takes longer.
        """
        until = time.monotonic() + seconds
        self._desk.stopping.set()
        mailboxes = list(self._desk.mailboxes.values())
        for mailbox in mailboxes:
            mailbox.stop()
        self._loop.call_soon_threadsafe(self._end)
        if self._thread is not None:
            self._thread.join(max(seconds, _WRITTEN_WITHIN))
        for mailbox in mailboxes:
            mailbox.join(until - time.monotonic())

    def _end(self) -> None:
        self._ending = self._loop.create_task(self._end_in_order())

    async def _end_in_order(self) -> None:
        async with self._ordered:
            self._loop.stop()

    def _tell(self, event: Event) -> None:
        if not self._desk.stopping.is_set():
            self._tell_all(event)
            if isinstance(event, NewMail):
                self._loop.call_soon_threadsafe(self._arrived, event, time.time())

    def _arrived(self, event: NewMail, now: float) -> None:
        with threads.guarded(self._tell, self._desk.stopping), self._desk.store.write() as db:
            clock.learn(db, event.ids, now)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._begin)
        self._loop.run_forever()

    def _begin(self) -> None:
        with threads.guarded(self._tell, self._desk.stopping):
            self._writing = Writing(self._desk)
            joining = Joining(self._desk, self._add, self._writing.secret_given)
            ready = Ready(self._desk, self._writing)
            rooms = (self._writing, joining, ready, *(room(self._desk) for room in _ROOMS))
            for handlers in (self._handles(), *(room.handles() for room in rooms)):
                self._handlers |= handlers
            for account in accounts.all_accounts(self._desk.store.reader()):
                self._add(account)
            self._writing.begin()
            self._look()

    def _handles(self) -> Handlers:
        """What concerns the mailboxes; every other room says itself what it does."""
        return {
            Refresh: self._refresh,
            WatchFolder: self._watch,
            FetchBody: lambda command: self._fetch(Wanted(command.message_id)),
            FetchPart: lambda command: self._fetch(Wanted(command.message_id, command.section)),
            DropPart: lambda command: self._drop(Wanted(command.message_id, command.section)),
            SetFlag: self._set_flag,
            Move: self._move,
            Undo: self._undo,
            KeepFlow: self._keep_flow,
        }

    def _add(self, account: Account, first: Imap | None = None) -> None:
        old = self._desk.mailboxes.pop(account.id, None)
        if old is not None:
            old.stop()
        mailbox = Mailbox(
            self._desk.store, self._desk.keys, account, self._tell, self._fetched, first
        )
        self._desk.mailboxes[account.id] = mailbox
        mailbox.start()

    def _take(self, command: Command) -> None:
        task = self._loop.create_task(self._guarded(command))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, command: Command) -> None:
        with threads.guarded(self._tell, self._desk.stopping):
            try:
                if isinstance(command, _IN_ORDER):
                    async with self._ordered:
                        await self._do(command)
                else:
                    await self._do(command)
            except ActermError as failure:
                ids = getattr(command, "ids", ())
                self._tell(Failed(failure.title, failure.advice, ids))

    async def _do(self, command: Command) -> None:
        answer = self._handlers[type(command)](command)
        if answer is not None:
            await answer

    def _refresh(self, command: Refresh) -> None:
        for account_id, mailbox in self._desk.mailboxes.items():
            if command.account_id in (0, account_id):
                mailbox.refresh()
                now = time.monotonic()
                self._loop.call_later(_ANSWER_WITHIN, mailbox.drop_when_silent, now)

    def _watch(self, command: WatchFolder) -> None:
        folder = folders.get(self._desk.store.reader(), command.folder_id)
        mailbox = self._desk.mailboxes.get(folder.account_id) if folder else None
        if mailbox is not None:
            mailbox.watch(command.folder_id)

    def _fetch(self, wanted: Wanted) -> None:
        row = messages.get(self._desk.store.reader(), wanted.message_id)
        folder = folders.get(self._desk.store.reader(), row.folder_id) if row else None
        mailbox = self._desk.mailboxes.get(folder.account_id) if folder else None
        if mailbox is None:
            self._fetched(wanted, ActermError(_("The mail is gone.")))
        else:
            mailbox.want(wanted)

    def _drop(self, wanted: Wanted) -> None:
        if self._writing.waits_for(wanted):
            return
        for mailbox in self._desk.mailboxes.values():
            mailbox.drop(wanted)

    def _fetched(self, wanted: Wanted, failure: ActermError | None) -> None:
        self._tell(wanted.failed(failure) if failure else wanted.arrived)
        self._writing.fetched(wanted, failure)

    def _set_flag(self, command: SetFlag) -> None:
        label = actions.set_flag(self._desk.store, command)
        for folder_id in self._places(command.ids):
            self._tell(MessagesChanged(folder_id, command.ids))
        if label and not command.quiet:
            self._tell(Done(command.ids, label))
        self._wake_all()

    def _move(self, command: Move) -> None:
        label, touched = actions.move(self._desk.store, command)
        for folder_id in touched:
            self._tell(MessagesChanged(folder_id))
        self._tell(Done(command.ids, label))
        self._wake_all()

    def _places(self, ids: tuple[int, ...]) -> set[int]:
        return {place for _id, place, _uid in messages.locate(self._desk.store.reader(), ids)}

    def _undo(self, _command: Undo) -> None:
        taken = undo.newest(self._desk.store, time.time())
        if taken is None:
            self._tell(Failed(_("There is nothing to undo."), ""))
            return
        for folder_id in taken.folders:
            self._tell(MessagesChanged(folder_id))
        self._tell(Undone(taken.label, taken.draft_id, taken.answer))
        self._writing.changed()
        self._wake_all()

    def _keep_flow(self, command: KeepFlow) -> None:
        with self._desk.store.write() as db:
            settings.put(db, f"flow:{command.name}", dict(command.kept))

    def _wake_all(self) -> None:
        for mailbox in self._desk.mailboxes.values():
            mailbox.wake()

    def _look(self) -> None:
        """What other processes wrote, and whether this machine slept."""
        with threads.guarded(self._tell, self._desk.stopping):
            generation = self._desk.store.generation()
            if generation != self._generation:
                self._generation = generation
                self._look_at_accounts()
            now = time.time()
            if now - self._looked_at > _SLEPT:
                for mailbox in self._desk.mailboxes.values():
                    mailbox.reconnect()
            self._looked_at = now
        self._loop.call_later(_LOOK_EVERY, self._look)

    def _look_at_accounts(self) -> None:
        """Any process may add, move or remove one, or see it refused: that ends all its links."""
        db = self._desk.store.reader()
        known = {account.id: account for account in accounts.all_accounts(db)}
        mailboxes = self._desk.mailboxes
        for account_id in set(mailboxes) - set(known):
            mailboxes.pop(account_id).stop()
        for account_id, account in known.items():
            if account_id not in mailboxes or not mailboxes[account_id].serves(account):
                self._add(account)
        for account_id, mailbox in mailboxes.items():
            if accounts.refusal(db, account_id) is not None:
                mailbox.reconnect()
        self._writing.look()


_ROOMS = (
    Signatures,
    ResetLookout,
    Checkup,
    Passcodes,
    Locking,
    Clearing,
    ServerRules,
    Looking,
)
_IN_ORDER = (
    SetFlag,
    Move,
    Undo,
    KeepDraft,
    AbandonDraft,
    Send,
    SendSource,
    SendNow,
    CancelSending,
    AnswerUnsure,
    EmptyBin,
)
