"""ManageSieve servers that lie, stall, flood, cut, and want the password in clear."""

import base64
import threading
import time
from collections.abc import Callable, Mapping

import pytest

from acterm.errors import ActermError, CertificateRefused, Refused, SignInRefused, Unreachable
from acterm.net.sieve import Sieve
from acterm.secret import Secret
from acterm.server import Security
from tests.servers.certificates import Certificates
from tests.servers.liar import Conversation, Liar, Reply, Script

DEADLINE = 0.2
HELLO = b'"IMPLEMENTATION" "liar"\r\n"SASL" "PLAIN"\r\n"SIEVE" "fileinto vacation"\r\n'
STARTTLS = b'"STARTTLS"\r\n'


def managesieve(
    replies: Mapping[str, Reply] | None = None, *, hello: bytes = HELLO, greeting: bytes = b""
) -> Script:
    """A server that has `replies` to some commands and a plain OK to all others."""

    def script(conversation: Conversation) -> None:
        conversation.say(greeting or hello + b'OK "ready"\r\n')
        while True:
            name = conversation.line().split(b" ")[0].decode()
            reply = (replies or {}).get(
                name, hello + b"OK\r\n" if name == "CAPABILITY" else b"OK\r\n"
            )
            if callable(reply):
                reply(conversation, name.encode())
            else:
                conversation.say(reply)

    return script


def _signed_in(liar: Liar) -> Sieve:
    sieve = Sieve.connect(liar.server, deadline=DEADLINE)
    sieve.sign_in("x", Secret("y"))
    return sieve


def _encrypts(then: bytes) -> Callable[[Conversation, bytes], None]:
    def reply(conversation: Conversation, _name: bytes) -> None:
        conversation.say(b"OK\r\n")
        conversation.start_tls()
        conversation.say(then)

    return reply


@pytest.mark.parametrize(
    "script",
    [
        Conversation.stall,
        lambda conversation: conversation.say(b"* OK IMAP4rev1 ready\r\n"),
        lambda conversation: conversation.say(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        lambda conversation: conversation.say(b'BYE "too many"\r\n'),
        lambda conversation: conversation.say(b'NO "not today"\r\n'),
        lambda conversation: conversation.say(b'"SASL" "PLAIN\r\n'),
        lambda conversation: conversation.say(b"\x16\x03\x01\x00\xa5\x01\r\n"),
        lambda conversation: conversation.say(b'"a" {99999999999}\r\n'),
        lambda conversation: conversation.say(b'"a" {9999999}\r\n'),
        lambda conversation: conversation.reset(),
        lambda conversation: conversation.drip(b'"SASL" "' + b"x" * 1000, 0.02),
        lambda conversation: conversation.flood(b"x" * 65536),
        lambda conversation: conversation.flood(b'"x" "y"\r\n' * 6000),
    ],
)
def test_a_greeting_that_is_none_ends_in_bounded_time(script: Script) -> None:
    started = time.monotonic()
    with Liar(script) as server, pytest.raises(ActermError) as failure:
        Sieve.connect(server.server, deadline=DEADLINE)
    assert time.monotonic() - started < 3
    assert failure.value.title


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("LISTSCRIPTS", b'"a"\r\n' * 100_000 + b"OK\r\n"),
        ("LISTSCRIPTS", b"ACTIVE\r\nOK\r\n"),
        ("LISTSCRIPTS", b'"\xff\xfe"\r\nOK\r\n'),
        ("LISTSCRIPTS", b'"a" {5}\r\nab'),
        ("LISTSCRIPTS", b'"a" {1048577}\r\n'),
        ("LISTSCRIPTS", b"((((\r\n"),
        ("GETSCRIPT", b"OK\r\n"),
        ("GETSCRIPT", b'"a" "b"\r\nOK\r\n'),
        ("GETSCRIPT", b"{3}\r\nabcdef\r\nOK\r\n"),
        ("GETSCRIPT", b"{4294967295}\r\n"),
    ],
)
def test_an_answer_that_makes_no_sense_is_told(command: str, reply: bytes) -> None:
    started = time.monotonic()
    with Liar(managesieve({command: reply})) as server:
        sieve = _signed_in(server)
        with pytest.raises(Unreachable):
            sieve.scripts() if command == "LISTSCRIPTS" else sieve.script("a")
        sieve.close()
    assert time.monotonic() - started < 3


def test_a_script_that_says_ok_is_read_as_a_script() -> None:
    source = b'OK\r\nNO "x"\r\n{5}\r\n'
    reply = b"{%d}\r\n%b\r\nOK\r\n" % (len(source), source)
    with Liar(managesieve({"GETSCRIPT": reply})) as server:
        sieve = _signed_in(server)
        assert sieve.script("a") == source
        sieve.close()


def test_the_words_of_a_refusal_are_cleaned() -> None:
    no = b'NO (QUOTA/MAXSIZE) "\x1b[2Jtrop \xe2\x80\xaegros"\r\n'
    with Liar(managesieve({"PUTSCRIPT": no})) as server:
        sieve = _signed_in(server)
        with pytest.raises(Refused) as refusal:
            sieve.put("a", b"keep;")
        sieve.close()
    assert "trop gros" in refusal.value.title
    assert "\x1b" not in refusal.value.title


def test_no_password_goes_to_a_server_that_does_not_offer_tls() -> None:
    with Liar(managesieve(), security=Security.STARTTLS) as server:
        with pytest.raises(Refused, match="STARTTLS"):
            Sieve.connect(server.server, deadline=DEADLINE)
        assert server.said == []


def test_what_was_said_before_tls_counts_no_longer(certificates: Certificates) -> None:
    """Somebody on the way cannot put an answer into the protected link."""
    encrypt = _encrypts(b'"SASL" "LOGIN"\r\nOK\r\n')

    def inject(conversation: Conversation, name: bytes) -> None:
        conversation.say(b'OK\r\n"SASL" "PLAIN"\r\nOK "injected"\r\n')
        conversation.start_tls()
        conversation.say(b'"SASL" ""\r\nOK\r\n')

    for reply in (encrypt, inject):
        script = managesieve({"STARTTLS": reply}, hello=HELLO + STARTTLS)
        with Liar(script, certificates.good, Security.STARTTLS) as server:
            sieve = Sieve.connect(
                server.server, ca_file=certificates.authority, deadline=DEADLINE * 5
            )
            assert "PLAIN" not in sieve._offered["SASL"]
            sieve.close()


def test_a_wrong_certificate_ends_it_before_the_password(certificates: Certificates) -> None:
    for certificate in (certificates.expired, certificates.wrong_name, certificates.stranger):
        script = managesieve({"STARTTLS": _encrypts(HELLO)}, hello=HELLO + STARTTLS)
        with Liar(script, certificate, Security.STARTTLS) as server:
            with pytest.raises(CertificateRefused):
                Sieve.connect(server.server, ca_file=certificates.authority, deadline=DEADLINE * 5)
            assert server.said == [b"STARTTLS"]


@pytest.mark.parametrize(
    "reply",
    [
        b'NO "compte verrouill\xc3\xa9"\r\n',
        b'NO (AUTH-TOO-WEAK) "non"\r\n',
        b'BYE (REFERRAL "sieve://pirate.example") "l\xc3\xa0-bas"\r\n',
    ],
)
def test_a_refused_sign_in_is_one_attempt_and_follows_nobody(reply: bytes) -> None:
    with Liar(managesieve({"AUTHENTICATE": reply})) as server:
        with pytest.raises(SignInRefused):
            _signed_in(server)
        assert [line.split(b" ")[0] for line in server.said] == [b"AUTHENTICATE"]
        assert len(server.conversations) == 1


def test_a_server_that_is_busy_has_refused_nothing() -> None:
    reply = b'NO (TRYLATER) "later"\r\n'
    with Liar(managesieve({"AUTHENTICATE": reply})) as server, pytest.raises(Unreachable):
        _signed_in(server)


def test_the_login_mechanism_answers_its_two_questions() -> None:
    def ask(conversation: Conversation, _name: bytes) -> None:
        conversation.say(b"{0}\r\n\r\n")
        name = conversation.line()
        conversation.say(b'"UGFzc3dvcmQ6"\r\n')
        password = conversation.line()
        assert [base64.b64decode(line.strip(b'"')) for line in (name, password)] == [b"x", b"y"]
        conversation.say(b"OK\r\n")

    script = managesieve({"AUTHENTICATE": ask}, hello=HELLO.replace(b"PLAIN", b"LOGIN"))
    with Liar(script) as server:
        _signed_in(server).close()


def test_a_server_without_a_known_mechanism_gets_no_password() -> None:
    script = managesieve(hello=HELLO.replace(b"PLAIN", b"GSSAPI"))
    with Liar(script) as server, pytest.raises(Refused):
        _signed_in(server)
    assert server.said == []


@pytest.mark.parametrize("command", ["AUTHENTICATE", "LISTSCRIPTS", "CAPABILITY"])
def test_a_link_that_is_cut_in_the_middle_is_told(command: str) -> None:
    def cut(conversation: Conversation, _name: bytes) -> None:
        conversation.reset()

    with Liar(managesieve({command: cut})) as server, pytest.raises(ActermError):
        _signed_in(server).scripts()


def test_a_server_that_drips_ends_with_the_visit() -> None:
    """Each line comes in time; all of them never would."""

    def drip(conversation: Conversation, _name: bytes) -> None:
        pause = threading.Event()
        while True:
            conversation.say(b'"a"\r\n')
            pause.wait(0.02)

    with Liar(managesieve({"LISTSCRIPTS": drip})) as server:
        sieve = _signed_in(server)
        sieve.allow(0.5)
        started = time.monotonic()
        with pytest.raises(Unreachable):
            sieve.scripts()
        assert time.monotonic() - started < 2
        sieve.close()
