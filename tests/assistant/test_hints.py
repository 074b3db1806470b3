"""Doubts about what is being typed, before a server refuses it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.assistant import hints
from acterm.assistant.connect import FLOW
from acterm.assistant.connect.state import Stage, State


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        ("CRAIE-BLEUE-12", "Verr. Maj."),
        ("craie-bleue ", "espace"),
        ("craie-\"'(bleue", "AZERTY"),
        ("craie!@", "QWERTY"),
        ("craie-bleuë-12", "accent"),
        ("clefevre", "identifiant"),
        ("Camille.Lefevre@ac-amiens.fr", "identifiant"),
        ("20E9501234ABC", "NUMEN"),
        ("20e9501234abc", "majuscules"),
    ],
)
def test_a_password_that_looks_mistyped_is_doubted(typed: str, doubt: str) -> None:
    found = hints.of_password(typed, "clefevre", "camille.lefevre@ac-amiens.fr")
    assert any(doubt in sentence for sentence in found)


@pytest.mark.parametrize("typed", ["", "Craie-bleue-12", "12345678", "A1!b2(c3)", "é1"[1:]])
def test_an_ordinary_password_raises_no_doubt(typed: str) -> None:
    assert hints.of_password(typed, "clefevre", "camille.lefevre@ac-amiens.fr") == ()


def test_a_numen_in_capitals_is_no_caps_lock() -> None:
    assert not any("Verr" in sentence for sentence in hints.of_password("20E9501234ABC"))


@pytest.mark.parametrize(
    ("typed", "doubt"), [("654321", "code PIN vient avant"), ("19a4654321", "que des chiffres")]
)
def test_a_passcode_without_its_pin_is_doubted(typed: str, doubt: str) -> None:
    assert doubt in hints.of_passcode(typed)[0]


def test_a_whole_passcode_raises_no_doubt() -> None:
    assert hints.of_passcode("1984 654321") == hints.of_passcode("") == ()


def test_a_field_is_doubted_by_what_it_asks() -> None:
    state = State(stage=Stage.LOGIN, address="camille.lefevre@ac-amiens.fr")
    assert FLOW.hints(state, "camille.lefevre@ac-amiens.fr")
    assert FLOW.hints(state, "clefevre") == ()
    secret = State(stage=Stage.SECRET, passcode=True)
    assert FLOW.hints(secret, "654321")
    assert FLOW.hints(State(), "n’importe quoi") == ()


@given(st.text())
def test_no_password_breaks_the_doubts_or_is_repeated_by_them(typed: str) -> None:
    for sentence in hints.of_password(typed, "clefevre", "camille@x.test"):
        assert len(typed) < 8 or typed not in sentence
