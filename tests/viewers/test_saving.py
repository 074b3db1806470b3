"""Saving an attachment can do no harm and overwrites nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.errors import NoInput
from acterm.viewers.saving import safe_name, save


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("notes.pdf", "notes.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\notes.pdf", "notes.pdf"),
        ("/etc/passwd", "passwd"),
        (".bashrc", "bashrc"),
        ("-rf", "_-rf"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("a\x00b\nc.pdf", "ab c.pdf"),
        ('a<b>:"c|?.pdf', "a_b___c__.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("notes.pdf . ", "notes.pdf"),
    ],
)
def test_a_name_loses_what_could_harm(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@pytest.mark.parametrize("name", ["", ".", "..", "/", "CON", "nul.txt", "COM1", "\u200b"])
def test_a_name_that_is_none_gets_one_with_its_number(name: str) -> None:
    assert "-3" in safe_name(name, 3)


@given(st.text(st.characters()))
def test_any_name_stays_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe not in ("", ".", "..")
    assert not set(safe) & set('/\\\x00:*?"<>|\n')
    assert not safe.startswith((".", "-"))
    assert len(safe.encode()) <= 255


def test_a_file_is_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    first = save(b"un", tmp_path, "notes.ods")
    second = save(b"deux", tmp_path, "notes.ods")
    assert (first.name, second.name) == ("notes.ods", "notes (2).ods")
    assert (first.read_bytes(), second.read_bytes()) == (b"un", b"deux")
    assert first.stat().st_mode & 0o777 == 0o600


def test_a_link_laid_as_a_trap_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "notes.ods").symlink_to(tmp_path / "ailleurs")
    assert save(b"un", tmp_path, "notes.ods").name == "notes (2).ods"
    assert not (tmp_path / "ailleurs").exists()


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoInput, match="absent"):
        save(b"un", tmp_path / "absent", "notes.ods")
