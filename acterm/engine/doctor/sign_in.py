"""The doctor's one sign-in of an account: what the server offers then, and how full it is.

It is left out where somebody would have to be asked, or where a refusal waits for its answer.
"""

from acterm.engine import signin
from acterm.engine.doctor.checks import FAILED, NOTE, OK, Check, about
from acterm.engine.signin import Keys
from acterm.errors import Exit, SignInRefused
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.net.imap import Imap
from acterm.store import accounts
from acterm.store.db import Store
from acterm.vault import KEYRING, SecretLocked, SecretMissing

_WISHED = ("IDLE", "MOVE", "UIDPLUS", "CONDSTORE", "QRESYNC", "SPECIAL-USE", "QUOTA")
_FULL = 90  # per cent


def checks(store: Store, keys: Keys, account: Account) -> list[Check]:
    """Sign in once, look, and sign out. Raises ActermError when the server cannot be reached."""
    reason = _why_not(store, keys, account)
    if reason:
        return [_not_tried(account, reason)]
    try:
        imap = signin.connect(store, keys, account)
    except SignInRefused as refusal:
        text = about(account.address, str(refusal))
        return [Check("sign-in", FAILED, text, Exit.SIGN_IN_REFUSED)]
    except (SecretLocked, SecretMissing) as missing:
        return [_not_tried(account, missing.title)]
    try:
        return [_accepted(account, imap), _quota(account, imap)]
    finally:
        imap.close()


def worth_telling(offered: frozenset[str]) -> str:
    """How one can sign in, and which extensions acterm makes use of."""
    mechanisms = sorted(name for name in offered if name.startswith("AUTH="))
    return " ".join([*mechanisms, *(name for name in _WISHED if name in offered)]) or "–"


def _why_not(store: Store, keys: Keys, account: Account) -> str:
    """Why no sign-in is tried, empty when it can be."""
    if account.passcode:
        return _("it takes a new passcode each time")
    if accounts.refusal(store.reader(), account.id) is not None:
        return _("a refusal waits for your answer")
    kept_in_keyring = keys.vault.rung_of(account) == KEYRING
    if kept_in_keyring and any(one.name == KEYRING and one.wants for one in keys.vault.rungs()):
        return _("the keyring is locked")  # the desktop would put its own question
    return ""


def _accepted(account: Account, imap: Imap) -> Check:
    words = _("{server} takes the sign-in, and offers after it: {names}")
    text = words.format(server=account.imap, names=worth_telling(imap.capabilities))
    return Check("sign-in", OK, text)


def _not_tried(account: Account, reason: str) -> Check:
    words = _("{address}: sign-in not tried ({reason})")
    return Check("sign-in", NOTE, words.format(address=account.address, reason=reason))


def _quota(account: Account, imap: Imap) -> Check:
    fill = imap.quota()
    if fill is None or not fill.limit:
        words = _("{server} does not tell how full the mailbox is")
        return Check("quota", OK, words.format(server=account.imap))
    words = _("{address}: {percent} % full ({used} of {limit} MB)")
    text = words.format(
        address=account.address,
        percent=fill.percent,
        used=fill.used // 1_000_000,
        limit=fill.limit // 1_000_000,
    )
    return Check("quota", NOTE if fill.percent >= _FULL else OK, text)
