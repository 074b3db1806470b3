"""acterm and its peers side by side on one machine, against PRODUCT.md's budgets.

    python -m tests.bench [--sizes 10000,100000]

Everything runs against a real Dovecot on loopback. A missing peer is named and left out.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import mailboxes, ours, peers
from tests.bench.mailboxes import Mailbox
from tests.bench.table import Figure, show

_QUERY = "convocation brevet"
_LARGE = 100_000  # PRODUCT.md: search is measured there
_HEADERS_A_SECOND = 4 * 4200  # PRODUCT.md: four times the rate of neomutt as measured there


def main() -> int:
    """Measure, print the table, and fail when a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--sizes", default="10000,100000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    for name in peers.missing():
        print(f"{name} is not installed: its column stays empty", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="acterm-bench-") as folder:
        figures = list(_figures(Path(folder), sizes))
    print(show(figures))
    return any(figure.missed for figure in figures)


def _figures(folder: Path, sizes: list[int]) -> Iterator[Figure]:
    dovecot = mailboxes.server(folder)
    try:
        for size in sizes:
            mailbox = mailboxes.fill(dovecot, size)
            mailboxes.warm(mailbox)
            print(f"{size} mails are on the server", file=sys.stderr)
            yield from Run(folder, mailbox).figures()
    finally:
        dovecot.remove()


class Run:
    """All figures of one mailbox."""

    def __init__(self, folder: Path, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._missing = peers.missing()
        self._home = ours.Home(folder / "acterm", mailbox)
        self._aerc = peers.Aerc(folder / "aerc", mailbox)
        self._neomutt = peers.Neomutt(folder / "neomutt", mailbox)
        self._mbsync = peers.Mbsync(folder / "mbsync", mailbox)

    def figures(self) -> Iterator[Figure]:
        """One after another, the quiet ones last."""
        steps = (self._contact, self._headers, self._start, self._texts, self._feel)
        for step in steps:
            for figure in step():
                print(f"  {figure.name}", file=sys.stderr)
                yield figure

    def _named(self, name: str) -> str:
        return f"{self._mailbox.count:>7} · {name}"

    def _has(self, peer: str) -> bool:
        return peer not in self._missing

    def _contact(self) -> Iterator[Figure]:
        peer = self._aerc.first_contact() if self._has("aerc") else None
        mine = ours.first_contact(self._home)
        yield Figure(self._named("first contact, newest page"), mine, "s", "aerc", peer, 1.5)
        syncing = ours.latency_while_syncing(self._home) * 1000
        yield Figure(self._named("key while syncing, p95"), syncing, "ms", budget=16)

    def _headers(self) -> Iterator[Figure]:
        self._home.prepare()
        count = self._mailbox.count
        rate = count / (self._home.sync() - ours.process_start())
        peer = None
        if self._has("neomutt"):
            peer = count / self._neomutt.prepare().first_contact()
        name = self._named("headers in the store")
        yield Figure(name, rate, "/s", "neomutt", peer, _HEADERS_A_SECOND, more_is_better=True)

    def _start(self) -> Iterator[Figure]:
        start = ours.start(self._home)
        peer = self._aerc.prepare().start() if self._has("aerc") else None
        yield Figure(self._named("start to skeleton"), start.skeleton * 1000, "ms", budget=50)
        yield Figure(self._named("start to list"), start.list, "s", "aerc", peer, 0.45)
        yield Figure(self._named("start to help typed at once"), start.answer, "s")

    def _texts(self) -> Iterator[Figure]:
        peer = again = None
        if self._has("mbsync") and self._has("notmuch"):
            peer = self._mbsync.prepare().sync() + self._mbsync.index()
            again = ours.median(self._mbsync.sync) * 1000
        self._home.prepare()
        mine = self._home.sync("--bodies")
        budget = peer / 2 if peer else None
        name = self._named("headers, texts and index")
        yield Figure(name, mine, "s", "mbsync+notmuch", peer, budget)
        nothing = ours.median(self._beyond_start) * 1000
        budget = again * 0.2 if again else None
        yield Figure(self._named("nothing-new resync"), nothing, "ms", "mbsync", again, budget)

    def _beyond_start(self) -> float:
        """Seconds that a sync takes more than its start, one right after the other."""
        start = ours.process_start(times=1)
        return self._home.sync() - start

    def _feel(self) -> Iterator[Figure]:
        peer = self._mbsync.search(_QUERY) * 1000 if self._has("notmuch") else None
        feel = ours.feel(self._home, _QUERY)
        name = self._named
        yield Figure(name("key to screen, p95"), feel.latency * 1000, "ms", budget=8)
        yield Figure(name("bytes a cursor move"), feel.move_bytes, "B", budget=400)
        yield Figure(name("bytes a page"), feel.page_bytes, "B", budget=6000)
        yield Figure(name("bytes an idle second"), feel.idle_bytes, "B", budget=0)
        yield Figure(name("memory"), feel.memory, "MB", budget=90)
        budget = peer if self._mailbox.count >= _LARGE else None
        yield Figure(name("search to rows"), feel.search * 1000, "ms", "notmuch", peer, budget)
        yield Figure(name("opening a stored mail"), feel.opening * 1000, "ms", budget=20)
        yield Figure(name("opening a 500 KB newsletter"), feel.newsletter * 1000, "ms", budget=150)
        yield Figure(name("quit"), feel.quit, "s", budget=0.3)


if __name__ == "__main__":
    sys.exit(main())
