"""The Keychain of macOS and the credential store of Windows, through the `keyring` library.

The library's own choice among backends is never used: some of them store in clear.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from acterm.i18n import _
from acterm.secret import Secret
from acterm.vault.backend import SERVICE, Backend, KeyringAbsent, KeyringFailed, Standing

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def system_backend() -> Backend:
    """The keyring of this platform. Raises KeyringAbsent."""
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring

        return LibraryKeyring(Keyring())
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return LibraryKeyring(WinVaultKeyring())
    from acterm.vault.secret_service import SecretService

    return SecretService()


class LibraryKeyring:
    """A keyring that opens itself at need, by asking the person."""

    patience = 60.0

    def __init__(self, library: "KeyringBackend") -> None:
        self._library = library

    def standing(self) -> Standing:
        """Open, since the system asks by itself. Raises KeyringAbsent where it cannot work."""
        try:
            _works = self._library.priority
        except RuntimeError as error:
            raise KeyringAbsent(_("no keyring runs in this session")) from error
        return Standing.OPEN

    def holds(self, name: str) -> bool:
        """Whether there is an entry."""
        return self.read(name) is not None

    def read(self, name: str) -> str | None:
        """The entry, None without one."""
        with _translated():
            return self._library.get_password(SERVICE, name)

    def write(self, name: str, value: str) -> None:
        """Add or change the entry."""
        with _translated():
            self._library.set_password(SERVICE, name, value)

    def erase(self, name: str) -> None:
        """Forget the entry."""
        if self.holds(name):
            with _translated():
                self._library.delete_password(SERVICE, name)

    def unlock(self, password: Secret) -> bool:
        """The system unlocks by itself."""
        return True

    def prompt(self, seconds: float) -> bool:
        """The system asks by itself."""
        return True


@contextmanager
def _translated() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except (KeyringError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise KeyringFailed(_("the keyring refuses: {reason}").format(reason=reason)) from error
