"""What the engine needs of the vault."""

from collections.abc import Sequence
from typing import Protocol

from acterm.mail.account import Account
from acterm.secret import Secret


class RungState(Protocol):
    """One place a secret can be kept, and how it stands."""

    @property
    def name(self) -> str:
        """keyring, sealed-file or session."""

    @property
    def usable(self) -> bool:
        """Whether a secret can be kept there now."""

    @property
    def words(self) -> str:
        """Why, or why not."""


class Secrets(Protocol):
    """The vault: gives secrets, keeps them on a rung. All may block; never call it from the UI."""

    def get(self, account: Account) -> Secret:
        """The account's secret; raises SecretMissing or SecretLocked."""

    def remember(self, account: Account, secret: Secret) -> None:
        """Keep it for this session only."""

    def keep(
        self, account: Account, secret: Secret, rung: str, passphrase: Secret | None = None
    ) -> str:
        """Keep it on a rung; returns the one that was used."""

    def unlock(self, passphrase: Secret) -> None:
        """Open the sealed file; raises SecretLocked for a wrong passphrase."""

    def rungs(self) -> Sequence[RungState]:
        """The ladder, highest first, really tried."""

    def forget(self, account: Account) -> None:
        """Remove the secret from every rung."""
