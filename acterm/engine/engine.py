"""The engine: takes commands from any thread, tells what happened, and stops at once."""

import asyncio
import logging
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from acterm import paths
from acterm.engine import connect, intents, outbox, undo
from acterm.engine.mailbox import Mailbox
from acterm.engine.messages import (
    AbandonDraft,
    AccountAdded,
    AddAccount,
    AnswerSignIn,
    AnswerUnsure,
    AskRungs,
    CancelSending,
    CheckAccount,
    Command,
    Crashed,
    Done,
    DraftKept,
    Failed,
    FetchBody,
    FetchPart,
    FindServers,
    GiveSecret,
    KeepDraft,
    MessagesChanged,
    Move,
    OutboxChanged,
    Refresh,
    Rung,
    Rungs,
    Send,
    SendingChanged,
    SendingState,
    SetFlag,
    Tell,
    Undo,
    Undone,
    WatchFolder,
)
from acterm.engine.secrets import Secrets
from acterm.errors import ActermError
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.store import accounts, drafts, folders, messages
from acterm.store import outbox as rows
from acterm.store.db import Store
from acterm.vault.ladder import SecretLocked, SecretMissing

_SERVER_DRAFT_EVERY = 60.0


class Engine:
    """Owns the account threads and the outbox. `tell` is called from threads of the engine."""

    def __init__(self, store: Store, vault: Secrets, tell: Tell) -> None:
        self._store = store
        self._vault = vault
        self._tell = tell
        self._loop = asyncio.new_event_loop()
        self._mailboxes: dict[int, Mailbox] = {}
        self._delivery: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._draft_times: dict[int, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        """Begin: every account in the store gets its thread. Returns at once."""
        sys.setswitchinterval(0.001)
        self._thread.start()

    def submit(self, command: Command) -> None:
        """Take a command; returns at once."""
        self._loop.call_soon_threadsafe(self._take, command)

    def stop(self, seconds: float = 0.3) -> None:
        """End every thread within so many seconds; what is left dies with the process."""
        until = time.monotonic() + seconds
        for mailbox in self._mailboxes.values():
            mailbox.stop()
        for mailbox in self._mailboxes.values():
            mailbox.join(until - time.monotonic())
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread.ident is not None:
            self._thread.join(max(until - time.monotonic(), 0.05))

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._begin)
        self._loop.run_forever()

    def _begin(self) -> None:
        outbox.recover(self._store, self._tell)
        for account in accounts.all_accounts(self._store.reader()):
            self._add(account)
        self._schedule()

    def _add(self, account: Account) -> None:
        old = self._mailboxes.pop(account.id, None)
        if old is not None:
            old.stop()
        mailbox = Mailbox(self._store, self._vault, account, self._tell)
        self._mailboxes[account.id] = mailbox
        mailbox.start()

    def _take(self, command: Command) -> None:
        task = self._loop.create_task(self._guarded(command))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, command: Command) -> None:
        try:
            answer: Any = _HANDLERS[type(command)](self, command)
            if asyncio.iscoroutine(answer):
                await answer
        except ActermError as failure:
            self._tell(Failed(failure.title, failure.advice, getattr(command, "ids", ())))
        except Exception:
            logging.getLogger("acterm").exception("command %s", type(command).__name__)
            self._tell(Crashed(_("Something failed in acterm; it goes on."), str(paths.log_file())))

    def _refresh(self, command: Refresh) -> None:
        for account_id, mailbox in self._mailboxes.items():
            if command.account_id in (0, account_id):
                mailbox.wake()

    def _watch(self, command: WatchFolder) -> None:
        folder = folders.get(self._store.reader(), command.folder_id)
        if folder is not None and folder.account_id in self._mailboxes:
            self._mailboxes[folder.account_id].watch(folder.id)

    def _mailbox_of(self, message_id: int) -> Mailbox:
        row = messages.get(self._store.reader(), message_id)
        folder = folders.get(self._store.reader(), row.folder_id) if row else None
        if folder is None or folder.account_id not in self._mailboxes:
            raise ActermError(_("The mail is gone."))
        return self._mailboxes[folder.account_id]

    def _fetch_body(self, command: FetchBody) -> None:
        self._mailbox_of(command.message_id).fetch_body(command.message_id)

    def _fetch_part(self, command: FetchPart) -> None:
        self._mailbox_of(command.message_id).fetch_part(command.message_id, command.section)

    def _set_flag(self, command: SetFlag) -> None:
        label = intents.set_flag(self._store, command, undoes=intents.OWN if command.quiet else 0)
        if label:
            self._acted(command.ids, "" if command.quiet else label)

    def _move(self, command: Move) -> None:
        before = {place[1] for place in messages.locate(self._store.reader(), command.ids)}
        label = intents.move(self._store, command)
        if label:
            self._acted(command.ids, label, before)

    def _acted(self, ids: tuple[int, ...], label: str, before: set[int] = frozenset()) -> None:  # type: ignore[assignment]  # an empty set that nobody changes
        located = messages.locate(self._store.reader(), ids)
        for folder_id in before | {place[1] for place in located}:
            self._tell(MessagesChanged(folder_id, () if before else ids))
        if label:
            self._tell(Done(ids, label))
        self._wake_all()

    def _wake_all(self) -> None:
        for mailbox in self._mailboxes.values():
            mailbox.wake()

    def _undo(self, _command: Undo) -> None:
        taken = undo.newest(self._store, time.time())
        if taken is None:
            self._tell(Failed(_("There is nothing to undo."), ""))
            return
        for folder_id in taken.folders:
            self._tell(MessagesChanged(folder_id))
        self._tell(Undone(taken.label, taken.draft_id))
        self._outbox_changed()
        self._wake_all()

    def _keep_draft(self, command: KeepDraft) -> None:
        with self._store.write(durable=True) as db:
            draft_id = drafts.keep(db, command.draft)
        self._tell(DraftKept(draft_id))
        last = self._draft_times.get(draft_id, 0.0)
        mailbox = self._mailboxes.get(command.draft.account_id)
        if command.to_server and mailbox and time.monotonic() - last > _SERVER_DRAFT_EVERY:
            self._draft_times[draft_id] = time.monotonic()
            kept = drafts.get(self._store.reader(), draft_id)
            if kept is not None:
                mailbox.keep_draft(kept)

    def _abandon(self, command: AbandonDraft) -> None:
        with self._store.write(durable=True) as db:
            drafts.abandon(db, command.draft_id)
        self._tell(Done((), _("Draft abandoned")))

    async def _send(self, command: Send) -> None:
        account = accounts.get(self._store.reader(), command.draft.account_id)
        if account is None:
            raise ActermError(_("The account is gone."))
        try:
            secret = await asyncio.to_thread(self._vault.get, account)
        except (SecretMissing, SecretLocked):
            secret = None
        row_id, _draft = outbox.send_draft(self._store, account, command, secret)
        self._tell(SendingChanged(row_id, SendingState.QUEUED))
        self._outbox_changed()

    def _outbox_changed(self) -> None:
        self._tell(OutboxChanged(rows.waiting(self._store.reader())))
        self._schedule()

    def _schedule(self) -> None:
        """Wake up when the next mail may leave."""
        if self._timer is not None:
            self._timer.cancel()
        when = outbox.next_due(rows.unsettled(self._store.reader()))
        if when:
            self._timer = self._loop.call_later(max(when - time.time(), 0.01), self._deliver)

    def _deliver(self) -> None:
        if self._delivery is None or self._delivery.done():
            self._delivery = self._loop.create_task(self._delivering())

    async def _delivering(self) -> None:
        mails = outbox.due(rows.unsettled(self._store.reader()), time.time())
        await outbox.deliver(self._store, self._vault, mails, self._tell)
        self._wake_all()
        self._loop.call_later(0.2 if mails else 2.0, self._schedule)

    def _cancel(self, command: CancelSending) -> None:
        draft_id = undo.cancel_sending(self._store, command.outbox_id)
        self._tell(Undone(_("Sending cancelled"), draft_id))
        self._outbox_changed()

    def _answer_unsure(self, command: AnswerUnsure) -> None:
        with self._store.write(durable=True) as db:
            if command.send_again:
                rows.postpone(db, command.outbox_id, time.time())
            else:
                rows.settle(db, command.outbox_id, SendingState.SENT, at=time.time())
        state = SendingState.QUEUED if command.send_again else SendingState.SENT
        self._tell(SendingChanged(command.outbox_id, state))
        self._outbox_changed()

    async def _answer_sign_in(self, command: AnswerSignIn) -> None:
        account = accounts.get(self._store.reader(), command.account_id)
        if account is None:
            return
        if command.secret is not None:
            await asyncio.to_thread(self._vault.remember, account, command.secret)
        with self._store.write(durable=True) as db:
            accounts.clear_refusal(db, account.id)
        self._refresh(Refresh(account.id))
        self._schedule()

    async def _give_secret(self, command: GiveSecret) -> None:
        account = accounts.get(self._store.reader(), command.account_id)
        if account is None:
            return
        try:
            await asyncio.to_thread(self._vault.get, account)
        except (SecretMissing, SecretLocked) as missing:
            if isinstance(missing, SecretLocked):
                await asyncio.to_thread(self._vault.unlock, command.secret)
            else:
                await asyncio.to_thread(self._vault.remember, account, command.secret)
        else:
            await asyncio.to_thread(self._vault.remember, account, command.secret)
        self._refresh(Refresh(account.id))
        self._schedule()

    async def _find_servers(self, command: FindServers) -> None:
        self._tell(await connect.find_servers(command.address))

    async def _check(self, command: CheckAccount) -> None:
        self._tell(await asyncio.to_thread(self._checked, command))

    def _checked(self, command: CheckAccount) -> Any:
        return connect.check(command.account, command.secret, self._tell)

    async def _ask_rungs(self, _command: AskRungs) -> None:
        found = await asyncio.to_thread(self._vault.rungs)
        self._tell(Rungs(tuple(Rung(one.name, one.usable, one.words) for one in found)))

    async def _add_account(self, command: AddAccount) -> None:
        with self._store.write(durable=True) as db:
            account = accounts.keep(db, command.account)
            accounts.clear_refusal(db, account.id)
        used = await asyncio.to_thread(
            self._vault.keep, account, command.secret, command.rung, command.passphrase
        )
        self._add(account)
        self._tell(AccountAdded(account.id, used))


_HANDLERS: dict[type[Command], Callable[[Engine, Any], Any]] = {
    Refresh: Engine._refresh,
    WatchFolder: Engine._watch,
    FetchBody: Engine._fetch_body,
    FetchPart: Engine._fetch_part,
    SetFlag: Engine._set_flag,
    Move: Engine._move,
    Undo: Engine._undo,
    KeepDraft: Engine._keep_draft,
    AbandonDraft: Engine._abandon,
    Send: Engine._send,
    CancelSending: Engine._cancel,
    AnswerUnsure: Engine._answer_unsure,
    AnswerSignIn: Engine._answer_sign_in,
    GiveSecret: Engine._give_secret,
    FindServers: Engine._find_servers,
    CheckAccount: Engine._check,
    AskRungs: Engine._ask_rungs,
    AddAccount: Engine._add_account,
}
