"""The real binary in a real terminal: at once on screen, few bytes, and gone without a trace."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte
import pytest

from acterm.mail.account import Account
from acterm.mail.folder import Role
from acterm.store.db import Store
from tests.ui.conftest import fill, header, make_account

ACTERM = [sys.executable, "-m", "acterm"]
SLOW = ("imapclient", "aiosmtplib", "keyring", "html2text", "cryptography", "email", "socket")


class Terminal:
    """`acterm` in a pty, seen through an emulator."""

    def __init__(
        self,
        home: Path,
        *,
        columns: int = 80,
        rows: int = 24,
        command: Sequence[str] = ACTERM,
        **more: str,
    ) -> None:
        alien = ("NO_COLOR", "COLUMNS", "LINES")  # the terminal alone says its size
        environment = {key: value for key, value in os.environ.items() if key not in alien}
        environment |= {"ACTERM_HOME": str(home), "TERM": "xterm-256color", "LANG": "fr_FR.UTF-8"}
        environment |= {"COLORTERM": "truecolor", **more}
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.process = pexpect.spawn(
            command[0],
            list(command[1:]),
            env=environment,
            dimensions=(rows, columns),
            use_poll=True,
        )
        self.written = b""

    def read(self, seconds: float = 0.05) -> bytes:
        """What came within so long a silence."""
        read = b""
        try:
            while True:
                read += self.process.read_nonblocking(65536, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            pass
        self.written += read
        self._stream.feed(read)
        return read

    def sees(self, words: str, seconds: float = 20.0) -> None:
        """Wait for words on the screen."""
        end = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < end, f"not on screen: {words}\n{self.text}"
            self.read()

    @property
    def text(self) -> str:
        """The screen, every space an ordinary one."""
        lines = (line.rstrip() for line in self.screen.display)
        return "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")

    def press(self, keys: str) -> bytes:
        """What a key makes the program write."""
        self.process.send(keys)
        return self.read(0.3)

    def quit(self) -> int:
        """Leave with Q; the exit code."""
        self.process.send("Q")
        self.process.expect(pexpect.EOF, timeout=10)
        self.written += self.process.before
        self.process.close()
        return int(self.process.exitstatus)


@pytest.fixture
def full(store: Store, account: Account, home: Path) -> Iterator[Path]:
    """A home with an inbox of two hundred mails."""
    mails = [header("Chloé Gérard", f"Conseil {n}", age=n // 20, order=n) for n in range(200)]
    fill(store, account, Role.INBOX, mails)
    yield home


def _run(arguments: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_the_list_is_on_screen_and_quitting_leaves_nothing_behind(full: Path) -> None:
    terminal = Terminal(full)
    terminal.sees("Conseil 0")
    terminal.sees("a archiver")
    assert "Boîte de réception · 200 mails" in terminal.text
    assert terminal.written.count(b"\x1b[?1049h") == 1  # the skeleton's screen is taken over
    assert terminal.quit() == 0
    assert terminal.written.count(b"\x1b[?1049l") == 1
    assert b"Traceback" not in terminal.written


def test_diagnostics_may_go_to_a_file(full: Path) -> None:
    command = f"{ACTERM[0]} -m acterm 2>{full}/errors"
    terminal = Terminal(full, command=["/bin/sh", "-c", command])
    terminal.sees("Conseil 0")
    assert terminal.quit() == 0
    assert (full / "errors").read_text() == ""


def test_something_is_on_the_terminal_before_the_interface_is_loaded(full: Path) -> None:
    terminal = Terminal(full)
    while b"\xe2\x94\x80" not in terminal.written:  # the rule above the footer
        terminal.read(0.001)
    assert "Boîte de réception" in terminal.screen.display[0]
    assert terminal.screen.display[22] == "─" * 80
    assert terminal.quit() == 0


def test_the_inbox_is_on_the_terminal_before_the_interface_is_loaded(full: Path) -> None:
    terminal = Terminal(full)
    terminal.sees("a archiver")
    taken_over = terminal.written.index(b"\x1b[?1004h")
    assert 0 < terminal.written.index("Chloé Gérard".encode()) < taken_over
    assert terminal.written.count(b"\x1b[2J") == 1  # and nothing is wiped in between
    assert terminal.quit() == 0


def test_what_is_typed_before_the_interface_is_loaded_is_not_echoed_and_not_lost(
    full: Path,
) -> None:
    terminal = Terminal(full)
    while "Conseil 0" not in terminal.text:
        terminal.read(0.001)
    terminal.process.send("jj")
    terminal.sees("a archiver")
    before = terminal.written[: terminal.written.index(b"\x1b[?1004h")]
    assert b"jj" not in before
    while not terminal.screen.display[3].startswith("▌"):
        assert terminal.read(5)
    assert terminal.quit() == 0


def test_a_move_writes_little_and_rest_writes_nothing(full: Path) -> None:
    terminal = Terminal(full)
    terminal.sees("Le mot de passe est nécessaire")  # there is none for this account
    terminal.press("j")  # after a banner the whole list is drawn once more
    assert 0 < len(terminal.press("j")) <= 400
    assert 0 < len(terminal.press("k")) <= 400
    assert 0 < len(terminal.press("\x1b[6~")) <= 6000
    assert terminal.read(1.5) == b""
    assert terminal.quit() == 0


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (59, 24), (80, 11)])
def test_a_small_terminal_gets_a_sentence(full: Path, columns: int, rows: int) -> None:
    terminal = Terminal(full, columns=columns, rows=rows)
    terminal.sees("acterm a besoin de" if columns > 20 else "acterm a besoin")
    assert terminal.quit() == 0


def test_sixteen_colours_and_none_are_enough(full: Path) -> None:
    terminal = Terminal(full, TERM="xterm", COLORTERM="")
    terminal.sees("Conseil 0")
    assert b"38;5" not in terminal.written
    assert b"38;2" not in terminal.written
    assert terminal.quit() == 0


def test_no_color_is_honoured(full: Path) -> None:
    terminal = Terminal(full, NO_COLOR="1")
    terminal.sees("Conseil 0")
    terminal.read(0.5)
    styles = set(terminal.written.split(b"\x1b[")[1:])
    assert not [
        one for one in styles if one.startswith((b"38;", b"48;", b"3", b"4")) and b"m" in one[:12]
    ]
    assert "▌" in terminal.text
    assert terminal.quit() == 0


def test_a_poor_terminal_gets_ascii_marks(full: Path) -> None:
    terminal = Terminal(full, TERM="linux", COLORTERM="")
    terminal.sees("Conseil 0")
    assert not set(terminal.text) & set("●★↩▌─│…")
    assert terminal.quit() == 0


def test_without_a_locale_french_is_spoken(full: Path) -> None:
    terminal = Terminal(full, LANG="", LC_ALL="")
    terminal.sees("Boîte de réception · 200 mails")
    assert terminal.quit() == 0


def test_without_a_terminal_one_sentence_says_so(home: Path) -> None:
    done = _run(ACTERM, {"ACTERM_HOME": str(home), "TERM": "xterm", "LANG": "fr_FR.UTF-8"})
    assert done.returncode == 64
    assert done.stderr.startswith("acterm: acterm a besoin d’un terminal.")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_cannot_draw_gets_a_sentence(home: Path, kind: str) -> None:
    terminal = Terminal(home, TERM=kind)
    terminal.process.expect(pexpect.EOF, timeout=10)
    terminal.process.close()
    assert terminal.process.exitstatus == 64
    assert "Ce terminal ne sait pas" in terminal.process.before.decode()


def test_a_wrong_config_line_is_named(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('language = "fr"\ncolour = 3\n')
    terminal = Terminal(home)
    terminal.process.expect(pexpect.EOF, timeout=10)
    terminal.process.close()
    shown = terminal.process.before.decode()
    assert terminal.process.exitstatus == 78
    assert "config.toml" in shown
    assert "colour" in shown
    assert shown.index("\x1b[?1049l") < shown.index("config.toml")


def test_a_damaged_store_says_how_to_rebuild(home: Path) -> None:
    home.mkdir()
    (home / "acterm.db").write_bytes(b"this is no database" * 400)
    terminal = Terminal(home)
    terminal.process.expect(pexpect.EOF, timeout=10)
    terminal.process.close()
    assert terminal.process.exitstatus == 78
    assert "--rebuild" in terminal.process.before.decode()


CHECK = """
import asyncio, sys
from acterm.i18n import set_language
set_language("fr")
import acterm.cli.app
from acterm.cli.chosen import opened_store
from acterm.ui.app import AcTerm

class Look:
    def __init__(self, deliver): print(sorted(name for name in %r if name in sys.modules))
    def start(self): pass
    def stop(self, seconds=0): pass
    def submit(self, command): pass

async def main():
    app = AcTerm(store=opened_store(), start_engine=Look)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause(0.2)

asyncio.run(main())
"""


def test_nothing_slow_is_imported_before_the_first_paint(full: Path) -> None:
    slow = [name for name in SLOW if name != "socket"]  # asyncio needs it
    done = _run([sys.executable, "-c", CHECK % (slow,)], {"ACTERM_HOME": str(full)})
    assert done.stdout.strip() == "[]", done.stderr


def test_a_mailto_link_becomes_a_draft(store: Store) -> None:
    from acterm.cli.app import draft_of

    assert draft_of("mailto:zoe@example.test", store) is None
    account = make_account(store)
    fields = "cc=a%40example.test&subject=R%C3%A9union%0D%0ABcc:x&body=a%0D%0Ab+c"
    draft = draft_of(f"mailto:zoe@example.test?{fields}", store)
    assert draft is not None
    assert draft.account_id == account.id
    assert draft.to == "zoe@example.test"
    assert draft.cc == "a@example.test"
    assert "\n" not in draft.subject
    assert draft.subject.startswith("Réunion")
    assert draft.body == "a\nb+c"
