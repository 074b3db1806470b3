"""A server's rules as the engine tells them, without a server."""

from acterm.engine.messages.rules import RulesRead
from acterm.mail.account import Account
from acterm.mail.folder import Role
from acterm.mail.sieve.plan import Script, current
from acterm.mail.sieve.script import Frame, Place, Rules, written
from acterm.server import Server

NOW = 1795521600.0  # Tuesday 24 November 2026, 13:00 in Paris
ALL = frozenset(["fileinto", "vacation", "date", "relational", "imap4flags", "include"])
ACCOUNT = Account(
    address="camille.lefevre@ac-amiens.fr",
    login="clefevre",
    imap=Server("imap.ac-amiens.fr", 993),
    smtp=Server("smtp.ac-amiens.fr", 465),
    name="Camille Lefèvre",
    id=1,
)
PLACES = (
    Place("INBOX", "INBOX", Role.INBOX),
    Place("Drafts", "Drafts", Role.DRAFTS),
    Place("Trash", "Trash", Role.TRASH),
    Place("Archive", "Archive", Role.ARCHIVE),
    Place("Élèves/3eB", "Élèves/3eB"),
)


def read(*scripts: Script, extensions: frozenset[str] = ALL) -> RulesRead:
    """What the engine tells after reading these scripts."""
    return RulesRead(ACCOUNT.id, current(scripts), scripts, extensions, PLACES)


def ours(rules: Rules, *, active: bool = True) -> Script:
    """acterm's own script with these rules."""
    return Script("acterm", written(rules, Frame()).encode(), active)
