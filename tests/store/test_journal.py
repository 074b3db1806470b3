"""What must never be lost or done twice: drafts, the outbox, intents, settings."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from acterm.mail.draft import Draft, DraftAttachment, Kind
from acterm.mail.message import Flag
from acterm.store import drafts, intents, outbox, settings
from acterm.store.db import Store, open_store
from acterm.store.intents import Intent
from acterm.store.outbox import Outgoing
from tests.store.conftest import Box
from tests.store.test_db import other_process

MAIL = Outgoing(
    account_id=1,
    message_id="1@ac-amiens.fr",
    sender="camille.lefevre@ac-amiens.fr",
    recipients=("hugo.petit@ac-lille.fr", "zoe@ac-lille.fr"),
    source=b"Subject: \xe9\r\n\r\nBonjour\x00",
    subject="Bonjour",
    not_before=10.0,
    queued_at=5.0,
    draft_id=3,
    original_id=4,
    answers="reply",
)


def test_a_draft_comes_back_as_it_was_typed(store: Store) -> None:
    draft = Draft(
        account_id=1,
        kind=Kind.REPLY,
        to="chloe, hug",
        cc="x",
        bcc="y",
        subject="Re: œuvre",
        body="Bonjour,\n\n",
        attachments=(
            DraftAttachment("a.pdf", "application/pdf", 9, path=Path("/tmp/a.pdf")),  # noqa: S108
            DraftAttachment("b.odt", "application/odt", 8, section="2.1"),
        ),
        original_id=7,
        in_reply_to="a@b",
        references=("r@s", "a@b"),
    )
    with store.write(durable=True) as db:
        row_id = drafts.keep(db, draft)
    kept = drafts.get(store.reader(), row_id)
    assert kept is not None
    assert kept.updated > 0
    assert replace(kept, updated=0.0) == replace(draft, id=row_id)


def test_the_journal_has_one_row_a_draft(store: Store) -> None:
    with store.write(durable=True) as db:
        row_id = drafts.keep(db, Draft(account_id=1, body="Bon"))
        assert drafts.keep(db, Draft(account_id=1, body="Bonjour", id=row_id)) == row_id
    assert [draft.body for draft in drafts.all_drafts(store.reader())] == ["Bonjour"]


def test_an_abandoned_draft_comes_back(store: Store) -> None:
    with store.write(durable=True) as db:
        row_id = drafts.keep(db, Draft(account_id=1, body="Bonjour"))
        drafts.abandon(db, row_id)
    assert drafts.all_drafts(store.reader()) == []
    newest = drafts.newest_abandoned(store.reader())
    assert newest is not None
    assert newest[0] == row_id
    with store.write(durable=True) as db:
        drafts.revive(db, row_id)
    assert [draft.id for draft in drafts.all_drafts(store.reader())] == [row_id]
    assert drafts.newest_abandoned(store.reader()) is None


def test_the_copy_on_the_server_is_known(store: Store) -> None:
    with store.write(durable=True) as db:
        row_id = drafts.keep(db, Draft(account_id=1))
        assert drafts.server_copy(db, row_id) == (0, 0)
        drafts.set_server_copy(db, row_id, 4, 44)
        drafts.keep(db, Draft(account_id=1, body="plus", id=row_id))
    assert drafts.server_copy(store.reader(), row_id) == (4, 44)
    with store.write(durable=True) as db:
        drafts.remove(db, row_id)
    assert drafts.server_copy(store.reader(), row_id) == (0, 0)


@pytest.fixture
def queued(store: Store) -> int:
    """The row of a mail in the outbox."""
    with store.write(durable=True) as db:
        return outbox.put(db, MAIL)


def test_a_queued_mail_comes_back_byte_for_byte(store: Store, queued: int) -> None:
    assert outbox.get(store.reader(), queued) == replace(MAIL, id=queued, refused={})
    assert outbox.waiting(store.reader()) == 1
    assert outbox.waiting(store.reader(), account_id=2) == 0


def test_a_mail_is_claimed_once_however_many_try(store: Store, queued: int) -> None:
    taken: list[bool] = []

    def take() -> None:
        with store.write(durable=True) as db:
            taken.append(outbox.claim(db, queued))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(True) == 1
    mail = outbox.get(store.reader(), queued)
    assert mail is not None
    assert (mail.state, mail.attempts) == ("sending", 1)


def test_two_processes_do_not_claim_the_same_mail(store: Store, path: Path) -> None:
    with store.write(durable=True) as db:
        rows = [outbox.put(db, MAIL) for _ in range(50)]
    body = """
from acterm.store import outbox
won = 0
for row in range(1, 51):
    with store.write(durable=True) as db:
        won += outbox.claim(db, row)
print(won)
"""
    workers = [other_process(path, body) for _ in range(2)]
    assert sum(int(worker.communicate(timeout=60)[0]) for worker in workers) == len(rows)


def test_a_mail_that_is_being_sent_cannot_be_taken_back(store: Store, queued: int) -> None:
    with store.write(durable=True) as db:
        assert outbox.claim(db, queued)
        assert not outbox.cancel(db, queued)
        assert [mail.id for mail in outbox.orphans(db)] == [queued]
        outbox.postpone(db, queued, 99.0, "Le serveur ne répond pas")
        assert outbox.cancel(db, queued)
        assert not outbox.claim(db, queued)
    assert outbox.unsettled(store.reader()) == []


def test_a_mail_that_may_have_left_does_not_wait(store: Store, queued: int) -> None:
    with store.write(durable=True) as db:
        outbox.settle(db, queued, "unsure")
    assert outbox.waiting(store.reader()) == 0
    assert [mail.id for mail in outbox.unsettled(store.reader())] == [queued]


def test_how_a_sending_ended_is_kept(store: Store, queued: int) -> None:
    with store.write(durable=True) as db:
        outbox.settle(db, queued, "refused", "550 inconnu", {"zoe@ac-lille.fr": "550 inconnu"})
    (mail,) = outbox.unsettled(store.reader())
    assert (mail.state, mail.words) == ("refused", "550 inconnu")
    assert mail.refused == {"zoe@ac-lille.fr": "550 inconnu"}
    assert outbox.waiting(store.reader()) == 0


def test_a_sent_mail_keeps_its_bytes_until_the_copy_is_in_sent(store: Store, queued: int) -> None:
    with store.write(durable=True) as db:
        outbox.settle(db, queued, "sent")
        (mail,) = outbox.unfiled(db, MAIL.account_id)
        assert mail.source == MAIL.source
        outbox.set_filed(db, queued)
    assert outbox.unfiled(store.reader(), MAIL.account_id) == []
    mail = outbox.get(store.reader(), queued)  # type: ignore[assignment]
    assert (mail.filed, mail.source, mail.subject) == (True, b"", "Bonjour")


def seen(box: Box, message_id: int) -> Intent:
    return Intent(box.account.id, "flag", message_id, box.inbox.id, 1, flag=Flag.SEEN, on=True)


def add_group(box: Box, label: str, *some: Intent, undoes: int = 0) -> int:
    with box.store.write(durable=True) as db:
        return intents.add_group(db, label, some, at=1.0, undoes=undoes)


def test_intents_wait_in_order_until_they_are_done(box: Box) -> None:
    add_group(box, "2 mails lus", seen(box, 1), seen(box, 2))
    add_group(box, "1 mail lu", seen(box, 3))
    first, second, third = intents.pending(box.store.reader(), box.account.id)
    assert [one.message_id for one in (first, second, third)] == [1, 2, 3]
    assert replace(first, id=0, group=0) == seen(box, 1)
    with box.store.write(durable=True) as db:
        intents.mark(db, first.id, "done")
        intents.mark(db, second.id, "doing")
        intents.mark(db, third.id, "refused", "Le dossier n'existe plus")
    assert [one.id for one in intents.pending(box.store.reader(), box.account.id)] == [second.id]
    assert intents.pending(box.store.reader(), box.account.id + 1) == []


def test_undo_takes_the_newest_group_then_the_one_before(box: Box) -> None:
    db = box.store.reader()
    assert intents.newest_undoable(db) is None
    older = add_group(box, "1 mail lu", seen(box, 1))
    newer = add_group(box, "1 mail jeté", seen(box, 2))
    add_group(box, "annulation", seen(box, 2), undoes=newer)
    newest = intents.newest_undoable(db)
    assert newest is not None
    assert (newest.id, newest.label) == (newer, "1 mail jeté")
    with box.store.write(durable=True) as writer:
        intents.set_undone(writer, newer)
    assert intents.newest_undoable(db) == intents.Group(older, "1 mail lu", 1.0)


def test_what_the_server_refused_is_not_undone_again(box: Box) -> None:
    older = add_group(box, "1 mail lu", seen(box, 1))
    newer = add_group(box, "1 mail jeté", seen(box, 2))
    with box.store.write(durable=True) as db:
        for intent in intents.of_group(db, newer):
            intents.mark(db, intent.id, "refused")
    newest = intents.newest_undoable(box.store.reader())
    assert newest is not None
    assert newest.id == older


def test_the_activity_lists_what_a_person_did_once(box: Box) -> None:
    def labels() -> list[str]:
        return [group.label for group, *_rest in intents.recent(box.store.reader())]

    thrown = add_group(box, "1 mail jeté", seen(box, 1))
    back = add_group(box, "1 mail jeté", seen(box, 1), undoes=thrown)
    opened = add_group(box, "1 mail lu", seen(box, 2), undoes=-1)
    assert labels() == ["1 mail lu", "1 mail jeté", "1 mail jeté"]
    with box.store.write(durable=True) as db:
        for group in (thrown, back, opened):
            for intent in intents.of_group(db, group):
                intents.mark(db, intent.id, "done")
    assert labels() == ["1 mail jeté"]


def test_only_what_still_waits_can_be_dropped(box: Box) -> None:
    group = add_group(box, "2 mails lus", seen(box, 1), seen(box, 2))
    first, second = intents.of_group(box.store.reader(), group)
    with box.store.write(durable=True) as db:
        intents.mark(db, first.id, "doing")
        intents.drop(db, [first.id, second.id])
    assert [one.id for one in intents.of_group(box.store.reader(), group)] == [first.id]


def test_a_message_moved_twice_is_known_by_its_newest_name(box: Box) -> None:
    move = Intent(box.account.id, "move", 1, box.inbox.id, 1, target_folder_id=box.trash.id)
    back = Intent(box.account.id, "move", 1, box.trash.id, 0, target_folder_id=box.inbox.id)
    group = add_group(box, "jeté", move)
    with box.store.write(durable=True) as db:
        (done,) = intents.of_group(db, group)
        intents.mark(db, done.id, "done", target_uid=41)
    (waiting,) = intents.of_group(box.store.reader(), add_group(box, "repris", back))
    assert intents.where_now(box.store.reader(), waiting).uid == 41


def test_settings_hold_anything_json_can(store: Store) -> None:
    assert settings.get(store.reader(), "theme", "clair") == "clair"
    with store.write() as db:
        settings.put(db, "theme", {"nom": "sombre", "coins": [1, 2]})
        settings.put(db, "theme", ["é"])
    assert settings.get(store.reader(), "theme") == ["é"]


def test_everything_is_there_after_the_store_is_opened_again(store: Store, queued: int) -> None:
    with store.write(durable=True) as db:
        drafts.keep(db, Draft(account_id=1, body="Bonjour"))
    store.close()
    again = open_store(store.path)
    assert outbox.waiting(again.reader()) == 1
    assert len(drafts.all_drafts(again.reader())) == 1
    again.close()
