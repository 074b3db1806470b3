"""IMAP on a Dovecot that offers next to nothing, as old académie servers do."""

from collections.abc import Iterator

import pytest

from acterm.mail.folder import Role, SyncState
from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.net.waker import Waker
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.net.conftest import source
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot


@pytest.fixture(scope="module")
def old_dovecot(certificates: Certificates) -> Iterator[Dovecot]:
    bare = "imap_capability = IMAP4rev1 NAMESPACE\nnamespace inbox {\n  prefix = INBOX.\n}\n"
    server = Dovecot(certificates.good, separator=".", location="maildir:~/Maildir", extra=bare)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def inbox(old_dovecot: Dovecot, request: pytest.FixtureRequest) -> Iterator[Imap]:
    imap = Imap.connect(Server("127.0.0.1", old_dovecot.imap, Security.PLAIN), deadline=5)
    imap.sign_in(f"ancienne{abs(hash(request.node.name))}", Secret(PASSWORD))
    for number in range(1, 6):
        imap.append("INBOX", source(number), Flag.SEEN if number == 1 else Flag.NONE)
    imap.open("INBOX")
    yield imap
    imap.close()


def test_nothing_is_used_that_is_not_offered(inbox: Imap) -> None:
    assert inbox.capabilities == {"IMAP4REV1", "NAMESPACE"}
    assert inbox.quota() is None


def test_headers_flags_and_numbers_come_as_ever(inbox: Imap) -> None:
    assert [row.uid for row in inbox.newest(2)] == [5, 4]
    assert list(inbox.uids()) == [1, 2, 3, 4, 5]
    assert inbox.flags(2, 3, changed_since=1) == {2: Flag.NONE, 3: Flag.NONE}
    assert inbox.find_message_id("3@ac-amiens.fr") == [3]


def test_a_move_is_a_copy_and_a_careful_expunge(inbox: Imap) -> None:
    inbox.set_flag([2], Flag.DELETED, on=True)
    inbox.move([1, 3], "INBOX.Archive")
    assert inbox.flags() == {2: Flag.DELETED, 4: Flag.NONE, 5: Flag.NONE}
    inbox.open("INBOX.Archive")
    assert [row.message_id for row in inbox.newest(9)] == ["3@ac-amiens.fr", "1@ac-amiens.fr"]
    assert inbox.find_message_id("1@ac-amiens.fr") == [1]


def test_opening_says_that_it_does_not_know_what_changed(inbox: Imap) -> None:
    opened = inbox.open("INBOX")
    again = inbox.open("INBOX", SyncState(opened.uidvalidity, opened.uidnext, 9, 1, 0.0))
    assert not again.resynced
    assert again.messages == 5


def test_folders_are_named_without_the_common_prefix(inbox: Imap) -> None:
    assert inbox.create_folder("Élèves") == "INBOX.&AMk-l&AOg-ves"
    listed = {folder.name: folder for folder in inbox.folders()}
    assert listed["Élèves"].path == "INBOX.&AMk-l&AOg-ves"
    assert listed["INBOX"].role is Role.INBOX
    assert (listed["INBOX"].messages, listed["INBOX"].unread) == (5, 4)
    assert listed["Sent"].role is Role.SENT
    assert listed["Trash"].role is Role.TRASH
    inbox.append(listed["Élèves"].path, source(9))
    assert inbox.open(listed["Élèves"].path).messages == 1


def test_waiting_asks_in_the_end(inbox: Imap) -> None:
    inbox.append("INBOX", source(6))
    assert inbox.idle(Waker().fileno(), 0.01)
