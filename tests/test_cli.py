"""The command line as a whole: languages, exit codes, and sentences in place of tracebacks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from acterm import __version__
from acterm.i18n import locale_language


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))
    }
    return subprocess.run(
        [sys.executable, "-m", "acterm", *arguments],
        env={**variables, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "fr"),
        ({"LANG": ""}, "fr"),
        ({"LANG": "C"}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA@euro"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr_FR", "LANG": "en_GB"}, "fr"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "fr_FR"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], language: str) -> None:
    assert locale_language(environment) == language


def test_without_a_locale_acterm_speaks_french() -> None:
    assert "assistant" in _run("--help").stdout
    assert "Ouvrir la boîte" in _run("--help").stdout
    assert "Open the mailbox" in _run("--help", LANG="en_GB.UTF-8").stdout


def test_the_option_wins_over_the_file_and_the_file_over_the_locale(home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text('language = "en"\n')
    assert "There is no account yet" in _run("account", "list").stdout
    for option in (["--lang", "fr", "account", "list"], ["account", "list", "--lang=fr"]):
        assert "compte" in _run(*option).stdout


@pytest.mark.parametrize(
    "arguments", [["--lang"], ["--lang", "de", "contacts"], ["--lang=", "contacts"], ["inconnu"]]
)
def test_wrong_usage_is_64_in_a_sentence(arguments: list[str]) -> None:
    ran = _run(*arguments)
    assert (ran.returncode, ran.stdout) == (64, "")
    assert "acterm:" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_version_needs_nothing() -> None:
    ran = _run("--version", ACTERM_HOME="/proc/nowhere")
    assert (ran.returncode, ran.stdout) == (0, f"acterm {__version__}\n")


@pytest.mark.parametrize(
    "command",
    [
        "account",
        "attachment",
        "contacts",
        "demo",
        "doctor",
        "otp",
        "render",
        "search",
        "send",
        "sync",
    ],
)
def test_every_command_tells_what_it_takes(command: str) -> None:
    ran = _run(command, "--help")
    assert ran.returncode == 0, ran.stderr
    assert f"acterm {command}" in ran.stdout


def test_a_wrong_line_of_the_file_is_named_and_is_78(home: Path) -> None:
    home.mkdir(mode=0o700)
    file = home / "config.toml"
    file.write_text('[[accounts]]\naddress = "a@b.test"\nport = 3\n')
    ran = _run("account", "list")
    assert (ran.returncode, ran.stdout) == (78, "")
    assert f"{file}, ligne 3, port" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", [["contacts"], ["render", "--help"], ["--help"]])
def test_some_commands_need_no_configuration(home: Path, command: list[str]) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text("rien de bon")
    assert _run(*command).returncode == 0


def test_a_home_that_cannot_be_made_is_78(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = _run("account", "list", ACTERM_HOME=str(tmp_path / "file" / "x"))
    assert ran.returncode == 78
    assert str(tmp_path) in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    program = f"{sys.executable} -m acterm contacts Amiens | head -0"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", program], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_alone_without_a_terminal_it_says_what_to_do() -> None:
    ran = _run()
    assert ran.returncode == 64
    assert "terminal" in ran.stderr


def test_a_locale_without_our_quotes_still_gets_its_answer() -> None:
    for encoding in ("latin-1", "ascii"):
        ran = subprocess.run(
            [sys.executable, "-m", "acterm", "contacts"],
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert b"03 22 82 38 23" in ran.stdout


@pytest.mark.parametrize(
    "arguments", [["contacts"], ["contacts", "--json"], ["doctor"], ["--help"]]
)
@pytest.mark.parametrize("buffering", ["", "1"])
def test_a_full_disk_behind_the_output_is_a_sentence(arguments: list[str], buffering: str) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "acterm", "--lang", "fr", *arguments],
            env={**os.environ, "PYTHONUNBUFFERED": buffering},
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    told = "acterm: Tout n’a pas pu être écrit\u00a0: le disque est plein.\n"
    assert (ran.returncode, ran.stderr) == (78, told)
