"""Signing in, adding an account, moving it to other servers."""

from dataclasses import dataclass
from enum import StrEnum

from acterm.engine.messages.base import Command, Event
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Server


@dataclass(frozen=True, slots=True)
class AnswerSignIn(Command):
    """The person answers a refused sign-in: with a new secret, or None to try the kept one once."""

    account_id: int
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class GiveSecret(Command):
    """Answers SecretWanted: the password, the passcode or the sealed file's passphrase."""

    account_id: int
    secret: Secret


@dataclass(frozen=True, slots=True)
class FindServers(Command):
    """Probe for the servers of an address that no académie file knows. Answered by ServersFound."""

    address: str


@dataclass(frozen=True, slots=True)
class CheckAccount(Command):
    """Connect and sign in exactly once. Answered by CheckStep each step, then AccountChecked.

    An accepted connection is held for the AddAccount that follows: a passcode signs in once.
    """

    account: Account
    secret: Secret


@dataclass(frozen=True, slots=True)
class AskRungs(Command):
    """Which rungs of the vault work here. Answered by Rungs."""


@dataclass(frozen=True, slots=True)
class AddAccount(Command):
    """Keep a checked account and its secret on `rung`. Answered by AccountAdded or Failed.

    `passphrase` is what `Rung.wants` asks for. A passcode is never kept, whatever the rung.
    """

    account: Account
    secret: Secret
    rung: str
    passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class SwitchServers(Command):
    """The mailbox has moved: the same account on other servers, with another login and secret.

    Mail, drafts and outbox stay. `account` names the row by its `id`; `rung` and `passphrase` are
    as in AddAccount, after a CheckAccount. Answered by AccountAdded, or by Failed.
    """

    account: Account
    secret: Secret
    rung: str
    passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class SignInWasRefused(Event):
    """The server refused the sign-in; nothing connects until AnswerSignIn. `words` are its own."""

    account_id: int
    words: str


@dataclass(frozen=True, slots=True)
class SecretWanted(Event):
    """No secret at hand: ask the person. `kind` is password, passcode, passphrase
    (of the sealed file) or keyring-password (of the session on this computer).

    Told once; the account waits for GiveSecret.
    """

    account_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class ServersFound(Event):
    """What answered with a valid certificate; None where nothing did."""

    address: str
    imap: Server | None
    smtp: Server | None


class Step(StrEnum):
    """The live checklist of the connection screen."""

    NAME = "name"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    SIGN_IN = "sign-in"
    FOLDERS = "folders"
    SENDING = "sending"


class StepState(StrEnum):
    """How one line of the checklist stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckStep(Event):
    """One line of the checklist moved; `words` are the server's own, or what was found."""

    step: Step
    state: StepState
    words: str = ""


@dataclass(frozen=True, slots=True)
class AccountChecked(Event):
    """The check ended. `accepted` only when IMAP and SMTP both took the sign-in.

    `exit_code` is that of the failure, for the command line.
    """

    accepted: bool
    title: str = ""
    advice: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Rung(Event):
    """One place a secret can be kept: `keyring`, `sealed-file`, `session`, and how it stands.

    `wants` is what AddAccount's `passphrase` has to be: nothing, `keyring-password` (of the
    session on this computer), `passphrase` (of the file that is there) or `new-passphrase`.
    """

    name: str
    usable: bool
    words: str
    wants: str = ""


@dataclass(frozen=True, slots=True)
class Rungs(Event):
    """The ladder, highest first; the first usable one is proposed."""

    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class AccountAdded(Event):
    """The account is in the store and its secret on the named rung."""

    account_id: int
    rung: str
