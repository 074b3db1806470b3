"""NUMEN and birth date as they are typed: slips are told, nothing is repeated or kept."""

import datetime

import pytest

from acterm.assistant import identity
from acterm.errors import UsageError

TODAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Rien n’a été tapé"),
        ("2OE9501234ABC", "place 2 (zéro"),
        ("20E9501234AB0", "place 13"),
        ("20E9501234AB", "il y en a 12"),
    ],
)
def test_a_numen_that_is_not_one_is_told_without_its_signs(typed: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        identity.check_numen(typed)
    assert said in str(caught.value)
    assert not typed or typed not in str(caught.value)


def test_a_numen_may_be_typed_as_it_is_written() -> None:
    identity.check_numen("20 e 95 01234 abc")


def test_while_typing_only_what_is_wrong_already_is_told() -> None:
    assert identity.hints("20E95") == ()
    assert identity.hints("2O") != ()
    assert identity.hints("20E9501234ABC") == ()


@pytest.mark.parametrize(
    "typed", ["12/03/1985", "12-3-1985", " 1.1.1970 ", "12031985", "29/02/2000"]
)
def test_a_birth_date_is_read_as_people_write_it(typed: str) -> None:
    identity.check_birth_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/1985", "n’existe pas"),
        ("1985-03-12", "ne se lit pas"),
        ("12/03/85", "ne se lit pas"),
        ("demain", "ne se lit pas"),
        ("12/03/2024", "ne semble pas"),
        ("12/03/1885", "ne semble pas"),
    ],
)
def test_a_date_that_is_none_is_told(typed: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        identity.check_birth_date(typed, TODAY)
    assert said in str(caught.value)
