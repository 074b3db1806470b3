"""Rules on the server: absence, filters, the scripts that are there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from acterm.engine.messages.base import Command, Event
from acterm.secret import Secret
from acterm.server import Server

if TYPE_CHECKING:  # not before the first paint
    from acterm.mail.sieve.plan import Script
    from acterm.mail.sieve.script import Place, Rules


@dataclass(frozen=True, slots=True)
class ReadRules(Command):
    """What the server's scripts do (ManageSieve). Answered by RulesRead or RulesFailed.

    `secret` is what RulesFailed asked for, `server` another server that the person names.
    """

    account_id: int
    secret: Secret | None = None
    server: Server | None = None


@dataclass(frozen=True, slots=True)
class KeepRules(Command):
    """Write absence and filters, no other script touched. Answered by RulesRead or RulesFailed."""

    account_id: int
    rules: "Rules"
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class ActivateScript(Command):
    """Let another script decide over new mail, or none with an empty name. Answered the same."""

    account_id: int
    name: str
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class RemoveScript(Command):
    """Delete a script, switched off first where it is active. Answered the same."""

    account_id: int
    name: str
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class PutScript(Command):
    """Put a removed script back, active when it was. Answered the same.

    A script that has its name meanwhile is not overwritten.
    """

    account_id: int
    script: "Script"
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class RulesRead(Event):
    """The scripts as they are now; `rules` are acterm's own, `places` where mail can go."""

    account_id: int
    rules: "Rules"
    scripts: "tuple[Script, ...]"
    extensions: frozenset[str]
    places: "tuple[Place, ...]" = ()


class RulesTrouble(StrEnum):
    """Why rules could not be read or written. The middle four are those of `SecretWanted.kind`."""

    NO_SERVER = "no-server"
    PASSWORD = "password"  # noqa: S105 (a kind of secret)
    PASSCODE = "passcode"
    PASSPHRASE = "passphrase"  # noqa: S105 (a kind of secret)
    KEYRING = "keyring-password"
    SIGN_IN = "sign-in"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RulesFailed(Event):
    """Nothing was changed; the same command with a `secret` is the answer to a wanted one."""

    account_id: int
    trouble: RulesTrouble
    title: str
    advice: str = ""
