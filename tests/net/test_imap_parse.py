"""Tokens, sets, flags and dates of IMAP answers."""

import calendar
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.errors import BadData
from acterm.mail.message import Flag
from acterm.net.imap import parse as imap_parse


def test_an_answer_becomes_nested_tuples() -> None:
    pieces = [b'(a "b \\"c\\" \\\\" NIL 12 (x ()) {3}', b"d)(", b' BODY[HEADER.FIELDS (TO)]<0> "")']
    assert imap_parse.values(pieces) == (
        (b"a", b'b "c" \\', None, 12, (b"x", ()), b"d)(", b"BODY[HEADER.FIELDS (TO)]<0>", b""),
    )


@pytest.mark.parametrize("line", [b"(", b")", b'"open', b"(" * 101 + b")" * 101, b'a "b'])
def test_what_makes_no_sense_is_refused(line: bytes) -> None:
    with pytest.raises(BadData):
        imap_parse.values([line])


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5))
def test_no_bytes_break_the_tokens(pieces: list[bytes]) -> None:
    with suppress(BadData):
        imap_parse.values(pieces)


@given(st.sets(st.integers(1, 3000), max_size=300), st.integers(10, 60))
def test_sets_say_the_same_numbers(uids: set[int], length: int) -> None:
    packed = list(imap_parse.packed(uids, length))
    assert all(len(one) <= length for one in packed)
    assert [uid for one in packed for uid in imap_parse.expanded(one)] == sorted(uids)


@pytest.mark.parametrize("text", [b"", b"x", b"1:x", b"1,,2", b"-4"])
def test_odd_sets_are_refused(text: bytes) -> None:
    with pytest.raises(BadData):
        imap_parse.ranges(text)


def test_a_range_may_stand_backwards() -> None:
    assert imap_parse.ranges(b"5:2,*") == [(2, 5), (4294967295, 4294967295)]


@pytest.mark.parametrize(
    ("names", "flags"),
    [
        (b"", Flag.NONE),
        (b"\\Seen \\FLAGGED", Flag.SEEN | Flag.FLAGGED),
        (b"$Forwarded Junk \\Recent", Flag.FORWARDED),
        (b"Forwarded", Flag.FORWARDED),
        (b"$forwarded \\answered \\draft \\deleted",
         Flag.FORWARDED | Flag.ANSWERED | Flag.DRAFT | Flag.DELETED),
        (b"$Seen Seen", Flag.NONE),
    ],
)  # fmt: skip
def test_flags_are_known_by_their_names(names: bytes, flags: Flag) -> None:
    assert imap_parse.flags(names) == flags


@given(st.integers(0, 4_000_000_000))
def test_a_date_comes_back_as_it_was_written(seconds: int) -> None:
    assert imap_parse.arrival(imap_parse.written_date(seconds).strip(b'"')) == seconds


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        (b"02-Nov-2026 10:00:00 +0100", (2026, 11, 2, 9, 0, 0)),
        (b" 2-Nov-2026 10:00:00 -0530", (2026, 11, 2, 15, 30, 0)),
        (b"29-feb-2028 23:59:59 +0000", (2028, 2, 29, 23, 59, 59)),
    ],
)
def test_arrival_is_in_utc(date: bytes, clock: tuple[int, ...]) -> None:
    assert imap_parse.arrival(date) == calendar.timegm(time.struct_time((*clock, 0, 0, 0)))


@pytest.mark.parametrize("date", [b"", b"NIL", b"99-Nov-2026", b"02-Foo-2026 10:00:00 +0100"])
def test_an_unreadable_date_is_none(date: bytes) -> None:
    assert imap_parse.arrival(date) == 0


@given(st.binary(max_size=40))
def test_no_bytes_break_a_date_or_a_code(text: bytes) -> None:
    imap_parse.arrival(text)
    imap_parse.code(text)
    imap_parse.flags(text)
    imap_parse.literal_size(text)


@pytest.mark.parametrize(
    ("line", "size"), [(b"a {12}", 12), (b"a {12+}", 12), (b"~{3}", 3), (b"a}", -1), (b"{x}", -1)]
)
def test_a_literal_is_announced(line: bytes, size: int) -> None:
    assert imap_parse.literal_size(line) == size
