"""IMAP servers that lie, stall, drip, flood and cut."""

import threading
import time
import tracemalloc
import zlib
from array import array
from collections.abc import Callable, Iterator

import pytest

from acterm.errors import ActermError, BadData, Unreachable
from acterm.mail.folder import SyncState
from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.net.imap import fetch as imap_fetch
from acterm.net.waker import Waker
from acterm.secret import Secret
from tests.servers import liar
from tests.servers.liar import Conversation, Liar, Reply

DEADLINE = 0.2
SELECT = (
    b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 11] ok\r\n"
    b"* OK [HIGHESTMODSEQ 40] ok\r\n%t OK [READ-WRITE] done\r\n"
)
ROW = (
    b'* 1 FETCH (UID 10 FLAGS (\\Seen) INTERNALDATE "02-Nov-2026 10:00:00 +0100"'
    b" RFC822.SIZE 500 BODY[HEADER.FIELDS (SUBJECT)] {%d}\r\n%b)\r\n"
)

Connect = Callable[..., Imap]


def row(header: bytes) -> bytes:
    return ROW % (len(header), header)


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Signs in to a liar with these replies and opens INBOX there."""
    opened: list[tuple[Liar, Imap]] = []

    def to(replies: dict[str, Reply], capabilities: str = "IMAP4rev1") -> Imap:
        script = liar.imap({"SELECT": SELECT, **replies}, capabilities=capabilities)
        server = Liar(script).__enter__()
        imap = Imap.connect(server.server, deadline=DEADLINE)
        opened.append((server, imap))
        imap.sign_in("x", Secret("y"))
        # Signed in, the patience is longer; these tests have none.
        imap._link.transport.seconds = DEADLINE
        imap.open("INBOX")
        return imap

    yield to
    for server, imap in opened:
        imap.close()
        server.__exit__()


def _stall(conversation: Conversation, _tag: bytes) -> None:
    conversation.stall()


@pytest.mark.parametrize(
    "script",
    [
        liar.Conversation.stall,
        lambda conversation: conversation.say(b"* BYE too many connections\r\n"),
        lambda conversation: conversation.say(b"HTTP/1.1 400 Bad Request\r\n"),
        lambda conversation: conversation.reset(),
        lambda conversation: conversation.drip(b"* OK " + b"x" * 1000, 0.02),
        lambda conversation: conversation.flood(b"x" * 65536),
        lambda conversation: conversation.say(b"* OK {99999999999}\r\n"),
    ],
)
def test_a_greeting_that_is_none_ends_within_the_deadline(script: liar.Script) -> None:
    started = time.monotonic()
    with Liar(script) as server, pytest.raises(ActermError):
        Imap.connect(server.server, deadline=DEADLINE)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("greeting", "words"),
    [
        (b"* BYE too many connections\r\n", "mis fin à la connexion : too many connections"),
        (b"HTTP/1.1 400 Bad Request\r\n", "n’a pas de sens"),
    ],
)
def test_a_server_that_does_not_want_to_talk_is_told(greeting: bytes, words: str) -> None:
    with Liar(lambda conversation: conversation.say(greeting)) as server:
        with pytest.raises(Unreachable) as problem:
            Imap.connect(server.server, deadline=DEADLINE)
        assert words in problem.value.title.replace("\xa0", " ")


@pytest.mark.parametrize(
    "reply",
    [
        b"* SEARCH x y\r\n%t OK done\r\n",
        b"* QUOTA (((\r\n* QUOTAROOT\r\n%t OK done\r\n",
        b"* QUOTAROOT INBOX r\r\n* QUOTA r (STORAGE x y)\r\n%t OK done\r\n",
        b"* 3 EXISTS {2}\r\nab\r\n%t OK done\r\n",
        b"* SEARCH \xff {2}\r\nab\r\n%t OK done\r\n",
    ],
)
def test_answers_that_the_library_cannot_read_are_told(connect: Connect, reply: bytes) -> None:
    imap = connect({"UID SEARCH": reply, "GETQUOTAROOT": reply}, "IMAP4rev1 QUOTA")
    for attempt in (lambda: imap.find_message_id("x@y"), imap.quota):
        try:
            assert not attempt()
        except ActermError as problem:
            assert "sens" in problem.title or "illisible" in problem.title
    imap.noop()


def test_the_servers_farewell_is_told(connect: Connect) -> None:
    imap = connect({"NOOP": b"* BYE maintenance at noon\r\n"})
    with pytest.raises(Unreachable, match="maintenance at noon"):
        imap.noop()


@pytest.mark.parametrize(
    "reply",
    [
        _stall,
        lambda conversation, _tag: conversation.say(b"* 1 FETCH (UID 10 BODY[] {100}\r\nhalf"),
        lambda conversation, _tag: conversation.reset(),
        lambda conversation, _tag: conversation.drip(b"* 1 FETCH (UID 10 BODY[] {9999}", 0.02),
        b"* 1 FETCH (UID 10 BODY[] {10000000000}\r\n",
        b"* 1 FETCH (UID 10 BODY[] {100000000000000000000000}\r\n",
        b"a99 OK for somebody else\r\n",
    ],
)
def test_a_mail_that_does_not_come_ends_within_the_deadline(connect: Connect, reply: Reply) -> None:
    imap = connect({"UID FETCH": reply})
    started = time.monotonic()
    with pytest.raises(Unreachable):
        imap.source(10)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "flood",
    [
        b"x" * 65536,
        b"* SEARCH " + b"1 " * 60_000,
        b"* 1 FETCH (UID 10 BODY[] {200000000}\r\n" + b"x" * 65536,
        b"* OK [X] again\r\n" * 4000,
    ],
)
def test_a_flood_fills_no_memory(connect: Connect, flood: bytes) -> None:
    imap = connect({"UID SEARCH": lambda conversation, _tag: conversation.flood(flood)})
    tracemalloc.start()
    try:
        with pytest.raises(Unreachable):
            imap.uids()
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


def test_a_compressed_bomb_fills_no_memory(connect: Connect) -> None:
    deflate = zlib.compressobj(wbits=-15)
    bomb = deflate.compress(b"x" * 50_000_000) + deflate.flush(zlib.Z_SYNC_FLUSH)

    def compress(conversation: Conversation, tag: bytes) -> None:
        conversation.say(tag + b" OK go\r\n")
        conversation.flood(bomb)

    tracemalloc.start()
    try:
        with pytest.raises(Unreachable):
            connect({"COMPRESS": compress}, "IMAP4rev1 COMPRESS=DEFLATE")
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_an_answer_may_come_byte_by_byte(connect: Connect) -> None:
    def split(conversation: Conversation, tag: bytes) -> None:
        answer = row(b"Subject: un\r\n\r\n") + row(b"Subject: deux\r\n\r\n") + tag + b" OK\r\n"
        conversation.say(*(bytes([byte]) for byte in answer))

    imap = connect({"UID FETCH": split})
    assert [header.subject for header in imap.headers()] == ["un", "deux"]


@pytest.mark.parametrize("cut", range(0, 160, 7))
def test_an_answer_may_be_cut_anywhere(connect: Connect, cut: int) -> None:
    def split(conversation: Conversation, tag: bytes) -> None:
        answer = row(b"Subject: un\r\n\r\n") + row(b"Subject: deux\r\n\r\n") + tag + b" OK\r\n"
        conversation.say(answer[:cut], answer[cut:])

    imap = connect({"UID FETCH": split})
    assert [header.subject for header in imap.headers()] == ["un", "deux"]


def test_a_giant_header_is_cut_and_the_next_mail_still_comes(connect: Connect) -> None:
    giant = b"Subject: grand\r\nReferences: " + b"<x@y.test> " * 200_000 + b"\r\n\r\n"
    imap = connect({"UID FETCH": row(giant) + row(b"Subject: petit\r\n\r\n") + b"%t OK done\r\n"})
    assert [header.subject for header in imap.headers()] == ["grand", "petit"]


def test_items_may_come_in_any_order_and_with_others_between(connect: Connect) -> None:
    answer = (
        b"* 9 EXISTS\r\n"
        b"* 1 FETCH (FLAGS (\\Seen))\r\n"
        b"* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {15}\r\nSubject: un\r\n\r\n RFC822.SIZE 5"
        b' FLAGS (\\Flagged $Label1) MODSEQ (12) INTERNALDATE " 1-Jan-1970 01:00:00 +0100"'
        b" UID 10)\r\n"
        b"* 2 FETCH ((((\r\n"
        b'* 3 FETCH (UID 12 BODY[HEADER.FIELDS (SUBJECT)] "Subject: cit\\"ation")\r\n'
        b"* OK [ALERT] be calm\r\n"
        b"* 4 FETCH (UID 13 BODY[HEADER.FIELDS (SUBJECT)] NIL)\r\n"
        b"%t OK done\r\n"
    )
    imap = connect({"UID FETCH": answer})
    rows = list(imap.headers())
    assert [(header.uid, header.subject) for header in rows] == [(10, "un"), (12, 'cit"ation')]
    assert (rows[0].flags, rows[0].size, rows[0].date) == (Flag.FLAGGED, 5, 0)


def test_more_may_follow_the_header_in_a_row(connect: Connect) -> None:
    first = row(b"Subject: un\r\n\r\n").removesuffix(b")\r\n")
    more = b' X-GM-MSGID 7 BODY[1] {4}\r\nabcd X "\\)")\r\n'
    imap = connect({"UID FETCH": first + more + row(b"Subject: deux\r\n\r\n") + b"%t OK done\r\n"})
    assert [header.subject for header in imap.headers()] == ["un", "deux"]


def test_a_row_without_end_is_refused(connect: Connect) -> None:
    imap = connect(
        {"UID FETCH": row(b"Subject: un\r\n\r\n").replace(b")\r\n", b" {999999999}\r\n")}
    )
    with pytest.raises(Unreachable):
        list(imap.headers())


@pytest.mark.parametrize(
    "answer", [b"(" * 5000 + b")" * 5000, b"((", b")", b'"', b"()", b"NIL", b"x" * 70_000]
)
def test_a_structure_without_sense_is_told(connect: Connect, answer: bytes) -> None:
    imap = connect(
        {"UID FETCH": b"* 1 FETCH (UID 10 BODYSTRUCTURE %b)\r\n%%t OK done\r\n" % answer}
    )
    try:
        assert imap.structure(10) == ()
    except ActermError as problem:
        assert not isinstance(problem, Unreachable)
    imap.noop()


@pytest.mark.parametrize("offered", ["IMAP4rev1", "IMAP4rev1 ESEARCH"])
def test_more_numbers_than_any_folder_holds_are_refused(connect: Connect, offered: str) -> None:
    replies: dict[str, Reply] = {
        "UID SEARCH": b'* ESEARCH (TAG "a") UID ALL 1:4294967295\r\n%t OK done\r\n'
    }
    imap = connect(replies, offered)
    with pytest.raises(BadData):
        imap.uids()


def test_odd_search_answers_lose_nothing(connect: Connect) -> None:
    imap = connect(
        {"UID SEARCH": b"* SEARCH\r\n* SEARCH 3 1 x 99999999999999999999\r\n%t OK done\r\n"}
    )
    with pytest.raises(BadData):
        imap.uids()
    imap = connect({"UID SEARCH": b"* SEARCH 3 1\r\n* SEARCH 2 (MODSEQ 9)\r\n%t OK done\r\n"})
    assert imap.uids() == array("q", [1, 2, 3])


def test_everything_may_have_vanished(connect: Connect) -> None:
    answer = SELECT.replace(b"%t", b"* VANISHED (EARLIER) 1:4294967295,5\r\n%t")
    offered = "IMAP4rev1 ENABLE CONDSTORE QRESYNC"
    imap = connect({"SELECT": answer, "ENABLE": b"* ENABLED QRESYNC\r\n%t OK done\r\n"}, offered)
    opened = imap.open("INBOX", SyncState(7, 11, 30, 1, 0.0))
    assert list(opened.vanished) == [(1, 4294967295), (5, 5)]


def test_a_folder_numbered_anew_is_not_resynced(connect: Connect) -> None:
    imap = connect({}, "IMAP4rev1 ENABLE CONDSTORE QRESYNC")
    opened = imap.open("INBOX", SyncState(6, 11, 30, 1, 0.0))
    assert (opened.uidvalidity, opened.resynced) == (7, False)
    assert imap.open("INBOX", SyncState(7, 11, 30, 1, 0.0)).resynced


def test_an_extension_that_is_offered_and_refused_is_done_without(connect: Connect) -> None:
    refusals: dict[str, Reply] = dict.fromkeys(("COMPRESS", "ENABLE", "LIST ("), b"%t BAD no\r\n")
    listing = b'* LIST (\\HasNoChildren) "/" INBOX\r\n%t OK done\r\n'
    replies: dict[str, Reply] = {
        **refusals,
        'LIST "" "*" RETURN': b"%t BAD no\r\n",
        "LIST": listing,
        "STATUS": b"%t NO no\r\n",
    }
    offered = "IMAP4rev1 COMPRESS=DEFLATE ENABLE CONDSTORE QRESYNC LIST-STATUS SPECIAL-USE"
    imap = connect(replies, offered)
    assert [folder.path for folder in imap.folders()] == ["INBOX"]
    assert not imap.open("INBOX", SyncState(7, 11, 30, 1, 0.0)).resynced


def test_new_mail_in_the_packet_that_begins_the_wait_ends_it(connect: Connect) -> None:
    def idle(conversation: Conversation, tag: bytes) -> None:
        conversation.say(b"+ idling\r\n* 3 EXISTS\r\n")
        assert conversation.line() == b"DONE"
        conversation.say(tag + b" OK\r\n")

    imap = connect({"IDLE": idle}, "IMAP4rev1 IDLE")
    assert imap.idle(Waker().fileno(), 10)


@pytest.mark.parametrize(
    ("told", "news"),
    [
        (b"* OK still here\r\n", False),
        (b"* 2 EXISTS\r\n* 0 RECENT\r\n", False),
        (b"* 1 EXPUNGE\r\n", True),
        (b"* VANISHED 10\r\n", True),
        (b"* 1 FETCH (FLAGS (\\Seen))\r\n", True),
    ],
)
def test_only_changes_end_the_wait(connect: Connect, told: bytes, news: bool) -> None:
    def idle(conversation: Conversation, tag: bytes) -> None:
        conversation.say(b"+ idling\r\n", told)
        conversation.line()
        conversation.say(tag + b" OK\r\n")

    imap = connect({"IDLE": idle}, "IMAP4rev1 IDLE")
    assert imap.idle(Waker().fileno(), 10 if news else 0.1) is news


def test_half_a_line_does_not_hold_the_wait(connect: Connect) -> None:
    def idle(conversation: Conversation, tag: bytes) -> None:
        conversation.say(b"+ idling\r\n* 3 EXI")
        conversation.line()
        conversation.say(b"STS\r\n" + tag + b" OK\r\n")

    imap = connect({"IDLE": idle}, "IMAP4rev1 IDLE")
    waker = Waker()
    threading.Timer(0.05, waker.wake).start()
    assert imap.idle(waker.fileno(), 10)


def test_a_server_that_ends_the_wait_itself_is_understood(connect: Connect) -> None:
    imap = connect({"IDLE": b"+ idling\r\n%t OK enough\r\n"}, "IMAP4rev1 IDLE")
    assert not imap.idle(Waker().fileno(), 10)
    imap.noop()


def test_a_wait_without_idle_asks_in_the_end(connect: Connect) -> None:
    imap = connect({"NOOP": b"* 3 EXISTS\r\n%t OK done\r\n"})
    assert imap.idle(Waker().fileno(), 0.01)
    assert not imap.idle(Waker().fileno(), 0.01)


def test_a_read_is_given_up_from_another_thread(connect: Connect) -> None:
    imap = connect({"UID FETCH": _stall})
    imap._link.transport.seconds = 60
    threading.Timer(0.05, imap.abort).start()
    started = time.monotonic()
    with pytest.raises(Unreachable, match="abandonnée"):
        imap.source(10)
    assert time.monotonic() - started < 2


def test_a_message_that_nobody_reads_is_given_up(connect: Connect) -> None:
    def deaf(conversation: Conversation, _tag: bytes) -> None:
        conversation.say(b"+ go\r\n")
        threading.Event().wait(5)

    imap = connect({"APPEND": deaf})
    with pytest.raises(Unreachable):
        imap.append("Sent", b"x" * 50_000_000)


@pytest.mark.parametrize("code", ["COPYUID 7 1:9 1", "COPYUID 7 x y", "COPYUID", "COPYUID 7 1 2 3"])
def test_new_numbers_that_do_not_pair_are_not_believed(connect: Connect, code: str) -> None:
    reply = f"* OK [{code}] moved\r\n%t OK done\r\n".encode()
    imap = connect({"UID MOVE": reply}, "IMAP4rev1 MOVE")
    assert imap.move([10], "Archive") == {}


def test_a_keyword_that_the_folder_cannot_keep_is_not_sent(connect: Connect) -> None:
    limited = SELECT.replace(b"%t", b"* OK [PERMANENTFLAGS (\\Seen \\Deleted)] some\r\n%t")
    imap = connect({"SELECT": limited, "UID STORE": b"%t NO never\r\n"})
    imap.set_flag([10], Flag.FORWARDED, on=True)
    with pytest.raises(ActermError):
        imap.set_flag([10], Flag.SEEN, on=True)


def test_mails_that_do_not_end_are_not_gathered(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_fetch, "MAX_LITERAL", 20_000)
    one = b"* 1 FETCH (UID 1 BODY[] {0}\r\n)\r\n"
    imap = connect({"UID FETCH": one * 200 + b"%t OK done\r\n"})
    with pytest.raises(ActermError):
        list(imap.sources([[1]]))
