"""The flows about secrets stand on a terminal of 80 by 24, whatever they have to say."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from acterm.assistant import menu, shared
from acterm.assistant.doctor import steps as doctor
from acterm.assistant.flow import Flow, Kind, Turn
from acterm.assistant.passcode import steps as passcode
from acterm.assistant.strong_password import steps as strong_password
from acterm.engine.messages.account import Rung
from acterm.engine.messages.assistant import DoctorLine
from acterm.secret import Secret
from acterm.store.db import Store
from acterm.ui.screens.flow import FlowScreen
from acterm.vault import generator
from acterm.vault.strength import judge
from tests.ui.box import opened

OWN = ("Camille Lefèvre", "clefevre", "camille.lefevre@ac-amiens.fr")
RUNGS = (
    Rung("keyring", True, "verrouillé : le mot de passe de votre session l’ouvre"),
    Rung("sealed-file", True, "un fichier sur cette machine, scellé par une phrase secrète"),
    Rung("session", True, "jusqu’à la fermeture d’acterm ; redemandé au prochain lancement"),
)
LONG = "camille.lefevre@ac-amiens.fr, imap.ac-amiens.fr:993 : connexion refusée par le serveur, "
LINES = tuple(
    DoctorLine(f"port-{number}", state, LONG + "le certificat est celui d’un autre nom")
    for number, state in enumerate(("failed", "failed", "note", "note", "note", "note", "ok") * 3)
)


def _strong() -> Iterator[Any]:
    for stage in strong_password.Stage:
        for typed in ("Camille1985", "20E9501234ABC", "k7#Vq9!mZp2w", "azerty"):
            verdict = judge(Secret(typed), OWN)
            yield strong_password.State(stage, OWN, verdict, generator.phrase(), "phrase")
    yield strong_password.State(
        strong_password.Stage.RENEWAL, saved="/home/camille/Documents/r.ics"
    )


def _passcode() -> Iterator[Any]:
    words = "inconnu, trop peu de mails sont arrivés pendant qu’acterm était ouvert"
    for stage in passcode.Stage:
        yield passcode.State(
            stage, 1, "camille.lefevre@ac-amiens.fr", label="Académie d’Amiens:clefevre",
            is_short=True, rungs=RUNGS, rung="sealed-file", code=Secret("123456"),
            until=time.time() + 60, clock=words, problem="Cette clé ne peut pas servir. " * 2,
        )  # fmt: skip


def _doctor() -> Iterator[Any]:
    for stage in doctor.Stage:
        for saved in ("", "/home/camille/Documents/acterm-diagnostic.txt"):
            yield doctor.State(stage, 1, lines=LINES, page="", saved=saved)


PAGES = [
    *(("strong_password", state) for state in _strong()),
    *(("passcode", state) for state in _passcode()),
    *(("doctor", state) for state in _doctor()),
    *(("shared", shared.State(here)) for here in (False, True)),
]


@pytest.mark.parametrize(("name", "state"), PAGES)
async def test_it_fits(store: Store, inbox: int, name: str, state: Any) -> None:
    known = menu.flow(name)
    at_once: Flow[Any] = Flow(
        start=lambda _start: Turn(state),
        question=known.question,
        answered=known.answered,
        back=known.back,
    )
    async with opened(store) as box:
        screen = FlowScreen(name, at_once)
        await box.app.push_screen(screen)
        await box.sees("Mon compte › ")
        assert screen.view.max_scroll_y == 0, box.text
        asked = known.question(state)
        if asked.kind is Kind.CHOICE:
            for choice in asked.choices:
                assert choice.label.replace("\u00a0", " ").replace("’", "'") in box.text
