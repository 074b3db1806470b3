"""Who is quoted, in every shape that mailers give the line above."""

import time

import pytest

from acterm.mail.text import attribution
from acterm.mail.text.attribution import Attribution

SHAPES = {
    "Le 27/08/2020 à 10:28, Amélie Roussel a écrit :": "Amélie Roussel",
    "Le 27/08/2020 à 10:28, Amélie Roussel a écrit\u00a0:": "Amélie Roussel",
    "Le 27/08/2020 à 10:28, Amélie Roussel a écrit:": "Amélie Roussel",
    "Le 2020-08-27 10:28, Amélie Roussel a écrit :": "Amélie Roussel",
    "Le 27.08.2020 10:28, Amélie Roussel via Liste <svt@x.example> a écrit :": "Amélie Roussel",
    "Le jeu., avril 7 2022 at 13:16:11 +0200, Amélie Roussel a écrit :": "Amélie Roussel",
    "Le lun. 23 nov. 2026 à 09:15, Luc Petit <luc.petit@ac-amiens.fr> a écrit :": "Luc Petit",
    "Le lun. 23 nov. 2026, 09:15, Luc Petit <luc.petit@ac-amiens.fr> a écrit :": "Luc Petit",
    'Le Lundi 23 novembre 2026 9h15, "PETIT Luc" <luc@x.example> a écrit :': "PETIT Luc",
    "Le 23 novembre 2026 09:15:33 GMT+01:00, Luc Petit <luc@x.example> a écrit :": "Luc Petit",
    "Le Lundi 23 Novembre 2026 09:15 CET, Luc Petit <luc@x.example> a écrit:": "Luc Petit",
    "Le lundi 23 novembre 2026, 09:15:33 CET Luc Petit a écrit :": "Luc Petit",
    "Le lundi 23 novembre 2026 à 09:15 +0100, Luc Petit a écrit :": "Luc Petit",
    "Le lundi 23 novembre 2026 à 09:15:33 UTC+1, Luc Petit <luc@x.example> a écrit :": "Luc Petit",
    "On nov. 23 2026, at 9:15 am, Luc Petit <luc@x.example> wrote:": "Luc Petit",
    "Le 23/11/2026 à 10:28, Luc Petit a \ufffdcrit :": "Luc Petit",
    "Le 23/11/2026 à 10:28, Luc Petit a =EF=BF=BDcrit :": "Luc Petit",
    "Le 23/11/2026 à 10:28, Luc Petit a Ã©crit :": "Luc Petit",
    "Le 23/11/2026 à 10:28, Luc Petit a ?crit :": "Luc Petit",
    "Amélie Roussel a écrit :": "Amélie Roussel",
    "*Le 23/11/2026 à 10:28, Luc Petit a écrit :*": "Luc Petit",
    "---- Le lun., 23 nov. 2026 09:15:33 +0100 Luc Petit <luc@x.example> a écrit ----": "Luc Petit",
    "On Monday, November 23, 2026 9:15 AM, Luc Petit <luc@x.example> wrote:": "Luc Petit",
    "Petit, Luc a écrit :": "Petit, Luc",
    "Le 23 nov. 2026 à 09:15, luc@x.example a écrit :": "luc@x.example",
    "On Mon, Nov 23, 2026 at 9:15 AM Luc Petit <luc@x.example> wrote:": "Luc Petit",
    "On 23/11/2026 09:15, Luc Petit wrote:": "Luc Petit",
    "On Nov 23, 2026, at 09:15, Luc Petit <luc@x.example> wrote:": "Luc Petit",
    "Luc Petit <luc@x.example> writes:": "Luc Petit",
    "2026-11-23 9:15 GMT+01:00 Luc Petit <luc@x.example>:": "Luc Petit",
    "Quoting Luc Petit <luc@x.example>:": "Luc Petit",
    "Am 23.11.2026 um 09:15 schrieb Luc Petit:": "Luc Petit",
}


@pytest.mark.parametrize(("line", "name"), SHAPES.items())
def test_the_line_above_a_quotation_names_its_writer(line: str, name: str) -> None:
    lines = ["D’accord.", "", line, "> Bonjour"]
    assert attribution.above(lines, 3) == Attribution(2, name)


@pytest.mark.parametrize(
    "broken",
    [
        ["Le lun. 23 nov. 2026 à 09:15, Luc Petit <luc.petit@ac-amiens.fr> a", "écrit :"],
        ["Le lun. 23 nov. 2026 à 09:15, Luc Petit", "<luc.petit@ac-amiens.fr> a écrit :"],
        ["Le lun. 23 nov. 2026 à", "09:15, Luc Petit <luc@x.example> a", "écrit :", ""],
        ["On Mon, Nov 23, 2026 at 9:15 AM Luc Petit <luc.petit@x.example>", "wrote:"],
    ],
)
def test_it_may_be_broken_over_lines(broken: list[str]) -> None:
    lines = ["D’accord.", "", *broken, "> Bonjour"]
    assert attribution.above(lines, len(lines) - 1) == Attribution(2, "Luc Petit")


@pytest.mark.parametrize(
    "line", ["Voici :", "Monsieur Petit a décrit :", "Il a écrit une circulaire.", "Luc"]
)
def test_a_sentence_is_none(line: str) -> None:
    assert attribution.above([line, "> Bonjour"], 1) is None


def test_without_marks_below_only_a_dated_one_counts() -> None:
    assert attribution.ends_at(["Amélie Roussel a écrit :"], 0) is None
    assert attribution.ends_at(["Le 23/11/2026, Amélie Roussel a écrit :"], 0) == (
        Attribution(0, "Amélie Roussel")
    )
    assert attribution.ends_at(["Le 23/11/2026, Amélie Roussel a", "écrit :"], 1) == (
        Attribution(0, "Amélie Roussel")
    )


def test_a_block_of_headers_names_its_writer() -> None:
    assert attribution.name_in_block(["Envoyé : lundi", "De : Luc Petit <luc@x.example>"]) == (
        "Luc Petit"
    )
    assert attribution.name_in_block(["From: Luc Petit [mailto:luc@x.example]"]) == "Luc Petit"
    assert attribution.name_in_block(["*From:* luc@x.example"]) == "luc@x.example"
    assert attribution.name_in_block(["Bonjour"]) == ""


def test_lines_that_only_resemble_cost_little() -> None:
    lines = ["Le 1 " + "a@" * 190 + " a écrit :"] * 300
    begun = time.process_time()
    for at in range(1, len(lines)):
        attribution.above(lines, at)
    assert time.process_time() - begun < 2
