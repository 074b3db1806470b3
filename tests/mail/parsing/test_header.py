"""Header fields as they really come."""

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.address import Address
from acterm.mail.message import Flag
from acterm.mail.parsing import header

# A pattern that goes wrong takes the square of its input: far above this many calls and lines.
_MOST_STEPS = 10_000_000


def steps(work: Callable[[], object]) -> int:
    """How many calls and lines of Python a piece of work takes, whatever the machine's speed."""
    count = 0

    def trace(_frame: object, _event: str, _value: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # a tracer returns itself
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def head(raw: bytes) -> header.Header:
    return header.parse(raw, uid=7, flags=Flag(0), size=100, internal_date=2_000_000_000)


def test_a_character_split_between_two_encoded_words_is_whole() -> None:
    assert (
        header.decode("=?utf-8?B?w4lsw6h2ZXMg4oI=?=\r\n =?utf-8?B?rA==?=".replace("\r\n", ""))
        == "Élèves €"
    )


def test_the_space_between_encoded_words_goes_the_one_beside_plain_words_stays() -> None:
    assert header.decode("=?utf-8?q?R=C3=A9?= =?utf-8?q?union?= demain") == "Réunion demain"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Réunion".encode(), "Réunion"),
        ("Réunion".encode("cp1252"), "Réunion"),
        (b"=?iso-8859-1?Q?L=92=E9l=E8ve_=80?=", "L’élève €"),
        (b"=?unknown?Q?=C3=A9t=C3=A9?=", "été"),
        (b"=?utf-8?Q?un mot?=", "un mot"),
        (b"=?utf-8?B?w6l0w6?=", "ét"),
        (b"=?utf-8?Q?incomplet", "=?utf-8?Q?incomplet"),
        (b"Sujet\r\n sur deux lignes", "Sujet sur deux lignes"),
        (b"=?utf-8?Q?=1B]52;c=07?=", "]52;c"),
        (b"=?punycode?Q?abc-def?=", "abc-def"),
    ],
)
def test_a_subject_is_read_whatever_wrote_it(raw: bytes, shown: str) -> None:
    assert header.decode(raw).removesuffix("Ã") == shown


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("a@x.example", [("", "a@x.example")]),
        ('"Lefèvre, Camille" <c@x.example>', [("Lefèvre, Camille", "c@x.example")]),
        (
            "Camille Lefèvre <c@x.example>, b@x.example",
            [("Camille Lefèvre", "c@x.example"), ("", "b@x.example")],
        ),
        ("c@x.example (Camille)", [("Camille", "c@x.example")]),
        ("Classe 3B: a@x.example, b@x.example;", [("", "a@x.example"), ("", "b@x.example")]),
        ("unlisted-recipients:; (no To-header on input)", []),
        ('"Camille <c@x.example>, b@x.example', [("Camille", "c@x.example"), ("", "b@x.example")]),
        ("Camille <c@x.example, b@x.example", [("Camille", "c@x.example"), ("", "b@x.example")]),
        ("'Camille' <c@x.example>", [("Camille", "c@x.example")]),
        ('"Camille " <c@x.example>', [("Camille", "c@x.example")]),
        ("=?utf-8?q?Lef=C3=A8vre=2C?= C <c@x.example>", [("Lefèvre, C", "c@x.example")]),
        ("Camille (prof) <c@x.example>", [("Camille (prof)", "c@x.example")]),
        ("c@x.example (C), d@x.example (D)", [("C", "c@x.example"), ("D", "d@x.example")]),
        ("Camille <a@x.example> <b@y.example>", [("Camille <a@x.example>", "b@y.example")]),
        ("c\u200b@x.example", [("", "c@x.example")]),
        ("undisclosed-recipients:;", []),
        ('"Prof \\"Max\\"" <m@x.example>', [('Prof "Max"', "m@x.example")]),
        ("=?utf-8?q?Zo=C3=A9?= <z@x.example>", [("Zoé", "z@x.example")]),
        ('"=?utf-8?q?Zo=C3=A9?=" <z@x.example>', [("Zoé", "z@x.example")]),
        ("A <a@x.example>; B <b@x.example>", [("A", "a@x.example"), ("B", "b@x.example")]),
        ("Joe <@one.example,@two.example:joe@x.example>", [("Joe", "joe@x.example")]),
        ("Joe <joe(his account)@ x . example (his host)>", [("Joe", "joe@x.example")]),
        ("joe @ x . example", [("", "joe@x.example")]),
        ('"joe doe"@x.example', [("", '"joe doe"@x.example')]),
        (
            "joe@[IPv6:2001:db8::1], z@x.example",
            [("", "joe@[IPv6:2001:db8::1]"), ("", "z@x.example")],
        ),
        ("joe@x.example (Joe (the one) Doe)", [("Joe (the one) Doe", "joe@x.example")]),
        ("(Empty)Hidden  :(nobody(I know))  ;", []),
        ("A Group(Some: people):joe@x.example; (the end)", [("", "joe@x.example")]),
        ("Joe Doe joe@x.example", [("Joe Doe", "joe@x.example")]),
        ("Joe <<joe@x.example>>", [("Joe", "joe@x.example")]),
        ("<mailto:joe@x.example>", [("", "joe@x.example")]),
        ('Joe "M." Doe <joe@x.example>', [("Joe M. Doe", "joe@x.example")]),
        ("=?utf-8?Q?Zo=C3=A9_=3Cz=40x.example=3E?=", [("Zoé", "z@x.example")]),
        ("<=?utf-8?Q?z=40x.example?=>", [("", "z@x.example")]),
        ("a@x.example b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        ("Zoé [mailto:z@x.example]", [("Zoé", "z@x.example")]),
        ("(Zoé)<z@x.example>", [("Zoé", "z@x.example")]),
        ('"joe\\"s"@x.example', [("", '"joe\\"s"@x.example')]),
        ("", []),
    ],
)
def test_every_address_of_a_field_is_seen(field: str, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in header.addresses(field)] == people


def test_a_second_address_behind_a_colon_is_seen() -> None:
    seen = header.addresses('"Someone" <valid@x.example>:<attacker@y.example>')
    assert [one.address for one in seen] == ["valid@x.example", "attacker@y.example"]


@pytest.mark.parametrize(
    "field",
    [
        "(" * 20_000,
        "; " * 30_000,
        '"\\' * 30_000 + '"@x',
        "[a@" * 20_000,
        "a@x.example," * 5_000,
        '"' + "\\" * 60_000,
        "a" + " " * 60_000,
        " " * 30_000 + "a" + " " * 30_000,
        "<" * 60_000,
        "a:" * 30_000,
        "a(b):@" * 10_000,
    ],
    ids=[
        "comments",
        "semicolons",
        "escaped quotes",
        "brackets",
        "recipients",
        "backslashes",
        "spaces",
        "around",
        "angles",
        "groups",
        "comments of groups",
    ],
)
def test_a_hostile_field_costs_no_more_than_its_length(field: str) -> None:
    assert steps(lambda: header.addresses(field)) < _MOST_STEPS
    assert len(header.addresses(field)) <= 10_000


def test_twenty_thousand_encoded_words_are_one_subject() -> None:
    raw = b"=?utf-8?q?a?= " * 20_000
    assert steps(lambda: header.decode(raw)) < _MOST_STEPS
    assert set(header.decode(raw)[:1000]) == {"a"}


def test_ten_thousand_words_that_never_end_are_one_subject() -> None:
    begun = time.process_time()
    assert header.decode(b"=?utf-8?q?a" * 10_000).startswith("=?utf-8?q?a")
    assert time.process_time() - begun < 1


def test_a_header_block_becomes_a_row_of_the_list() -> None:
    row = head(
        b"Date: Mon, 23 Nov 2026 09:15:00 +0100\r\nFrom: =?utf-8?q?Zo=C3=A9?= <z@x.example>\r\n"
        b"To: a@x.example\r\nSubject: Bonjour\r\nMessage-ID: <1@x.example>\r\n"
        b"References: <0@x.example> <9@x.example>\r\n"
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    )
    assert row.sender == Address("Zoé", "z@x.example")
    assert (row.subject, row.message_id) == ("Bonjour", "1@x.example")
    assert row.references == ("0@x.example", "9@x.example")
    assert row.sent == 1_795_421_700
    assert row.attachments


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (b"text/plain; charset=koi8-r", "koi8-r"),
        (b"text/plain", "koi8-r"),
        (b"multipart/mixed; boundary=x", "cp1251"),
        (b"text/plain; charset=iso-8859-15", "iso-8859-15"),
        (b"text/plain; charset=gb2312", "utf-8"),
    ],
)
def test_raw_letters_are_in_the_charset_of_the_text_or_in_one_for_all_fields(
    kind: bytes, written: str
) -> None:
    name, subject = ("Œuvre", "Prix : 3 €") if "-15" in written else ("Анна", "Собрание")
    if written == "utf-8":
        name, subject = "Zoé", "Où"
    fields = f"From: {name} <a@x.example>\r\nSubject: {subject}\r\n".encode(written)
    row = head(fields + b"Content-Type: " + kind + b"\r\n\r\n")
    assert (row.sender.name, row.subject) == (name, subject)


def test_a_subject_and_a_name_are_as_long_as_anybody_reads() -> None:
    row = head(
        b"From: " + b"a" * 9000 + b" <a@x.example>\r\nSubject: " + b"." * 60_000 + b"\r\n\r\n"
    )
    assert (len(row.sender.name), row.sender.address) == (1024, "a@x.example")
    assert len(row.subject) == 8192


def test_nothing_invisible_stands_in_a_subject() -> None:
    assert header.decode("Réu\u200bni\ufeffon\u2060".encode()) == "Réunion"
    assert header.decode("👩\u200d🏫".encode()) == "👩\u200d🏫"


def test_a_mail_dated_in_the_future_is_sorted_by_its_arrival() -> None:
    assert head(b"Date: Mon, 23 Nov 2099 09:15:00 +0100\r\n\r\n").date == 2_000_000_000


def test_what_is_typed_as_recipients_is_sorted_into_addresses_and_the_rest() -> None:
    people, rest = header.parse_recipients("Zoé <z@x.example>; b@x.example, Monsieur Petit")
    assert [one.address for one in people] == ["z@x.example", "b@x.example"]
    assert rest == ("Monsieur Petit",)


def test_a_name_with_a_comma_is_written_in_quotes() -> None:
    assert (
        header.format_address(Address("Petit, Luc", "l@x.example")) == '"Petit, Luc" <l@x.example>'
    )


def test_a_charset_that_lies_is_guessed() -> None:
    assert header.decode_bytes("été".encode(), "us-ascii") == ("été", True)
    assert header.decode_bytes("été".encode("cp1252"), "utf-8") == ("été", True)
    assert header.decode_bytes("déjà été à l’école ".encode() + b"\xe9", "utf-8") == (
        "déjà été à l’école é",
        True,
    )
    assert header.decode_bytes("été".encode(), "utf-8") == ("été", False)


@given(st.one_of(st.text(), st.binary()))
def test_decoding_never_raises(value: str | bytes) -> None:
    header.decode(value)


@given(st.text(st.sampled_from('<>()",;:@\\ =?q ab.é\n\x1b')))
def test_reading_addresses_never_raises(value: str) -> None:
    for person in header.addresses(value):
        assert "\x1b" not in str(person)


@given(st.binary())
def test_reading_a_header_never_raises(raw: bytes) -> None:
    head(raw)
    header.decode_bytes(raw, "utf-8")
