"""Commands about accounts and their secrets: check, add, and the person's answers."""

import asyncio
from collections.abc import Callable
from functools import partial

from acterm.engine import connect
from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.account import (
    AccountAdded,
    AddAccount,
    AnswerSignIn,
    AskRungs,
    CheckAccount,
    FindServers,
    GiveSecret,
    Rung,
    Rungs,
    SecretWanted,
    SwitchServers,
)
from acterm.engine.switching import move_over
from acterm.errors import ActermError, Refused
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.net.imap import Imap
from acterm.store import accounts

# How long a checked connection is held for the AddAccount that follows.
_HOLD_SECONDS = 300.0
# How long one waits for the end of the old connection.
_END_SECONDS = 10.0

Added = Callable[[Account, Imap | None], None]
"""Takes an account into use, with the connection that is signed in already."""


class Joining:
    """Runs on the engine's loop; what blocks goes to threads of its own."""

    def __init__(self, desk: Desk, added: Added, secret_given: Callable[[int], None]) -> None:
        self._desk = desk
        self._added = added
        self._secret_given = secret_given
        self._held: tuple[str, Imap] | None = None

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {
            AnswerSignIn: self.answer_sign_in,
            GiveSecret: self.give_secret,
            FindServers: self.find_servers,
            CheckAccount: self.check,
            AskRungs: self.ask_rungs,
            AddAccount: self.add,
            SwitchServers: self.switch,
        }

    async def find_servers(self, command: FindServers) -> None:
        """Probe for servers."""
        self._desk.tell(await connect.find_servers(command.address))

    async def ask_rungs(self, _command: AskRungs) -> None:
        """Try every rung of the vault."""
        found = await self._desk.apart("vault", self._desk.keys.vault.rungs)
        rungs = [Rung(one.name, one.usable, one.words, one.wants) for one in found]
        self._desk.tell(Rungs(tuple(rungs)))

    async def check(self, command: CheckAccount) -> None:
        """Go down the checklist; the connection is held for AddAccount."""
        self._let_go()
        outcome, imap = await self._desk.apart(
            "check", partial(connect.examine, command.account, command.secret, self._desk.tell)
        )
        if imap is not None:
            self._held = (command.account.address, imap)
            asyncio.get_running_loop().call_later(_HOLD_SECONDS, self._let_go, imap)
        self._desk.tell(outcome)

    async def add(self, command: AddAccount) -> None:
        """Keep the secret, then the account, and take it into use."""
        desk = self._desk
        keep = partial(
            desk.keys.vault.keep,
            command.account,
            command.secret,
            command.rung,
            command.passphrase,
        )
        rung = await desk.apart("vault", keep)
        with desk.store.write(durable=True) as db:
            account = accounts.keep(db, command.account)
            accounts.clear_refusal(db, account.id)
        self._added(account, self._taken(account))
        desk.tell(AccountAdded(account.id, rung))

    async def switch(self, command: SwitchServers) -> None:
        """The mailbox has moved: the checked connection takes the account over with its mail."""
        desk, account = self._desk, command.account
        if self._held is None or self._held[0] != account.address:
            raise _unchecked()
        keep = partial(
            desk.keys.vault.keep, account, command.secret, command.rung, command.passphrase
        )
        rung = await desk.apart("vault", keep)
        imap = self._taken(account)
        if imap is None:  # the person took minutes over the passphrase
            raise _unchecked()
        old = desk.mailboxes.get(account.id)
        if old is not None:  # it stays in its place, so that no other takes it meanwhile
            old.stop()
            await desk.apart("switch", partial(old.join, _END_SECONDS))
        moved = await desk.apart("switch", partial(move_over, desk.store, account, imap))
        self._added(moved, imap)
        desk.tell(AccountAdded(moved.id, rung))

    async def answer_sign_in(self, command: AnswerSignIn) -> None:
        """One attempt more, with a new secret or the kept one."""
        account = accounts.get(self._desk.store.reader(), command.account_id)
        mailbox = self._desk.mailboxes.get(command.account_id)
        if account is None or mailbox is None:
            return
        if command.secret is not None:
            await self._desk.apart("vault", partial(self._desk.keys.give, account, command.secret))
        mailbox.answer()

    async def give_secret(self, command: GiveSecret) -> None:
        """What SecretWanted asked for. A wrong passphrase is told, and asked for again."""
        account = accounts.get(self._desk.store.reader(), command.account_id)
        mailbox = self._desk.mailboxes.get(command.account_id)
        if account is None or mailbox is None:
            return
        try:
            await self._desk.apart(
                "vault", partial(self._desk.keys.give_or_unlock, account, command.secret)
            )
        except ActermError:
            kind = await self._desk.apart("vault", partial(self._desk.keys.wanted, account))
            self._desk.tell(SecretWanted(account.id, kind))
            raise
        waits = mailbox.waits
        if waits:
            mailbox.answer()
        if not (waits and account.passcode):  # one sign-in a code
            self._secret_given(account.id)

    def _taken(self, account: Account) -> Imap | None:
        """The connection that was checked for this account."""
        held, self._held = self._held, None
        if held is None:
            return None
        address, imap = held
        if address == account.address:
            return imap
        imap.close()
        return None

    def _let_go(self, only: Imap | None = None) -> None:
        """Nobody came for the checked connection."""
        if self._held is not None and only in (None, self._held[1]):
            self._held[1].close()
            self._held = None


def _unchecked() -> Refused:
    return Refused(_("The connection was not checked."), _("Begin again."))
