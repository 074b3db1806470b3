"""Messages: lists in order, counts that are right at once, what sync brings while things move."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from acterm.mail.address import Address
from acterm.mail.folder import SyncState
from acterm.mail.message import Envelope, Flag, Header
from acterm.store import folders, intents, messages
from acterm.store.db import Store, open_store
from acterm.store.intents import Intent
from tests.store.conftest import Box, furnish
from tests.store.headers import CAMILLE, CHLOE, HUGO, MONDAY, header


def fill(box: Box, *headers: Header) -> list[int]:
    """Headers arriving in the inbox."""
    with box.store.write() as db:
        return messages.add(db, box.inbox.id, headers)


def subjects(box: Box) -> list[str]:
    """The inbox as the list shows it."""
    return [mail.subject for mail in messages.first_page(box.store.reader(), box.inbox.id)]


def every_id(store: Store, folder_id: int) -> list[int]:
    return [one for part in messages.ids(store.reader(), folder_id) for one in part]


def test_the_first_page_is_newest_first(box: Box) -> None:
    fill(box, header(1, "ancien"), header(3, "neuf"), header(2, "entre"))
    assert subjects(box) == ["neuf", "entre", "ancien"]


def test_of_one_second_the_higher_uid_comes_first(box: Box) -> None:
    fill(box, header(1, "premier", date=MONDAY), header(2, "second", date=MONDAY))
    assert subjects(box) == ["second", "premier"]


def test_a_list_row_has_what_the_list_shows(box: Box) -> None:
    (row_id,) = fill(
        box, header(9, "Œuvre", to=(CAMILLE, HUGO), flags=Flag.FLAGGED, attachments=True)
    )
    assert messages.get(box.store.reader(), row_id) == Envelope(
        id=row_id,
        folder_id=box.inbox.id,
        uid=9,
        date=MONDAY + 540,
        sender=CHLOE,
        to="Camille Lefèvre, Hugo Petit",
        subject="Œuvre",
        flags=Flag.FLAGGED,
        size=2000,
        attachments=True,
    )


def test_a_header_comes_back_whole(box: Box) -> None:
    odd = header(
        9,
        'Tab\there, quote " and \\',
        cc=(Address("", "x@y"), Address('Nom "double"', "")),
        in_reply_to="a@b",
        references=("r@s", "a@b"),
        list_id="profs.ac-amiens.fr",
        sent=0,
    )
    (row_id,) = fill(box, odd)
    assert messages.headers_of(box.store.reader(), row_id) == odd


def test_a_mail_without_anything_is_listed(box: Box) -> None:
    empty = header(1, "", date=0, sent=0, sender=Address("", ""), to=(), message_id="")
    (row_id,) = fill(box, empty)
    assert messages.headers_of(box.store.reader(), row_id) == empty
    assert messages.related(box.store.reader(), row_id) == [row_id]


def test_known_uids_stay_as_they_are_and_only_new_rows_are_told(box: Box) -> None:
    (first,) = fill(box, header(1, "déjà là"))
    new = fill(box, header(1, "autre"), header(2, "neuf"))
    assert messages.ids_of_uids(box.store.reader(), box.inbox.id, [1, 2]) == [first, *new]
    assert subjects(box) == ["neuf", "déjà là"]


def test_ids_come_in_slices_in_the_order_of_the_list(box: Box) -> None:
    fill(box, *(header(uid) for uid in range(1, 12_001)))
    slices = list(messages.ids(box.store.reader(), box.inbox.id))
    assert [len(part) for part in slices] == [5000, 5000, 2000]
    whole = every_id(box.store, box.inbox.id)
    page = messages.envelopes(box.store.reader(), whole)
    assert [mail.uid for mail in page] == list(range(12_000, 0, -1))


def test_envelopes_come_as_asked_without_those_that_are_gone(box: Box) -> None:
    first, second = fill(box, header(1), header(2))
    found = messages.envelopes(box.store.reader(), [second, 999, first, second])
    assert [mail.id for mail in found] == [second, first, second]


def test_counts_follow_what_arrives(box: Box) -> None:
    fill(box, header(1), header(2, flags=Flag.SEEN))
    fill(box, header(2), header(3))
    assert box.counts(box.inbox) == (3, 2)


def test_counts_follow_reading_moving_and_removing(box: Box) -> None:
    one, two, three = fill(box, header(1), header(2), header(3))
    with box.store.write() as db:
        messages.set_flag(db, [one, 999], Flag.SEEN, on=True)
        messages.set_flag(db, [one], Flag.SEEN, on=True)
        messages.move(db, [two], box.trash.id)
    assert box.counts(box.inbox) == (2, 1)
    assert box.counts(box.trash) == (1, 1)
    with box.store.write() as db:
        messages.apply_flags(db, box.inbox.id, {3: Flag.SEEN})
        assert messages.remove(db, box.inbox.id, [1, 77]) == 1
    assert box.counts(box.inbox) == (1, 0)
    with box.store.write() as db:
        assert messages.remove_range(db, box.inbox.id, 1, 100) == 1
    assert box.counts(box.inbox) == (0, 0)
    assert every_id(box.store, box.inbox.id) == []
    assert three not in every_id(box.store, box.trash.id)


def test_while_headers_are_missing_the_servers_counts_stand(box: Box) -> None:
    with box.store.write() as db:
        folders.set_sync_state(db, box.inbox.id, SyncState(uidvalidity=7, lowest_uid=500))
        folders.shift_counts(db, box.inbox.id, 1000, 40)
    (one,) = fill(box, header(999))
    assert box.counts(box.inbox) == (1000, 40)
    with box.store.write() as db:
        messages.set_flag(db, [one], Flag.SEEN, on=True)
    assert box.counts(box.inbox) == (1000, 39)
    with box.store.write() as db:
        folders.set_sync_state(db, box.inbox.id, SyncState(uidvalidity=7, lowest_uid=1))
    assert box.counts(box.inbox) == (1, 0)


def test_a_cleared_folder_is_empty(box: Box) -> None:
    fill(box, header(1), header(2))
    with box.store.write() as db:
        messages.clear(db, box.inbox.id)
    assert subjects(box) == []
    assert box.counts(box.inbox) == (0, 0)


def test_unread_neighbours_are_found_in_the_order_of_the_list(box: Box) -> None:
    read = {"flags": Flag.SEEN}
    ids = fill(box, header(1), header(2, **read), header(3), header(4, **read), header(5))
    db = box.store.reader()
    assert messages.next_unread(db, box.inbox.id, 0) == ids[4]
    assert messages.next_unread(db, box.inbox.id, ids[4]) == ids[2]
    assert messages.next_unread(db, box.inbox.id, ids[1]) == ids[0]
    assert messages.next_unread(db, box.inbox.id, ids[0]) == 0
    assert messages.previous_unread(db, box.inbox.id, ids[0]) == ids[2]
    assert messages.previous_unread(db, box.inbox.id, ids[3]) == ids[4]
    assert messages.previous_unread(db, box.inbox.id, ids[4]) == 0


def flag_seen(box: Box, row_id: int, *, state: str = "pending") -> None:
    """What the engine does for the key that marks as read."""
    with box.store.write(durable=True) as db:
        (_id, folder_id, uid) = messages.locate(db, [row_id])[0]
        messages.set_flag(db, [row_id], Flag.SEEN, on=True)
        one = Intent(box.account.id, "flag", row_id, folder_id, uid, flag=Flag.SEEN, on=True)
        group = intents.add_group(db, "1 mail lu", [one], at=1.0)
        intents.mark(db, intents.of_group(db, group)[0].id, state)


def test_a_flag_the_server_does_not_know_yet_keeps_the_value_set_here(box: Box) -> None:
    one, two = fill(box, header(1), header(2))
    flag_seen(box, one)
    with box.store.write() as db:
        changed = messages.apply_flags(
            db, box.inbox.id, {1: Flag.ANSWERED, 2: Flag.SEEN, 3: Flag.SEEN}
        )
    assert changed == [one, two]
    mails = messages.envelopes(box.store.reader(), [one, two])
    assert [mail.flags for mail in mails] == [Flag.SEEN | Flag.ANSWERED, Flag.SEEN]


def test_once_the_server_knows_its_word_counts_again(box: Box) -> None:
    (one,) = fill(box, header(1))
    flag_seen(box, one, state="done")
    with box.store.write() as db:
        assert messages.apply_flags(db, box.inbox.id, {1: Flag.NONE}) == [one]


def archive(box: Box, row_id: int) -> int:
    """What the engine does for the key that moves to the bin; returns the intent."""
    with box.store.write(durable=True) as db:
        (_id, folder_id, uid) = messages.locate(db, [row_id])[0]
        one = Intent(box.account.id, "move", row_id, folder_id, uid, target_folder_id=box.trash.id)
        group = intents.add_group(db, "1 mail jeté", [one], at=1.0)
        messages.move(db, [row_id], box.trash.id)
        return intents.of_group(db, group)[0].id


def test_a_mail_on_its_way_to_the_bin_does_not_come_back(box: Box) -> None:
    one, _two = fill(box, header(1), header(2))
    archive(box, one)
    assert fill(box, header(1), header(2)) == []
    assert box.counts(box.inbox) == (1, 1)
    assert list(messages.uids(box.store.reader(), box.inbox.id)) == [1, 2]


def test_in_the_bin_it_takes_the_uid_that_sync_brings(box: Box) -> None:
    (one,) = fill(box, header(1))
    intent = archive(box, one)
    with box.store.write() as db:
        intents.mark(db, intent, "done")
        assert messages.add(db, box.trash.id, [header(41, message_id="1@ac-amiens.fr")]) == []
    assert messages.locate(box.store.reader(), [one]) == [(one, box.trash.id, 41)]
    assert box.counts(box.trash) == (1, 1)


def test_an_older_copy_in_the_bin_is_a_mail_of_its_own(box: Box) -> None:
    (one,) = fill(box, header(1))
    archive(box, one)
    with box.store.write() as db:
        state = folders.sync_state(db, box.trash.id)
        folders.set_sync_state(db, box.trash.id, replace(state, uidnext=40))
        (copy,) = messages.add(db, box.trash.id, [header(7, message_id="1@ac-amiens.fr")])
    assert messages.locate(box.store.reader(), [one]) == [(one, box.trash.id, 0)]
    assert messages.locate(box.store.reader(), [copy]) == [(copy, box.trash.id, 7)]


def test_a_row_that_sync_made_before_the_server_answered_is_merged(box: Box) -> None:
    (one,) = fill(box, header(1))
    archive(box, one)
    with box.store.write() as db:
        (twin,) = messages.add(db, box.trash.id, [header(41, message_id="")])
        messages.set_uid(db, one, box.trash.id, 41)
    assert messages.get(box.store.reader(), twin) is None
    assert messages.locate(box.store.reader(), [one]) == [(one, box.trash.id, 41)]
    assert box.counts(box.trash) == (1, 1)


def test_known_uids_of_a_range_ascend(box: Box) -> None:
    fill(box, *(header(uid) for uid in (9, 3, 5, 12)))
    assert list(messages.uids(box.store.reader(), box.inbox.id)) == [3, 5, 9, 12]
    assert list(messages.uids(box.store.reader(), box.inbox.id, 4, 9)) == [5, 9]


def test_a_mail_is_found_by_its_message_id_in_every_folder(box: Box) -> None:
    (one,) = fill(box, header(1, message_id="a@b"))
    with box.store.write() as db:
        (two,) = messages.add(db, box.sent.id, [header(1, message_id="a@b")])
    db = box.store.reader()
    assert messages.by_message_id(db, box.account.id, "a@b") == [one, two]
    assert messages.by_message_id(db, box.account.id + 1, "a@b") == []
    assert messages.by_message_id(db, box.account.id, "") == []


def conversation() -> list[Header]:
    """Four mails: a question, its answer, an answer without References, a late one."""
    return [
        header(1, message_id="1@x"),
        header(2, message_id="2@x", in_reply_to="1@x", references=("1@x",)),
        header(3, message_id="3@x", in_reply_to="2@x"),
        header(4, message_id="4@x", in_reply_to="3@x", references=("1@x", "2@x", "3@x")),
    ]


@given(st.permutations([0, 1, 2, 3]), st.lists(st.booleans(), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_conversation_is_one_in_whatever_order_it_arrives(
    order: list[int], apart: list[bool]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "acterm.db")
        box = furnish(store)
        mails = conversation()
        batch: list[Header] = []
        for place, alone in zip(order, apart, strict=True):
            batch.append(mails[place])
            if alone:
                fill(box, *batch)
                batch = []
        fill(box, *batch)
        ids = messages.ids_of_uids(store.reader(), box.inbox.id, [1, 2, 3, 4])
        threads = {tuple(messages.related(store.reader(), one)) for one in ids}
        assert len(threads) == 1
        mails_of = messages.envelopes(store.reader(), list(threads.pop()))
        assert [mail.uid for mail in mails_of] == [1, 2, 3, 4]
        store.close()


def test_a_conversation_has_ones_own_answers_and_each_mail_once(box: Box) -> None:
    question, answer, *_rest = conversation()
    (one,) = fill(box, question)
    with box.store.write() as db:
        (own,) = messages.add(db, box.sent.id, [answer])
        (copy,) = messages.add(db, box.trash.id, [question])
    db = box.store.reader()
    assert messages.related(db, one) == [one, own]
    assert messages.related(db, copy) == [copy, own]
    assert messages.related(db, own) == [one, own]


def test_mails_that_only_share_a_subject_are_no_conversation(box: Box) -> None:
    one, two = fill(box, header(1, "Réunion"), header(2, "Réunion"))
    assert messages.related(box.store.reader(), one) == [one]
    assert messages.related(box.store.reader(), two) == [two]
