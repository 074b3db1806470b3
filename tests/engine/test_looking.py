"""What the assistant looks at, on a real mailbox."""

import time
from email.utils import formatdate
from pathlib import Path

from acterm.engine.messages.assistant import (
    ListRecent,
    LookAtSent,
    LookForSigns,
    RecentMails,
    SaveText,
    SentSeen,
    SignsFound,
    TextSaved,
)
from acterm.engine.messages.base import Failed
from acterm.engine.messages.mail import BodyArrived, FetchBody
from acterm.mail.folder import Role
from acterm.mail.message import Level
from tests.engine.conftest import Running, Server, mail
from tests.servers.waiting import until


def _sent(subject: str, people: int, age: float) -> bytes:
    to = ", ".join(f"p{number}@college.example" for number in range(people))
    return (
        f"From: camille.lefevre@ac-amiens.fr\r\nTo: {to}\r\nSubject: {subject}\r\n"
        f"Date: {formatdate(time.time() - age)}\r\nMessage-ID: <{subject}@x>\r\n\r\nx\r\n"
    ).encode()


def test_a_sent_mail_to_many_is_found_and_an_old_one_is_not_looked_at(
    running: Running, server: Server
) -> None:
    server.put_source(_sent("Facture", 40, 3600), "Sent")
    server.put_source(_sent("Vieux", 40, 40 * 86_400), "Sent")
    running.connect()
    until(lambda: len(running.rows(Role.SENT)) == 2, "the sent mails are here")
    running.submit(LookAtSent(running.account.id))
    found = running.wait(SentSeen).found
    assert [(one.subject, one.people) for one in found.crowd] == [("Facture", 40)]
    assert found.looked == 1


def test_a_stored_mail_is_looked_at_with_its_real_hosts(running: Running, server: Server) -> None:
    lure = mail("Quota", "Validez votre mot de passe : http://ac-arniens.fr/login")
    server.put_source(lure.replace(b"chloe.gerard@ac-amiens.fr", b"rectorat@gmail.com"))
    running.connect()
    running.submit(ListRecent(running.account.id))
    (row,) = running.wait(RecentMails).mails
    running.submit(LookForSigns(row.id + 1))
    assert running.wait(Failed).advice
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    running.submit(LookForSigns(row.id))
    found = running.wait(SignsFound)
    assert found.sender == "rectorat@gmail.com"
    assert found.links == ("ac-arniens.fr",)
    assert found.signs[0].level is Level.SUSPECT


def test_a_pasted_mail_is_looked_at_without_the_store(running: Running, server: Server) -> None:
    running.connect()
    running.submit(LookForSigns(source=b"From: a@b.example\r\nSubject: x\r\n\r\nBonjour"))
    found = running.wait(SignsFound)
    assert (found.message_id, found.subject, found.sender) == (0, "x", "a@b.example")


def test_a_text_goes_into_the_documents_for_its_owner_alone(
    running: Running, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "Documents").mkdir()
    running.connect()
    for expected in ("journal.txt", "journal (2).txt"):
        running.submit(SaveText("journal.txt", "é\n"))
        saved = running.wait(TextSaved)
        path = Path(saved.path)
        assert path == tmp_path / "Documents" / expected
        assert (path.read_text(), saved.size) == ("é\n", 3)
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_source_of_a_mail_can_be_saved_for_the_help_desk(
    running: Running, server: Server, tmp_path: Path
) -> None:
    server.put("Quota")
    running.connect()
    row = running.row("Quota")
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    running.submit(SaveText("../mail.eml", message_id=row.id))
    path = Path(running.wait(TextSaved).path)
    assert path.parent == tmp_path
    assert b"Subject: Quota" in path.read_bytes()
