"""Columns line up at every width, whatever stands in them."""

import datetime
from dataclasses import replace

import pytest
from rich.cells import cell_len

from acterm.mail.address import Address
from acterm.mail.message import Envelope, Flag, Level
from acterm.ui.cells import fit, spread
from acterm.ui.rows import SUBJECT_LEAST, columns, row

TODAY = datetime.date(2026, 11, 24)
SUBJECTS = [
    "Conseil de classe 3eD – ordre du jour",
    "",
    "漢字の件名はとても長いので切れるはずです",
    "[/] [red]x[/red]",
    "a" * 300,
    "e\u0301le\u0300ve 👩‍🏫 réunion",
]


def _mail(subject: str, flags: Flag = Flag.NONE) -> Envelope:
    sender = Address("Jean-Baptiste de La Tour d'Auvergne", "jb@example.test")
    return Envelope(1, 1, 1, 1_795_528_800, sender, "Zoé", subject, flags, 1000, True)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("flags", [Flag.NONE, Flag.SEEN | Flag.FLAGGED | Flag.ANSWERED])
@pytest.mark.parametrize("width", [50, 52, 60, 63, 64, 72, 80, 99, 140])
def test_a_row_fills_its_line_and_no_more(subject: str, flags: Flag, width: int) -> None:
    parts = row(_mail(subject, flags), columns(width), TODAY, outgoing=False, bar=" ")
    assert sum(cell_len(text) for text, _style in parts) == width


@pytest.mark.parametrize("width", range(50, 161))
def test_the_subject_has_room(width: int) -> None:
    assert columns(width).subject >= SUBJECT_LEAST


def test_a_row_says_what_is_known_of_a_mail() -> None:
    flags = Flag.FLAGGED | Flag.ANSWERED
    parts = row(_mail("Réunion", flags), columns(80), TODAY, outgoing=False, bar=" ")
    text = "".join(text for text, _style in parts)
    assert text.startswith(" ● ★  Jean-Baptiste de La…  Réunion")
    assert "+↩" in text
    assert parts[0][1] == "line--strong"


@pytest.mark.parametrize(
    ("alarm", "style"), [(Level.SUSPECT, "line--suspect"), (Level.VERIFY, "line--star")]
)
def test_a_mail_to_be_wary_of_has_a_mark_before_any_star(alarm: Level, style: str) -> None:
    mail = replace(_mail("Quota", Flag.FLAGGED), alarm=alarm)
    parts = row(mail, columns(80), TODAY, outgoing=False, bar=" ")
    assert "".join(text for text, _style in parts).startswith(" ● !  Jean-Baptiste")
    assert parts[1] == ("!", style)


def test_a_sent_mail_is_listed_by_whom_it_went_to() -> None:
    parts = row(_mail("Réunion"), columns(80), TODAY, outgoing=True, bar=" ")
    assert "Zoé" in parts[0][0]


def test_a_mail_without_sender_and_subject_says_so() -> None:
    nobody = Envelope(1, 1, 1, 0, Address("", ""), "", "", Flag.SEEN, 0, False)
    text = "".join(text for text, _ in row(nobody, columns(80), TODAY, outgoing=False, bar=" "))
    assert "(sans expéditeur)" in text
    assert "(sans objet)" in text


@pytest.mark.parametrize("width", range(12))
def test_text_is_cut_at_cells_not_letters(width: int) -> None:
    for text in ("漢字漢字漢字", "réunion", "", "abc"):
        assert cell_len(fit(text, width)) == width


def test_the_ends_of_a_line_never_meet() -> None:
    assert spread("gauche", "droite", 20) == "gauche        droite"
    assert spread("beaucoup trop long à gauche", "droite", 20) == "beaucoup tro… droite"


def test_a_narrow_list_has_room_for_a_name_and_tells_an_answer_before_it() -> None:
    mail = replace(_mail("Réunion", Flag.SEEN | Flag.ANSWERED), sender=Address("Chloé Gérard", ""))
    parts = row(mail, columns(53), TODAY, outgoing=False, bar=" ")
    assert "".join(text for text, _style in parts).startswith("  ↩ Chloé Gérard Réunion")
