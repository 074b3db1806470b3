"""ManageSieve on a real Dovecot with Pigeonhole."""

from collections.abc import Iterator

import pytest

from acterm.errors import CertificateRefused, Refused, SignInRefused, Unreachable
from acterm.net.sieve import Listed, Sieve, mailbox_name
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.conftest import Mailbox
from tests.servers.dovecot import Dovecot, free_port

SCRIPT = b'require ["fileinto"];\n# \xc3\xa9t\xc3\xa9\r\nif header :is "a" "b" { keep; }\n\n'


@pytest.fixture
def server(dovecot: Dovecot) -> Server:
    """Where Pigeonhole listens."""
    return Server("localhost", dovecot.sieve, Security.STARTTLS)


@pytest.fixture
def sieve(server: Server, mailbox: Mailbox) -> Iterator[Sieve]:
    """A signed-in connection."""
    connection = Sieve.connect(server, ca_file=mailbox.account.ca_file)
    connection.sign_in(mailbox.account.login, Secret(mailbox.password))
    yield connection
    connection.close()


def test_a_new_mailbox_has_no_script_and_the_server_says_what_it_can_do(sieve: Sieve) -> None:
    assert sieve.scripts() == ()
    assert {"vacation", "fileinto", "include", "date", "imap4flags"} <= sieve.extensions


def test_a_script_comes_back_byte_for_byte(sieve: Sieve) -> None:
    sieve.put("vacances d’été", SCRIPT)
    assert sieve.script("vacances d’été") == SCRIPT
    assert sieve.scripts() == (Listed("vacances d’été", False),)
    sieve.activate("vacances d’été")
    assert sieve.scripts() == (Listed("vacances d’été", True),)


def test_the_active_script_is_switched_off_before_it_goes(sieve: Sieve) -> None:
    sieve.put("un", SCRIPT)
    sieve.activate("un")
    with pytest.raises(Refused):
        sieve.delete("un")
    sieve.activate("")
    sieve.delete("un")
    assert sieve.scripts() == ()


def test_a_script_that_does_not_compile_is_refused_with_the_servers_words(sieve: Sieve) -> None:
    sieve.put("un", SCRIPT)
    with pytest.raises(Refused, match="line 1"):
        sieve.put("un", b"banana;\r\n")
    assert sieve.script("un") == SCRIPT


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a b", "ça", "x" * 200])
def test_odd_names_stay_names(sieve: Sieve, name: str) -> None:
    sieve.put(name, SCRIPT)
    assert sieve.scripts() == (Listed(name, False),)
    assert sieve.script(name) == SCRIPT
    sieve.delete(name)


def test_no_name_becomes_a_command(sieve: Sieve) -> None:
    sieve.put("un", SCRIPT)
    with pytest.raises(Exception, match="saut de ligne"):
        sieve.script('x"\r\nDELETESCRIPT "un')
    assert sieve.scripts() == (Listed("un", False),)


def test_a_wrong_password_is_refused_in_the_servers_words(server: Server, mailbox: Mailbox) -> None:
    sieve = Sieve.connect(server, ca_file=mailbox.account.ca_file)
    with pytest.raises(SignInRefused) as refusal:
        sieve.sign_in(mailbox.account.login, Secret("faux"))
    sieve.close()
    assert "Authentication failed" in refusal.value.words


def test_a_password_with_any_sign_signs_in_as_it_is(server: Server, mailbox: Mailbox) -> None:
    sieve = Sieve.connect(server, ca_file=mailbox.account.ca_file)
    with pytest.raises(SignInRefused):
        sieve.sign_in(mailbox.account.login, Secret('é"\\{12+} ' * 200))
    sieve.close()


def test_the_certificate_is_checked(server: Server) -> None:
    with pytest.raises(CertificateRefused):
        Sieve.connect(server)


def test_plain_text_is_for_this_machine_only(dovecot: Dovecot) -> None:
    Sieve.connect(Server("127.0.0.1", dovecot.sieve, Security.PLAIN)).close()
    with pytest.raises(Refused, match="chiffrée"):
        Sieve.connect(Server("sieve.college.example", 4190, Security.PLAIN))


def test_no_server_is_told() -> None:
    with pytest.raises(Unreachable):
        Sieve.connect(Server("localhost", free_port(), Security.STARTTLS))


def test_a_folder_is_named_in_utf_8() -> None:
    assert mailbox_name("INBOX.&AMk-l&AOg-ves") == "INBOX.Élèves"
    assert mailbox_name("&&&") in ("", "&&&")
