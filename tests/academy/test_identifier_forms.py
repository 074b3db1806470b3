"""Identifiants that a name may give: particles, hyphens, accents, homonyms."""

import pytest

from acterm.academy.identifier_forms import proposals


@pytest.mark.parametrize(
    ("first", "surname", "likeliest", "others"),
    [
        ("Camille", "Lefèvre", "clefevre", {"clefevre1", "camille.lefevre"}),
        ("Zoé", "Martin", "zmartin", {"zmartin1"}),
        ("Élodie", "Jacob de Cordemoy", "ejacob-de-cordemoy", {"ejacobdecordemoy", "ejacob"}),
        ("Marc", "Le Dupond", "mle-dupond", {"mledupond", "mdupond"}),
        ("Jean-Baptiste", "de La Tour d’Auvergne", "jde-la-tour-d-auvergne",
         {"jtour-auvergne", "jbde-la-tour-d-auvergne", "jtour"}),
        ("Anaïs", "Cœur-Dumas", "acoeur-dumas", {"acoeurdumas", "acoeur"}),
        ("Françoise", "Çelik", "fcelik", {"francoise.celik"}),
    ],
)  # fmt: skip
def test_the_likeliest_first(first: str, surname: str, likeliest: str, others: set[str]) -> None:
    found = [one.login for one in proposals(first, surname)]
    assert found[0] == likeliest
    assert others <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("first", "surname"), [("", "Martin"), ("Zoé", ""), ("…", "!!")])
def test_half_a_name_gives_nothing(first: str, surname: str) -> None:
    assert proposals(first, surname) == ()


def test_every_proposal_is_one_that_a_login_field_takes() -> None:
    for one in proposals("Jean-Baptiste", "de La Tour d'Auvergne"):
        assert one.login.isascii()
        assert " " not in one.login
        assert one.login == one.login.lower()
