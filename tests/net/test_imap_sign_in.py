"""Signing in: one attempt, one mechanism, odd passwords, and what a refusal means."""

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from acterm.errors import ActermError, Refused, SignInRefused, Unreachable
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.conftest import Mailbox
from tests.servers import liar
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.liar import Liar
from tests.servers.waiting import until

ODD_PASSWORDS = [
    'guillemet"double',
    "barre\\oblique",
    "deux mots et  des espaces",
    "été-œuvre-€-ñ",
    "{10}",
    "%(complique)*&~]",
]


def _attempts(said: list[bytes]) -> list[bytes]:
    return [line for line in said if b" LOGIN" in line or b"AUTHENTICATE" in line]


def test_a_wrong_password_is_tried_once_and_told_in_the_servers_words(
    mailbox: Mailbox, dovecot: Dovecot
) -> None:
    imap = Imap.connect(mailbox.account.imap, ca_file=mailbox.account.ca_file)
    with pytest.raises(SignInRefused) as refused:
        imap.sign_in(mailbox.account.login, Secret("faux"))
    assert refused.value.words == "Authentication failed."
    assert "faux" not in str(refused.value) + repr(refused.value)
    imap.close()

    def lines() -> list[str]:
        of_login = f"user=<{mailbox.account.login}>"
        return [line for line in dovecot.log().splitlines() if of_login in line]

    until(lines, "Dovecot tells of the attempt")
    assert ["auth failed, 1 attempts" in line for line in lines()] == [True]


@pytest.fixture(scope="module")
def odd_dovecot(
    certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dovecot]:
    users = tmp_path_factory.mktemp("users") / "users"
    lines = [f"odd{number}:{{PLAIN}}{word}" for number, word in enumerate(ODD_PASSWORDS)]
    users.write_text("\n".join(lines) + "\n")
    for folder in (users, *users.parents):
        folder.chmod(folder.stat().st_mode | 0o055)
    extra = f"passdb {{\n driver = passwd-file\n args = {users}\n}}\n"
    server = Dovecot(certificates.good, extra=extra).start()
    yield server
    server.remove()


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", ""])
@pytest.mark.parametrize("number", range(len(ODD_PASSWORDS)))
def test_passwords_of_any_characters_work(
    odd_dovecot: Dovecot, number: int, mechanism: str
) -> None:
    imap = Imap.connect(Server("127.0.0.1", odd_dovecot.imap, Security.PLAIN))
    imap.sign_in(f"odd{number}", Secret(ODD_PASSWORDS[number]), mechanism=mechanism)
    assert imap.open("INBOX").messages == 0
    imap.close()


@pytest.mark.parametrize("password", ODD_PASSWORDS)
def test_the_login_command_carries_any_password(password: str) -> None:
    received = []

    def login(conversation: liar.Conversation, tag: bytes) -> None:
        line = conversation.said[-1]
        while line.endswith(b"}"):
            conversation.say(b"+ go\r\n")
            line = conversation.line()
        received.append(line)
        conversation.say(tag + b" OK done\r\n")

    with Liar(liar.imap({"LOGIN": login})) as server:
        imap = Imap.connect(server.server)
        imap.sign_in("clefevre", Secret(password))
        imap.close()
    quoted = password.replace("\\", "\\\\").replace('"', '\\"')
    wanted = password if not password.isascii() else f'"{quoted}"'
    assert received[0].decode().endswith(wanted)


@pytest.mark.parametrize(
    ("capabilities", "mechanism", "line"),
    [
        ("IMAP4rev1 AUTH=PLAIN SASL-IR", "", b"AUTHENTICATE PLAIN AHgAeQ=="),
        ("IMAP4rev1 AUTH=PLAIN AUTH=LOGIN", "", b"AUTHENTICATE PLAIN"),
        ("IMAP4rev1 AUTH=PLAIN AUTH=LOGIN", "LOGIN", b"AUTHENTICATE LOGIN"),
        ("IMAP4rev1 LOGINDISABLED AUTH=LOGIN", "", b"AUTHENTICATE LOGIN"),
        ("IMAP4rev1", "", b'LOGIN "x" "y"'),
        ("IMAP4rev1 AUTH=CRAM-MD5", "", b'LOGIN "x" "y"'),
    ],
)
def test_one_mechanism_is_chosen_by_what_is_offered(
    capabilities: str, mechanism: str, line: bytes
) -> None:
    def refuse(conversation: liar.Conversation, tag: bytes) -> None:
        if b"PLAIN A" not in conversation.said[-1]:
            for _prompt in range(1 if b"PLAIN" in conversation.said[-1] else 2):
                conversation.say(b"+ VXNlcm5hbWU6\r\n")
                assert b64decode(conversation.line())
        conversation.say(tag + b" NO [AUTHENTICATIONFAILED] mauvais\r\n")

    replies: dict[str, liar.Reply] = {"AUTHENTICATE": refuse, "LOGIN": b"%t NO mauvais\r\n"}
    with Liar(liar.imap(replies, capabilities=capabilities)) as server:
        imap = Imap.connect(server.server)
        with pytest.raises(SignInRefused) as refused:
            imap.sign_in("x", Secret("y"), mechanism=mechanism)
        imap.close()
        assert [attempt.partition(b" ")[2] for attempt in _attempts(server.said)] == [line]
    assert refused.value.words == "mauvais"


def test_no_way_to_sign_in_sends_no_password() -> None:
    capabilities = "IMAP4rev1 LOGINDISABLED AUTH=GSSAPI"
    with Liar(liar.imap(capabilities=capabilities)) as server:
        imap = Imap.connect(server.server)
        with pytest.raises(Refused, match="aucun moyen"):
            imap.sign_in("x", Secret("y"))
        imap.close()
        assert _attempts(server.said) == []


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (b"%t NO [UNAVAILABLE] backend down\r\n", Unreachable, "occupé"),
        (b"%t NO [LIMIT] too many connections\r\n", Unreachable, "too many"),
        (b"%t NO [INUSE] locked\r\n", Unreachable, "locked"),
        (b"%t NO [CONTACTADMIN] blocked\r\n", SignInRefused, "assistance"),
        (b"%t NO [EXPIRED] expired\r\n", SignInRefused, "a expiré"),
        (b"%t NO [AUTHENTICATIONFAILED] non\r\n", SignInRefused, "non"),
        (b"%t NO \x1b[31mrouge\xe2\x80\xae\r\n", SignInRefused, "[31mrouge"),
        (b"%t BAD what\r\n", SignInRefused, "what"),
        (b"* BYE Account locked\r\n", SignInRefused, "Account locked"),
        (b"* BYE [UNAVAILABLE] restarting\r\n", Unreachable, "restarting"),
    ],
)
def test_a_refusal_that_stands_is_told_from_a_busy_server(
    reply: bytes, kind: type[ActermError], words: str
) -> None:
    with Liar(liar.imap({"LOGIN": reply})) as server:
        imap = Imap.connect(server.server)
        with pytest.raises(kind) as refused:
            imap.sign_in("x", Secret("y"))
        imap.close()
        assert len(_attempts(server.said)) == 1
    assert words in str(refused.value)
    assert "\x1b" not in str(refused.value)


def test_a_link_cut_during_the_sign_in_is_no_refusal() -> None:
    with Liar(liar.imap({"LOGIN": lambda conversation, _tag: conversation.reset()})) as server:
        imap = Imap.connect(server.server)
        with pytest.raises(Unreachable):
            imap.sign_in("x", Secret("y"))


def test_a_link_that_is_signed_in_already_asks_nothing() -> None:
    with Liar(liar.imap(greeting=b"* PREAUTH welcome\r\n")) as server:
        imap = Imap.connect(server.server)
        imap.sign_in("x", Secret("y"))
        assert imap.open("INBOX").messages == 0
        imap.close()
        assert _attempts(server.said) == []


def test_the_password_is_in_no_message_and_no_log(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture, home: Path
) -> None:
    caplog.set_level(0)
    imap = Imap.connect(mailbox.account.imap, ca_file=mailbox.account.ca_file)
    imap.sign_in(mailbox.account.login, Secret(PASSWORD))
    imap.close()
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr(vars(imap._link))
