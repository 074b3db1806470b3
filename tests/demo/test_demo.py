"""`acterm demo` as a person starts it: in a terminal, and gone without a trace."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.servers.waiting import until
from tests.terminal import Terminal

DEMO = (sys.executable, "-m", "acterm", "demo")


def _places() -> set[Path]:
    memory = Path("/dev/shm")  # noqa: S108 (only looked at)
    folders = (memory, Path(tempfile.gettempdir()))
    return {path for folder in folders for path in folder.glob("acterm-demo-*")}


def test_the_inbox_is_there_and_quitting_leaves_nothing(home: Path) -> None:
    before = _places()
    with Terminal(DEMO) as terminal:
        terminal.wait_for("Conseil de classe 3eD – ordre du jour")
        terminal.wait_for("connecté")
        terminal.wait_for("62 %")
        terminal.press("Q")
        assert terminal.ended() == 0
    until(lambda: not _places() - before, "what it kept in memory is gone")
    assert not home.exists()


def test_the_locked_screen_says_what_opens_it(home: Path) -> None:
    with Terminal(DEMO) as terminal:
        terminal.wait_for("connecté")
        terminal.press("V")
        terminal.wait_for("« demo »")
        terminal.press("demo\r")
        terminal.wait_for("Boîte de réception")
    assert not home.exists()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_when_the_process_is_ended(ending: signal.Signals, home: Path) -> None:
    before = _places()
    with Terminal(DEMO) as terminal:
        terminal.wait_for("connecté")
        assert _places() - before
        terminal.kill(ending)
        until(lambda: not _places() - before, "the store is gone")
    assert not home.exists()


def test_without_a_terminal_one_sentence_says_so() -> None:
    no_input = subprocess.DEVNULL
    ended = subprocess.run(DEMO, check=False, capture_output=True, text=True, stdin=no_input)
    assert ended.returncode == 64
    assert ended.stderr.count("\n") == 1
    assert "terminal" in ended.stderr
