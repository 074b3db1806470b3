"""SMTP servers that lie, stall and cut: when a mail may have left, and when it has not."""

import asyncio
import threading
import time

import pytest

from acterm.errors import ActermError, Refused, SignInRefused, Unreachable, Unsure
from acterm.net import smtp
from acterm.net.smtp import SendResult
from acterm.secret import Secret
from tests.servers import liar
from tests.servers.liar import Conversation, Liar, Reply

MAIL = b"Subject: Bonjour\r\n\r\nTexte\r\n"
DEADLINE = 0.2


async def _send(
    server: Liar, source: bytes = MAIL, recipients: tuple[str, ...] = ("elodie@ac-amiens.fr",)
) -> SendResult:
    return await smtp.send(
        server.server, "x", Secret("y"), "a@b.fr", recipients, source, deadline=DEADLINE
    )


def _cut(conversation: Conversation, _name: bytes) -> None:
    conversation.reset()


def _stall(conversation: Conversation, _name: bytes) -> None:
    conversation.stall()


@pytest.mark.parametrize("reply", [_cut, _stall, b"not SMTP\r\n", b"25\r\n"])
@pytest.mark.parametrize("command", ["EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
async def test_before_the_mail_is_handed_over_nothing_was_sent(command: str, reply: Reply) -> None:
    started = time.monotonic()
    with Liar(liar.smtp({command: reply})) as server:
        with pytest.raises(ActermError) as problem:
            await _send(server)
        assert b"." not in server.said
    assert not isinstance(problem.value, Unsure)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("reply", [_cut, _stall, b"not SMTP\r\n"])
async def test_after_it_there_is_a_doubt(reply: Reply) -> None:
    with Liar(liar.smtp({".": reply})) as server:
        with pytest.raises(Unsure):
            await _send(server)
        assert b"." in server.said


async def test_a_link_cut_in_the_middle_of_the_mail_leaves_no_doubt() -> None:
    def half(conversation: Conversation, _name: bytes) -> None:
        conversation.say(b"354 go\r\n")
        conversation.line()
        conversation.reset()

    with Liar(liar.smtp({"DATA": half})) as server, pytest.raises(Unreachable):
        await _send(server, MAIL + b"x" * 50_000_000)


async def test_a_server_that_stops_reading_leaves_no_doubt() -> None:
    enough = threading.Event()

    def deaf(conversation: Conversation, _name: bytes) -> None:
        conversation.say(b"354 go\r\n")
        enough.wait(10)

    with Liar(liar.smtp({"DATA": deaf})) as server, pytest.raises(Unreachable):
        await _send(server, MAIL + b"x" * 50_000_000)
    enough.set()


async def test_a_verdict_may_take_longer_than_any_other_answer() -> None:
    def slow(conversation: Conversation, _name: bytes) -> None:
        conversation.drip(b"250 ok\r\n", DEADLINE / 5)

    with Liar(liar.smtp({".": slow})) as server:
        assert await _send(server) == SendResult()


async def test_a_farewell_that_does_not_come_changes_nothing() -> None:
    with Liar(liar.smtp({"QUIT": _cut})) as server:
        assert await _send(server) == SendResult()


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (b"535 5.7.8 wrong\r\n", SignInRefused, "535 5.7.8 wrong"),
        (b"534 5.7.9 weak mechanism\r\n", SignInRefused, "weak"),
        (b"504 unknown mechanism\r\n", SignInRefused, "unknown"),
        (b"454 4.7.0 backend down\r\n", Unreachable, "backend down"),
        (b"421 too many\r\n", Unreachable, "too many"),
    ],
)
async def test_the_sign_in_is_tried_once(reply: bytes, kind: type[ActermError], words: str) -> None:
    with Liar(liar.smtp({"AUTH": reply})) as server:
        with pytest.raises(kind, match=words):
            await _send(server)
        assert [line[:10] for line in server.said if line.startswith(b"AUTH")] == [b"AUTH PLAIN"]


async def test_login_is_spoken_where_plain_is_not() -> None:
    def login(conversation: Conversation, _name: bytes) -> None:
        conversation.say(b"334 UGFzc3dvcmQ6\r\n")
        assert conversation.line() == b"eQ=="
        conversation.say(b"235 ok\r\n")

    with Liar(liar.smtp({"AUTH": login}, extensions=("AUTH CRAM-MD5 LOGIN",))) as server:
        await _send(server)
        assert b"AUTH LOGIN eA==" in server.said


async def test_a_server_without_a_way_to_sign_in_gets_no_password() -> None:
    with Liar(liar.smtp(extensions=("AUTH GSSAPI",))) as server:
        with pytest.raises(Refused, match="aucun moyen"):
            await _send(server)
        assert not [line for line in server.said if line.startswith(b"AUTH")]


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_sign_in_that_is_wanted_but_not_offered_is_told(command: str) -> None:
    replies: dict[str, Reply] = {command: b"530 5.7.0 Authentication required\r\n"}
    with Liar(liar.smtp(replies, extensions=())) as server:
        with pytest.raises(Refused, match="exige une connexion mais n’en propose pas"):
            await _send(server)
        assert not [line for line in server.said if line.startswith(b"AUTH")]


async def test_a_server_that_asks_no_sign_in_gets_none() -> None:
    with Liar(liar.smtp(extensions=())) as server:
        assert await _send(server) == SendResult()
        await smtp.check(server.server, "x", Secret("y"))
        assert not [line for line in server.said if line.startswith(b"AUTH")]


async def test_an_address_with_accents_needs_a_server_that_knows_them() -> None:
    with Liar(liar.smtp()) as server:
        with pytest.raises(Refused, match="contient des accents"):
            await _send(server, recipients=("hélène@ac-amiens.fr",))
        assert not [line for line in server.said if line.startswith(b"MAIL")]


@pytest.mark.parametrize(
    ("extensions", "options"),
    [
        (("AUTH PLAIN",), b"MAIL FROM:<a@b.fr>"),
        (("SIZE 9999", "AUTH PLAIN"), b"MAIL FROM:<a@b.fr> SIZE=27"),
        (("SIZE", "8BITMIME"), b"MAIL FROM:<a@b.fr> SIZE=27 BODY=8BITMIME"),
        (("8BITMIME", "SMTPUTF8"), b"MAIL FROM:<a@b.fr> BODY=8BITMIME"),
    ],
)
async def test_only_what_is_offered_is_asked_for(
    extensions: tuple[str, ...], options: bytes
) -> None:
    with Liar(liar.smtp(extensions=extensions)) as server:
        await _send(server, "Subject: Bonjour\r\n\r\nété\r\n".encode())
        assert options in server.said


async def test_an_early_no_at_the_greeting_is_told() -> None:
    with (
        Liar(lambda conversation: conversation.say(b"554 go away\r\n")) as server,
        pytest.raises(Refused, match="go away"),
    ):
        await _send(server)


async def test_a_task_that_is_cancelled_closes_its_link() -> None:
    with Liar(liar.smtp({"MAIL": _stall})) as server:
        task = asyncio.create_task(_send(server))
        while not [line for line in server.said if line.startswith(b"MAIL")]:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
