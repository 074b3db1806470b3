"""A mail that holds a text and an HTML of it: which is read, and whether they agree."""

import pytest

from acterm.mail.message import Rendered
from acterm.mail.parsing.mime import parse
from acterm.mail.text.render import render
from tests.mail.mails import multipart, part, whole

TEXT = "Le conseil de classe\nest reporté à jeudi, salle 12."


def both(text: str, html: str, *, other: bool = False) -> Rendered:
    parts = [part(text), part(html, "text/html; charset=utf-8")]
    return render(parse(whole(multipart("alternative", parts))), 80, other=other)


def codes(rendered: Rendered) -> list[str]:
    return [sign.code for sign in rendered.signs]


def test_the_other_one_is_a_call_away() -> None:
    html = "<p>Le conseil de classe est <b>reporté</b> à jeudi, salle 12.</p>"
    assert both(TEXT, html).text == TEXT
    assert (
        both(TEXT, html, other=True).text == "Le conseil de classe est reporté à jeudi, salle 12."
    )
    assert both(TEXT, html).other


@pytest.mark.parametrize(("text", "html"), [("Bonjour", ""), ("", "<p>Bonjour</p>")])
def test_a_mail_of_one_has_no_other(text: str, html: str) -> None:
    rendered = both(text, html, other=True)
    assert (rendered.text, rendered.other) == ("Bonjour", False)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Le conseil de classe est reporté à <s>mardi</s> jeudi, salle 12.</p>",
        "<table border=1><tr><th>Quoi<th>Où<tr><td>Conseil<td>salle 12</table>",
        "<p>Le conseil de classe est <a href='https://x.example/a'>reporté</a> à jeudi.</p>",
    ],
)
def test_the_html_is_read_for_what_a_text_cannot_say(html: str) -> None:
    assert both(TEXT, html).text != TEXT


def test_two_versions_that_say_the_same_are_no_matter() -> None:
    html = "<h1>Conseil</h1><p>Le conseil de classe est reporté à jeudi, salle 12.</p>"
    assert codes(both(TEXT, html)) == []
    assert codes(both(f"{TEXT}\nhttps://x.example/aaa", html)) == []


@pytest.mark.parametrize("other", [False, True])
def test_two_versions_that_say_different_things_are_told_once(other: bool) -> None:
    html = "<p>Votre compte sera fermé. Validez votre mot de passe.</p>"
    rendered = both(TEXT, html, other=other)
    assert codes(rendered) == ["alternatives-differ"]
    assert [sign.level for sign in rendered.signs] == ["note"]


@pytest.mark.parametrize(
    "text",
    [
        "Votre logiciel de messagerie ne sait pas lire le HTML.",
        "Pour voir ce mail, ouvrez-le dans votre navigateur.",
        "Si ce message ne s'affiche pas correctement, cliquez ici : https://x.example/m/abc",
        "Ce message est au format MIME, merci d'activer son affichage complet.",
        "This is a multi-part message, your mail client cannot display HTML.",
        "Lettre d'octobre du foyer socio-éducatif https://x.example/lettre/10",
    ],
)
def test_a_text_that_only_points_to_the_html_is_no_other_version(text: str) -> None:
    html = "<p>Le conseil de classe est reporté à jeudi. Venez avec les bulletins, les notes, le"
    more = "cahier de textes, la liste des élèves absents et vos remarques sur cette période.</p>"
    assert codes(both(text, f"{html} {more}")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Classe Salle Professeur 3eB Amphi Bernard 3eC Gymnase Hamel",
        "body { margin: 0; font-family: Arial } td.cellule { padding: 4px }\n"
        "[Logo du collège Jean-Moulin d’Amiens]\nClasse Salle\nProfesseur\nAmphi Bernard\n"
        "Gymnase&nbsp;Hamel <https://x.example/tres/longue/adresse/de/suivi>",
        "** Classe ** _Salle_ Profess?ur\n[1]Bernard Hamel\n\n 1. https://x.example/a/b\n",
    ],
)
def test_a_text_that_a_program_made_of_the_html_says_the_same(text: str) -> None:
    rows = "<tr><td>3eB<td>Amphi<td>Bernard<tr><td>3eC<td>Gymnase<td>Hamel"
    html = f"<table border=1><tr><th>Classe<th>Salle<th>Professeur{rows}</table>"
    assert codes(both(text, html)) == []


@pytest.mark.parametrize("piece", ["a", "a?", "a{", "a.b", "[a", "a@", "<"])
def test_an_endless_word_is_compared_in_one_go(piece: str) -> None:
    assert both(piece * 100_000, "<p>Le conseil est reporté à jeudi.</p>").other
