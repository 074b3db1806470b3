"""`acterm account list|add|test|remove`."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from acterm import config, paths
from acterm.cli import account_add, asking
from acterm.cli.checklist import Checklist, tell
from acterm.cli.chosen import accounts_for, opened_store
from acterm.cli.options import Parser, print_json
from acterm.engine.connect import check
from acterm.errors import ActermError, Exit, SignInRefused, UsageError
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Security
from acterm.store import accounts, drafts, outbox
from acterm.store.db import Store
from acterm.vault import SESSION, SecretLocked, SecretMissing, Vault
from acterm.vault.ladder import rung_label


def run(arguments: Sequence[str]) -> int:
    """Do what the sub-command says."""
    options = _parser().parse_args(arguments)
    return int(options.action(options))


def _parser() -> Parser:
    parser = Parser("acterm account", description=_("List, add, test or remove accounts"))
    actions = parser.add_subparsers(required=True, metavar="list|add|test|remove")
    listing = actions.add_parser("list", help=_("the accounts and where their secret is"))
    listing.set_defaults(action=_list)
    add = actions.add_parser("add", help=_("find the servers, sign in once, keep the account"))
    add.set_defaults(action=account_add.run)
    add.add_argument("--address", required=True, metavar="A")
    add.add_argument("--login", required=True, metavar="L", help=_("mostly the identifiant"))
    add.add_argument("--name", default="", metavar="N", help=_("the name that people see"))
    add.add_argument("--imap", default="", metavar="HOST:PORT")
    add.add_argument("--smtp", default="", metavar="HOST:PORT")
    add.add_argument("--security", choices=[str(one) for one in Security], default="")
    add.add_argument("--ca-file", type=Path, metavar="F", help=_("a PEM file to trust besides"))
    add.add_argument(
        "--password-stdin", action="store_true", help=_("the password is one line of stdin")
    )
    test = actions.add_parser("test", help=_("sign in once with the kept secret"))
    test.set_defaults(action=_test)
    remove = actions.add_parser("remove", help=_("forget the account, its secret and its mail"))
    remove.set_defaults(action=_remove)
    for action in (test, remove):
        action.add_argument("address", nargs="?", default="", metavar="A")
        action.add_argument("--account", default="", help=_("address, or its unique beginning"))
    for action in (listing, add, test, remove):
        action.add_argument("--json", action="store_true")
    return parser


def _list(options: argparse.Namespace) -> int:
    entries = config.load(paths.config_file()).accounts
    store = opened_store()
    vault = Vault()
    known = accounts.all_accounts(store.reader())
    rows = [_row(store, vault, account) for account in known]
    store.close()
    addresses = [account.address.lower() for account in known]
    missing = [one.address for one in entries if one.address.lower() not in addresses]
    rows += [dict.fromkeys(_KEYS) | {"address": address} for address in missing]
    if options.json:
        print_json(rows)
    elif not rows:
        print(_("There is no account yet."))
    else:
        for row in rows:
            _print_row(row)
    return Exit.DONE


_KEYS = ("address", "name", "login", "imap", "smtp", "security", "rung", "refused")


def _row(store: Store, vault: Vault, account: Account) -> dict[str, Any]:
    refusal = accounts.refusal(store.reader(), account.id)
    values = (
        account.address,
        account.name,
        account.login,
        str(account.imap),
        str(account.smtp),
        {"imap": account.imap.security, "smtp": account.smtp.security},
        _rung_of(vault, account),
        refusal.words if refusal else None,
    )
    return dict(zip(_KEYS, values, strict=True))


def _rung_of(vault: Vault, account: Account) -> str:
    try:
        return vault.rung_of(account) or SESSION
    except ActermError as problem:
        print(f"acterm: {problem}", file=sys.stderr)
        return SESSION


def _print_row(row: dict[str, Any]) -> None:
    print(row["address"])
    if row["login"] is None:
        print("  " + _("its login or its servers are missing: open acterm, or add it here"))
        return
    print("  " + _("login: {login}").format(login=row["login"]))
    print("  " + _("receiving: {server}").format(server=row["imap"]))
    print("  " + _("sending: {server}").format(server=row["smtp"]))
    print("  " + _("password: {place}").format(place=rung_label(row["rung"])))
    if row["refused"]:
        print("  " + _("sign-in refused: {words}").format(words=row["refused"]))


def _test(options: argparse.Namespace) -> int:
    """Sign in once with the kept secret. A refusal that waits for its answer is not repeated."""
    store = opened_store()
    try:
        account = accounts_for(store, options.address or options.account)[0]
        waiting = accounts.refusal(store.reader(), account.id)
        if waiting is not None:
            raise SignInRefused(
                _("The server refused the last sign-in: {words}").format(words=waiting.words),
                _("Correct the password, then “acterm sync --retry”."),
            )
        checklist = Checklist(quiet=options.json)
        outcome = check(account, _kept_secret(account), checklist)
        if outcome.exit_code == Exit.SIGN_IN_REFUSED and checklist.sign_in_refused:
            with store.write(durable=True) as db:
                accounts.refuse(db, account.id, checklist.sign_in_refused, time.time())
    finally:
        store.close()
    if options.json:
        print_json({"account": account.address, **checklist.document(outcome)})
    return tell(outcome)


def _kept_secret(account: Account) -> Secret:
    """The account's secret; what opens it, or itself, is asked where a person can answer."""
    vault = Vault()
    try:
        return vault.get(account)
    except SecretLocked as locked:
        if not asking.can_ask():
            raise
        vault.unlock(asking.hidden(f"{locked} "))
        return vault.get(account)
    except SecretMissing:
        if not asking.can_ask():
            raise
        return asking.password(from_stdin=False)


def _remove(options: argparse.Namespace) -> int:
    """Name what is unsent, then forget everything; the mail itself stays on the server."""
    wanted = options.address or options.account
    if not wanted:
        raise UsageError(_("Which account? Give its address, or its unique beginning."))
    store = opened_store()
    try:
        account = accounts_for(store, wanted)[0]
        unsent = _unsent(store, account)
        _name_unsent(unsent)
        with store.write(durable=True) as db:
            accounts.forget(db, account.id)
    finally:
        store.close()
    forgotten = _forget_secret(account)
    if options.json:
        print_json({"account": account.address, "unsent": unsent, "secret_forgotten": forgotten})
    else:
        print(_("{address} is removed from this machine.").format(address=account.address))
    if account.address.lower() in [one.lower() for one in _configured()]:
        print(
            _("It is still in {file}: take it out there too.").format(file=paths.config_file()),
            file=sys.stderr,
        )
    return Exit.DONE


def _unsent(store: Store, account: Account) -> list[str]:
    """The subjects of its drafts and of what is still in its outbox."""
    db = store.reader()
    written = [draft for draft in drafts.all_drafts(db) if draft.account_id == account.id]
    waiting = outbox.unsettled(db, account.id)
    return [draft.subject for draft in written] + [mail.subject for mail in waiting]


def _name_unsent(subjects: Sequence[str]) -> None:
    for subject in subjects:
        shown = subject or _("(no subject)")
        print(_("unsent, removed: {subject}").format(subject=shown), file=sys.stderr)


def _forget_secret(account: Account) -> bool:
    try:
        Vault().forget(account)
    except ActermError as problem:
        print(f"acterm: {problem}", file=sys.stderr)
        return False
    return True


def _configured() -> list[str]:
    return [entry.address for entry in config.load(paths.config_file()).accounts]
