"""Every flow on one screen: keys, pages, countdown, left and taken up again."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from acterm.assistant import menu
from acterm.assistant.flow import (
    Choice,
    Flow,
    Kind,
    Page,
    Question,
    Turn,
    Write,
)
from acterm.engine.messages.account import SignInWasRefused
from acterm.engine.messages.assistant import KeepFlow
from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import NewMail
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.secret import Secret
from acterm.store import settings
from acterm.store.db import Store, open_store
from acterm.ui.screens.flow import FlowScreen
from tests.ui.box import LARGE, MIDDLE, SMALL, Box, opened
from tests.ui.conftest import make_account

URL = "https://bv.ac-amiens.fr/"


@dataclass(frozen=True)
class State:
    """A flow of the tests: which question, and what was heard of answers."""

    at: str = "page"
    heard: tuple[str | Secret, ...] = ()
    until: float = 0.0
    url: str = URL


def _question(state: State) -> Question:
    way = (Choice("next", "Suite"),)
    questions = {
        "page": Question(
            "Ouvrez la page", Kind.CHOICE, page=Page(state.url), choices=way, step=2, steps=5
        ),
        "text": Question("Votre nom ?", Kind.TEXT, value="Camille", choices=(*way, _OTHER)),
        "secret": Question("Votre NUMEN ?", Kind.SECRET, why="Pour sa forme."),
        "long": Question("Le texte ?", Kind.LONG, value="Bonjour"),
        "wait": Question("On attend…", Kind.WAIT),
        "code": Question("Le code", Kind.CHOICE, copy="123456", until=state.until, choices=way),
        "end": Question("C'est fini", Kind.END),
    }
    return questions[state.at]


_OTHER = Choice("other", "Autrement", "des mots qui expliquent ce que cela veut dire vraiment")
_ORDER = ("page", "text", "secret", "long", "wait", "code", "end")


def _answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    following = _ORDER[min(_ORDER.index(state.at) + 1, len(_ORDER) - 1)]
    if choice == "other":
        return Turn(state, onward=Write(Draft(1, subject="Préparé")))
    return Turn(replace(state, at=following, heard=(*state.heard, choice or answer)))


def _heard(state: State, event: Event) -> Turn[State]:
    return Turn(replace(state, at="end")) if isinstance(event, NewMail) else Turn(state)


def _back(state: State) -> State:
    return replace(state, at=_ORDER[max(0, _ORDER.index(state.at) - 1)])


def _kept(state: State) -> Mapping[str, str]:
    return {} if state.at in ("page", "end") else {"at": state.at}


def _flow(state: State | None = None) -> Flow[State]:
    return Flow(
        start=lambda _start: Turn(state or State()),
        question=_question,
        answered=_answered,
        back=_back,
        heard=_heard,
        kept=_kept,
        resumed=lambda _start, kept: Turn(State(at=kept["at"])),
        hints=lambda _state, typed: ("Une majuscule ?",) if typed == "NON" else (),
    )


async def _open(box: Box, state: State | None = None) -> FlowScreen:
    screen = FlowScreen("numen", _flow(state))
    await box.app.push_screen(screen)
    await box.pilot.pause()
    return screen


@pytest.fixture(autouse=True)
def _desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A browser that notes what it is asked."""
    browser = tmp_path / "navigateur"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/ouvert\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")


@pytest.fixture
def empty(home: Path) -> Iterator[Store]:
    """A store without any account."""
    fresh = open_store()
    yield fresh
    fresh.close()


async def test_the_page_opens_by_enter_and_the_step_is_told(
    store: Store, inbox: int, tmp_path: Path
) -> None:
    async with opened(store) as box:
        await _open(box)
        await box.sees("Mon compte › NUMEN")
        assert box.lines[0].endswith("étape 2 sur 5")
        assert URL in box.text
        await box.press("enter")
        await box.sees("Ouvert dans le navigateur : bv.ac-amiens.fr")
        assert (tmp_path / "ouvert").read_text() == f"{URL}\n"
        await box.press("enter")
        await box.sees("Votre nom ?")


async def test_going_on_later_is_promised_only_where_something_is_kept(
    store: Store, inbox: int
) -> None:
    async with opened(store, MIDDLE) as box:
        await _open(box)
        await box.sees("q quitter")
        assert "plus tard" not in box.text
        await box.press("right", "right")
        await box.sees("quitter, reprendre plus tard")
        await box.press("escape")
        await box.app.push_screen(FlowScreen("shared"))
        await box.sees("q quitter")
        assert "plus tard" not in box.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_the_ways_mean_begins_in_one_column(
    store: Store, inbox: int, size: tuple[int, int]
) -> None:
    async with opened(store, size) as box:
        await box.app.push_screen(FlowScreen("passcode"))
        await box.sees("PIN, code")
        meanings = ("PIN, code", "Quand la clé", "Par un QR code", "acterm ne donne")
        columns = {line.index(one) for line in box.lines for one in meanings if one in line}
        assert len(columns) == 1


async def test_a_code_for_the_telephone_offers_no_undo(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        assert "z annuler" in box.text
        await _open(box)
        await box.press("t")
        await box.sees("q retour")
        assert "annuler" not in box.text


async def test_the_page_is_copied_and_shown_to_a_telephone(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await _open(box)
        await box.press("c")
        assert box.app.clipboard == URL
        await box.press("t")
        await box.sees("█")
        await box.press("escape")
        await box.sees("Ouvrez la page")


@pytest.mark.parametrize(
    "url",
    [
        "https://bv.ac-amiens.fr.example/",
        "https://ac-amlens.fr/",
        "https://a.example\\@ac-amiens.fr/",
    ],
)
async def test_only_an_official_host_is_opened(
    store: Store, inbox: int, tmp_path: Path, url: str
) -> None:
    async with opened(store) as box:
        await _open(box, State(url=url))
        await box.press("enter")
        await box.sees("n'est pas un site officiel")
        assert not (tmp_path / "ouvert").exists()


async def test_without_a_browser_enter_shows_the_qr_code(
    store: Store, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with opened(store) as box:
        await _open(box)
        await box.sees("Entrée QR code")
        await box.press("enter")
        await box.sees("█")


async def test_a_secret_is_masked_and_leaves_the_field(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        screen = await _open(box, State(at="secret"))
        await box.press(*"20G98")
        assert "20G98" not in box.text
        await box.press("f4")
        await box.sees("20G98")
        await box.press("enter")
        await box.sees("Le texte ?")
        assert screen._state.heard == (Secret("20G98"),)
        assert screen.view.field.value == ""


async def test_doubts_show_while_one_types(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await _open(box, State(at="secret"))
        await box.press(*"NON")
        await box.sees("Une majuscule ?")


async def test_back_goes_by_the_arrow_also_out_of_a_field(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await _open(box, State(at="text"))
        await box.press("home", "left")
        await box.sees("Ouvrez la page")
        await box.press("right")
        await box.press("right")
        await box.sees("Votre nom ?")


async def test_other_ways_stand_below_a_field(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await _open(box, State(at="text"))
        await box.press("down", "up")
        assert box.app.focused is box.app.screen.query_one("#answer")
        await box.press("tab", "down")
        await box.sees("des mots qui expliquent")
        await box.press("enter")
        await box.sees("Nouveau mail")
        await box.press("escape", "a")
        await box.sees("Votre nom ?")


async def test_a_long_answer_is_given_with_tab_and_enter(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        screen = await _open(box, State(at="long"))
        await box.press("enter", *"Camille", "tab", "enter")
        await box.sees("On attend…")
        assert "Camille" in str(screen._state.heard[0])


async def test_what_a_low_window_hides_is_reached_with_the_arrow(store: Store, inbox: int) -> None:
    async with opened(store, (60, 16)) as box:
        box.app.open_flow("contacts")
        await box.sees("▌ Écrire un mail")
        assert "Assistance informatique" not in box.text
        await box.press("up")
        await box.sees("Assistance informatique")
        await box.press("down")
        await box.sees("▌ Les pages officielles")


async def test_what_happens_moves_it_on_and_the_end_leaves(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await _open(box, State(at="wait"))
        await box.tell(NewMail(inbox, (1,)))
        await box.sees("C'est fini")
        await box.press("enter")
        assert not isinstance(box.app.screen, FlowScreen)
        await box.sees("C'est fini")  # told in the box


async def test_a_countdown_runs_only_while_it_is_shown(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        screen = await _open(box, State(at="code", until=time.time() + 60))
        await box.sees("encore 1 min 0 s")
        await box.sees("encore 59 s")
        await box.press("c")
        assert box.app.clipboard == "123456"
        countdown = screen.view.query_one("#countdown")
        await box.press("right")
        await box.sees("C'est fini")
        assert countdown._timer is None  # type: ignore[attr-defined]


async def test_nothing_is_drawn_when_nothing_changed(
    store: Store, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(store) as box:
        screen = await _open(box, State(at="text"))
        drawn: list[str] = []
        monkeypatch.setattr(screen.view, "say", lambda name, _words: drawn.append(name))
        screen._follow(Turn(replace(screen._state, heard=("x",))))
        assert drawn == []


async def test_where_it_was_left_is_written_down_and_offered(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await _open(box, State(at="text"))
        await box.press("enter")
        assert box.submitted[-1] == KeepFlow("numen", (("at", "secret"),))
        await box.press("escape")
        with store.write() as db:
            settings.put(db, "flow:numen", {"at": "secret"})
        await _open(box)
        await box.sees("Reprendre")
        await box.press("enter")
        await box.sees("Votre NUMEN ?")
        await box.press("escape")
        await _open(box)
        await box.press("down", "enter")
        await box.sees("Ouvrez la page")
        assert box.submitted[-1] == KeepFlow("numen", ())


async def test_f2_opens_every_flow_and_back_returns(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("f2")
        await box.sees("Mot de passe perdu")
        shown = [one.label() for one in menu.ENTRIES if one.label() in box.text]
        assert len(shown) == len(menu.ENTRIES)
        await box.press("down", "enter")
        await box.sees("Mon compte › Première connexion")
        await box.press("escape")
        await box.sees("Première connexion")
        assert "›" not in box.lines[0]


async def test_the_menu_says_what_was_left(store: Store, inbox: int) -> None:
    with store.write() as db:
        settings.put(db, "flow:lost_password", {"stage": "mail", "since": "1"})
    async with opened(store) as box:
        await box.press("f2")
        await box.sees("Mot de passe perdu")
        assert [line for line in box.lines if line.endswith("à reprendre")] == [box.lines[1]]


async def test_a_refused_sign_in_leads_to_the_lost_password(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.tell(SignInWasRefused(account.id, "Authentication failed."))
        await box.sees("Authentication failed")
        await box.press("f2")
        await box.sees("Quel est votre mot de passe ?")
        await box.press("f2")
        await box.sees("S'identifier à nouveau")
        await box.press("down", "enter")
        await box.sees("Le serveur dit : « Authentication failed. »")


async def test_without_any_account_everything_is_within_reach(empty: Store) -> None:
    async with opened(empty) as box:
        await box.sees("Quelle est votre adresse mail ?")
        await box.press("tab")
        await box.press("enter")
        await box.sees("Mon compte › Première connexion")
        await box.press("escape")
        await box.sees("Quelle est votre adresse mail ?")


async def test_each_flow_is_in_the_palette_by_its_name(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press(":")
        await box.press(*"messagerie nat")
        await box.sees("Messagerie nationale")
        await box.press("enter")
        await box.sees("Mon compte › Messagerie nationale")


async def test_the_account_of_the_academie_is_meant_before_a_private_one(store: Store) -> None:
    make_account(store, "c@perso.example")
    make_account(store)
    async with opened(store) as box:
        box.app.open_flow("access")
        await box.sees("Votre adresse : camille.lefevre@ac-amiens.fr")


async def test_f1_shows_whom_to_call(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await _open(box, State(at="secret"))
        await box.press("f1")
        await box.sees("Mon compte › Contacts")
        await box.sees("03 22 82 38 23")
        await box.press("q")
        await box.sees("Votre NUMEN ?")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
@pytest.mark.parametrize("name", [one.name for one in menu.ENTRIES])
async def test_the_first_question_of_every_flow_fits(
    store: Store, inbox: int, name: str, size: tuple[int, int]
) -> None:
    async with opened(store, size) as box:
        box.app.open_flow(name)
        await box.sees("Mon compte › ")
        screen = box.app.screen
        assert isinstance(screen, FlowScreen)
        assert screen.view.max_scroll_y == 0
