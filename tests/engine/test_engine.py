"""The engine on a real Dovecot: mail comes, changes reach the server, once, and can be undone."""

from acterm.engine.messages import (
    BodyArrived,
    Done,
    FetchBody,
    Link,
    LinkChanged,
    Move,
    NewMail,
    Send,
    SendingChanged,
    SendingState,
    SetFlag,
    SignInWasRefused,
    Undo,
    Undone,
)
from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.mail.mime import parse
from acterm.secret import Secret
from acterm.store import accounts, bodies, drafts, intents
from tests.engine.conftest import Running, Server
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import MailServer
from tests.servers.waiting import until


def _connected(running: Running) -> None:
    running.wait(LinkChanged, lambda event: event.link is Link.CONNECTED)


def _told(running: Running) -> None:
    """Until nothing waits to be told to the server."""
    db = running.store.reader()
    until(lambda: not intents.pending(db, running.account.id), "the server was told")


def test_mail_on_the_server_is_in_the_list_newest_first(running: Running, server: Server) -> None:
    server.put("premier", "deuxième", "troisième")
    _connected(running.start())
    assert [row.subject for row in running.rows()] == ["troisième", "deuxième", "premier"]
    inbox = running.folder(Role.INBOX)
    assert (inbox.messages, inbox.unread) == (3, 3)


def test_new_mail_comes_by_itself(running: Running, server: Server) -> None:
    server.put("ancien")
    _connected(running.start())
    server.put("nouveau")
    event = running.wait(NewMail)
    assert running.rows()[0].id in event.ids
    assert running.rows()[0].subject == "nouveau"


def test_what_another_client_does_is_seen(running: Running, server: Server) -> None:
    server.put("lu ailleurs", "supprimé ailleurs")
    _connected(running.start())
    server.imap.select("INBOX")
    server.imap.store("1", "+FLAGS", "\\Seen")
    server.imap.store("2", "+FLAGS", "\\Deleted")
    server.imap.expunge()
    until(lambda: [row.subject for row in running.rows()] == ["lu ailleurs"], "one is gone")
    until(lambda: not running.rows()[0].unread, "the other is read")


def test_a_text_is_fetched_and_found(running: Running, server: Server) -> None:
    server.put("conseil", body="Le cœur du sujet")
    _connected(running.start())
    (row,) = running.rows()
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived, lambda event: event.message_id == row.id)
    body = bodies.get(running.store.reader(), row.id)
    assert body is not None
    assert (parse(body.source).plain or "").strip() == "Le cœur du sujet"


def test_archiving_reaches_the_server_and_is_undone(running: Running, server: Server) -> None:
    server.put("à classer", "à garder")
    _connected(running.start())
    row = next(row for row in running.rows() if row.subject == "à classer")
    running.submit(Move((row.id,), to=Role.ARCHIVE))
    assert running.wait(Done).label == "1 mail archivé"
    assert [one.subject for one in running.rows()] == ["à garder"]
    until(lambda: server.subjects("Archive") == ["à classer"], "archived on the server")
    _told(running)
    running.submit(Undo())
    running.wait(Undone)
    until(lambda: server.subjects("Archive") == [], "undone on the server")
    until(lambda: sorted(server.subjects()) == ["à classer", "à garder"], "back in the inbox")
    _told(running)
    until(lambda: len(running.rows()) == 2 and all(one.uid for one in running.rows()), "both rows")
    assert running.folder(Role.INBOX).messages == 2


def test_what_is_done_offline_reaches_the_server_once(running: Running, server: Server) -> None:
    server.put("un", "deux", "trois")
    _connected(running.start())
    running.stop()
    from acterm.engine import actions as acting

    first, second, third = running.rows()
    acting.move(running.store, Move((first.id,), to=Role.TRASH))
    acting.set_flag(running.store, SetFlag((second.id, third.id), Flag.FLAGGED, True))
    _connected(running.start())
    assert server.subjects("Trash") == ["trois"]
    assert sorted(server.subjects()) == ["deux", "un"]
    assert all("\\Flagged" in flags for flags in server.flags())


def test_undo_before_the_server_knows_leaves_no_trace(running: Running, server: Server) -> None:
    server.put("un")
    _connected(running.start())
    running.stop()
    from acterm.engine import actions as acting
    from acterm.engine import undo

    (row,) = running.rows()
    acting.move(running.store, Move((row.id,), to=Role.TRASH))
    assert running.rows() == []
    undo.newest(running.store, 0.0)
    assert [one.uid for one in running.rows()] == [row.uid]
    waiting = intents.pending(running.store.reader(), running.account.id)
    assert [intent.kind for intent in waiting] == ["look"]


def test_a_refused_password_is_tried_once(
    running: Running, server: Server, dovecot: Dovecot
) -> None:
    running.vault.remember(running.account, Secret("faux"))
    running.start()
    event = running.wait(SignInWasRefused)
    assert "Authentication failed" in event.words
    assert accounts.refusal(running.store.reader(), running.account.id) is not None
    running.stop()
    running.start()
    running.wait(SignInWasRefused)
    refused = [line for line in dovecot.log().splitlines() if f"<{running.account.login}>" in line]
    assert len([line for line in refused if "auth failed" in line]) == 1


def test_a_mail_is_sent_filed_and_its_draft_goes(
    running: Running, server: Server, smtp: MailServer
) -> None:
    server.put("question")
    _connected(running.start())
    (row,) = running.rows()
    draft = Draft(
        running.account.id,
        to="chloe.gerard@ac-amiens.fr",
        subject="Re: question",
        body="Oui.",
        original_id=row.id,
    )
    running.submit(Send(draft, delay=0))
    running.wait(SendingChanged, lambda event: event.state is SendingState.SENT)
    smtp.wait_for(1)
    assert smtp.delivered[0].recipients == ["chloe.gerard@ac-amiens.fr"]
    until(lambda: server.subjects("Sent") == ["Re: question"], "filed in Sent")
    assert drafts.all_drafts(running.store.reader()) == []


def test_sending_is_undone_within_its_delay(
    running: Running, server: Server, smtp: MailServer
) -> None:
    _connected(running.start())
    draft = Draft(running.account.id, to="a@college.example", subject="trop vite", body="x")
    running.submit(Send(draft, delay=60))
    running.wait(SendingChanged, lambda event: event.state is SendingState.QUEUED)
    running.submit(Undo())
    undone = running.wait(Undone)
    kept = drafts.get(running.store.reader(), undone.draft_id)
    assert kept is not None
    assert kept.subject == "trop vite"
    assert [one.id for one in drafts.all_drafts(running.store.reader())] == [undone.draft_id]
    assert smtp.delivered == []
