"""What the Connexion flow knows at each of its questions, and which ways lead on from there."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from acterm.academy import directory, identifier
from acterm.academy.facts import LoginForm
from acterm.assistant.flow import CheckLine
from acterm.config import AccountConfig
from acterm.engine.messages.account import Rung, Step, StepState
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Server

NOTHING = Secret("")
ELSEWHERE = "menu:"
"""Begins the key of a choice that leads to another flow, whose name follows."""
UNLOCKING = ("passphrase", "keyring-password", "passcode")
"""What one secret alone answers: the account itself is known and stays as it is."""


class Stage(StrEnum):
    """Where the flow is: one question each."""

    ADDRESS = "address"
    SERVERS = "servers"
    PROBING = "probing"
    IMAP = "imap"
    SMTP = "smtp"
    LOGIN = "login"
    NAME = "name"
    SECRET = "secret"  # noqa: S105 (a stage)
    CHECKING = "checking"
    REFUSED = "refused"
    RUNG = "rung"
    PASSPHRASE = "passphrase"  # noqa: S105 (a stage)
    AGAIN = "again"
    KEEPING = "keeping"
    KEPT = "kept"
    UNLOCKING = "unlocking"


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is known so far. A screen needs `stage` and `question(state)` only.

    `doubted` is the answer that was questioned: given once more, it is taken. `problem` is what
    was wrong with the last answer, `rung` the place that was chosen, and in the end used.
    `probed`: the usual servers were tried. `account_id` is that of an account which is known;
    `wanted` what alone it needs to connect again, as `SecretWanted.kind` names it.
    `moves`: the mailbox has moved, so the account keeps its mail and gets these servers.
    """

    stage: Stage = Stage.ADDRESS
    address: str = ""
    profile: str = directory.ACADEMIC
    imap: Server | None = None
    smtp: Server | None = None
    login: str = ""
    name: str = ""
    passcode: bool = False
    password_command: tuple[str, ...] = ()
    ca_file: Path | None = None
    secret: Secret = NOTHING
    passphrase: Secret = NOTHING
    checks: tuple[CheckLine, ...] = ()
    rungs: tuple[Rung, ...] = ()
    rung: str = ""
    account_id: int = 0
    problem: str = ""
    doubted: str = ""
    probed: bool = False
    wanted: str = ""
    moves: bool = False

    @property
    def account(self) -> Account:
        """The account to check and keep, once both servers are known."""
        if self.imap is None or self.smtp is None:
            raise ValueError("the servers come first")
        return Account(
            address=self.address,
            login=self.login,
            imap=self.imap,
            smtp=self.smtp,
            name=self.name,
            password_command=self.password_command,
            ca_file=self.ca_file,
            passcode=self.passcode,
            id=self.account_id,
        )

    @property
    def wants_address(self) -> bool:
        """Whether the servers take the whole address as the login."""
        known = directory.servers_for(self.address, self.profile)
        return known.login_form is LoginForm.ADDRESS

    @property
    def wants(self) -> str:
        """What the chosen rung has to be given, see `Rung.wants`."""
        return next((rung.wants for rung in self.rungs if rung.name == self.rung), "")


def start(entry: AccountConfig | None = None) -> State:
    """The first question; an account of config.toml that lacks something answers what it can."""
    if entry is None:
        return State()
    known = with_servers(State(address=entry.address, profile=profile_of(entry.address)))
    return replace(
        known,
        stage=Stage.SERVERS,
        imap=entry.imap or known.imap,
        smtp=entry.smtp or known.smtp,
        login=entry.login or known.login,
        name=entry.name or known.name,
        password_command=entry.password_command,
        ca_file=entry.ca_file,
    )


def again(account: Account, wanted: str = "") -> State:
    """At the password of an account that is known, or at what alone it lacks to connect again."""
    moved = directory.is_national(account.imap.host)
    return State(
        stage=Stage.UNLOCKING if wanted in UNLOCKING else Stage.SECRET,
        address=account.address,
        profile=directory.NATIONAL if moved else profile_of(account.address),
        imap=account.imap,
        smtp=account.smtp,
        login=account.login,
        name=account.name,
        passcode=account.passcode,
        ca_file=account.ca_file,
        account_id=account.id,
        wanted=wanted,
    )


def ways(state: State) -> tuple[str, ...]:
    """The keys of the choices that this question offers, the proposed one first."""
    if state.stage is Stage.SERVERS:
        return _ways_to_servers(state)
    if state.stage is Stage.ADDRESS:
        return _flows("first_login", "lost_password", "access")
    if state.stage is Stage.SECRET:
        kind = ("password",) if state.passcode else ("passcode",)
        return kind + _flows("lost_password")
    if state.stage is Stage.REFUSED:
        return _ways_after_refusal(state)
    if state.stage is Stage.RUNG:
        return tuple(rung.name for rung in state.rungs if rung.usable)
    return ()


def _ways_to_servers(state: State) -> tuple[str, ...]:
    others = [key for key in directory.profiles() if key != state.profile]
    profiles = tuple(others) if _may_have_moved(state.address) else ()
    if state.imap and state.smtp:
        return ("use", *profiles, "type")
    if state.probed or state.profile == directory.NATIONAL:
        return ("type", *profiles)
    return ("probe", *profiles, "type")


def _ways_after_refusal(state: State) -> tuple[str, ...]:
    """A sign-in that was refused is not repeated as it is: that locks accounts."""
    failed = next((line.step for line in state.checks if line.state is StepState.FAILED), None)
    if failed is Step.SIGN_IN:
        return ("secret", *_flows("lost_password"), "login", "servers")
    if state.passcode and failed in (Step.FOLDERS, Step.SENDING):
        return ("secret", "servers")
    return ("again", "servers", "secret")


def _flows(*names: str) -> tuple[str, ...]:
    """Other parts of the assistant that may be what the person needs."""
    return tuple(ELSEWHERE + name for name in names)


def _may_have_moved(address: str) -> bool:
    """Whether the mailbox can be on either mail system of the Éducation nationale."""
    return directory.is_official_host(address.rpartition("@")[2])


def with_servers(state: State) -> State:
    """The state with what is known of the address: servers, login and name to propose."""
    known = directory.servers_for(state.address, state.profile)
    login = identifier.suggest(state.address)
    if known.login_form is LoginForm.ADDRESS:
        login = state.address
    return replace(state, imap=known.imap, smtp=known.smtp, login=login, name=_name_of(state))


def profile_of(address: str) -> str:
    """The mail system that the address's académie uses."""
    return directory.servers_for(address).profile.key


def _name_of(state: State) -> str:
    """« Camille Lefevre » from the address, to be corrected; empty for one without a dot."""
    local = state.address.partition("@")[0]
    first, dot, last = local.partition(".")
    if not dot or not identifier.suggest(state.address):
        return ""
    return f"{first} {last.replace('.', ' ').rstrip('0123456789')}".title()
