"""What the assistant says of an académie is of that one, and only what a source says."""

from dataclasses import replace

import pytest

from acterm.academy import directory
from acterm.assistant import connect, menu
from acterm.assistant.connect import state as connect_state
from acterm.assistant.flow import GoTo, Question, Start
from acterm.assistant.lost_password import state as lost_password_state
from acterm.cli.contacts import run
from tests.assistant.scripts import ACCOUNT


def _words(asked: Question) -> str:
    choices = (f"{one.label} {one.words}" for one in asked.choices)
    page = asked.page.url if asked.page else ""
    return "\n".join((asked.title, asked.why, asked.then, page, *asked.facts, *choices))


def _everything_said(name: str, academy: str) -> str:
    """Every page of a flow that choices lead to."""
    flow = menu.flow(name)
    seen: dict[str, None] = {}
    ahead = [flow.start(Start(academy=academy, now=1.8e9)).state]
    while ahead:
        state = ahead.pop()
        asked = flow.question(state)
        if (words := _words(asked)) not in seen:
            seen[words] = None
            turns = [flow.answered(state, choice=one.key) for one in asked.choices]
            ahead += [turn.state for turn in turns if not isinstance(turn.onward, GoTo)]
    return "\n".join(seen)


@pytest.mark.parametrize("name", ["access", "first_login", "identifier", "contacts", "national"])
@pytest.mark.parametrize("academy", ["ac-lyon.fr", "ac-guyane.fr", "ac-reunion.fr"])
def test_nothing_of_amiens_is_told_elsewhere(name: str, academy: str) -> None:
    assert "amiens" not in _everything_said(name, academy).lower()


def test_an_address_looks_like_those_of_its_academie() -> None:
    assert "prenom.nom@ac-lyon.fr" in _everything_said("access", "ac-lyon.fr")
    assert "prenom.nom@ac-normandie.fr" in _everything_said("identifier", "ac-caen.fr")


def test_the_fax_and_the_mail_of_the_dsden_are_named_with_their_doubt() -> None:
    said = _everything_said("contacts", "ac-amiens.fr")
    assert "Fax (à vérifier)  03 22 92 82 12" in said
    assert "ce.dsden80@ac-amiens.fr Adresse mail de la DSDEN (à vérifier)" in said


def test_an_academie_of_before_leads_to_that_of_today(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["Caen"]) == 0
    printed = capsys.readouterr().out
    assert "Normandie" in printed
    assert "https://webmail.ac-normandie.fr" in printed
    assert directory.academies()["ac-caen.fr"].replaced_by == "ac-normandie.fr"


@pytest.mark.parametrize(
    ("begun", "words"),
    [
        (Start(), "Aucune boîte n’est connectée ici"),
        (Start(account=ACCOUNT, refused="Authentication failed."), "Votre connexion est refusée"),
    ],
)
def test_a_mail_that_could_not_leave_is_not_proposed_without_a_word(
    begun: Start, words: str
) -> None:
    flow = menu.flow("contacts")
    state = flow.answered(flow.start(begun).state, choice="subject").state
    assert words in " ".join(flow.question(state).facts)
    state = flow.answered(state, choice="about:locked").state
    assert words in " ".join(flow.question(state).facts)


def test_a_login_that_is_known_is_not_called_a_guess() -> None:
    state = connect_state.again(ACCOUNT)
    asked = connect.FLOW.question(replace(state, stage=connect_state.Stage.LOGIN))
    assert asked.value == ACCOUNT.login
    assert "devinée" not in asked.then


@pytest.mark.parametrize(("academy", "told"), [("ac-amiens.fr", False), ("ac-lille.fr", True)])
def test_a_mail_that_no_source_tells_of_is_not_promised(academy: str, told: bool) -> None:
    begun = lost_password_state.State(Start(academy=academy), lost_password_state.Stage.MAIL)
    flow = menu.flow("lost_password")
    asked = flow.question(begun)
    assert ("Aucune source ne dit si la page" in asked.facts[0]) is told
    assert ("direct" in [one.key for one in asked.choices]) is told
    if told:
        after = flow.answered(begun, choice="direct").state
        assert after.stage is lost_password_state.Stage.NEW
