"""Who is let into a link: certificates, STARTTLS and plain text, for IMAP and SMTP alike."""

import ssl
from pathlib import Path

import pytest

from acterm.errors import ActermError, CertificateRefused, ConfigError, Refused, Unreachable
from acterm.net import smtp, tls
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.servers import liar
from tests.servers.certificates import Certificates
from tests.servers.dovecot import free_port
from tests.servers.liar import Liar

PROBLEMS = [
    ("expired", "a expiré"),
    ("wrong_name", "celui d’un autre serveur"),
    ("stranger", "émetteur inconnu"),
]


@pytest.mark.parametrize(("certificate", "words"), PROBLEMS)
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_imap_names_what_is_wrong_with_a_certificate(
    certificates: Certificates, certificate: str, words: str, security: Security
) -> None:
    def start_tls(conversation: liar.Conversation, tag: bytes) -> None:
        conversation.say(tag + b" OK begin\r\n")
        conversation.start_tls()

    script = liar.imap({"STARTTLS": start_tls}, capabilities="IMAP4rev1 STARTTLS")
    with Liar(script, getattr(certificates, certificate), security) as server:
        with pytest.raises(CertificateRefused, match=words):
            Imap.connect(server.server, ca_file=certificates.authority)
        assert not [line for line in server.said if b"LOGIN" in line]


@pytest.mark.parametrize(("certificate", "words"), PROBLEMS)
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_smtp_names_what_is_wrong_with_a_certificate(
    certificates: Certificates, certificate: str, words: str, security: Security
) -> None:
    def start_tls(conversation: liar.Conversation, _name: bytes) -> None:
        conversation.say(b"220 go\r\n")
        conversation.start_tls()

    script = liar.smtp({"STARTTLS": start_tls}, extensions=("STARTTLS", "AUTH PLAIN"))
    with Liar(script, getattr(certificates, certificate), security) as server:
        with pytest.raises(CertificateRefused, match=words):
            await smtp.check(server.server, "x", Secret("y"), certificates.authority)
        assert not [line for line in server.said if b"AUTH" in line]


def test_without_the_schools_authority_the_issuer_is_unknown(certificates: Certificates) -> None:
    with (
        Liar(liar.imap(), certificates.good, Security.TLS) as server,
        pytest.raises(CertificateRefused, match="émetteur inconnu"),
    ):
        Imap.connect(server.server)


def test_an_outdated_tls_is_not_spoken() -> None:
    assert tls.context().minimum_version is ssl.TLSVersion.TLSv1_2
    assert tls.context().check_hostname


@pytest.mark.parametrize("content", [None, "ceci n’est pas un certificat"])
def test_a_certificate_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "ecole.pem"
    if content:
        path.write_text(content)
    with pytest.raises(ConfigError, match=r"ecole\.pem"):
        Imap.connect(Server("localhost", free_port()), ca_file=path)


@pytest.mark.parametrize("host", ["imap.invalid", "127.0.0.1.invalid", "10.0.0.1"])
async def test_plain_text_stays_on_this_machine(host: str) -> None:
    server = Server(host, 143, Security.PLAIN)
    with pytest.raises(Refused, match="ne serait pas chiffrée"):
        Imap.connect(server)
    with pytest.raises(Refused, match="ne serait pas chiffrée"):
        await smtp.check(server, "x", Secret("y"))


def test_a_certificate_file_is_not_read_for_plain_text(tmp_path: Path) -> None:
    with Liar(liar.imap()) as server:
        Imap.connect(server.server, ca_file=tmp_path / "absent.pem").close()


def test_imap_without_starttls_is_refused_before_any_password() -> None:
    with Liar(liar.imap(), security=Security.STARTTLS) as server:
        with pytest.raises(Refused, match="ne propose pas STARTTLS"):
            Imap.connect(server.server)
        assert [line.partition(b" ")[2] for line in server.said] == [b"CAPABILITY"]


def test_a_sign_in_before_starttls_is_refused() -> None:
    script = liar.imap(capabilities="IMAP4rev1 STARTTLS", greeting=b"* PREAUTH welcome\r\n")
    with Liar(script, security=Security.STARTTLS) as server, pytest.raises(Refused):
        Imap.connect(server.server)


async def test_smtp_without_starttls_is_refused_before_any_password() -> None:
    with Liar(liar.smtp(), security=Security.STARTTLS) as server:
        with pytest.raises(Refused, match="ne propose pas STARTTLS"):
            await smtp.send(server.server, "x", Secret("y"), "a@b.fr", ["c@d.fr"], b"Bonjour")
        assert [line.split()[0] for line in server.said] == [b"EHLO"]


def test_what_is_said_in_clear_behind_starttls_is_forgotten(certificates: Certificates) -> None:
    def inject(conversation: liar.Conversation, tag: bytes) -> None:
        conversation.say(tag + b" OK go\r\n* CAPABILITY IMAP4rev1 PIRATE\r\n* BYE out\r\n")
        conversation.start_tls()

    script = liar.imap({"STARTTLS": inject}, capabilities="IMAP4rev1 STARTTLS")
    with Liar(script, certificates.good, Security.STARTTLS) as server:
        imap = Imap.connect(server.server, ca_file=certificates.authority)
        assert "PIRATE" not in imap.capabilities
        imap.close()


async def test_smtp_forgets_it_too(certificates: Certificates) -> None:
    def inject(conversation: liar.Conversation, _name: bytes) -> None:
        conversation.say(b"220 go\r\n250 AUTH PLAIN\r\n")
        conversation.start_tls()

    script = liar.smtp({"STARTTLS": inject}, extensions=("STARTTLS",))
    with Liar(script, certificates.good, Security.STARTTLS) as server:
        await smtp.check(server.server, "x", Secret("y"), certificates.authority)
        assert not [line for line in server.said if line.startswith(b"AUTH")]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_a_server_that_speaks_no_tls_is_told_in_words(security: Security) -> None:
    def lie(conversation: liar.Conversation, tag: bytes) -> None:
        conversation.say(tag + b" OK go\r\n")
        conversation.link.recv(65536)
        conversation.say(b"* no such thing\r\n")

    script = liar.imap({"STARTTLS": lie}, capabilities="IMAP4rev1 STARTTLS")
    with Liar(script) as server:
        where = Server("localhost", server.server.port, security)
        with pytest.raises(Unreachable, match="ne répond pas en TLS"):
            Imap.connect(where, deadline=5)


async def test_a_silent_handshake_ends_at_the_deadline(certificates: Certificates) -> None:
    with Liar(lambda conversation: conversation.stall()) as server:
        where = Server("localhost", server.server.port, Security.TLS)
        with pytest.raises(Unreachable, match="ne répond pas"):
            Imap.connect(where, deadline=0.2)
        with pytest.raises(Unreachable, match="ne répond pas"):
            await smtp.check(where, "x", Secret("y"), deadline=0.2)


@pytest.mark.parametrize(
    ("server", "words"),
    [
        (Server("nulle-part.invalid", 993), "introuvable"),
        (Server("a..b", 993), "introuvable"),
        (Server("localhost", free_port()), "refuse les connexions"),
    ],
)
async def test_a_server_that_is_not_there_is_told_in_words(server: Server, words: str) -> None:
    for attempt in (lambda: Imap.connect(server), None):
        with pytest.raises(ActermError, match=words) as problem:
            if attempt:
                attempt()
            else:
                await smtp.check(server, "x", Secret("y"))
        assert isinstance(problem.value, Unreachable)
