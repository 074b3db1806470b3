"""The way of a mail: every server, and where it waited."""

from acterm.mail.parsing.mime import parse
from acterm.mail.special.hops import hops, slowest
from tests.mail.mails import mail

WAY = (
    "Received: from mx.example (mx.example [203.0.113.5]) by imap.ac-amiens.fr (Postfix)\r\n"
    " with ESMTPS id 3; Tue, 24 Nov 2026 21:00:05 +0100\r\n"
    "Received: from pc.example ([192.0.2.7]) by mx.example with ESMTP id 2 for <c@x>;\r\n"
    " Mon, 23 Nov 2026 08:00:02 +0000\r\n"
    "Received: by pc.example id 1; Mon, 23 Nov 2026 09:00:00 +0100\r\n"
)


def test_the_servers_stand_in_the_order_of_the_way() -> None:
    way = hops(parse(WAY.encode() + mail()))
    assert [(hop.sender, hop.server) for hop in way] == [
        ("", "pc.example"),
        ("pc.example", "mx.example"),
        ("mx.example", "imap.ac-amiens.fr"),
    ]
    assert [hop.delay for hop in way] == [0, 2, 36 * 3600 + 3]
    assert [hop.encrypted for hop in way] == [False, False, True]


def test_a_long_wait_is_told_with_the_server_that_kept_the_mail() -> None:
    way = hops(parse(WAY.encode() + mail()))
    assert slowest(way) == "36 h chez mx.example"
    assert way[2].words().endswith("mx.example → imap.ac-amiens.fr, après 36 h")
    assert "après" not in way[1].words()


def test_a_clock_that_runs_backwards_gives_no_delay() -> None:
    source = (
        b"Received: by b.example; Mon, 23 Nov 2026 08:00:00 +0000\r\n"
        b"Received: by a.example; Mon, 23 Nov 2026 09:00:00 +0000\r\n"
        b"Received: by nobody knows when\r\n"
    )
    assert [hop.delay for hop in hops(parse(source + mail()))] == [-1, 0, -1]
    assert slowest(()) == "" == slowest(hops(parse(mail())))
