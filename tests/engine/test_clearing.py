"""A full mailbox: what takes the room, an archive that is safe, then room on the server again."""

from dataclasses import replace
from pathlib import Path

import pytest

from acterm.engine import archive, clearing
from acterm.engine.desk import Desk
from acterm.engine.messages.base import Done, Failed, Undone
from acterm.engine.messages.clearing import (
    ArchiveMails,
    ArchiveProgress,
    BinEmptied,
    EmptyBin,
    LookAtSizes,
    MailsArchived,
    SizesSeen,
)
from acterm.engine.messages.mail import Move, QuotaChanged, SetFlag, Undo
from acterm.engine.signin import Keys
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.mail.parsing.mime import parse
from acterm.store import folders, messages
from tests.engine.conftest import Running, Server
from tests.servers.waiting import until

_ATTACHED = (
    b"Subject: photos\r\nMessage-ID: <photos@x>\r\nFrom: a@college.example\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nvoici\r\n--b\r\n'
    b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
    b"Content-Disposition: attachment; filename=classe.jpg\r\n\r\n"
    + b"QUJD\r\n" * 60_000
    + b"--b--\r\n"
)


@pytest.fixture(autouse=True)
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person's documents are."""
    folder = tmp_path / "maison" / "Documents"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder.parent))
    return folder


@pytest.fixture
def full(running: Running, server: Server) -> Running:
    """A mailbox with a heavy mail among light ones."""
    server.put("un", "deux")
    server.put_source(_ATTACHED)
    server.put("copie", folder="Sent")
    return running.connect()


def test_the_heaviest_folder_and_the_attachments_come_first(full: Running) -> None:
    full.submit(LookAtSizes(full.account.id))
    seen = full.wait(SizesSeen)
    assert seen.limit > seen.used > len(_ATTACHED)
    assert seen.folders[0].role is Role.INBOX
    assert seen.folders[0].octets > len(_ATTACHED)
    assert [batch.kind for batch in seen.batches[:2]] == ["attachments", "largest"]
    assert [mail.subject for mail in seen.batches[0].first] == ["photos"]
    assert seen.batches[1].first[0].subject == "photos"


def test_a_starred_mail_is_not_proposed(full: Running) -> None:
    full.submit(SetFlag((full.row("photos").id,), Flag.FLAGGED, True))
    full.wait(Done)
    full.submit(LookAtSizes(full.account.id))
    seen = full.wait(SizesSeen)
    assert "photos" not in {mail.subject for batch in seen.batches for mail in batch.first}


def test_what_is_archived_then_deleted_gives_its_room_back(
    full: Running, server: Server, papers: Path
) -> None:
    ids = (full.row("photos").id, full.row("copie", Role.SENT).id)
    before = full.said(QuotaChanged)[-1].used
    full.submit(ArchiveMails(full.account.id, ids))
    kept = full.wait(MailsArchived)
    assert full.said(ArchiveProgress)[-1].done == 2
    assert set(kept.ids) == set(ids)
    assert len(kept.files) == 2
    assert all(Path(file).parent == papers for file in kept.files)
    subjects = {parse(mail).subject for file in kept.files for mail in archive.read(Path(file))}
    assert subjects == {"photos", "copie"}
    assert server.subjects() == ["un", "deux", "photos"]
    full.submit(Move(kept.ids, Role.TRASH))
    full.wait(Done)
    full.wait_until_told()
    assert sorted(server.subjects("Trash")) == ["copie", "photos"]
    full.submit(EmptyBin(full.account.id))
    full.wait(BinEmptied)
    fill = full.wait(QuotaChanged)
    assert before - fill.used > len(_ATTACHED) * 0.9
    assert server.subjects("Trash") == []
    until(lambda: full.subjects(Role.TRASH) == [], "the bin is empty here too")
    assert full.subjects() == ["deux", "un"]


def test_until_the_bin_is_emptied_everything_comes_back(full: Running, server: Server) -> None:
    full.submit(Move((full.row("photos").id,), Role.TRASH))
    full.wait(Done)
    full.wait_until_told()
    full.submit(Undo())
    full.wait(Undone)
    full.wait_until_told()
    assert sorted(server.subjects()) == ["deux", "photos", "un"]
    full.submit(Move((full.row("photos").id,), Role.TRASH))
    full.submit(EmptyBin(full.account.id))
    full.wait(BinEmptied)
    full.wait_until_told()
    assert server.subjects("Trash") == []
    full.submit(Undo())
    assert "rien" in full.wait(Failed).title.lower()
    assert server.subjects() == ["un", "deux"]


def test_an_empty_bin_is_told(full: Running) -> None:
    full.submit(EmptyBin(full.account.id))
    assert "vide" in full.wait(Failed).title


def test_what_left_the_server_meanwhile_is_not_said_to_be_archived(
    full: Running, server: Server, papers: Path
) -> None:
    row = full.row("photos")
    full.stop()
    server.delete(3)
    full.start()
    full.submit(ArchiveMails(full.account.id, (row.id,)))
    assert full.wait(Failed).ids == (row.id,)
    assert list(papers.iterdir()) == []


def test_a_folder_whose_mails_are_not_all_here_is_weighed_by_the_server(full: Running) -> None:
    full.stop()
    inbox = full.folder(Role.INBOX)
    with full.store.write() as db:
        state = folders.sync_state(db, inbox.id)
        messages.remove(db, inbox.id, [full.row("photos").uid])
        folders.set_sync_state(db, inbox.id, replace(state, lowest_uid=9))
    desk = Desk(full.store, Keys(full.vault), full.heard.put)
    seen = clearing.look_at(desk, full.account.id)
    (weighed,) = (one for one in seen.folders if one.folder_id == inbox.id)
    assert weighed.octets > len(_ATTACHED)


def test_an_archive_is_called_as_the_person_sees_the_folder(full: Running) -> None:
    full.submit(ArchiveMails(full.account.id, (full.row("copie", Role.SENT).id,)))
    (file,) = full.wait(MailsArchived).files
    assert Path(file).name.startswith("acterm Envoyés ")
