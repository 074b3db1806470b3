"""What a system keyring can do, whichever it is."""

from enum import StrEnum
from typing import Protocol

from acterm.errors import ActermError
from acterm.secret import Secret

SERVICE = "acterm"


class Standing(StrEnum):
    """Whether the keyring takes and gives secrets as it is now."""

    OPEN = "open"
    LOCKED = "locked"


class KeyringFailed(ActermError):
    """The keyring is there and does not do what it is asked; `title` is the end of a sentence."""


class KeyringAbsent(KeyringFailed):
    """There is no keyring to speak to; `title` is the end of a sentence."""


class Backend(Protocol):
    """A keyring. Every method may block, and raises only KeyringFailed.

    `patience` is how many seconds an answer may take before the keyring counts as silent.
    """

    patience: float

    def standing(self) -> Standing:
        """Whether it is open, without a prompt."""

    def holds(self, name: str) -> bool:
        """Whether there is an entry."""

    def read(self, name: str) -> str | None:
        """The entry, None without one."""

    def write(self, name: str, value: str) -> None:
        """Add or change the entry."""

    def erase(self, name: str) -> None:
        """Forget the entry; none is fine."""

    def unlock(self, password: Secret) -> bool:
        """Open it with the session's password; False when it is not the one."""

    def prompt(self, seconds: float) -> bool:
        """Let the system ask the person; False when they refuse or `seconds` pass."""
