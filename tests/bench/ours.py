"""acterm, measured from outside: the console script in a pty, the commands by the clock."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.mailboxes import Mailbox, empty
from tests.bench.pty import Pty
from tests.servers.dovecot import PASSWORD

ACTERM = str(Path(sys.executable).parent / "acterm")
# The title of the page of help.
_HELP = " Aide"
# What a sync imports, and how it ends.
_SYNC_START = (
    "import gc, os; gc.set_threshold(50_000, 50, 100)\n"
    "import acterm.cli.sync, acterm.config, acterm.vault.vault, acterm.net.imap, imapclient,"
    " acterm.engine.once, acterm.engine.configured, acterm.store.db, acterm.engine.replay,"
    " acterm.engine.filing, acterm.engine.sync\n"
    "os._exit(0)"
)


@dataclass(frozen=True)
class Home:
    """An ACTERM_HOME whose one account is the mailbox."""

    folder: Path
    mailbox: Mailbox

    @property
    def environment(self) -> dict[str, str]:
        """For the program."""
        return {"ACTERM_HOME": str(self.folder)}

    def prepare(self) -> "Home":
        """Empty, but for the configuration."""
        empty(self.folder)
        server = f'host = "127.0.0.1", port = {self.mailbox.server.imap}, security = "plain"'
        (self.folder / "config.toml").write_text(
            f'[[accounts]]\naddress = "camille.lefevre@ac-amiens.fr"\n'
            f'login = "{self.mailbox.login}"\nimap = {{ {server} }}\nsmtp = {{ {server} }}\n'
            f"password_command = {json.dumps(['echo', PASSWORD])}\n"
        )
        return self

    def sync(self, *options: str) -> float:
        """Seconds that `acterm sync` takes."""
        return timed([ACTERM, "sync", *options], self.environment)

    def app(self) -> Pty:
        """`acterm` in a terminal."""
        return Pty([ACTERM], self.environment)


def timed(command: list[str], environment: dict[str, str] | None = None) -> float:
    """Seconds that a command takes; it has to succeed."""
    import os

    start = time.perf_counter()
    ended = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    seconds = time.perf_counter() - start
    if ended.returncode:
        raise RuntimeError(f"{command}: {ended.returncode}\n{ended.stdout}{ended.stderr}")
    return seconds


def process_start(times: int = 5) -> float:
    """Seconds until Python has imported what a sync needs."""
    return median(lambda: timed([sys.executable, "-c", _SYNC_START]), times)


def median(measure: Callable[[], float], times: int = 5) -> float:
    """The middle one of several runs."""
    return statistics.median(measure() for _ in range(times))


@dataclass(frozen=True)
class Start:
    """Seconds from the start, from the store: to anything, to the list, to a typed key's answer."""

    skeleton: float
    list: float
    answer: float


def start(home: Home) -> Start:
    """The middle one of several starts; help is asked for as soon as the list is on screen."""
    runs = []
    for _run in range(7):
        with home.app() as app:
            skeleton, shown = app.first_byte(), app.until(home.mailbox.token)
            app.press("?")
            runs.append((skeleton, shown, app.until(_HELP)))
    return Start(*map(statistics.median, zip(*runs, strict=True)))


def first_contact(home: Home) -> float:
    """Seconds to the newest page, with nothing in the store."""

    def once() -> float:
        with home.prepare().app() as app:
            return app.until(home.mailbox.token)

    return median(once, 3)


@dataclass(frozen=True)
class Feel:
    """What the person at the keys notices; seconds, bytes and MB."""

    latency: float
    move_bytes: float
    page_bytes: float
    idle_bytes: float
    memory: float
    quit: float
    search: float
    opening: float
    newsletter: float


def feel(home: Home, query: str) -> Feel:
    """The keys of a synced mailbox whose texts are stored."""
    with home.app() as app:
        app.until(home.mailbox.token)
        app.settle(2)
        opening, newsletter = _opening(app, home.mailbox.count)
        latencies, move_bytes = [], []
        for _move in range(40):
            latencies.append(app.latency("j"))
            app.settle(0.05)
            move_bytes.append(len(app.output))
        page_bytes = []
        for _page in range(8):
            app.press("\x1b[6~")
            app.settle(0.15)
            page_bytes.append(len(app.output))
        idle = app.count(10) / 10
        memory = app.memory()
        search = _search(app, query)
        app.press("\x1b")
        app.settle(0.5)
        return Feel(
            latency=_p95(latencies),
            move_bytes=statistics.median(move_bytes),
            page_bytes=statistics.median(page_bytes),
            idle_bytes=idle,
            memory=memory,
            search=search,
            opening=opening,
            newsletter=newsletter,
            quit=app.end("Q"),
        )


def _opening(app: Pty, count: int) -> tuple[float, float]:
    """Seconds from Enter to the text: the middle one, and that of the newsletter."""
    seconds = {}
    for number in range(count, count - 12, -1):
        seconds[number] = app.press_until("\r", f"corps-{number:07}")
        app.settle(0.2)
        app.press("\x1b")
        app.settle(0.4)
        app.press("j")
        app.settle(0.1)
    newsletter = seconds.pop(count - 2)
    return statistics.median(seconds.values()), newsletter


def _search(app: Pty, query: str) -> float:
    """Seconds from the last key of the query to the rows."""
    app.press("/")
    app.settle(0.4)
    app.press(query[:-1])
    app.settle(0.8)
    seconds = app.latency(query[-1])
    return seconds + _drawn(app)


def _drawn(app: Pty) -> float:
    """Seconds until nothing more is drawn, the quiet itself not counted."""
    start = last = time.perf_counter()
    while app.read(0.4):
        last = time.perf_counter()
    return last - start


def latency_while_syncing(home: Home) -> float:
    """p95 of the first keys after first contact, while the rest of the headers come."""
    with home.prepare().app() as app:
        app.until(home.mailbox.token)
        latencies = []
        for _move in range(60):
            app.settle(0.01, 0.03)
            latencies.append(app.latency("j"))
        return _p95(latencies)


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
