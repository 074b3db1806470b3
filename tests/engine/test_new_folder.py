"""A folder that the server lacks is made when mail is moved into it, and not before."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from acterm.engine import actions
from acterm.engine.messages.base import Done, Failed, Undone
from acterm.engine.messages.mail import Move, Undo
from acterm.mail.folder import ListedFolder, Role
from acterm.store import folders
from tests.conftest import Mailbox
from tests.engine.conftest import Running, Server, engine_for
from tests.servers.certificates import Certificates
from tests.servers.dovecot import Dovecot
from tests.servers.waiting import until

_BARE = """
namespace inbox {
  mailbox Archive {
    auto = no
  }
}
"""


@pytest.fixture(scope="module")
def bare(certificates: Certificates) -> Iterator[Dovecot]:
    """A server on which nobody has an Archive."""
    server = Dovecot(certificates.good, separator=".", extra=_BARE).start()
    yield server
    server.remove()


@pytest.fixture
def mailbox(mailbox: Mailbox, bare: Dovecot) -> Mailbox:
    """The account on that server."""
    imap = replace(mailbox.account.imap, port=bare.imaps)
    return replace(mailbox, account=replace(mailbox.account, imap=imap))


@pytest.fixture
def running(mailbox: Mailbox, server: Server) -> Iterator[Running]:
    """In step, with one mail."""
    server.put("un")
    with engine_for(mailbox.account) as engine:
        yield engine.connect()


def _archives(server: Server) -> list[str]:
    _ok, lines = server.imap.lsub()
    return [line.decode() for line in lines if line and b"Archives" in line]


def test_the_first_mail_that_is_archived_makes_the_folder(running: Running, server: Server) -> None:
    assert folders.with_role(running.store.reader(), running.account.id, Role.ARCHIVE) is None
    running.submit(Move((running.row("un").id,), to=Role.ARCHIVE))
    running.wait(Done)
    assert running.subjects() == []
    running.wait_until_told()
    assert server.subjects("Archives") == ["un"]
    assert len(_archives(server)) == 1
    until(lambda: running.folder(Role.ARCHIVE).selectable, "it can be opened")
    assert running.subjects(Role.ARCHIVE) == ["un"]
    assert running.said(Failed) == []
    server.put("deux")
    until(lambda: running.subjects() == ["deux"], "it came")
    running.submit(Move((running.row("deux").id,), to=Role.ARCHIVE))
    running.wait(Done)
    running.wait_until_told()
    assert server.subjects("Archives") == ["un", "deux"]


def test_taken_back_at_once_no_folder_is_made(running: Running, server: Server) -> None:
    running.stop()
    actions.move(running.store, Move((running.row("un").id,), to=Role.ARCHIVE))
    assert running.subjects(Role.ARCHIVE) == ["un"]
    running.start()
    running.submit(Undo())
    running.wait(Undone)
    running.wait_until_in_step().wait_until_told()
    assert running.subjects() == ["un"]
    assert server.subjects() == ["un"]


def test_one_that_appeared_meanwhile_is_taken(running: Running, server: Server) -> None:
    running.stop()
    server.imap.create("Archive")
    actions.move(running.store, Move((running.row("un").id,), to=Role.ARCHIVE))
    running.connect().wait_until_told()
    assert server.subjects("Archive") == ["un"]
    until(lambda: running.subjects(Role.ARCHIVE) == ["un"], "it is there")
    assert running.folder(Role.ARCHIVE).messages == 1
    listed = folders.of_account(running.store.reader(), running.account.id)
    assert [one.name for one in listed if "Archive" in one.name] == ["Archive"]


def test_what_is_still_to_be_moved_survives_a_listing(running: Running, server: Server) -> None:
    running.stop()
    actions.move(running.store, Move((running.row("un").id,), to=Role.ARCHIVE))
    with running.store.write() as db:
        listing = [ListedFolder("INBOX", "INBOX", ".", Role.INBOX)]
        folders.keep_listing(db, running.account.id, listing)
    assert running.subjects(Role.ARCHIVE) == ["un"]
    running.connect().wait_until_told()
    assert server.subjects() == []
