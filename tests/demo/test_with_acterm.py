"""The demo's servers, spoken to by acterm's own client."""

import asyncio
import os
from email.message import EmailMessage

import pytest

from acterm.demo.servers import Servers
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.mail.parsing import mime
from acterm.net import smtp
from acterm.net.imap import Imap
from acterm.secret import Secret
from tests.servers.waiting import until


@pytest.fixture
def imap(servers: Servers) -> Imap:
    link = Imap.connect(servers.account.imap)
    link.sign_in(servers.account.login, Secret(servers.mailbox.password))
    return link


def _send(servers: Servers, to: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = servers.account.address, to, "Pense-bête"
    mail.set_content("Penser aux copies.")
    secret = Secret(servers.mailbox.password)
    account = servers.account
    asyncio.run(
        smtp.send(account.smtp, account.login, secret, account.address, [to], mail.as_bytes())
    )


def test_folders_roles_and_counts_are_understood(imap: Imap) -> None:
    folders = {folder.name: folder for folder in imap.folders()}
    assert folders["Envoyés"].role is Role.SENT
    assert folders["Archive"].role is Role.ARCHIVE
    assert folders["Conseil d'administration"].role is Role.NONE
    assert folders["INBOX"].unread == 9


def test_the_newest_page_and_every_text_come_through(imap: Imap) -> None:
    opened = imap.open("INBOX")
    newest = imap.newest(20)
    assert len(newest) == 20
    assert "Conseil de classe 3eD – ordre du jour" in [header.subject for header in newest]
    for header in list(imap.headers()):
        mail = mime.parse(imap.source(header.uid))
        assert mail.plain is not None or mail.html is not None
    assert opened.messages == len(list(imap.uids()))


def test_flags_moves_and_copies_are_told_by_their_uids(imap: Imap, servers: Servers) -> None:
    imap.open("INBOX")
    uid = imap.newest(1)[0].uid
    imap.set_flag([uid], Flag.FLAGGED, True)
    moved = imap.move([uid], "Archive")
    assert list(moved) == [uid]
    assert "\\Flagged" in servers.mailbox.folders["Archive"].mails[moved[uid]].flags


def test_a_mail_to_oneself_arrives_while_idling(imap: Imap, servers: Servers) -> None:
    opened = imap.open("INBOX")
    reading, writing = os.pipe()
    _send(servers, servers.account.address)
    assert imap.idle(reading, 5)
    header = imap.newest(1)[0]
    assert header.subject == "Pense-bête"
    assert header.uid == opened.uidnext
    os.close(reading)
    os.close(writing)


def test_a_mail_to_others_is_taken_and_forgotten(servers: Servers) -> None:
    before = len(servers.mailbox.folders["INBOX"].mails)
    _send(servers, "amelie.roussel@ac-amiens.fr")
    assert len(servers.mailbox.folders["INBOX"].mails) == before


def test_mail_comes_in_while_one_looks(servers: Servers) -> None:
    inbox = servers.mailbox.folders["INBOX"]
    before = len(inbox.mails)
    until(lambda: len(inbox.mails) > before, "a mail arrives by itself", seconds=12)
    newest = inbox.mails[max(inbox.mails)]
    assert "\\Seen" not in newest.flags
    assert "Théo" in mime.parse(newest.source).subject
