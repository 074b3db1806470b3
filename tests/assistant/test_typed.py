"""Addresses and servers, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.assistant.typed import parse_address, parse_server, show_server
from acterm.errors import UsageError
from acterm.server import Security, Server


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        ("imap.ac-amiens.fr", Server("imap.ac-amiens.fr", 993)),
        (" IMAP.ac-amiens.fr:993 ", Server("imap.ac-amiens.fr", 993)),
        ("imap.ac-amiens.fr 993", Server("imap.ac-amiens.fr", 993)),
        ("imap.ac-amiens.fr:143", Server("imap.ac-amiens.fr", 143, Security.STARTTLS)),
        ("imap.ac-amiens.fr:1143 starttls", Server("imap.ac-amiens.fr", 1143, Security.STARTTLS)),
        ("imap.ac-amiens.fr, TLS", Server("imap.ac-amiens.fr", 993)),
        ("imaps://imap.ac-amiens.fr/", Server("imap.ac-amiens.fr", 993)),
        ("127.0.0.1:1143 plain", Server("127.0.0.1", 1143, Security.PLAIN)),
        ("[::1]:1143 plain", Server("::1", 1143, Security.PLAIN)),
    ],
)
def test_a_server_is_read_as_it_is_typed(typed: str, server: Server) -> None:
    assert parse_server(typed, 993) == server


@pytest.mark.parametrize(
    "typed", ["", "a b c d", "x:0", "x:99999", "x@y", "x:993 rien", "imap.ac-amiens.fr plain"]
)
def test_what_is_no_server_is_told(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_server(typed, 993)


@given(st.text())
def test_no_text_breaks_the_fields(typed: str) -> None:
    for parse in (parse_address, lambda text: parse_server(text, 993)):
        try:
            parse(typed)
        except UsageError as problem:
            assert problem.title


@given(st.sampled_from([25, 143, 465, 587, 993, 1993]), st.sampled_from(["tls", "starttls"]))
def test_a_server_that_is_shown_reads_back(port: int, security: str) -> None:
    server = Server("imap.x.test", port, Security(security))
    assert parse_server(show_server(server), 993) == server


def test_an_address_may_come_with_what_stands_around_it() -> None:
    assert parse_address("<mailto:x@y.test>"[1:-1]) == "x@y.test"
    assert parse_address(" <x@y.test> ") == "x@y.test"
