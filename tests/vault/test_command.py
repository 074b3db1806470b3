"""`password_command`: the first line of a program's output, and words when there is none."""

import sys
from pathlib import Path

import pytest

from acterm.errors import ConfigError
from acterm.secret import Secret
from acterm.vault import command


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_the_first_line_is_the_password() -> None:
    shown = _python("print('Craie bleue 12 é '); print('user: camille')")
    assert command.run(shown) == Secret("Craie bleue 12 é ")


def test_no_shell_reads_the_words() -> None:
    assert command.run(["echo", "$HOME;", "`id`"]) == Secret("$HOME; `id`")


def test_a_line_end_of_windows_is_not_part_of_the_password() -> None:
    assert command.run(["printf", "craie\\r\\n"]) == Secret("craie")


def test_the_program_cannot_read_the_keyboard() -> None:
    assert command.run(_python("import sys; print(sys.stdin.read() + 'craie')")) == Secret("craie")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["/nowhere/pass", "academie"], "ne peut pas être lancé.*n’existe pas"),
        (["bad\0name"], "ne peut pas être lancé"),
        (["false"], "a échoué avec le code 1"),
        (_python("import sys; sys.exit('gpg: no secret key\\x1b[31m')"), "gpg: no secret key"),
        (["true"], "n’a pas affiché de mot de passe"),
        (["printf", "\\nsecond"], "n’a pas affiché de mot de passe"),
        (["printf", "\\377\\n"], "UTF-8"),
    ],
)
def test_what_goes_wrong_is_told_in_words(words: list[str], reason: str) -> None:
    with pytest.raises(ConfigError, match=reason) as failure:
        command.run(words)
    assert "\x1b" not in str(failure.value)


def test_a_program_that_never_ends_is_given_up_with_its_children(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    with pytest.raises(ConfigError, match="n’a pas donné de mot de passe"):
        command.run(["sh", "-c", f"echo $$ > {pid_file}; sleep 60 & wait"], deadline=0.3)
    assert not Path(f"/proc/{pid_file.read_text().strip()}").exists()
