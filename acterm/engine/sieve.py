"""Absence and filters on the server: read and written over ManageSieve, one sign-in for a visit."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from acterm.engine import signin
from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.account import SignInWasRefused
from acterm.engine.messages.base import Event
from acterm.engine.messages.rules import (
    ActivateScript,
    KeepRules,
    PutScript,
    ReadRules,
    RemoveScript,
    RulesFailed,
    RulesRead,
    RulesTrouble,
)
from acterm.errors import ActermError, Refused, SignInRefused, Unreachable
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.sieve import plan as sieve_plan
from acterm.mail.sieve.plan import Script
from acterm.mail.sieve.script import Place
from acterm.net.sieve import PORT, Sieve, mailbox_name
from acterm.secret import Secret
from acterm.server import Security, Server
from acterm.store import accounts, folders, settings
from acterm.vault import SecretLocked, SecretMissing

# A flow reads, asks, and writes: the link is held so long, since a passcode signs in once.
_HOLD_SECONDS = 300.0
_MOST_BYTES = 4 << 20

Asked = ReadRules | KeepRules | ActivateScript | RemoveScript | PutScript


class ServerRules:
    """Runs on the engine's loop, one command at a time; what blocks goes to threads of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = asyncio.Lock()
        self._held: tuple[int, Sieve] | None = None
        self._expiry: asyncio.TimerHandle | None = None

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {
            ReadRules: self.read,
            KeepRules: self.keep,
            ActivateScript: self.activate,
            RemoveScript: self.remove,
            PutScript: self.put,
        }

    async def read(self, command: ReadRules) -> None:
        """Only look. Another server than before is kept for the account once it has answered."""
        await self._do(command, lambda sieve: None)

    async def keep(self, command: KeepRules) -> None:
        """Write the rules into acterm's own script and make it the active one."""
        await self._do(command, partial(_keep, command))

    async def activate(self, command: ActivateScript) -> None:
        """Another script from now on."""
        await self._do(command, lambda sieve: sieve.activate(command.name))

    async def remove(self, command: RemoveScript) -> None:
        """One script less."""
        await self._do(command, partial(_remove, command.name))

    async def put(self, command: PutScript) -> None:
        """Back as it was."""
        await self._do(command, partial(_put, command.script))

    async def _do(self, command: Asked, work: Callable[[Sieve], None]) -> None:
        async with self._turn:
            if self._expiry is not None:
                self._expiry.cancel()
            event = await self._desk.apart("rules", partial(self._visit, command, work))
            loop = asyncio.get_running_loop()
            self._expiry = loop.call_later(_HOLD_SECONDS, self._let_go)
        if command.secret is not None and isinstance(event, RulesRead):
            self._mailbox_too(command.account_id)
        self._desk.tell(event)

    def _mailbox_too(self, account_id: int) -> None:
        """A password accepted here is what the mailbox waits for; a passcode has served."""
        account = accounts.get(self._desk.store.reader(), account_id)
        mailbox = self._desk.mailboxes.get(account_id)
        if account is not None and not account.passcode and mailbox is not None and mailbox.waits:
            mailbox.answer()

    def _visit(self, command: Asked, work: Callable[[Sieve], None]) -> Event:
        account = accounts.get(self._desk.store.reader(), command.account_id)
        if account is None:
            return RulesFailed(command.account_id, RulesTrouble.OTHER, _("The account is gone."))
        try:
            return self._worked(account, command, work)
        except ActermError as failure:
            if isinstance(failure, SignInRefused):
                self._desk.tell(SignInWasRefused(account.id, failure.words or failure.title))
                self._desk.wake(account.id)
            trouble = _trouble(account, failure)
            return RulesFailed(account.id, trouble, failure.title, failure.advice)

    def _worked(self, account: Account, command: Asked, work: Callable[[Sieve], None]) -> RulesRead:
        """On the held link when it still stands, else on a new one, after one sign-in."""
        server = getattr(command, "server", None)
        sieve = None if server else self._held_for(account.id)
        if sieve is None:
            place = server or server_of(self._desk, account)
            sieve = self._linked(account, place, command.secret)
        if server is not None:
            with self._desk.store.write() as db:
                settings.put(db, _key(account), [*_named(server), account.imap.host])
        return self._done(account, sieve, work)

    def _done(self, account: Account, sieve: Sieve, work: Callable[[Sieve], None]) -> RulesRead:
        """The work, then everything anew: what the server has is what is shown."""
        try:
            work(sieve)
            scripts = _scripts(sieve)
        except Refused:
            self._held = (account.id, sieve)
            raise
        except ActermError:
            sieve.close()
            raise
        self._held = (account.id, sieve)
        return RulesRead(
            account.id,
            sieve_plan.current(scripts),
            scripts,
            sieve.extensions,
            _places(self._desk, account),
        )

    def _linked(self, account: Account, server: Server, secret: Secret | None) -> Sieve:
        """One attempt with the account's secret; a refusal is noted for every connection."""
        signin.ask_for_refusal(self._desk.store, account)
        try:
            sieve = Sieve.connect(server, ca_file=account.ca_file)
        except Unreachable as problem:
            raise _NoServer(problem.title, problem.advice) from problem
        try:
            password = self._password(account, secret)
            with signin.alone(self._desk.store, account):
                sieve.sign_in(account.login, password)
            self._desk.keys.accepted(account)
        except ActermError:
            sieve.close()
            raise
        return sieve

    def _password(self, account: Account, given: Secret | None) -> Secret:
        """A passcode that the mailbox waits for is not taken from it: this visit has its own."""
        if account.passcode:
            if given is None:
                raise SecretMissing(_("A new passcode is needed for this server."))
            return given
        keys = self._desk.keys
        if given is not None:
            try:
                keys.give_or_unlock(account, given)
            except ActermError as wrong:
                raise _StillWanted(keys.wanted(account), wrong) from wrong
        return keys.vault.get(account)

    def _held_for(self, account_id: int) -> Sieve | None:
        """The link of a moment ago, when it is this account's and still answers."""
        held, self._held = self._held, None
        if held is None:
            return None
        if held[0] == account_id:
            with suppress(Unreachable):
                held[1].allow()
                held[1].scripts()
                return held[1]
        held[1].close()
        return None

    def _let_go(self) -> None:
        """The visit is over."""
        held, self._held = self._held, None
        if held is not None:
            held[1].close()


class _NoServer(ActermError):
    """Nobody speaks ManageSieve there."""


class _StillWanted(ActermError):
    """What was given does not open the place where the password is kept."""

    def __init__(self, kind: str, wrong: ActermError) -> None:
        super().__init__(wrong.title, wrong.advice)
        self.kind = kind


def _trouble(account: Account, failure: ActermError) -> RulesTrouble:
    """What a failure means for whoever asked."""
    if isinstance(failure, SecretMissing | SecretLocked):
        return RulesTrouble(signin.kind_of(account, failure))
    if isinstance(failure, _StillWanted):
        return RulesTrouble(failure.kind)
    if isinstance(failure, SignInRefused):
        return RulesTrouble.SIGN_IN
    return RulesTrouble.NO_SERVER if isinstance(failure, _NoServer) else RulesTrouble.OTHER


def server_of(desk: Desk, account: Account) -> Server:
    """Where the account's rules are: what the person named, else the IMAP host on port 4190."""
    kept = settings.get(desk.store.reader(), _key(account))
    if kept and kept[3] == account.imap.host:  # named for the mail server of today
        return Server(kept[0], kept[1], Security(kept[2]))
    plain = account.imap.security is Security.PLAIN
    return Server(account.imap.host, PORT, Security.PLAIN if plain else Security.STARTTLS)


def _named(server: Server) -> tuple[str, int, str]:
    return server.host, server.port, server.security


def _key(account: Account) -> str:
    return f"sieve:{account.address.lower()}"


def _scripts(sieve: Sieve) -> tuple[Script, ...]:
    found: list[Script] = []
    room = _MOST_BYTES
    for listed in sieve.scripts():
        source = sieve.script(listed.name)
        room -= len(source)
        if room < 0:
            raise Refused(_("The scripts on the server are too large to be read."))
        found.append(Script(listed.name, source, listed.active))
    return tuple(found)


def _keep(command: KeepRules, sieve: Sieve) -> None:
    scripts = _scripts(sieve)
    plan = sieve_plan.plan(command.rules, scripts, sieve.extensions)
    if plan.copy is not None:
        sieve.put(plan.copy.name, plan.copy.source)
    sieve.put(plan.name, plan.source)
    sieve.activate(plan.name)


def _remove(name: str, sieve: Sieve) -> None:
    if any(script.name == name and script.active for script in sieve.scripts()):
        sieve.activate("")
    sieve.delete(name)


def _put(script: Script, sieve: Sieve) -> None:
    if any(known.name == script.name for known in sieve.scripts()):
        raise Refused(_("There is another script of that name now; it stays."))
    sieve.put(script.name, script.source)
    if script.active:
        sieve.activate(script.name)


def _places(desk: Desk, account: Account) -> tuple[Place, ...]:
    known = folders.of_account(desk.store.reader(), account.id)
    places = [
        Place(mailbox_name(folder.path), folder.name, folder.role)
        for folder in known
        if folder.selectable
    ]
    return tuple(place for place in places if place.name)
