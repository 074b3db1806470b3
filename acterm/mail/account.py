"""An account: who one is, and which servers hold the mail."""

from dataclasses import dataclass
from pathlib import Path

from acterm.server import Server


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox account, complete enough to connect. `id` is its row in the store, 0 before.

    `passcode` tells that each sign-in takes a fresh PIN and code, so nothing reconnects by itself.
    """

    address: str
    login: str
    imap: Server
    smtp: Server
    name: str = ""
    password_command: tuple[str, ...] = ()
    ca_file: Path | None = None
    passcode: bool = False
    id: int = 0
