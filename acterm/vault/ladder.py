"""The rungs a secret can be kept on, and what it means that one does not hold."""

from dataclasses import dataclass

from acterm.errors import ActermError, Exit
from acterm.i18n import N_, _

KEYRING, SEALED_FILE, SESSION = "keyring", "sealed-file", "session"
PASSWORD_COMMAND = "password-command"  # noqa: S105 (the name of a rung)

_LABELS = {
    KEYRING: N_("The keyring of this computer"),
    SEALED_FILE: N_("A sealed file"),
    SESSION: N_("This session only"),
    PASSWORD_COMMAND: N_("The command of config.toml"),
}


def rung_label(name: str) -> str:
    """What a rung is, in words."""
    return _(_LABELS[name])


@dataclass(frozen=True, slots=True)
class Rung:
    """One place a secret can be kept, and how it stands, in words.

    `wants` is what has to be asked first: nothing, `keyring-password` (the session's password
    opens it), `passphrase` (that of the file that is there) or `new-passphrase`.
    """

    name: str
    usable: bool
    words: str
    wants: str = ""


class SecretMissing(ActermError):
    """No rung holds the secret: ask the person."""

    exit_code = Exit.CONFIGURATION


class SecretLocked(ActermError):
    """The secret is there, behind a passphrase. `rung` says which: sealed-file or keyring."""

    exit_code = Exit.CONFIGURATION

    def __init__(self, title: str, advice: str, rung: str) -> None:
        super().__init__(title, advice)
        self.rung = rung


class WrongPassphrase(ActermError):
    """The passphrase does not open the sealed file, or the password the keyring."""

    exit_code = Exit.CONFIGURATION


class SecretNotKept(ActermError):
    """The rung could not take the secret; it is known until acterm ends."""

    exit_code = Exit.CONFIGURATION


class PasscodeServed(ActermError):
    """A passcode is good for one sign-in; this one was used."""

    exit_code = Exit.CONFIGURATION
