"""`acterm otp`: the current passcode of an account whose key is kept."""

import sys
from collections.abc import Sequence

from acterm.cli import asking
from acterm.cli.chosen import accounts_for, opened_store
from acterm.cli.options import Parser, print_json
from acterm.errors import ConfigError, Exit
from acterm.i18n import _, ngettext
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.vault import SecretLocked, Vault, otp


def run(arguments: Sequence[str]) -> int:
    """Print the code alone on stdout, and for how long it counts beside it."""
    parser = Parser("acterm otp", description=_("Print the current passcode"))
    parser.add_argument("--account", default="", help=_("address, or its unique beginning"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    store = opened_store()
    try:
        account = accounts_for(store, options.account)[0]
    finally:
        store.close()
    code = otp.passcode(otp.parse(_key(account)))
    if options.json:
        print_json({"code": code.code, "seconds_left": code.seconds_left})
        return Exit.DONE
    print(code.code)
    left = ngettext("{count} second left", "{count} seconds left", code.seconds_left)
    print(left.format(count=code.seconds_left), file=sys.stderr)
    return Exit.DONE


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
