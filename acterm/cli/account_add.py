"""`acterm account add`: find the servers, sign in once, keep the secret as high as it goes."""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from acterm.academy import directory
from acterm.assistant.connect.steps import SHORTEST_PASSPHRASE
from acterm.assistant.typed import parse_address, parse_server
from acterm.cli import asking
from acterm.cli.checklist import Checklist, tell
from acterm.cli.chosen import opened_store
from acterm.cli.options import print_json
from acterm.engine.connect import check
from acterm.errors import ActermError, NoInput, Unreachable, UsageError, reason
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.net import discover
from acterm.secret import Secret
from acterm.server import Server
from acterm.store import accounts
from acterm.vault import SESSION, Rung, Vault
from acterm.vault.ladder import rung_label


def run(options: argparse.Namespace) -> int:
    """Add the account that the options describe. A refused sign-in keeps nothing."""
    asked = _asked(options)
    secret = asking.password(from_stdin=options.password_stdin)
    account = _found(asked)
    checklist = Checklist(quiet=options.json)
    outcome = check(account, secret, checklist)
    rung = None
    if outcome.accepted:
        _keep(account)
        rung = _climb(account, secret, ask=asking.can_ask() and not options.password_stdin)
        _say(account, rung, quiet=options.json)
    if options.json:
        print_json(
            {
                "account": account.address,
                "login": account.login,
                "imap": str(account.imap),
                "smtp": str(account.smtp),
                "rung": rung,
                **checklist.document(outcome),
            }
        )
    return tell(outcome)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the options say, checked; a server that is None is to be found."""

    address: str
    login: str
    name: str
    imap: Server | None
    smtp: Server | None
    ca_file: Path | None


def _asked(options: argparse.Namespace) -> _Asked:
    login = options.login.strip()
    if not login or not login.isprintable():
        raise UsageError(_("The login is needed to sign in."))
    security = options.security
    return _Asked(
        address=parse_address(options.address),
        login=login,
        name=" ".join(options.name.split()),
        imap=parse_server(options.imap, 993, security) if options.imap else None,
        smtp=parse_server(options.smtp, 465, security) if options.smtp else None,
        ca_file=_readable(options.ca_file),
    )


def _readable(ca_file: Path | None) -> Path | None:
    """The file by its whole path: acterm may be started elsewhere the next time."""
    if ca_file is None:
        return None
    path = ca_file.expanduser().absolute()
    try:
        path.read_bytes()
    except OSError as error:
        raise NoInput(
            _("{file} cannot be read: {reason}.").format(file=path, reason=reason(error))
        ) from error
    return path


def _found(asked: _Asked) -> Account:
    """The account with the servers that were given, else are known, else answer."""
    known = directory.servers_for(asked.address)
    imap, smtp = asked.imap or known.imap, asked.smtp or known.smtp
    if imap is None or smtp is None:
        receiving, sending = directory.probe_hosts(asked.address.rpartition("@")[2])
        found = asyncio.run(
            discover.find(() if imap else receiving, () if smtp else sending, ca_file=asked.ca_file)
        )
        imap, smtp = imap or found[0], smtp or found[1]
    if imap is None or smtp is None:
        raise Unreachable(
            _("The servers of {address} were not found.").format(address=asked.address),
            _("Give them with --imap and --smtp, as your académie’s instructions have them."),
        )
    return Account(asked.address, asked.login, imap, smtp, name=asked.name, ca_file=asked.ca_file)


def _keep(account: Account) -> None:
    store = opened_store()
    try:
        with store.write(durable=True) as db:
            kept = accounts.keep(db, account)
            accounts.clear_refusal(db, kept.id)
    finally:
        store.close()


def _climb(account: Account, secret: Secret, *, ask: bool) -> str:
    """Keep the secret on the highest rung that takes it, asking what opens it if one may."""
    vault = Vault()
    for rung in vault.rungs():
        if not rung.usable or (rung.wants and not ask):
            continue
        try:
            passphrase = _wanted(rung) if rung.wants else None
            if rung.wants and not passphrase:
                continue
            return vault.keep(account, secret, rung.name, passphrase)
        except ActermError as problem:
            print(f"acterm: {problem}", file=sys.stderr)
    return SESSION


def _wanted(rung: Rung) -> Secret:
    """What opens the rung, or an empty secret to pass on to the next one."""
    if rung.wants == "keyring-password":
        return asking.hidden(_("Password of your session, for the keyring (Enter: without it): "))
    if rung.wants == "passphrase":
        return asking.hidden(_("Passphrase of the sealed file (Enter: without it): "))
    chosen = asking.hidden(_("New passphrase for a sealed file (Enter: without it): "))
    if not chosen:
        return chosen
    if len(chosen.reveal()) < SHORTEST_PASSPHRASE:
        raise UsageError(
            _("The passphrase needs at least {count} characters.").format(count=SHORTEST_PASSPHRASE)
        )
    if asking.hidden(_("Once more, the same passphrase: ")) != chosen:
        raise UsageError(_("The two passphrases differ."))
    return chosen


def _say(account: Account, rung: str, *, quiet: bool) -> None:
    if not quiet:
        print(_("{address} is ready.").format(address=account.address))
        print(_("Password kept: {rung}").format(rung=rung_label(rung)))
    if rung == SESSION:
        print(
            _("The password is not kept for the next time: acterm asks for it then.")
            + " "
            + _("Without a keyring, set `password_command` in config.toml."),
            file=sys.stderr,
        )
