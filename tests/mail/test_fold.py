"""What folds alike is found alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.fold import fold, spelled_out


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("élève", "eleve"),
        ("ÉLÈVE", "eleve"),
        ("cœur", "coeur"),
        ("ŒUVRE", "oeuvre"),
        ("Lætitia", "laetitia"),
        ("Straße", "strasse"),
        ("l’école", "l'ecole"),
        ("e\u0301le\u0300ve", "eleve"),
        ("ﬁche", "fiche"),
        ("Søren", "soren"),
        ("garçon", "garcon"),
        ("10\u00a0h\u202f30", "10 h 30"),
    ],
)
def test_accents_ligatures_and_apostrophes_do_not_matter(written: str, typed: str) -> None:
    assert fold(written) == fold(typed) == typed


def test_spelled_out_keeps_case_and_accents_for_people_to_read() -> None:
    assert spelled_out("L’Œuvre de l’élève") == "L'Oeuvre de l'élève"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert spelled_out(spelled_out(text)) == spelled_out(text)


@given(st.text(alphabet="abcéèœæß’ALŒ \u0301"))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text)
