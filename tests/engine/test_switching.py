"""The mailbox moves to another server: mail, drafts and outbox are still there, nothing twice."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from acterm.engine import actions
from acterm.engine.messages.account import AccountAdded, AccountChecked, CheckAccount, SwitchServers
from acterm.engine.messages.base import Failed
from acterm.engine.messages.mail import (
    BodyArrived,
    FetchBody,
    MessagesChanged,
    Move,
    Refresh,
    SetFlag,
)
from acterm.engine.messages.writing import DraftKept, KeepDraft
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.secret import Secret
from acterm.server import Server as Address
from acterm.store import accounts, bodies, drafts, folders, messages, outbox
from acterm.store.db import open_store
from acterm.store.outbox import Outgoing
from tests.conftest import Mailbox
from tests.engine.conftest import Running, Server, mail
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import MailServer
from tests.servers.waiting import until


@pytest.fixture(scope="module")
def national(certificates: Certificates) -> Iterator[Dovecot]:
    """Another server, which numbers and separates its folders in its own way."""
    server = Dovecot(certificates.good, separator=".").start()
    yield server
    server.remove()


@pytest.fixture
def moved(mailbox: Mailbox, national: Dovecot) -> Mailbox:
    """The same mailbox on the other server: the address is the login there."""
    login = f"camille.{mailbox.account.login}@ac-amiens.fr"
    account = replace(mailbox.account, login=login, imap=Address("localhost", national.imaps))
    return Mailbox(account, PASSWORD)


@pytest.fixture
def there(moved: Mailbox) -> Iterator[Server]:
    """What the other server has."""
    seen = Server(moved)
    yield seen
    seen.imap.logout()


def _switch(running: Running, account: Account) -> Account:
    """As the assistant does: one sign-in, then the switch."""
    target = replace(account, id=running.account.id)
    running.submit(CheckAccount(target, Secret(PASSWORD)))
    assert running.wait(AccountChecked).accepted
    running.submit(SwitchServers(target, Secret(PASSWORD), "session"))
    running.wait(AccountAdded)
    return target


def _queued(running: Running) -> int:
    """A mail that leaves tomorrow."""
    with running.store.write() as db:
        return outbox.put(
            db,
            Outgoing(
                running.account.id,
                "demain@acterm.test",
                "camille.lefevre@ac-amiens.fr",
                ("amelie.roussel@ac-amiens.fr",),
                mail("Pour demain"),
                "Pour demain",
                not_before=4e9,
            ),
        )


def test_mail_drafts_and_outbox_survive(
    running: Running, server: Server, moved: Mailbox, there: Server
) -> None:
    server.put("un", "deux", "trois")
    server.imap.create("Classes")
    server.imap.create("Classes/4eC")
    server.put("sortie", folder="Classes/4eC")
    there.put("deux")
    running.connect()
    running.submit(FetchBody(running.row("un").id))
    running.wait(BodyArrived, lambda event: event.message_id == running.row("un").id)
    before = {row.subject: row.id for row in running.rows()}
    running.submit(KeepDraft(Draft(running.account.id, subject="Brouillon", body="à finir")))
    running.wait(DraftKept)
    waiting = _queued(running)

    _switch(running, moved.account)
    running.wait_until_in_step()

    assert sorted(running.subjects()) == ["deux", "trois", "un"]
    assert {row.subject: row.id for row in running.rows()} == before
    db = running.store.reader()
    assert bodies.has(db, before["un"])
    assert [one.subject for one in drafts.all_drafts(db)] == ["Brouillon"]
    kept = outbox.get(db, waiting)
    assert kept is not None
    assert kept.state == "queued"
    names = {one.path: one.id for one in folders.of_account(db, running.account.id)}
    assert [one.subject for one in messages.first_page(db, names["Classes.4eC"])] == ["sortie"]
    assert running.row("deux").uid > 0
    assert running.row("un").uid == 0
    account = accounts.get(db, running.account.id)
    assert account is not None
    assert (account.login, account.imap) == (moved.account.login, moved.account.imap)


def test_what_the_new_server_gets_later_is_not_there_twice(
    running: Running, server: Server, moved: Mailbox, there: Server
) -> None:
    server.put("un", "deux")
    running.connect()
    _switch(running, moved.account)
    running.wait_until_in_step()
    there.put("deux", "un", "nouveau")
    running.submit(Refresh())
    running.wait(MessagesChanged)
    until(lambda: len(running.rows()) == 3, "three mails")
    assert all(row.uid for row in running.rows())


def test_a_mail_that_only_this_machine_has_stays_whatever_is_done_to_it(
    running: Running, server: Server, moved: Mailbox, there: Server
) -> None:
    server.put("un")
    running.connect()
    _switch(running, moved.account)
    running.wait_until_in_step()
    running.submit(SetFlag((running.row("un").id,), Flag.FLAGGED, True))
    running.wait(Failed)
    assert running.subjects() == ["un"]
    running.submit(Move((running.row("un").id,), to=Role.ARCHIVE))
    running.wait(Failed)
    assert len(running.rows()) + len(running.rows(Role.ARCHIVE)) == 1
    assert there.subjects() == []


def test_what_was_not_yet_told_reaches_the_new_server(
    running: Running, server: Server, moved: Mailbox, there: Server
) -> None:
    server.put("un", "deux")
    there.put("un", "deux")
    running.connect().stop()
    actions.set_flag(running.store, SetFlag((running.row("un").id,), Flag.FLAGGED, True))
    actions.move(running.store, Move((running.row("deux").id,), to=Role.ARCHIVE))
    with running.store.write() as db:  # nothing is told to the old server any more
        accounts.refuse(db, running.account.id, "moved", 1.0)
    running.start()
    _switch(running, moved.account)
    running.wait_until_in_step()
    running.wait_until_told()
    until(lambda: there.subjects("Archive") == ["deux"], "moved on the new server")
    assert "\\Flagged" in there.flags()[0]
    assert running.subjects() == ["un"]


def test_a_mail_that_waits_leaves_by_the_new_server(
    running: Running,
    server: Server,
    moved: Mailbox,
    smtp: MailServer,
    certificates: Certificates,
) -> None:
    new_smtp = MailServer(certificates.good).start()
    running.connect()
    waiting = _queued(running)
    account = replace(moved.account, smtp=Address("localhost", new_smtp.port))
    _switch(running, account)
    running.wait_until_in_step()
    with running.store.write() as db:
        outbox.postpone(db, waiting, 1.0)
    running.stop()
    running.start()
    until(lambda: new_smtp.delivered, "it left", 20)
    new_smtp.stop()
    assert smtp.delivered == []


def test_a_refused_application_password_changes_nothing(
    running: Running, server: Server, moved: Mailbox
) -> None:
    server.put("un")
    running.connect()
    target = replace(moved.account, id=running.account.id)
    running.submit(CheckAccount(target, Secret("faux")))
    assert not running.wait(AccountChecked).accepted
    running.submit(SwitchServers(target, Secret("faux"), "session"))
    running.wait(Failed)
    account = accounts.get(running.store.reader(), running.account.id)
    assert account is not None
    assert account.imap == running.account.imap
    assert running.subjects() == ["un"]


def test_another_acterm_follows_to_the_new_server(
    running: Running, server: Server, moved: Mailbox, there: Server
) -> None:
    server.put("un")
    running.connect()
    second = open_store()
    other = Running(second, running.vault, running.account).connect()
    _switch(running, moved.account)
    running.wait_until_in_step()
    until(lambda: _host_of(other) == moved.account.imap, "it follows")
    there.put("nouveau")
    other.submit(Refresh())
    until(lambda: "nouveau" in other.subjects(), "the new server’s mail")
    assert sorted(other.subjects()) == ["nouveau", "un"]
    other.stop()
    second.close()


def _host_of(running: Running) -> Address:
    """The server on which this engine works."""
    assert running.engine is not None
    (mailbox,) = running.engine._desk.mailboxes.values()
    return mailbox.account.imap
