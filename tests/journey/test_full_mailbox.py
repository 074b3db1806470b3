"""A full mailbox at 80 by 24: what takes the room, an archive, then room on the server again."""

import base64
import mailbox
import os
from pathlib import Path

import pytest

from tests.journey.academie import chooses
from tests.journey.conftest import Person
from tests.journey.test_my_account import _opens, configured
from tests.servers.waiting import until

__all__ = ["configured"]

_PHOTOS = (
    b"From: =?utf-8?q?Chlo=C3=A9?= <chloe.gerard@ac-amiens.fr>\r\nSubject: photos\r\n"
    b"Message-ID: <photos@ac-amiens.fr>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nvoici\r\n--b\r\n'
    b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
    b"Content-Disposition: attachment; filename=classe.jpg\r\n\r\n"
    + base64.encodebytes(os.urandom(700_000))
    + b"\r\n--b--\r\n"
)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Where the person's documents are."""
    folder = tmp_path / "maison" / "Documents"
    folder.mkdir(parents=True)
    return folder


def test_mails_are_archived_then_leave_the_server_for_good(
    configured: Person, papers: Path
) -> None:
    with configured.server() as client:
        client.append("INBOX", "", "", _PHOTOS)
    with configured.opens_acterm(HOME=str(papers.parent)) as terminal:
        _opens(terminal, "Boîte pleine")
        terminal.wait_for("Boîte de réception")
        terminal.wait_for("sur 200 Mo sont pris")
        chooses(terminal, "Les plus gros avec pièces jointes")
        terminal.wait_for("photos")
        chooses(terminal, "Les archiver sur cette machine")
        terminal.wait_for("1 mail est dans")
        (archive,) = papers.iterdir()
        assert [mail["subject"] for mail in mailbox.mbox(archive)] == ["photos"]
        assert configured.count("INBOX") == 2
        chooses(terminal, "Les mettre à la corbeille")
        terminal.wait_for("Les mails sont dans la corbeille")
        until(lambda: configured.count("Trash") == 1, "the mail is in the server's bin")
        chooses(terminal, "Vider la corbeille")
        terminal.wait_for("partent pour toujours")
        assert configured.count("Trash") == 1
        chooses(terminal, "La vider, pour toujours")
        terminal.wait_for("gagnés")
        until(lambda: configured.count("Trash") == 0, "the server's bin is empty")
        assert configured.count("INBOX") == 1
        chooses(terminal, "est tout")
        terminal.wait_for("Hameçonnage")
