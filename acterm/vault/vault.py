"""The vault of one process: keeps, gives and forgets the secrets of the accounts.

Where a secret is needs no note elsewhere: the sealed file names what it holds, and the keyring
tells whether it has an entry, both without being opened.
"""

import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hmac import compare_digest
from pathlib import Path

from acterm import paths
from acterm.errors import ActermError
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.vault import command
from acterm.vault.backend import KeyringFailed
from acterm.vault.keyring import SystemKeyring
from acterm.vault.ladder import (
    KEYRING,
    PASSWORD_COMMAND,
    SEALED_FILE,
    SESSION,
    PasscodeServed,
    Rung,
    SecretLocked,
    SecretMissing,
    SecretNotKept,
)
from acterm.vault.pin import Pin
from acterm.vault.sealed import SealedDamaged, SealedFile

FILE_NAME = "secrets.sealed"
_OTP = "otp:"


class Vault:
    """One for each process; any thread may call it. `session_only`: memory, and nothing else."""

    def __init__(self, folder: Path | None = None, *, session_only: bool = False) -> None:
        self._session_only = session_only
        self._lock = threading.RLock()
        self._remembered: dict[str, Secret] = {}
        self._served: dict[str, bytes] = {}
        self._salt = secrets.token_bytes(16)
        self._pin: Pin | None = None
        self._locked_rung = ""
        self._keyring = SystemKeyring()
        self._file = SealedFile((folder or paths.data_folder()) / FILE_NAME)

    def rungs(self) -> tuple[Rung, ...]:
        """The ladder, the highest rung first, each one tried. Takes up to some seconds."""
        session = Rung(SESSION, True, _("until acterm ends; asked again at the next start"))
        if self._session_only:
            return (session,)
        return (self._keyring.rung(), self._sealed_rung(), session)

    def keep(
        self, account: Account, secret: Secret, rung: str, passphrase: Secret | None = None
    ) -> str:
        """Keep the secret on this rung, off the others, and return the rung's name.

        A passcode is not kept, it has served; nor is an empty secret. `passphrase` is what
        `Rung.wants` asks for. Raises SecretNotKept, SecretLocked or WrongPassphrase; the secret
        is then remembered until acterm ends.
        """
        if account.passcode or not secret:
            return SESSION
        return self._keep(_name(account), secret, rung, passphrase)

    def get(self, account: Account) -> Secret:
        """The account's secret. Raises SecretMissing, SecretLocked, or what the command says.

        A passcode is given once: to try one again can lock the person's key.
        """
        name = _name(account)
        with self._lock:
            known = self._remembered.get(name)
            if account.passcode and known is not None:
                del self._remembered[name]
                self._served[name] = self._mark(known)
        if known is not None:
            return known
        if account.password_command:
            return command.run(account.password_command)
        kept = None if self._session_only else self._find(name)
        if kept is None:
            raise SecretMissing(
                _("The password of {address} is not kept on this machine.").format(
                    address=account.address
                ),
                _("Give it again, or set `password_command` in config.toml."),
            )
        return kept

    def unlock(self, passphrase: Secret, rung: str = "") -> None:
        """Open a rung; without a name, the one that SecretLocked spoke of last.

        Raises WrongPassphrase, SealedDamaged or SecretNotKept.
        """
        if (rung or self._locked_rung) == KEYRING:
            with _in_words():
                self._keyring.unlock(passphrase)
        else:
            with self._lock:
                self._file.unlock(passphrase)

    def forget(self, account: Account) -> None:
        """Forget the password and the passcode key on every rung.

        Raises SecretLocked, SecretNotKept or SealedDamaged when one of them cannot be reached.
        """
        with ExitStack() as rest:
            for name in (_otp_name(account), _name(account)):
                with self._lock:
                    self._remembered.pop(name, None)
                rest.callback(self._erase, name)

    def remember(self, account: Account, secret: Secret) -> None:
        """Know the secret until acterm ends, before any other rung is asked.

        Raises PasscodeServed for a passcode that was given out last: it would be refused.
        """
        name = _name(account)
        with self._lock:
            is_code = account.passcode and secret.reveal().isdecimal()
            if is_code and self._served.get(name) == self._mark(secret):
                raise PasscodeServed(
                    _("This passcode has served already."),
                    _("Wait for the next code of the key: the same one again can lock it."),
                )
            self._remembered[name] = secret

    def set_pin(self, pin: Secret) -> None:
        """What opens the locked screen of this session beside the passwords that were typed."""
        self._pin = Pin(pin)

    @property
    def can_open_screen(self) -> bool:
        """Whether anything is known that opens the locked screen."""
        with self._lock:
            return self._pin is not None or any(map(_is_password, self._remembered))

    def opens_screen(self, typed: Secret) -> bool:
        """Whether this is the PIN, or a password that was typed in this session. No server is
        asked, and no rung opened.
        """
        with self._lock:
            known = [one for name, one in self._remembered.items() if _is_password(name)]
        is_password = [compare_digest(_bytes(one), _bytes(typed)) for one in known]
        return any(is_password) or (self._pin is not None and self._pin.is_(typed))

    def rung_of(self, account: Account) -> str:
        """Where the account's secret is; empty when nowhere. Nothing is opened."""
        if account.password_command:
            return PASSWORD_COMMAND
        return self._rung_of(_name(account))

    def keep_otp(
        self, account: Account, uri: Secret, rung: str, passphrase: Secret | None = None
    ) -> str:
        """Keep the key of the account's passcodes, as an otpauth URI; see `keep`."""
        return self._keep(_otp_name(account), uri, rung, passphrase)

    def otp(self, account: Account) -> Secret | None:
        """The otpauth URI of the account's passcodes, None without one. Raises SecretLocked."""
        name = _otp_name(account)
        with self._lock:
            known = self._remembered.get(name)
        return known or (None if self._session_only else self._find(name))

    def forget_otp(self, account: Account) -> None:
        """Forget the key of the account's passcodes; raises what `forget` raises."""
        with self._lock:
            self._remembered.pop(_otp_name(account), None)
        self._erase(_otp_name(account))

    def _mark(self, passcode: Secret) -> bytes:
        """Tells the same passcode again, in this process only, and not what it was."""
        return hashlib.blake2b(_bytes(passcode), key=self._salt).digest()

    def _keep(self, name: str, secret: Secret, rung: str, passphrase: Secret | None) -> str:
        with self._lock:
            self._remembered[name] = secret
        if rung == KEYRING and not self._session_only:
            with _in_words():
                self._keyring.put(name, secret, passphrase)
        elif rung == SEALED_FILE and not self._session_only:
            with self._lock:
                self._file.put(name, secret, passphrase)
        else:
            rung = SESSION
        with suppress(ActermError):  # an older secret on another rung is out of reach: unused
            self._erase(name, but=rung)
        if rung != SESSION:
            with self._lock:
                del self._remembered[name]
        return rung

    def _erase(self, name: str, but: str = "") -> None:
        """Take the secret off every other rung; one that fails does not spare the next."""
        if self._session_only:
            return
        try:
            if but != SEALED_FILE:
                with self._lock:
                    self._file.remove(name)
        finally:
            if but != KEYRING:
                with _in_words():
                    self._keyring.remove(name)

    def _find(self, name: str) -> Secret | None:
        try:
            return self._look(name)
        except SecretLocked as problem:
            self._locked_rung = problem.rung
            raise

    def _look(self, name: str) -> Secret | None:
        """What the sealed file or else the keyring holds; a damaged file hides no keyring."""
        damage, kept = None, None
        try:
            with self._lock:
                kept = self._file.get(name)
        except SealedDamaged as problem:
            damage = problem
        if kept is None:
            with _in_words():
                kept = self._keyring.get(name)
        if kept is None and damage is not None:
            raise damage
        return kept

    def _rung_of(self, name: str) -> str:
        if not self._session_only:
            with self._lock:
                if name in self._file.names():
                    return SEALED_FILE
            if self._keyring.holds(name):
                return KEYRING
        with self._lock:
            return SESSION if name in self._remembered else ""

    def _sealed_rung(self) -> Rung:
        try:
            import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401 (does it load here?)
        except ImportError:
            return Rung(SEALED_FILE, False, _("the library `cryptography` is not installed"))
        try:
            with self._lock:
                if not self._file.exists:
                    words = _("a file on this machine, sealed by a passphrase of your choice")
                    return Rung(SEALED_FILE, True, words, wants="new-passphrase")
                if self._file.is_open:
                    return Rung(SEALED_FILE, True, _("the sealed file, open"))
        except ActermError as problem:
            return Rung(SEALED_FILE, False, problem.title)
        return Rung(SEALED_FILE, True, _("the sealed file, locked"), wants="passphrase")


def _name(account: Account) -> str:
    return account.address.lower()


def _is_password(name: str) -> bool:
    return not name.startswith(_OTP)


def _bytes(secret: Secret) -> bytes:
    return secret.reveal().encode("utf-8", "surrogateescape")


def _otp_name(account: Account) -> str:
    return f"{_OTP}{account.address.lower()}"


@contextmanager
def _in_words() -> Iterator[None]:
    """Make a whole sentence of what the keyring says."""
    try:
        yield
    except KeyringFailed as problem:
        raise SecretNotKept(
            _("The keyring does not do its work: {reason}.").format(reason=problem.title),
            _("The sealed file or this session can keep the password instead."),
        ) from problem
