"""Accounts of config.toml made complete: what the file leaves out is known, or was learned."""

from collections.abc import Iterator

from acterm.academy import directory
from acterm.config import Config
from acterm.mail.account import Account
from acterm.store import accounts
from acterm.store.connection import Connection


def accounts_of(db: Connection, config: Config) -> Iterator[Account]:
    """Those whose login and servers are in the file, in the store, or known of the académie.

    A login is never guessed: without one the account waits for the connection screen.
    """
    learned = {account.address.lower(): account for account in accounts.all_accounts(db)}
    for entry in config.accounts:
        before = learned.get(entry.address.lower())
        imap = entry.imap or (before.imap if before else None)
        smtp = entry.smtp or (before.smtp if before else None)
        if imap is None or smtp is None:
            servers = directory.servers_for(entry.address)
            imap, smtp = imap or servers.imap, smtp or servers.smtp
        login = entry.login or (before.login if before else "")
        if imap is None or smtp is None or not login:
            continue
        yield Account(
            address=entry.address,
            login=login,
            name=entry.name or (before.name if before else ""),
            imap=imap,
            smtp=smtp,
            password_command=entry.password_command,
            ca_file=entry.ca_file,
            passcode=before.passcode if before else False,
        )
