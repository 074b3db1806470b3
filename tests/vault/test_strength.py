"""What is thought of a password, and the passwords that are proposed."""

import math
import re

import pytest

from acterm.secret import Secret
from acterm.vault import generator
from acterm.vault.strength import Form, form_of, judge
from acterm.vault.wordlists import common_passwords, known_words, phrase_words

_CAMILLE = ("Camille Lefèvre", "clefevre", "camille.lefevre@ac-amiens.fr")


@pytest.mark.parametrize(
    "typed",
    [
        "azerty",
        "Azerty123456!",  # the CNIL's form alone proves nothing
        "Motdepasse2026!",
        "P@ssw0rd1234",
        "Soleil.Doudou.1234",
        "qsdfghjklm&é\"'",
        "14/07/1985",
        "Élodie2019!!!!",
        "septembre2026",
        "a" * 500,
        "",
    ],
)
def test_what_people_choose_first_is_not_taken(typed: str) -> None:
    assert not judge(Secret(typed)).is_good


@pytest.mark.parametrize("typed", ["clefevre", "Camille.Lefevre1", "Lefèvre-Camille-2026"])
def test_what_others_know_of_the_person_makes_no_password(typed: str) -> None:
    judgement = judge(Secret(typed), _CAMILLE)
    assert judgement.score <= 2
    assert "votre nom, votre identifiant" in judgement.advice[0]


@pytest.mark.parametrize("typed", ["20E9501234ABC", "17e0501234abc", "!20E9501234ABC!"])
def test_a_numen_is_no_password(typed: str) -> None:
    judgement = judge(Secret(typed))
    assert judgement.score <= 1
    assert "NUMEN" in judgement.advice[0]


def test_the_example_of_the_cnil_is_accepted_though_it_has_79_bits_and_a_half() -> None:
    typed = "k7#Vq9!mZp2w"
    assert len(typed) * math.log2(99) < 80
    judgement = judge(Secret(typed), _CAMILLE)
    assert judgement.form is Form.FOUR_KINDS
    assert judgement.is_good
    assert judgement.advice == ()


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("k7#Vq9!mZp2w", Form.FOUR_KINDS),
        ("k7#Vq9!mZp2", Form.NONE),
        ("kV9mZp2wQx4Rt7", Form.THREE_KINDS),
        ("kV9mZp2wQx4Rt", Form.NONE),
        ("abeille citron tuyau girafe vapeur crayon vitrail", Form.PHRASE),
        ("abeille citron tuyau girafe vapeur crayon", Form.NONE),
        ("girafe girafe girafe girafe girafe girafe girafe", Form.NONE),
    ],
)
def test_the_three_forms_are_tested_as_forms(typed: str, form: Form) -> None:
    assert form_of(Secret(typed)) is form


def test_a_judgement_holds_nothing_of_the_password() -> None:
    typed = "k7#Vq9!mZp2w"
    assert typed not in repr(judge(Secret(typed)))


@pytest.mark.parametrize("again", range(20))
def test_what_is_proposed_is_good_and_has_80_bits(again: int) -> None:
    made = (generator.phrase(), generator.characters(), generator.characters(signs=False))
    for one in made:
        assert one.bits >= 80
        assert judge(one.secret, _CAMILLE).is_good
    assert [form_of(one.secret) for one in made] == [
        Form.PHRASE,
        Form.FOUR_KINDS,
        Form.THREE_KINDS,
    ]


def test_a_proposed_password_is_typed_without_altgr_and_without_doubt() -> None:
    drawn = "".join(generator.characters().secret.reveal() for _ in range(300))
    assert not set(drawn) & set("lIO01@#{}[]|\\^~`€")
    assert drawn.isascii()


def test_the_lists_are_plain_and_large_enough() -> None:
    words = phrase_words()
    assert len(words) == len(set(words)) > 2 ** (80 / 7)
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    for listed in (common_passwords(), known_words()):
        assert len(listed) == len(set(listed)) >= 500
