"""Text broken at some 72 letters, in a pane narrower than that."""

import pytest

from acterm.mail.parsing.mime import parse
from acterm.mail.text.render import render
from tests.mail.mails import mail

PARAGRAPH = """Le conseil de classe de la 3eD aura lieu jeudi prochain à 17 heures en
salle 12. Merci de remplir les bulletins avant mercredi soir, faute de
quoi ils ne pourront pas être imprimés à temps pour la réunion."""
ORDER = "Ordre du jour :\n- bilan\n- questions\n\nCamille Lefèvre\nProfesseure de SVT"


def laid(text: str, width: int) -> list[str]:
    return render(parse(mail(text)), width).text.split("\n")


def test_a_paragraph_fills_the_pane_and_keeps_its_words() -> None:
    lines = laid(PARAGRAPH, 44)
    assert all(len(line) > 34 for line in lines[:-1])
    assert " ".join(lines) == " ".join(PARAGRAPH.split())


def test_a_quoted_one_stays_quoted() -> None:
    lines = laid("\n".join(f"> {line}" for line in PARAGRAPH.split("\n")), 44)
    assert all(line.startswith("> ") and len(line) > 34 for line in lines[:-1])


@pytest.mark.parametrize("width", [72, 80, 120])
def test_where_there_is_room_the_lines_are_their_writers(width: int) -> None:
    assert laid(f"{PARAGRAPH}\n\n{ORDER}", width) == f"{PARAGRAPH}\n\n{ORDER}".split("\n")


def test_short_lines_items_and_signatures_are_left_alone() -> None:
    lines = laid(f"{PARAGRAPH}\n\n{ORDER}", 44)
    assert lines[lines.index("Ordre du jour :") :] == ORDER.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"] * 3),
        "\n".join(
            f"Élève {n:02}          Mathématiques          15,5          Très bien{'.' * 8}"
            for n in "12"
        ),
    ],
)
def test_what_is_no_prose_keeps_its_lines(text: str) -> None:
    assert len(laid(text, 44)) == 2 * len(text.split("\n"))
