"""What a person does reaches the server once, in order, or is undone and told."""

import pytest

from acterm.engine import actions, replay, undo
from acterm.engine.messages.base import Done, Failed, Undone
from acterm.engine.messages.mail import Move, SetFlag, Undo
from acterm.errors import Refused
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.store import intents
from tests.engine.conftest import Running, Server, mail
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.waiting import until


def _link(running: Running, *missing: str) -> Imap:
    """A connection of the test's own, as if the server did not offer some extensions."""
    imap = Imap.connect(running.account.imap, ca_file=running.account.ca_file)
    imap.sign_in(running.account.login, Secret(PASSWORD))
    imap._link.capabilities = imap.capabilities - set(missing)
    return imap


def _states(running: Running) -> list[str]:
    db = running.store.reader()
    return [one.state for group, _undone, _left in intents.recent(db)
            for one in intents.of_group(db, group.id)]  # fmt: skip


@pytest.mark.parametrize(
    "missing", [(), ("MOVE",), ("MOVE", "UIDPLUS")], ids=["all", "no MOVE", "hardly any"]
)
def test_a_move_gets_there_and_is_named(
    running: Running, server: Server, missing: tuple[str, ...]
) -> None:
    server.put("un", "deux")
    running.connect().stop()
    actions.move(running.store, Move((running.row("un").id,), to=Role.ARCHIVE))
    imap = _link(running, *missing)
    replay.replay(imap, running.store, running.account, running.heard.put)
    imap.close()
    assert server.subjects("Archive") == ["un"]
    assert server.subjects() == ["deux"]
    assert running.row("un", Role.ARCHIVE).uid > 0
    assert running.said(Failed) == []


@pytest.mark.parametrize(
    "missing", [(), ("MOVE",), ("MOVE", "UIDPLUS")], ids=["all", "no MOVE", "hardly any"]
)
@pytest.mark.parametrize("message_id", ["", "-"], ids=["named", "without Message-ID"])
def test_a_move_whose_answer_was_lost_is_not_repeated(
    running: Running, server: Server, missing: tuple[str, ...], message_id: str
) -> None:
    server.put_source(mail("un", message_id=message_id))
    running.connect().stop()
    row = running.row("un")
    actions.move(running.store, Move((row.id,), to=Role.ARCHIVE))
    imap = _link(running, *missing)
    replay._begin(running.store, running.account, 1)
    imap.open("INBOX")
    imap.move([row.uid], "Archive")
    replay.replay(imap, running.store, running.account, running.heard.put)
    imap.close()
    assert (server.subjects("Archive"), server.subjects()) == (["un"], [])
    assert running.row("un", Role.ARCHIVE).uid > 0
    assert running.said(Failed) == []


def test_a_copy_without_its_deletion_is_finished(running: Running, server: Server) -> None:
    server.put("un")
    running.connect().stop()
    actions.move(running.store, Move((running.row("un").id,), to=Role.ARCHIVE))
    replay._begin(running.store, running.account, 1)
    server.imap.select("INBOX")
    server.imap.copy("1", "Archive")
    imap = _link(running, "MOVE")
    replay.replay(imap, running.store, running.account, running.heard.put)
    imap.close()
    assert (server.subjects("Archive"), server.subjects()) == (["un"], [])


def test_an_older_copy_in_the_target_is_not_taken_for_the_mail(
    running: Running, server: Server
) -> None:
    server.put("un", folder="Archive")
    server.put("un")
    running.connect().stop()
    older = running.row("un", Role.ARCHIVE)
    actions.move(running.store, Move((running.row("un").id,), to=Role.ARCHIVE))
    replay._begin(running.store, running.account, 1)
    imap = _link(running, "MOVE")
    replay.replay(imap, running.store, running.account, running.heard.put)
    imap.close()
    assert server.subjects("Archive") == ["un", "un"]
    assert server.subjects() == []
    assert len({row.uid for row in running.rows(Role.ARCHIVE)} - {0, older.uid}) == 1


def test_what_follows_a_move_is_done_where_the_mail_is_now(
    running: Running, server: Server
) -> None:
    server.put("un")
    running.connect().stop()
    row = running.row("un")
    actions.move(running.store, Move((row.id,), to=Role.ARCHIVE))
    actions.set_flag(running.store, SetFlag((row.id,), Flag.FLAGGED, True))
    actions.move(running.store, Move((row.id,), to=Role.TRASH))
    running.connect()
    running.wait_until_told()
    assert (server.subjects(), server.subjects("Archive")) == ([], [])
    assert server.subjects("Trash") == ["un"]
    assert "\\Flagged" in server.flags("Trash")[0]


def test_a_mail_somebody_else_took_away_goes_and_is_told(running: Running, server: Server) -> None:
    server.put("un", "deux")
    running.connect().stop()
    first, second = running.row("un"), running.row("deux")
    server.delete(1)
    actions.move(running.store, Move((first.id, second.id), to=Role.ARCHIVE))
    running.connect()
    running.wait_until_told()
    (failed,) = running.said(Failed)
    assert failed.ids == (first.id,)
    assert "n’est plus sur le serveur" in failed.title
    assert running.subjects(Role.ARCHIVE) == ["deux"]
    assert running.subjects() == []
    assert running.folder(Role.ARCHIVE).messages == 1


def test_a_refused_move_is_undone_with_all_that_followed(running: Running, server: Server) -> None:
    server.imap.create("Voyage")
    server.put("un", "autre")
    running.connect().stop()
    row = running.row("un")
    target = next(one for one in _folders(running) if one.name == "Voyage")
    actions.move(running.store, Move((row.id,), folder_id=target.id))
    actions.move(running.store, Move((row.id,), to=Role.TRASH))
    actions.set_flag(running.store, SetFlag((running.row("autre").id,), Flag.FLAGGED, True))
    server.imap.delete("Voyage")
    imap = _link(running)
    replay.replay(imap, running.store, running.account, running.heard.put)
    imap.close()
    assert sorted(running.subjects()) == ["autre", "un"]
    assert running.row("un").uid == row.uid
    assert running.folder(Role.INBOX).messages == 2
    assert [event.ids for event in running.said(Failed)] == [(row.id,)]
    assert server.subjects("Trash") == []
    assert sorted("\\Flagged" in flags for flags in server.flags()) == [False, True]


def test_one_refused_mail_of_several_does_not_hold_the_others(
    running: Running, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put("un", "deux", "trois")
    running.connect().stop()
    rows = running.rows()
    actions.move(running.store, Move(tuple(row.id for row in rows), to=Role.ARCHIVE))
    imap = _link(running)
    move, locked = imap.move, running_uid(rows, "deux")

    def refusing(uids: list[int], path: str) -> dict[int, int]:
        if locked in uids:
            raise Refused("verrouillé")
        return move(uids, path)

    monkeypatch.setattr(imap, "move", refusing)
    replay.replay(imap, running.store, running.account, running.heard.put)
    imap.close()
    assert running.subjects() == ["deux"]
    assert sorted(server.subjects("Archive")) == ["trois", "un"]
    assert len(running.said(Failed)) == 1


def test_intents_for_a_folder_numbered_anew_are_refused_in_words(
    running: Running, server: Server, dovecot: Dovecot
) -> None:
    server.put("un", "deux")
    running.connect().stop()
    actions.move(running.store, Move((running.row("un").id,), to=Role.TRASH))
    login = running.account.login
    dovecot.doveadm("mailbox", "update", "-u", login, "--uid-validity", "1999999998", "INBOX")
    running.connect()
    assert "numéroté" in running.said(Failed)[0].title
    assert sorted(running.subjects()) == ["deux", "un"]
    assert running.subjects(Role.TRASH) == []
    assert server.subjects("Trash") == []
    assert (running.folder(Role.INBOX).messages, running.folder(Role.TRASH).messages) == (2, 0)


def test_archiving_is_done_and_undone_on_the_server(running: Running, server: Server) -> None:
    server.put("à classer", "à garder")
    running.connect()
    row = running.row("à classer")
    running.submit(Move((row.id,), to=Role.ARCHIVE))
    assert running.wait(Done) == Done((row.id,), "1 mail archivé")
    assert running.subjects() == ["à garder"]
    running.wait_until_told()
    assert server.subjects("Archive") == ["à classer"]
    running.submit(Undo())
    assert running.wait(Undone).label == "Annulé\xa0: 1 mail archivé"
    running.wait_until_told()
    assert server.subjects("Archive") == []
    assert sorted(server.subjects()) == ["à classer", "à garder"]
    until(lambda: all(one.uid for one in running.rows()), "the server named it")
    assert len(running.rows()) == running.folder(Role.INBOX).messages == 2


def test_undo_before_the_server_knows_changes_nothing_there(
    running: Running, server: Server
) -> None:
    server.put("un")
    running.connect().stop()
    row = running.row("un")
    actions.move(running.store, Move((row.id,), to=Role.TRASH))
    assert running.subjects() == []
    undo.newest(running.store, 0.0)
    assert running.row("un") == row
    running.connect()
    running.wait_until_told()
    assert (server.subjects(), server.subjects("Trash")) == (["un"], [])


def test_undo_of_a_move_finds_out_that_the_mail_has_gone(running: Running, server: Server) -> None:
    server.put("un", "deux")
    running.connect().stop()
    actions.move(running.store, Move((running.row("un").id,), to=Role.TRASH))
    server.delete(1)
    imap = _link(running)
    imap.close()
    undo.newest(running.store, 0.0)
    running.connect()
    running.wait_until_told()
    until(lambda: running.subjects() == ["deux"], "the mail that has gone is not shown")


def test_undo_passes_by_what_was_read_and_what_was_refused(
    running: Running, server: Server
) -> None:
    server.put("un", "deux")
    running.connect()
    first, second = running.row("un"), running.row("deux")
    running.submit(SetFlag((first.id,), Flag.FLAGGED, True))
    running.wait(Done)
    running.submit(SetFlag((second.id,), Flag.SEEN, True, quiet=True))
    running.submit(Undo())
    assert running.wait(Undone).label == "Annulé\xa0: 1 mail suivi"
    running.wait_until_told()
    until(lambda: "\\Flagged" not in "".join(server.flags()), "the star is gone")
    assert "\\Seen" in server.flags()[1]
    running.submit(Undo())
    assert "rien à annuler" in running.wait(Failed).title


def test_a_flag_that_stands_already_is_no_change(running: Running, server: Server) -> None:
    server.put("un", flags="\\Seen")
    running.connect().stop()
    row = running.row("un")
    assert not actions.set_flag(running.store, SetFlag((row.id,), Flag.SEEN, True))
    assert intents.pending(running.store.reader(), running.account.id) == []


def test_a_folder_that_does_not_exist_is_said_and_nothing_moves(
    running: Running, server: Server
) -> None:
    server.put("un")
    running.connect()
    row = running.row("un")
    running.submit(Move((row.id,), to=Role.ALL))
    assert running.wait(Failed).ids == (row.id,)
    assert running.row("un") == row


def test_five_hundred_and_more_mails_go_in_one_key(running: Running, server: Server) -> None:
    server.imap.select("INBOX")
    server.put(*(f"n{number}" for number in range(520)))
    running.connect()
    ids = tuple(row_id for page in _ids(running) for row_id in page)
    assert len(ids) == 520
    running.submit(Move(ids, to=Role.TRASH))
    assert running.wait(Done).label == "520 mails à la corbeille"
    running.wait_until_told()
    assert len(server.subjects("Trash")) == 520
    running.submit(Undo())
    running.wait(Undone)
    running.wait_until_told()
    assert (len(server.subjects()), server.subjects("Trash")) == (520, [])


def running_uid(rows: list, subject: str) -> int:  # type: ignore[type-arg]
    """The UID of the mail with this subject."""
    return next(row.uid for row in rows if row.subject == subject)


def _folders(running: Running) -> list:  # type: ignore[type-arg]
    from acterm.store import folders

    return folders.of_account(running.store.reader(), running.account.id)


def _ids(running: Running):  # type: ignore[no-untyped-def]
    from acterm.store import messages

    return messages.ids(running.store.reader(), running.folder(Role.INBOX).id)
