"""The connection: it idles, loses its link and heals, fetches beside a sync, and stops at once."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from acterm.engine import backoff, sync
from acterm.engine.messages.base import Crashed
from acterm.engine.messages.mail import (
    BodyArrived,
    BodyFailed,
    FetchBody,
    FetchPart,
    Link,
    LinkChanged,
    Move,
    NewMail,
    PartArrived,
    Refresh,
    SetFlag,
    WatchFolder,
)
from acterm.engine.messages.writing import KeepDraft
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Flag, Level
from acterm.mail.parsing.mime import parse
from acterm.net.imap import Imap
from acterm.server import Security
from acterm.store import bodies, drafts, search
from tests.conftest import Mailbox
from tests.engine.cable import Cable
from tests.engine.conftest import Running, Server, engine_for
from tests.servers.certificates import Certificates
from tests.servers.dovecot import Dovecot
from tests.servers.liar import Conversation, Liar
from tests.servers.liar import imap as liar_imap
from tests.servers.waiting import until

QUOTA = (
    "Votre boîte est pleine. Validez votre mot de passe et votre NUMEN sous 24 h"
    " sur http://portail-ac-amiens.example/login, sinon votre compte sera suspendu."
)


def _offline(running: Running) -> LinkChanged:
    return running.wait(LinkChanged, lambda event: event.link is Link.OFFLINE)


def test_a_bad_certificate_says_what_a_person_has_to_do(
    mailbox: Mailbox, certificates: Certificates
) -> None:
    with Liar(liar_imap(), certificates.expired, Security.TLS) as liar:
        with engine_for(replace(mailbox.account, imap=liar.server)) as running:
            event = _offline(running.start())
        assert "a expiré" in event.words
        assert "assistance" in event.advice
        assert liar.said == []


def test_new_mail_comes_by_itself(running: Running, server: Server) -> None:
    server.put("ancien")
    running.connect()
    server.put("nouveau")
    event = running.wait(NewMail)
    assert running.rows()[0].id in event.ids
    assert running.subjects() == ["nouveau", "ancien"]


def test_the_list_warns_of_a_mail_before_it_is_opened(running: Running, server: Server) -> None:
    server.put("Votre quota", body=QUOTA)
    server.put("Réunion", body="La réunion est en salle 112.")
    running.connect()
    until(lambda: running.row("Votre quota").alarm, "the mark of a suspect mail")
    assert running.row("Votre quota").alarm is Level.SUSPECT
    assert running.row("Réunion").alarm is None


def test_what_another_client_does_is_seen(running: Running, server: Server) -> None:
    server.put("lu ailleurs", "supprimé ailleurs")
    running.connect()
    server.set_flags(1, "\\Seen")
    server.delete(2)
    until(lambda: running.subjects() == ["lu ailleurs"], "one is gone")
    until(lambda: not running.rows()[0].unread, "the other is read")


def test_the_folder_on_screen_is_watched(running: Running, server: Server) -> None:
    running.connect()
    running.submit(WatchFolder(running.folder(Role.ARCHIVE).id))
    running.wait_until_in_step()
    server.put("classé ailleurs", folder="Archive")
    until(lambda: running.subjects(Role.ARCHIVE) == ["classé ailleurs"], "seen at once")


def test_the_newest_texts_are_here_before_anybody_opens_them(
    running: Running, server: Server
) -> None:
    server.put("conseil", body="Le cœur du sujet")
    running.connect()
    row = running.row("conseil")
    assert bodies.has(running.store.reader(), row.id)
    assert search.search(running.store.reader(), "coeur")[0].envelope.id == row.id
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived, lambda event: event.message_id == row.id)


def test_a_text_is_fetched_while_a_long_sync_goes_on(
    running: Running, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_PAGE", 1)
    server.put("ancien", "récent")
    stuck, go = threading.Event(), threading.Event()
    pages = Imap.pages

    def slow(imap: Imap, ranges: object) -> object:
        stuck.set()
        go.wait(10)
        return pages(imap, ranges)  # type: ignore[arg-type]

    monkeypatch.setattr(Imap, "pages", slow)
    running.start()
    assert stuck.wait(10)
    row = running.row("récent")
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    assert not go.is_set()
    go.set()
    running.wait_until_in_step()
    assert running.subjects() == ["récent", "ancien"]


def test_what_a_person_does_interrupts_a_long_sync(
    running: Running, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_PAGE", 1)
    monkeypatch.setattr(sync, "_RANGE", 1)
    server.put(*(f"n{number}" for number in range(30)))
    first = threading.Event()
    add = sync.add

    def slow(*arguments: object, **options: object) -> object:
        if first.is_set():
            threading.Event().wait(0.05)
        first.set()
        return add(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(sync, "add", slow)
    running.start()
    assert first.wait(10)
    running.submit(SetFlag((running.rows()[0].id,), Flag.FLAGGED, True))
    until(lambda: "\\Flagged" in server.flags()[-1], "starred on the server")
    assert len(running.rows()) < 30
    running.wait_until_in_step()
    assert len(running.rows()) == 30
    assert len(set(running.subjects())) == 30


def test_large_mails_come_without_their_attachments_then_by_part(
    running: Running, server: Server
) -> None:
    server.put_source(
        b"Subject: gros\r\nMessage-ID: <g@x>\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nvoici\r\n--b\r\n'
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename=gros.pdf\r\n\r\n"
        + b"QUJD" * 100_000
        + b"\r\n--b--\r\n"
    )
    running.connect()
    row = running.row("gros")
    body = bodies.get(running.store.reader(), row.id)
    assert body is not None
    assert body.skeleton
    assert len(body.source) < 2000
    assert running.row("gros").attachments
    (attachment,) = parse(body.source, skeleton=True).attachments
    running.submit(FetchPart(row.id, attachment.section))
    running.wait(PartArrived)
    data = bodies.part(running.store.reader(), row.id, attachment.section)
    assert data == b"ABC" * 100_000


def test_a_large_mail_whose_parts_the_server_cannot_find_is_read_whole(
    running: Running, server: Server
) -> None:
    lines = b"Le conseil de classe est avance.\r\n" * 12_000
    server.put_source(
        b"Subject: perdu\r\nMessage-ID: <p@x>\r\n"
        b'Content-Type: multipart/mixed; boundary="absent"\r\n\r\n'
        b"--autre\r\nContent-Type: text/plain\r\n\r\n" + lines + b"--autre--\r\n"
    )
    running.connect()
    body = bodies.get(running.store.reader(), running.row("perdu").id)
    assert body is not None
    assert not body.skeleton
    assert "conseil de classe" in (parse(body.source).plain or "")


def test_the_text_of_a_mail_that_is_being_moved_is_fetched_where_it_still_is(
    running: Running, server: Server, dovecot: Dovecot
) -> None:
    from acterm.engine import actions
    from acterm.engine.bodies import Wanted, bring
    from acterm.secret import Secret
    from tests.servers.dovecot import PASSWORD

    server.put("un", folder="Archive", body="dedans")
    running.connect().stop()
    row = running.row("un", Role.ARCHIVE)
    actions.move(running.store, Move((row.id,), to=Role.TRASH))
    imap = Imap.connect(running.account.imap, ca_file=running.account.ca_file)
    imap.sign_in(running.account.login, Secret(PASSWORD))
    bring(imap, running.store, Wanted(row.id))
    imap.close()
    body = bodies.get(running.store.reader(), row.id)
    assert body is not None
    assert b"dedans" in body.source


def test_a_text_that_is_gone_is_said(running: Running, server: Server) -> None:
    running.connect()
    running.submit(FetchBody(12345))
    assert running.wait(BodyFailed).message_id == 12345


@pytest.fixture
def cable(mailbox: Mailbox) -> Iterator[Cable]:
    """What the account's mail comes through."""
    found = Cable(mailbox.account)
    yield found
    found.cut()


def test_a_dead_link_is_said_with_its_age_and_heals_by_itself(
    cable: Cable, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "delay", lambda _failures: 0.1)
    server.put("un")
    with engine_for(cable.account) as running:
        running.connect()
        before = time.time()
        cable.cut()
        lost = _offline(running)
        assert before - 5 < lost.since <= before + 1
        assert lost.words
        row = running.row("un")
        running.submit(SetFlag((row.id,), Flag.SEEN, True))
        until(lambda: not running.row("un").unread, "done here at once")
        running.submit(FetchBody(999))
        assert running.wait(BodyFailed).message_id == 999
        cable.mend()
        running.wait_until_in_step()
        running.wait_until_told()
    assert "\\Seen" in server.flags()[0]


def test_refresh_does_not_wait_for_the_next_try(
    cable: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "delay", lambda _failures: 600.0)
    with engine_for(cable.account) as running:
        running.connect()
        cable.cut()
        _offline(running)
        cable.mend()
        running.submit(Refresh())
        running.wait_until_in_step()


def test_refresh_finds_out_that_a_link_is_dead(
    cable: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acterm.engine.engine._ANSWER_WITHIN", 0.3)
    with engine_for(cable.account) as running:
        running.connect()
        cable.kill_silently()
        running.submit(Refresh())
        _offline(running)
        cable.mend()
        running.wait_until_in_step()


def test_refresh_leaves_a_link_that_lives_alone(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acterm.engine.engine._ANSWER_WITHIN", 0.3)
    running.connect()
    running.submit(Refresh())
    running.wait_until_in_step()
    threading.Event().wait(0.5)
    assert Link.OFFLINE not in [event.link for event in running.said(LinkChanged)]


def test_stopping_does_not_wait_for_a_dead_link(cable: Cable) -> None:
    with engine_for(cable.account) as running:
        running.connect()
        cable.kill_silently()
        running.submit(Refresh())
        start = time.monotonic()
        running.stop()
        assert time.monotonic() - start < 0.3


def test_a_kicked_connection_comes_back(
    running: Running, mailbox: Mailbox, dovecot: Dovecot
) -> None:
    running.connect()
    dovecot.doveadm("kick", running.account.login)
    running.wait_until_in_step()
    Server(mailbox).put("après")
    running.wait(NewMail)


def test_what_happened_offline_is_known_after_a_restart(
    running: Running, server: Server, dovecot: Dovecot
) -> None:
    running.connect().stop()
    dovecot.stop()
    try:
        running.start()
        assert _offline(running).since > 0
    finally:
        dovecot.start()


def _stalled(account: Account, script: object) -> float:
    """Seconds that stopping takes while the server says nothing."""
    said = threading.Event()

    def stall(conversation: Conversation, _tag: bytes) -> None:
        said.set()
        conversation.stall()

    with Liar(script(stall)) as liar:  # type: ignore[operator]
        stuck = Account(account.address, "a", liar.server, liar.server)
        with engine_for(stuck) as running:
            running.start()
            assert said.wait(10)
            start = time.monotonic()
            running.stop()
            return time.monotonic() - start


@pytest.mark.parametrize("command", ["CAPABILITY", "LOGIN", "LIST", "SELECT"])
def test_stopping_does_not_wait_for_a_server_that_stalls(running: Running, command: str) -> None:
    inbox = b'* LIST () "/" INBOX\r\n%t OK done\r\n'
    script = lambda stall: liar_imap({"LIST": inbox, command: stall})  # noqa: E731
    assert _stalled(running.account, script) < 0.35


def test_stopping_an_idle_engine_is_quick(running: Running) -> None:
    running.connect()
    start = time.monotonic()
    running.stop()
    assert time.monotonic() - start < 0.3


def test_a_folder_that_cannot_be_opened_stops_no_other(
    running: Running, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acterm.errors import Refused

    server.put("un", folder="Archive")
    server.put("deux")
    opened = Imap.open

    def refusing(imap: Imap, path: str, *rest: object) -> object:
        if path == "Archive":
            raise Refused("interdit")
        return opened(imap, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Imap, "open", refusing)
    running.connect()
    assert running.subjects() == ["deux"]
    assert [event.link for event in running.said(LinkChanged)].count(Link.OFFLINE) == 0


def test_a_bug_is_told_and_logged_without_mail_and_the_account_goes_on(
    running: Running, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(_message_id: int, source: bytes, _skeleton: bool) -> None:
        raise ValueError(source.decode())

    monkeypatch.setattr("acterm.store.bodies.read", bug)
    server.put("secret", body="contenu privé")
    running.connect()
    (crash,) = running.said(Crashed)
    log = running.store.path.with_name("acterm.log").read_text()
    assert crash.log.endswith("acterm.log")
    assert "ValueError" in log
    assert "contenu" not in log
    server.put("suivant")
    running.wait(NewMail)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 2), (2, 4), (5, 32), (9, 300), (99, 300)])
def test_back_off_doubles_up_to_five_minutes(failures: int, seconds: float) -> None:
    assert backoff.delay(failures, jitter=1.0) == seconds
    assert backoff.delay(failures, jitter=0.0) == seconds / 2


def test_what_was_written_a_moment_before_the_end_is_kept(running: Running) -> None:
    running.connect()
    texts = [str(number) for number in range(30)]
    for text in texts:
        running.submit(KeepDraft(Draft(running.account.id, body=text)))
    running.engine.stop()
    assert sorted(one.body for one in drafts.all_drafts(running.store.reader())) == sorted(texts)
