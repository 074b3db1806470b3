"""The identifiant that is proposed for an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.academy import identifier


@pytest.mark.parametrize(
    ("address", "proposed"),
    [
        ("camille.lefevre@ac-amiens.fr", "clefevre"),
        ("Camille.LEFEVRE@ac-amiens.fr", "clefevre"),
        ("françois.lefèvre@ac-amiens.fr", "flefevre"),
        ("élodie.noël@ac-amiens.fr", "enoel"),
        ("marc.le-dupond@ac-dijon.fr", "mle-dupond"),
        ("elise.jacob-de-cordemoy1@ac-reunion.fr", "ejacob-de-cordemoy1"),
        ("jean-pierre.dupont12@ac-amiens.fr", "jdupont12"),
        ("anne.de.la.tour@ac-amiens.fr", "ade-la-tour"),
        ("chloé.d’artagnan@ac-amiens.fr", "cdartagnan"),
        ("l.cœur@ac-amiens.fr", "lcoeur"),
        ("clefevre@ac-amiens.fr", "clefevre"),
        ("camille.lefevre+listes@ac-amiens.fr", "clefevre"),
    ],
)
def test_it_is_the_initial_and_the_surname(address: str, proposed: str) -> None:
    assert identifier.suggest(address) == proposed


@pytest.mark.parametrize(
    "address",
    ["", "@ac-amiens.fr", "ce.0801234x@ac-amiens.fr", "ext.dupont@ac-nantes.fr", "…@x.fr"],
)
def test_an_address_that_tells_nothing_gives_no_proposal(address: str) -> None:
    assert identifier.suggest(address) == ""


@given(st.text())
def test_any_text_gives_letters_digits_and_hyphens(text: str) -> None:
    assert all(one.isascii() and (one.isalnum() or one == "-") for one in identifier.suggest(text))
