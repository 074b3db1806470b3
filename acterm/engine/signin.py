"""Signing in: exactly one attempt an answer, whoever asks, in however many processes."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from acterm.engine.locks import held
from acterm.errors import ActermError, SignInRefused, Unreachable
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.store import accounts
from acterm.store.db import Store
from acterm.vault import KEYRING, SEALED_FILE, SecretLocked, SecretMissing, Vault

# How long one waits for another connection, of any process, that is just signing in.
PATIENCE = 20.0


class Keys:
    """The vault, and the person's answers. Any thread may call it; all of it may block."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._lock = threading.Lock()
        self._answers: dict[int, Secret] = {}

    def give(self, account: Account, secret: Secret) -> None:
        """The person's answer: a passcode for one sign-in, a password until acterm ends."""
        self.vault.remember(account, secret)
        if not account.passcode:
            with self._lock:
                self._answers[account.id] = secret

    def give_or_unlock(self, account: Account, secret: Secret) -> None:
        """The same, or the passphrase of what holds the secret. Raises WrongPassphrase."""
        try:
            if not account.passcode:
                self.vault.get(account)
        except SecretLocked:
            self.vault.unlock(secret)
            return
        except SecretMissing:
            pass
        self.give(account, secret)

    def wanted(self, account: Account) -> str:
        """What the person has to give before the account can sign in: `SecretWanted.kind`."""
        try:
            self.vault.get(account)
        except (SecretMissing, SecretLocked) as missing:
            return kind_of(account, missing)
        return "password"

    def accepted(self, account: Account) -> None:
        """The server took the person's new password: it replaces the one that was kept."""
        with self._lock:
            secret = self._answers.pop(account.id, None)
        if secret is None:
            return
        rung = self.vault.rung_of(account)
        if rung in (KEYRING, SEALED_FILE):
            with suppress(ActermError):  # known until acterm ends, as before
                self.vault.keep(account, secret, rung)


def kind_of(account: Account, missing: ActermError) -> str:
    """What to ask the person for: the `kind` of SecretWanted."""
    if isinstance(missing, SecretLocked):
        return "keyring-password" if missing.rung == KEYRING else "passphrase"
    return "passcode" if account.passcode else "password"


def ask_for_refusal(store: Store, account: Account) -> None:
    """Raises SignInRefused while a refused sign-in waits for the person's answer."""
    refusal = accounts.refusal(store.reader(), account.id)
    if refusal is not None:
        raise SignInRefused(
            _("The server refused the sign-in: {words}").format(words=refusal.words),
            _("Sign in again in acterm, or run “acterm sync --retry”."),
            refusal.words,
        )


@contextmanager
def alone(
    store: Store, account: Account, *, answering: bool = False, patience: float = PATIENCE
) -> Iterator[None]:
    """Inside the block nobody else signs in to the account; a refusal is noted for everybody.

    While an earlier refusal waits for its answer, raises SignInRefused at once; with `answering`
    this is the answer, and what it came to is noted.
    """
    with held(store.path, f"sign-in-{account.id}", patience) as mine:
        if not mine:
            raise Unreachable(_("Another acterm is signing in to this account."))
        if not answering:
            ask_for_refusal(store, account)
        try:
            yield
        except SignInRefused as refused:
            with store.write(durable=True) as db:
                accounts.refuse(db, account.id, refused.words or refused.title, time.time())
            raise
        if answering:
            with store.write(durable=True) as db:
                accounts.clear_refusal(db, account.id)


def connect(
    store: Store,
    keys: Keys,
    account: Account,
    *,
    answering: bool = False,
    trying: Callable[[], None] = lambda: None,
) -> Imap:
    """A signed-in connection, after one attempt; `answering` as in `alone`.

    `trying` is called right before the attempt: until then no answer was used up.
    """
    if not answering:
        ask_for_refusal(store, account)
    secret = keys.vault.get(account)
    imap = Imap.connect(account.imap, ca_file=account.ca_file)
    try:
        with alone(store, account, answering=answering):
            trying()
            imap.sign_in(account.login, secret)
        keys.accepted(account)
    except ActermError:
        imap.close()
        raise
    return imap
