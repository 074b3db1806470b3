"""Every page of the flows stands on a terminal of 80 by 24 without scrolling."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from acterm.assistant import menu, national
from acterm.assistant.flow import Flow, Start, Turn
from acterm.assistant.lost_password.state import Stage, State
from acterm.engine.messages.assistant import ResetMail
from acterm.mail.account import Account
from acterm.server import Server
from acterm.store.db import Store
from acterm.ui.command import Place, every
from acterm.ui.presets import PRESETS, strokes
from acterm.ui.screens.flow import FlowScreen
from tests.ui.box import opened

ACCOUNT = Account(
    "camille.lefevre@ac-amiens.fr", "clefevre", Server("imap.ac-amiens.fr", 993),
    Server("smtp.ac-amiens.fr", 465), "Camille Lefèvre", id=1,
)  # fmt: skip
BEGUN = Start(account=ACCOUNT, refused="[AUTHENTICATIONFAILED] Authentication failed.", now=1.8e9)
URL = "https://bv.ac-amiens.fr/nouveau?jeton=4f1c9a7be2d04f1c9a7be2d04f1c9a7be2d04f1c9a7be2d0"
MAILS = (
    ResetMail(3, "c@perso.example", "ne-pas-repondre@ac-amiens.fr", "Votre demande",
              "bv.ac-amiens.fr", URL, official=True),
    ResetMail(4, "c@perso.example", "x@y.example", "Validez", "y.example", "https://y.example/",
              junk=True),
)  # fmt: skip


def _pages() -> Iterator[tuple[str, Any]]:
    """(flow, state) for everything a person can come to by choices."""
    for name in ("access", "first_login", "numen", "identifier", "contacts"):
        flow = menu.flow(name)
        seen, ahead = set(), [flow.start(BEGUN).state]
        while ahead:
            state = ahead.pop()
            if state.page not in seen:
                seen.add(state.page)
                yield name, state
                answers = [flow.answered(state, choice=one.key)
                           for one in flow.question(state).choices]  # fmt: skip
                ahead += [turn.state for turn in answers if turn.onward is None]
    for stage in Stage:
        state = State(BEGUN, stage, candidates=MAILS, watched=("c@perso.example",))
        yield "lost_password", replace(state, chosen=3, checked=True)
    yield "lost_password", State(BEGUN, Stage.CANDIDATE, candidates=MAILS, chosen=4)
    for here in national.Stage:
        if here is not national.Stage.SWITCHING:
            yield "national", national.State(BEGUN, here)


@pytest.mark.parametrize(("name", "state"), list(_pages()))
async def test_it_fits(store: Store, inbox: int, name: str, state: Any) -> None:
    known = menu.flow(name)
    at_once: Flow[Any] = replace(known, start=lambda _start: Turn(state), resumed=None)
    async with opened(store) as box:
        screen = FlowScreen(name, at_once)
        await box.app.push_screen(screen)
        await box.sees("Mon compte › ")
        assert screen.view.max_scroll_y == 0, box.text


@pytest.mark.parametrize("preset", PRESETS)
def test_a_key_means_one_thing_in_a_flow(preset: str) -> None:
    here = [one for one in every() if Place.FLOW in one.places]
    around = [one for one in every() if Place.ANYWHERE in one.places]
    for one, other in combinations(here, 2):
        assert not {*strokes(one, preset)} & {*strokes(other, preset)}, (one.name, other.name)
    taken = {
        (one.name, other.name)
        for one in here
        for other in around
        if {*strokes(one, preset)} & {*strokes(other, preset)}
    }
    assert taken <= {("whom_to_call", "help")}
