"""« Pourquoi cet avertissement ? » has an answer for every sign."""

import re
from pathlib import Path

import acterm.mail
from acterm.mail.signs.why import codes, why

CODE = re.compile(r"Sign\(\s*\"([a-z-]+)\"")


def test_every_sign_is_explained() -> None:
    folder = Path(acterm.mail.__file__).parent
    written = {code for file in folder.rglob("*.py") for code in CODE.findall(file.read_text())}
    assert len(written) >= 20
    assert written <= codes()


def test_an_explanation_is_a_few_sentences_in_the_persons_language() -> None:
    for code in codes():
        words = why(code)
        assert words.endswith((".", "?")) and 60 < len(words) < 500
    assert "Éducation nationale" in why("spoofed-sender") and "adresse" in why("spoofed-sender")


def test_a_code_of_a_later_version_is_explained_all_the_same() -> None:
    assert why("something-new")
