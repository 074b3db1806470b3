"""The archive of mails: one mbox file, what is read back is what was written."""

import mailbox
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acterm.engine import archive
from acterm.engine.archive import Kept
from acterm.errors import Refused

MAILS = [
    b"Subject: un\r\n\r\nFrom the beginning\r\n>From quoted\r\n",
    b"Subject: deux\r\n\r\nsans fin de ligne",
    b"",
    "Subject: trois\r\n\r\nété\r\n\r\n".encode(),
]


def _kept(*sources: bytes) -> list[Kept]:
    return [Kept("chloe.gerard@ac-amiens.fr", 1_795_000_000, source) for source in sources]


def _plain(source: bytes) -> bytes:
    text = source.replace(b"\r\n", b"\n")
    return text if text.endswith(b"\n") else text + b"\n"


def test_every_mail_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "archive.mbox"
    assert archive.write(path, _kept(*MAILS)) == 4
    assert list(archive.read(path)) == [_plain(mail) for mail in MAILS]


def test_other_mail_programs_open_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.mbox"
    archive.write(path, _kept(MAILS[0], MAILS[3]))
    assert [mail["subject"] for mail in mailbox.mbox(path)] == ["un", "trois"]
    assert path.read_bytes().startswith(b"From chloe.gerard@ac-amiens.fr ")


@given(st.lists(st.binary(max_size=60) | st.sampled_from([b"\nFrom x\n>>From y", b"From "])))
@settings(max_examples=80)
def test_nothing_that_a_mail_holds_is_taken_for_the_next_one(
    tmp_path_factory: pytest.TempPathFactory, sources: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("mbox") / "archive.mbox"
    assert archive.write(path, _kept(*sources)) == len(sources)


def test_a_file_that_says_something_else_is_no_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.mbox"
    monkeypatch.setattr(archive, "read", lambda _path: iter([b"Subject: autre\n"]))
    with pytest.raises(Refused, match="Rien n’a été supprimé"):
        archive.write(path, _kept(*MAILS))
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="n’existe pas"):
        archive.write(tmp_path / "absent" / "archive.mbox", _kept(*MAILS))
