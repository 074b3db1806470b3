"""One-time codes from the key in the vault: each is given to somebody once, in any process."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from acterm.engine import clock
from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.assistant import (
    AskOtp,
    ForgetOtp,
    KeepOtp,
    OtpCode,
    OtpFailed,
    OtpKept,
    OtpRead,
    ReadOtpPicture,
)
from acterm.engine.messages.base import Event
from acterm.errors import ActermError, Refused
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.store import accounts, settings
from acterm.store.db import Store
from acterm.vault import KEYRING, SecretLocked, otp, qr
from acterm.vault.otp import OtpKey


@dataclass(frozen=True, slots=True)
class Taken:
    """A code, empty when the one of this moment was given before; then `until` is when the next
    one comes, else when this one ends. Seconds since 1970; 0 for a key that counts.
    """

    code: Secret
    until: float


def take(store: Store, account: Account, key: OtpKey, now: float) -> Taken:
    """The next code that nobody was given. That it was given is on disk before it is told."""
    name = f"otp:{account.id}"
    with store.write(durable=True) as db:
        first = int(settings.get(db, name, 0))
        number = otp.step(key, now) if key.period else max(first, key.counter)
        if key.period and number < first:
            return Taken(Secret(""), float(first * key.period))
        settings.put(db, name, number + 1)
    until = float((number + 1) * key.period) if key.period else 0.0
    return Taken(Secret(otp.code(key, number)), until)


def forget_given(store: Store, account: Account) -> None:
    """A new key begins: nothing of it was given."""
    with store.write(durable=True) as db:
        settings.put(db, f"otp:{account.id}", 0)


class Passcodes:
    """Runs on the engine's loop; what blocks goes to threads of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {
            ReadOtpPicture: self.read_picture,
            KeepOtp: self.keep,
            AskOtp: self.ask,
            ForgetOtp: self.forget,
        }

    async def read_picture(self, command: ReadOtpPicture) -> None:
        """The key in a picture, checked."""
        await self._answer(partial(self._read, command.path))

    async def keep(self, command: KeepOtp) -> None:
        """Keep a key in the vault."""
        await self._answer(partial(self._keep, command))

    async def ask(self, command: AskOtp) -> None:
        """A code."""
        await self._answer(partial(self._ask, command))

    async def forget(self, command: ForgetOtp) -> None:
        """No key any more."""
        await self._answer(partial(self._forget, command))

    async def _answer(self, work: Callable[[], Event]) -> None:
        try:
            self._desk.tell(await self._desk.apart("vault", work))
        except SecretLocked as locked:
            wants = "keyring-password" if locked.rung == KEYRING else "passphrase"
            self._desk.tell(OtpFailed(locked.title, locked.advice, wants))
        except ActermError as failure:
            self._desk.tell(OtpFailed(failure.title, failure.advice))

    def _read(self, path: str) -> Event:
        found = qr.read(Path(path).expanduser())
        otp.parse(found)
        return OtpRead(found)

    def _keep(self, command: KeepOtp) -> Event:
        account = self._account(command.account_id)
        otp.parse(command.key)
        vault = self._desk.keys.vault
        rung = vault.keep_otp(account, command.key, command.rung, command.passphrase)
        forget_given(self._desk.store, account)
        return OtpKept(account.id, rung)

    def _ask(self, command: AskOtp) -> Event:
        account, vault = self._account(command.account_id), self._desk.keys.vault
        if command.passphrase is not None:
            vault.unlock(command.passphrase)
        kept = vault.otp(account)
        if kept is None:
            return _no_key(account)
        taken = take(self._desk.store, account, otp.parse(kept), time.time())
        words = clock.words(self._desk.store.reader())
        return OtpCode(account.id, taken.code, taken.until, words)

    def _forget(self, command: ForgetOtp) -> Event:
        account = self._account(command.account_id)
        self._desk.keys.vault.forget_otp(account)
        return _no_key(account)

    def _account(self, account_id: int) -> Account:
        account = accounts.get(self._desk.store.reader(), account_id)
        if account is None:
            raise Refused(_("The account is gone."))
        return account


def _no_key(account: Account) -> OtpFailed:
    words = _("acterm holds no passcode key for {address}.").format(address=account.address)
    return OtpFailed(words, wants="key")
