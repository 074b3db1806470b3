"""The NUMEN: found however it is written, and not where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.academy import numen

FICTITIOUS = "20E9501234ABC"


@pytest.mark.parametrize(
    "text",
    [
        FICTITIOUS,
        "20e9501234abc",
        "Mon NUMEN est 20E9501234ABC.",
        "numen:20E9501234ABC;",
        "20 E 95 01234 ABC",
        "20 E 95 01234ABC",
        "20 e 95 01234 abc",
        "20E95 01234 ABC",
        "20\u00a0E\u00a095\u00a001234\u00a0ABC",
        "20-E-95-01234-ABC",
        "20\u202fE\u202f9501234ABC",
        "(20E9501234ABC)",
        "« 20E9501234ABC »",
    ],
)
def test_a_numen_is_found_however_it_is_written(text: str) -> None:
    assert numen.find(text) == [FICTITIOUS]


@pytest.mark.parametrize("text", ["17E0501234ABC", "28G0412345XYZ", "44Z1212345XYZ"])
def test_any_academie_and_any_body_of_staff_counts(text: str) -> None:
    assert numen.is_numen(text)
    assert numen.find(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rendez-vous à 14 h 30 80080 rue des Écoles",
        "RENDEZ-VOUS 14 H 30 80080 AMI",
        "de 12 a 15 80000 les élèves",
        "entre 10 et 12, 80000 Amiens",
        "03 22 82 38 23 ABC",
        "FR76 3000 6000 0112 3456 7890 189",
        "120E9501234ABC",
        "20E9501234ABCD",
        "x20E9501234ABC",
        "20E9501234AB",
        "20E95O1234ABC",
        "20E9501234ÀBC",
        "2026-11-24T10:44:00Z",
        "https://x.test/20E9501234ABCDEF",
        "20E95\n\n01234ABC",
        "٢٠E9501234ABC",
    ],
)
def test_ordinary_text_has_none(text: str) -> None:
    assert numen.find(text) == []


def test_several_are_found_in_order() -> None:
    assert numen.find("20E9501234ABC, 17e0501234abd") == [FICTITIOUS, "17E0501234ABD"]


@pytest.mark.parametrize("text", ["", "20E9501234", "x 20E9501234ABC", "20E9501234ABC x"])
def test_a_numen_alone_is_nothing_else(text: str) -> None:
    assert not numen.is_numen(text)


@given(st.from_regex(r"[0-9]{2}[A-Z][0-9]{7}[A-Z]{3}", fullmatch=True).filter(str.isascii))
def test_every_well_formed_one_is_found_in_a_sentence(written: str) -> None:
    assert numen.find(f"Voici : {written} !") == [written]
    assert numen.is_numen(written.lower())


@given(st.text(alphabet="0123456789EGP abc-", max_size=60))
def test_what_is_found_has_the_form(text: str) -> None:
    assert all(numen.is_numen(found) for found in numen.find(text))


def test_a_long_text_is_read_in_no_time() -> None:
    assert numen.find("20 " * 200_000) == []


@pytest.mark.parametrize("text", [FICTITIOUS, "20 e 95 01234 abc", " 17-E-05-01234-ABC "])
def test_a_right_one_tells_its_beginning_only(text: str) -> None:
    found = numen.read(text)
    assert found.is_right
    assert found.body == "E"
    assert "01234" not in repr(found)


@pytest.mark.parametrize(
    ("text", "digits", "letters"),
    [
        ("2OE9501234ABC", (2,), ()),
        ("20E95O1234ABC", (6,), ()),
        ("2009501234ABC", (), (3,)),
        ("20E9501234AB0", (), (13,)),
        ("ABE9501234ABC", (1, 2), ()),
        ("20\u06f29501234ABC", (), (3,)),
    ],
)
def test_a_slip_is_found_at_its_place(
    text: str, digits: tuple[int, ...], letters: tuple[int, ...]
) -> None:
    found = numen.read(text)
    assert not found.is_right
    assert (set(digits) <= set(found.digits), set(letters) <= set(found.letters)) == (True, True)


@pytest.mark.parametrize("text", ["", "20E95", FICTITIOUS + "D"])
def test_another_length_is_told(text: str) -> None:
    assert numen.read(text).length == len(text)
    assert not numen.read(text).is_right


@given(st.text(max_size=30))
def test_reading_agrees_with_recognising(text: str) -> None:
    assert numen.read(text).is_right == numen.is_numen(text)
