"""How fast the store is, at the sizes that PRODUCT.md names. Prints; asserts nothing.

python -m tests.bench.store [ROWS …]
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.folder import ListedFolder, Role, SyncState
from acterm.mail.message import Flag, Header
from acterm.server import Server
from acterm.store import accounts, contacts, folders, messages
from acterm.store.db import Store, open_store
from acterm.store.search import index_pending, search

ROWS_A_TRANSACTION = 500
_FIRST = "Camille Chloé Léa Hugo Lucas Inès Zoé Théo Noël François Agnès Gaëlle Benoît Élodie"
_LAST = "Lefèvre Gérard Martin Petit Dubois Moreau Laurent Lefebvre Roux Müller Faure Guérin"
_WORDS = (
    "conseil classe réunion parents professeurs convocation examen bulletin trimestre note absence"
    " élève œuvre cœur français mathématiques sortie scolaire cantine inscription formation oral"
    " rectorat inspection emploi temps surveillance brevet baccalauréat projet voyage budget"
)
_QUERIES = (
    "conseil",
    "con",
    "absence note",
    "œuvre -cantine",
    "de:hugo",
    '"conseil classe"',
    "est:non-lu",
    "avec:pj",
    "girafe",
    "conseil avant:2012",
)


def mailbox(rows: int) -> list[Header]:
    """A teacher's inbox of so many mails, the newest first; the same for the same number."""
    chance = random.Random(rows)  # noqa: S311 (figures, not secrets)
    first, last = _FIRST.split(), _LAST.split()
    people = [
        Address(f"{chance.choice(first)} {chance.choice(last)}", f"p{n}@ac-amiens.fr")
        for n in range(3000)
    ]
    me = Address("Camille Lefèvre", "camille.lefevre@ac-amiens.fr")
    return [_mail(uid, chance, people, me) for uid in range(rows, 0, -1)]


def _mail(uid: int, chance: random.Random, people: list[Address], me: Address) -> Header:
    known = [f"{max(1, uid - chance.randrange(300))}.0123456789abcdef@ac-amiens.fr"]
    references = tuple(known * chance.choice((0, 0, 0, 1, 3)))
    return Header(
        uid=uid,
        flags=Flag.SEEN if chance.random() < 0.95 else Flag.NONE,
        size=chance.randrange(2000, 80_000),
        date=1_200_000_000 + uid * 500,
        sent=1_200_000_000 + uid * 500,
        sender=people[int(chance.random() ** 2 * len(people))],
        to=(me, *chance.sample(people, chance.choice((0, 0, 0, 4)))),
        cc=(),
        subject=" ".join(chance.choices(_WORDS.split(), k=chance.randrange(3, 10))),
        message_id=f"{uid}.0123456789abcdef@ac-amiens.fr",
        in_reply_to=references[-1] if references else "",
        references=references,
        list_id="",
        attachments=chance.random() < 0.1,
    )


def build(path: Path, rows: int) -> None:
    """A store with one inbox of so many mails, timed."""
    mails = mailbox(rows)
    store = open_store(path)
    with store.write() as db:
        server = Server("imap.example", 993)
        account = accounts.keep(db, Account("camille.lefevre@ac-amiens.fr", "c", server, server))
        folders.keep_listing(db, account.id, [ListedFolder("INBOX", "INBOX", "/", Role.INBOX)])
        (inbox,) = folders.of_account(db, account.id)
    print(f"{rows} rows")
    longest = 0.0
    start = time.perf_counter()
    for at in range(0, rows, ROWS_A_TRANSACTION):
        before = time.perf_counter()
        with store.write() as db:
            messages.add(db, inbox.id, mails[at : at + ROWS_A_TRANSACTION])
        longest = max(longest, time.perf_counter() - before)
    seconds = time.perf_counter() - start
    average = seconds * 1000 * ROWS_A_TRANSACTION / rows
    print(f"  add                 {rows / seconds:10.0f} rows/s", end="")
    print(f", a transaction {average:.1f} ms, the longest {longest * 1000:.1f} ms")
    start = time.perf_counter()
    more = True
    while more:
        with store.write() as db:
            more = bool(index_pending(db, ROWS_A_TRANSACTION))
    print(f"  index header words  {rows / (time.perf_counter() - start):10.0f} rows/s")
    with store.write() as db:
        folders.set_sync_state(db, inbox.id, SyncState(1, rows + 1, 1, 1, time.time()))
    store.close()


def show(path: Path) -> None:
    """What the app does at start, then what the keys do."""
    start = time.perf_counter()
    store = open_store(path)
    db = store.reader()
    (account,) = accounts.all_accounts(db)
    (inbox,) = folders.of_account(db, account.id)
    page = messages.first_page(db, inbox.id)
    print(f"  open + folders + first page {(time.perf_counter() - start) * 1000:9.2f} ms")
    timed("first page", lambda: messages.first_page(db, inbox.id))
    timed("all ids", lambda: sum(len(part) for part in messages.ids(db, inbox.id)))
    timed("next unread", lambda: messages.next_unread(db, inbox.id, page[100].id))
    timed("conversation", lambda: messages.related(db, page[100].id))
    timed("set a flag, on disk", lambda: _read(store, page[100].id))
    for typed in _QUERIES:
        timed(f"search {typed}", lambda typed=typed: search(db, typed))  # type: ignore[misc]
    for typed in ("c", "chloé gér", "zzz"):
        timed(f"complete {typed}", lambda typed=typed: contacts.complete(db, typed))  # type: ignore[misc]
    store.close()


def timed(name: str, work: Callable[[], object]) -> None:
    """Print the best of five runs."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    print(f"  {name:<27} {best * 1000:9.2f} ms")


def _read(store: Store, message_id: int) -> None:
    with store.write(durable=True) as db:
        messages.set_flag(db, [message_id], Flag.SEEN, on=True)
        messages.set_flag(db, [message_id], Flag.SEEN, on=False)


def main() -> None:
    """Measure each size asked for."""
    for rows in [int(word) for word in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "acterm.db"
            build(path, rows)
            show(path)


if __name__ == "__main__":
    main()
