"""The search for what is left of a secret finds it wherever it was put."""

import base64
from pathlib import Path

import pytest

from tests.secrets_left import assert_nothing_left
from tests.terminal import Terminal

NUMEN = "20E9501234ABC"
BIRTH = "12/03/1985"


def test_nothing_is_found_where_nothing_is(home: Path) -> None:
    home.mkdir()
    (home / "acterm.log").write_text("12:03 connected")
    with Terminal(["true"]) as terminal:
        assert_nothing_left(home, terminal, NUMEN, BIRTH)


@pytest.mark.parametrize(
    "text",
    [
        "numen=20E9501234ABC",
        "20e9501234abc",
        "né le 12031985",
        base64.b64encode(b"identifiant 20E9501234ABC et la suite").decode(),
        base64.b64encode(b"x 20E9501234ABC").decode(),
    ],
)
@pytest.mark.parametrize("place", ["acterm.db-wal", "logs/acterm.log", "config.toml"])
def test_what_was_written_down_is_found(home: Path, place: str, text: str) -> None:
    (home / place).parent.mkdir(parents=True)
    (home / place).write_text(f"before {text} after")
    with Terminal(["true"]) as terminal, pytest.raises(AssertionError, match=place):
        assert_nothing_left(home, terminal, NUMEN, BIRTH)


def test_the_command_line_and_the_environment_count(home: Path) -> None:
    with (
        Terminal(["sh", "-c", "sleep 30; true", NUMEN]) as terminal,
        pytest.raises(AssertionError, match="line"),
    ):
        assert_nothing_left(home, terminal, NUMEN)
    with (
        Terminal(["sleep", "30"], environment={"SECRET": BIRTH}) as terminal,
        pytest.raises(AssertionError, match="environment"),
    ):
        assert_nothing_left(home, terminal, BIRTH)


def test_what_stood_on_the_terminal_is_found_and_not_said(home: Path) -> None:
    with Terminal(["echo", NUMEN]) as terminal:
        terminal.wait_for(NUMEN)
        with pytest.raises(AssertionError) as caught:
            assert_nothing_left(home, terminal, NUMEN)
    assert "the terminal" in str(caught.value)
    assert NUMEN not in str(caught.value)
