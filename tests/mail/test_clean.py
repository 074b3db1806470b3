"""Nothing that a terminal could obey comes through the door."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.clean import clean, clean_name

FORBIDDEN = [
    *map(chr, (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))),
    *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)),
    *map(chr, (0x061C, 0x200E, 0x200F, *range(0x206A, 0x2070), 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB)),
    *map(chr, (0xD800, 0xDFFF, 0xE000, 0xE023, 0xE0FF)),
]
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff\ue000-\ue0ff]"
)


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda one: f"U+{ord(one):04X}")
def test_a_dangerous_character_never_comes_out(character: str) -> None:
    for line in (False, True):
        shown = clean(f"avant{character}après", line=line)
        assert character not in shown
        assert shown.startswith("avant")
        assert shown.endswith("après")
    assert character not in clean_name(f"avant{character}après")


def test_tabs_and_line_ends_stay_in_a_text() -> None:
    assert clean("un\tdeux\ntrois\r\nquatre\rcinq") == "un\tdeux\ntrois\nquatre\ncinq"
    assert clean("sauvé deux fois\r\r\npar Windows") == "sauvé deux fois\npar Windows"


def test_a_header_is_one_line() -> None:
    assert clean("un\r\n\tdeux\u2028trois", line=True) == "un deux trois"


def test_an_escape_sequence_loses_what_makes_it_one() -> None:
    assert clean("\x1b]52;c;aGVsbG8=\x07") == "]52;c;aGVsbG8="


@pytest.mark.parametrize("character", ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060", "\u200f"])
def test_a_name_has_nothing_invisible(character: str) -> None:
    assert clean_name(f"no{character}te.pdf") == "note.pdf"


def test_accents_and_other_alphabets_stay() -> None:
    for text in ("Élève, cœur, ça\u00a0: œ", "中文 عربي Ελλάδα", "🙂"):
        assert clean(text) == text


@given(st.text(st.characters()), st.booleans())
def test_cleaning_twice_is_cleaning_once_and_safe(text: str, line: bool) -> None:
    once = clean(text, line=line)
    assert clean(once, line=line) == once
    assert not UNSAFE.search(once)
    assert not line or not re.search(r"[\t\n]", once)


@given(st.text(st.characters()))
def test_a_clean_name_is_clean_already(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    assert not UNSAFE.search(clean_name(text))
