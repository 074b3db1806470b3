"""The flows about the server's rules stand on 80 by 24; what is longer can be read whole."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from acterm.assistant import menu
from acterm.assistant.absence import FLOW as ABSENCE
from acterm.assistant.absence import steps as absence
from acterm.assistant.compromised.steps import Stage, State
from acterm.assistant.flow import Flow, Start, Turn
from acterm.assistant.server_rules.visit import Phase, Visit
from acterm.engine.messages.assistant import KeepFlow
from acterm.engine.messages.rules import KeepRules
from acterm.mail.account import Account
from acterm.mail.signs.sent_signs import SentMail, signs
from acterm.store.db import Store
from acterm.ui.screens.flow import FlowScreen
from acterm.ui.widgets.sentences import wrapped
from tests.assistant.scripts import ACCOUNT, NOW, read
from tests.ui.box import opened


def _at(name: str, state: Any) -> FlowScreen:
    known: Flow[Any] = menu.flow(name)
    return FlowScreen(name, replace(known, start=lambda _start: Turn(state), resumed=None))


def _begun() -> absence.State:
    visit = Visit(ACCOUNT, "ac-amiens.fr", date(2026, 11, 24), Phase.READY, read=read())
    return absence.State(visit, absence.Stage.STATUS)


def _away(text: str = "") -> absence.State:
    state = absence.answered(_begun(), choice="new").state
    state = absence.answered(state, "19/12").state
    state = absence.answered(state, "5 janvier").state
    return absence.answered(state, text or state.text).state


async def test_the_preview_of_an_absence_fits(store: Store, account: Account, inbox: int) -> None:
    async with opened(store) as box:
        screen = _at("absence", _away())
        await box.app.push_screen(screen)
        await box.sees("Voici ce que vos correspondants recevront.")
        assert screen.view.max_scroll_y == 0, box.text
        assert "camille.lefevre@ac-amiens.fr" in box.text


async def test_below_a_long_text_the_cursor_stays_in_view(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.app.push_screen(_at("absence", _away("\n\n".join(["mot " * 80] * 6))))
        await box.sees("▌")
        for label in ("Corriger le texte", "Corriger les dates", "Pas maintenant"):
            await box.press("down")
            assert any("▌" in line and label in line for line in box.lines), box.text


async def test_enter_does_not_answer_with_a_line_that_is_out_of_sight(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.app.push_screen(_at("absence", _away("\n\n".join(["mot " * 80] * 6))))
        await box.sees("Voici ce que vos correspondants recevront.")
        await box.press("enter")
        assert not [one for one in box.submitted if isinstance(one, KeepRules)]
        await box.sees("▌ L'activer")
        await box.press("enter")
        assert [one for one in box.submitted if isinstance(one, KeepRules)]


def test_an_indented_line_stays_indented() -> None:
    assert wrapped("  un deux trois", 12) == ["  un deux", "  trois"]
    assert wrapped("!! un deux trois", 12) == ["!! un deux", "   trois"]


def test_no_day_typed_is_said_so() -> None:
    state = absence.answered(_begun(), choice="new").state
    asked = ABSENCE.question(absence.answered(state, "  ").state)
    assert asked.problem.startswith("Rien n’a été tapé")


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.RULES])
async def test_each_step_of_a_stolen_account_fits(
    store: Store, account: Account, inbox: int, stage: Stage
) -> None:
    notes = tuple(f"Règles sur le serveur :\n  numéro {number}" for number in range(9))
    saved = "/home/camille/Documents/journal-compte-2026-11-24.txt"
    found = signs([SentMail(n, int(NOW) - 10 * 3600, 45, "Facture") for n in range(20)])
    begun = Start(account=ACCOUNT, now=NOW)
    state = State(begun, stage=stage, notes=notes, sent=found, saved=saved)
    async with opened(store) as box:
        screen = _at("compromised", state)
        await box.app.push_screen(screen)
        await box.sees("Mon compte › Compte piraté")
        assert screen.view.max_scroll_y == 0, box.text


async def test_what_was_written_at_length_is_kept_when_one_leaves(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        box.app.open_flow("compromised")
        await box.sees("le mot de passe est-il changé ?")
        await box.press("down", "enter")
        await box.sees("Qu'avez-vous remarqué, et quand ?")
        await box.press(*"des mails la nuit")
        await box.press("escape")
        kept = [one for one in box.submitted if isinstance(one, KeepFlow)][-1]
        assert "des mails la nuit" in str(kept.kept)
