"""The highest rung: the system's keyring, really tried, and given up when it stays silent."""

import os
import secrets
from collections.abc import Callable
from typing import TypeVar

from acterm.i18n import _
from acterm.secret import Secret
from acterm.vault.backend import Backend, KeyringAbsent, KeyringFailed, Standing
from acterm.vault.deadline import Silent, within
from acterm.vault.ladder import KEYRING, Rung, SecretLocked, WrongPassphrase
from acterm.vault.platform_keyring import system_backend

T = TypeVar("T")
_PROMPT = 60.0  # seconds a person has for the desktop's own question


class SystemKeyring:
    """Every call has a deadline. A keyring that was silent is not asked again before `rung()`."""

    def __init__(self, backend: Backend | None = None) -> None:
        self._backend = backend or system_backend()
        self._is_silent = False

    def rung(self) -> Rung:
        """How the keyring stands, after an entry was written, read back and erased."""
        self._is_silent = False
        try:
            if self._is_locked():
                words = _("locked: the password of your session opens it")
                return Rung(KEYRING, True, words, wants="keyring-password")
            self._call(self._try)
        except KeyringFailed as problem:
            return Rung(KEYRING, False, problem.title)
        return Rung(KEYRING, True, _("open, kept by your session"))

    def holds(self, name: str) -> bool:
        """Whether the secret is in the keyring; False too when there is no keyring to ask."""
        try:
            return self._call(lambda: self._backend.holds(name))
        except KeyringFailed:
            return False

    def get(self, name: str) -> Secret | None:
        """The secret, None without one or without a keyring. Raises SecretLocked."""
        if not self.holds(name):
            return None
        self._open(None)
        value = self._call(lambda: self._backend.read(name))
        return None if value is None else Secret(value)

    def put(self, name: str, secret: Secret, password: Secret | None = None) -> None:
        """Keep the secret and read it back; `password` opens a locked keyring.

        Raises KeyringFailed, SecretLocked or WrongPassphrase.
        """
        self._open(password)
        self._call(lambda: self._write(name, secret.reveal()))

    def remove(self, name: str) -> None:
        """Forget the secret. Raises SecretLocked when it cannot be reached."""
        if self.holds(name):
            self._open(None)
            self._call(lambda: self._backend.erase(name))

    def unlock(self, password: Secret) -> None:
        """Open the keyring with the session's password. Raises WrongPassphrase or KeyringFailed."""
        if not self._call(lambda: self._backend.unlock(password)):
            raise WrongPassphrase(
                _("This password does not open the keyring."),
                _("It is the one of your session on this computer, not the académie’s."),
            )

    def _open(self, password: Secret | None) -> None:
        """Make the keyring take calls: by the password, else by the desktop's own question."""
        if not self._is_locked():
            return
        if password:
            self.unlock(password)
        elif not (
            _has_display() and self._call(lambda: self._backend.prompt(_PROMPT), _PROMPT + 5)
        ):
            raise SecretLocked(
                _("The keyring of your session is locked."),
                _("The password of your session opens it."),
                KEYRING,
            )

    def _is_locked(self) -> bool:
        return self._call(self._backend.standing) is Standing.LOCKED

    def _try(self) -> None:
        name = f"trial-{secrets.token_hex(8)}"
        self._write(name, secrets.token_hex(8))
        self._backend.erase(name)

    def _write(self, name: str, value: str) -> None:
        self._backend.write(name, value)
        if self._backend.read(name) != value:
            raise KeyringFailed(_("the keyring does not give back what it was given"))

    def _call(self, work: Callable[[], T], patience: float = 0.0) -> T:
        if self._is_silent:
            raise _silent()
        try:
            return within(patience or self._backend.patience, work)
        except Silent as silence:
            self._is_silent = True
            raise _silent() from silence


def _silent() -> KeyringAbsent:
    return KeyringAbsent(_("the keyring does not answer"))


def _has_display() -> bool:
    """Whether the desktop can show its question; without one it would wait for ever."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
