"""Every list query is found by index alone: no sorting, no scan, no OFFSET, at any size."""

from pathlib import Path

import pytest

from acterm.mail.message import Flag
from acterm.mail.query import Query
from acterm.store import arrivals, bodies, changes, contacts, index, messages, search, sizes
from acterm.store.db import Store

_FILTERS = search._filters(Query(flags=Flag.FLAGGED))[0]
_UNREAD = search._filters(Query(without=Flag.SEEN))[0]
QUERIES = {
    "the first page": (messages.LIST_PAGE, "messages_list"),
    "the ids of a folder": (messages.LIST_IDS, "messages_list"),
    "the next unread": (messages.NEXT_UNREAD, "messages_unread"),
    "the previous unread": (messages.PREVIOUS_UNREAD, "messages_unread"),
    "some rows": (messages.SOME, "INTEGER PRIMARY KEY (rowid=?)"),
    "by Message-ID": (messages.BY_MESSAGE_ID, "messages_message_id"),
    "a conversation": (messages.THREAD, "messages_thread"),
    "known UIDs": (messages.UIDS, "messages_uid"),
    "mail without text": (bodies.MISSING, "messages_list"),
    "known conversations": (arrivals.KNOWN_THREADS, "messages_message_id (message_id=?)"),
    "later replies": (arrivals.LATER_REPLIES, "messages_thread"),
    "flags of UIDs": (changes.FLAGS_OF_UIDS, "messages_uid (folder_id=? AND uid=?)"),
    "mails without UID": (arrivals.AWAITED, "messages_unnamed"),
    "removed UIDs": (changes.REMOVED, "messages_uid (folder_id=? AND uid=?)"),
    "a removed range": (changes.REMOVED_RANGE, "messages_uid"),
    "mail to index": (index.PENDING, "INTEGER PRIMARY KEY"),
    "texts to index": (index.HEADERS, "INTEGER PRIMARY KEY (rowid=?)"),
    "the oldest mails": (sizes.OLDEST, "messages_list"),
    "mail to look at": (messages.UNJUDGED, "messages_list"),
    "starred mail": (search.BY_LIST.format(filters=_FILTERS), "messages_starred"),
    "unread mail": (search.BY_LIST.format(filters=_UNREAD), "messages_unread"),
    "mail of a year": (search.BY_LIST.format(filters=""), "messages_list"),
    "matching mail": (search.BY_WORDS.format(filters=_UNREAD, snippet="''"), "words VIRTUAL TABLE"),
    "people": (contacts.COMPLETE.format(conditions="1"), "contacts_rank"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_the_query_uses_its_index_and_sorts_nothing(store: Store, name: str) -> None:
    sql, expected = QUERIES[name]
    parameters = ["1"] * sql.count("?")
    plan = [
        row[3] for row in store.reader().execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
    ]
    assert expected in " / ".join(plan)
    assert not [step for step in plan if "TEMP B-TREE FOR ORDER" in step], plan
    scans = [step for step in plan if step.startswith("SCAN messages") and "USING" not in step]
    assert scans == []


def test_no_query_skips_rows_with_offset() -> None:
    for source in Path(messages.__file__).parent.glob("*.py"):
        assert "OFFSET" not in source.read_text("utf-8")
