"""`acterm otp`: the current passcode of an account whose key is kept."""

import math
import sys
import time
from collections.abc import Sequence
from contextlib import closing

from acterm.cli import asking
from acterm.cli.chosen import accounts_for, opened_store
from acterm.cli.options import Parser, print_json
from acterm.engine.passcodes import Taken, take
from acterm.errors import ConfigError, Exit
from acterm.i18n import _, ngettext
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.store.db import Store
from acterm.vault import SecretLocked, Vault, otp
from acterm.vault.otp import OtpKey


def run(arguments: Sequence[str]) -> int:
    """Print the code alone on stdout, and for how long it counts beside it."""
    parser = Parser("acterm otp", description=_("Print the current passcode"))
    parser.add_argument("--account", default="", help=_("address, or its unique beginning"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with closing(opened_store()) as store:
        account = accounts_for(store, options.account)[0]
        taken = _taken(store, account, otp.parse(_key(account)))
    left = max(math.ceil(taken.until - time.time()), 0)
    if options.json:
        print_json({"code": taken.code.reveal(), "seconds_left": left})
        return Exit.DONE
    print(taken.code.reveal())
    if taken.until:
        words = ngettext("{count} second left", "{count} seconds left", left)
        print(words.format(count=left), file=sys.stderr)
    return Exit.DONE


def _taken(store: Store, account: Account, key: OtpKey) -> Taken:
    """A code that was given to nobody; waits for the next one when that of now was."""
    while not (taken := take(store, account, key, time.time())).code:
        seconds = max(math.ceil(taken.until - time.time()), 1)
        words = ngettext(
            "This code was given already, and none is used twice: the next in {count} second…",
            "This code was given already, and none is used twice: the next in {count} seconds…",
            seconds,
        )
        print(words.format(count=seconds), file=sys.stderr, flush=True)
        time.sleep(max(taken.until - time.time(), 0.1))
    return taken


def _key(account: Account) -> Secret:
    vault = Vault()
    try:
        key = vault.otp(account)
    except SecretLocked as locked:
        if not asking.can_ask():
            raise
        vault.unlock(asking.hidden(f"{locked} "))
        key = vault.otp(account)
    if key is None:
        raise ConfigError(
            _("acterm holds no passcode key for {address}.").format(address=account.address),
            _("A physical key shows its code itself; its PIN goes before it."),
        )
    return key
