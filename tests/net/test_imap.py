"""IMAP on a real Dovecot with all its extensions, over TLS."""

import threading
import time

import pytest

from acterm.errors import ActermError, BadData, Refused, Unreachable
from acterm.mail.folder import SyncState
from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.net.imap.opened import Opened
from acterm.net.waker import Waker
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.conftest import Mailbox
from tests.net.conftest import SignIn, source
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot


def _known(opened: Opened) -> SyncState:
    return SyncState(opened.uidvalidity, opened.uidnext, opened.highest_modseq, 1, 0.0)


def test_the_newest_mails_come_first(inbox: Imap) -> None:
    assert [row.subject for row in inbox.newest(2)] == [
        "Conseil de classe 5",
        "Conseil de classe 4",
    ]


def test_a_header_holds_what_the_list_shows(inbox: Imap) -> None:
    oldest = next(inbox.headers())
    assert (oldest.uid, oldest.flags, oldest.size) == (1, Flag.SEEN, len(source(1)))
    assert oldest.sender.name == "Élodie"
    assert oldest.message_id == "1@ac-amiens.fr"


def test_an_empty_folder_has_no_newest_mail(inbox: Imap) -> None:
    inbox.open("Sent")
    assert inbox.newest(50) == []
    assert list(inbox.headers()) == []


def test_a_range_of_headers_may_have_no_end(inbox: Imap) -> None:
    assert [row.uid for row in inbox.headers(4)] == [4, 5]
    assert [row.uid for row in inbox.headers_set([1, 3, 4])] == [1, 3, 4]


def test_ranges_come_in_the_order_asked_for(inbox: Imap) -> None:
    pages = inbox.pages([(4, 5), (2, 3), (1, 1)])
    assert [[row.uid for row in page] for page in pages] == [[4, 5], [2, 3], [1]]


def test_a_stream_may_be_left_before_its_end(inbox: Imap) -> None:
    next(inbox.headers())
    next(inbox.pages([(3, 5), (1, 2)]))
    assert list(inbox.uids()) == [1, 2, 3, 4, 5]


def test_flags_are_set_and_cleared(inbox: Imap) -> None:
    inbox.set_flag([1, 2, 4], Flag.FLAGGED, on=True)
    inbox.set_flag([1], Flag.SEEN, on=False)
    inbox.set_flag([5], Flag.FORWARDED | Flag.ANSWERED, on=True)
    assert inbox.flags() == {
        1: Flag.FLAGGED,
        2: Flag.FLAGGED,
        3: Flag.NONE,
        4: Flag.FLAGGED,
        5: Flag.FORWARDED | Flag.ANSWERED,
    }


def test_only_changed_flags_come_since_a_known_state(inbox: Imap) -> None:
    before = inbox.open("INBOX").highest_modseq
    inbox.set_flag([3], Flag.SEEN, on=True)
    assert inbox.flags(changed_since=before) == {3: Flag.SEEN}


def test_reading_a_mail_does_not_mark_it_as_read(inbox: Imap) -> None:
    assert inbox.source(2) == source(2)
    assert inbox.section(2, "1") == b"Bonjour\r\n"
    assert inbox.flags(2, 2) == {2: Flag.NONE}


def test_parts_are_brought_one_by_one(inbox: Imap) -> None:
    assert inbox.source(2, limit=5) == b"From:"
    assert inbox.section(2, "HEADER") == source(2).removesuffix(b"Bonjour\r\n")
    assert inbox.structure(2)[:2] == (b"text", b"plain")  # type: ignore[index]


def test_a_large_part_tells_its_progress(inbox: Imap) -> None:
    large = source(6) + b"x" * 70 + b"\r\n" + b"y" * 1_200_000 + b"\r\n"
    uid = inbox.append("INBOX", large)
    inbox.open("INBOX")
    told: list[tuple[int, int]] = []
    part = inbox.section(
        uid, "1", size=1_200_083, progress=lambda done, total: told.append((done, total))
    )
    assert part == large.partition(b"\r\n\r\n")[2]
    assert [done for done, _total in told] == [*range(1 << 18, 1_200_083, 1 << 18), 1_200_083]
    assert told[0][1] == 1_200_083


def test_a_download_given_up_leaves_the_link_usable(inbox: Imap) -> None:
    class Enough(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Enough

    uid = inbox.append("INBOX", source(6) + b"y" * 1_200_000)
    inbox.open("INBOX")
    with pytest.raises(Enough):
        inbox.section(uid, "1", progress=stop)
    assert inbox.source(1) == source(1)


def test_many_mails_are_brought_at_once(inbox: Imap) -> None:
    assert [dict(page) for page in inbox.sources([[3, 1], [99], [2]])] == [
        {1: source(1), 3: source(3)},
        {},
        {2: source(2)},
    ]


def test_a_mail_with_other_line_ends_is_put_away_as_it_must_be(inbox: Imap) -> None:
    uid = inbox.append("INBOX", b"Subject: x\n\nun\rdeux\r\ntrois")
    inbox.open("INBOX")
    assert inbox.source(uid) == b"Subject: x\r\n\r\nun\r\ndeux\r\ntrois\r\n"


def test_a_mail_that_is_gone_is_told_in_words(inbox: Imap) -> None:
    with pytest.raises(Refused, match="n’est plus"):
        inbox.source(99)
    with pytest.raises(Refused):
        inbox.structure(99)
    with pytest.raises(BadData):
        inbox.section(1, "1] BODY[")


def test_a_move_tells_the_new_numbers(inbox: Imap) -> None:
    assert inbox.move([1, 3], "Archive") == {1: 1, 3: 2}
    assert list(inbox.uids()) == [2, 4, 5]
    inbox.open("Archive")
    assert [row.message_id for row in inbox.newest(9)] == ["3@ac-amiens.fr", "1@ac-amiens.fr"]


def test_a_move_into_nowhere_is_refused(inbox: Imap) -> None:
    with pytest.raises(Refused, match="n’existe pas"):
        inbox.move([1], "Nulle part")
    assert list(inbox.uids()) == [1, 2, 3, 4, 5]


def test_thousands_of_scattered_mails_move_in_several_commands(inbox: Imap) -> None:
    for number in range(6, 8):
        inbox.append("INBOX", source(number))
    inbox.open("INBOX")
    assert inbox.move([*range(2, 40_000, 2)], "Trash") == {2: 1, 4: 2, 6: 3}


def test_an_expunge_takes_only_what_it_is_told(inbox: Imap) -> None:
    inbox.set_flag([2], Flag.DELETED, on=True)
    inbox.expunge([4, 5])
    assert list(inbox.uids()) == [1, 2, 3]


def test_a_message_id_is_found(inbox: Imap) -> None:
    assert inbox.find_message_id("3@ac-amiens.fr") == [3]
    assert inbox.find_message_id("autre@ac-amiens.fr") == []


@pytest.mark.parametrize(
    "message_id", ['a "b" c\\', "(x", "%*", "NOT", "NIL", "{3}", "été@x", "1:*"]
)
def test_any_message_id_is_only_ever_a_message_id(inbox: Imap, message_id: str) -> None:
    assert inbox.find_message_id(message_id) == []
    uid = inbox.append("INBOX", f"Message-ID: <{message_id}>\r\n\r\nx".encode())
    inbox.noop()
    assert inbox.find_message_id(message_id) == [uid]


def test_append_keeps_date_and_flags(inbox: Imap) -> None:
    uid = inbox.append("Sent", source(9), Flag.SEEN | Flag.FORWARDED, 1_790_000_000)
    inbox.open("Sent")
    assert inbox.flags() == {uid: Flag.SEEN | Flag.FORWARDED}


def test_the_quota_is_told_in_bytes(inbox: Imap) -> None:
    quota = inbox.quota()
    assert quota is not None
    assert quota.limit == 200 * 1024 * 1024
    assert quota.used > 0


def test_what_changed_since_last_time_comes_with_the_opening(inbox: Imap, sign_in: SignIn) -> None:
    known = _known(inbox.open("INBOX"))
    other = sign_in()
    other.open("INBOX")
    other.expunge([2, 3])
    other.set_flag([4], Flag.FLAGGED, on=True)
    opened = inbox.open("INBOX", known)
    assert opened.resynced
    assert list(opened.vanished) == [(2, 3)]
    assert opened.changed == {4: Flag.FLAGGED}
    assert opened.messages == 3


def test_another_uidvalidity_says_nothing_about_what_changed(inbox: Imap) -> None:
    known = SyncState(12345, 6, 1, 1, 0.0)
    opened = inbox.open("INBOX", known)
    assert not opened.resynced
    assert opened.uidvalidity != 12345


def test_new_mail_ends_the_wait(inbox: Imap, sign_in: SignIn) -> None:
    other = sign_in()
    waker = Waker()
    threading.Thread(target=other.append, args=("INBOX", source(6))).start()
    assert inbox.idle(waker.fileno(), 20)
    assert inbox.newest(1)[0].subject == "Conseil de classe 6"


def test_a_flag_set_elsewhere_ends_the_wait(inbox: Imap, sign_in: SignIn) -> None:
    other = sign_in()
    other.open("INBOX")
    waker = Waker()
    threading.Thread(target=other.set_flag, args=([2], Flag.FLAGGED, True)).start()
    assert inbox.idle(waker.fileno(), 20)


def test_the_waker_ends_the_wait(inbox: Imap) -> None:
    waker = Waker()
    waker.wake()
    started = time.monotonic()
    assert not inbox.idle(waker.fileno(), 20)
    assert time.monotonic() - started < 2
    waker.drain()
    assert not inbox.idle(waker.fileno(), 0.05)


def test_mail_that_came_during_another_command_ends_the_wait_at_once(
    inbox: Imap, sign_in: SignIn
) -> None:
    sign_in().append("INBOX", source(6))
    inbox.noop()
    waker = Waker()
    assert inbox.idle(waker.fileno(), 20)
    assert not inbox.idle(waker.fileno(), 0.05)


def test_nothing_piles_up_in_the_library(inbox: Imap) -> None:
    for number in range(6, 12):
        inbox.append("INBOX", source(number))
        inbox.noop()
        inbox.find_message_id("3@ac-amiens.fr")
        inbox.quota()
    assert inbox._link._imap.untagged_responses == {}
    assert inbox._link._imap.tagged_commands == {}


@pytest.mark.parametrize(
    "attempt",
    [
        lambda imap, evil: imap.open(evil),
        lambda imap, evil: imap.move([1], evil),
        lambda imap, evil: imap.append(evil, b"x"),
        lambda imap, evil: imap.create_folder(evil),
        lambda imap, evil: imap.find_message_id(evil),
        lambda imap, evil: imap.section(1, evil),
    ],
)
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\0"])
def test_no_argument_becomes_a_second_command(inbox: Imap, attempt, ending: str) -> None:  # type: ignore[no-untyped-def]
    evil = f"x{ending}z1 STORE 1:* +FLAGS.SILENT (\\Deleted){ending}z2 CREATE pirate{ending}"
    with pytest.raises(ActermError):
        attempt(inbox, evil)
    assert Flag.DELETED not in inbox.flags()[1]
    assert "pirate" not in [folder.name for folder in inbox.folders()]


def test_the_sign_in_takes_no_line_break_either(mailbox: Mailbox) -> None:
    account = mailbox.account
    imap = Imap.connect(account.imap, ca_file=account.ca_file)
    with pytest.raises(BadData):
        imap.sign_in("x\r\nz CREATE pirate", Secret(PASSWORD))
    with pytest.raises(BadData):
        imap.sign_in(account.login, Secret("x\nz LOGOUT"))
    imap.close()


@pytest.mark.parametrize("security", Security)
def test_every_kind_of_link_works_on_this_machine(
    security: Security, dovecot: Dovecot, certificates: Certificates, mailbox: Mailbox
) -> None:
    port = dovecot.imaps if security is Security.TLS else dovecot.imap
    imap = Imap.connect(Server("localhost", port, security), ca_file=certificates.authority)
    imap.sign_in(mailbox.account.login, Secret(PASSWORD))
    imap.append("INBOX", source(1))
    imap.open("INBOX")
    assert imap.newest(1)[0].subject == "Conseil de classe 1"
    imap.close()


def test_a_mailbox_that_is_full_says_so(certificates: Certificates) -> None:
    server = Dovecot(certificates.good, quota="10K").start()
    try:
        imap = Imap.connect(Server("localhost", server.imap, Security.PLAIN))
        imap.sign_in("pleine", Secret(PASSWORD))
        with pytest.raises(Refused, match="boîte est pleine"):
            imap.append("INBOX", source(1) + b"x" * 20_000)
        assert imap.append("INBOX", source(1)) == 1
        imap.close()
    finally:
        server.remove()


def test_a_link_that_the_server_ends_is_noticed_while_waiting(
    inbox: Imap, dovecot: Dovecot, mailbox: Mailbox
) -> None:
    waker = Waker()
    dovecot.doveadm("kick", mailbox.account.login)
    with pytest.raises(Unreachable):
        inbox.idle(waker.fileno(), 20)


def test_a_wait_is_given_up_from_another_thread(inbox: Imap) -> None:
    waker = Waker()
    threading.Timer(0.05, inbox.abort).start()
    started = time.monotonic()
    with pytest.raises(Unreachable):
        inbox.idle(waker.fileno(), 20)
    assert time.monotonic() - started < 2


def test_closing_takes_no_time_and_ends_everything(inbox: Imap) -> None:
    started = time.monotonic()
    inbox.close()
    inbox.close()
    assert time.monotonic() - started < 0.2
    with pytest.raises(Unreachable):
        inbox.noop()
