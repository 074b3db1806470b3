"""kill -9 in the middle of a sentence, in a real terminal: at most the last second is lost."""

import sys
import time
from pathlib import Path

from acterm.mail.draft import Draft
from acterm.store import drafts
from acterm.store.db import Store, open_store
from tests.terminal import ESCAPE, Terminal

ACTERM = [sys.executable, "-m", "acterm"]
_WORD = "craie "


def _journal() -> list[Draft]:
    store = open_store()
    try:
        return drafts.all_drafts(store.reader())
    finally:
        store.close()


def _type(terminal: Terminal, seconds: float) -> list[float]:
    """Type without a pause; when each word was finished."""
    finished = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for letter in _WORD:
            terminal.press(letter)
            terminal.read(0.03)
        finished.append(time.monotonic())
    return finished


def test_kill_9_loses_the_last_second_at_most(store: Store, inbox: int, home: Path) -> None:
    store.close()
    with Terminal([*ACTERM, "mailto:chloe.gerard@ac-amiens.fr"]) as terminal:
        terminal.wait_for("Nouveau mail")
        terminal.wait_for("chloe.gerard@ac-amiens.fr")
        finished = _type(terminal, 4)
        killed = time.monotonic()
        terminal.kill()
        terminal.ended()
    (kept,) = _journal()
    due = sum(1 for moment in finished if moment < killed - 1.5)
    assert kept.to == "chloe.gerard@ac-amiens.fr"
    assert kept.body.count(_WORD.strip()) >= due > 5


def test_leaving_by_the_palette_loses_nothing(store: Store, inbox: int, home: Path) -> None:
    store.close()
    with Terminal([*ACTERM, "mailto:chloe.gerard@ac-amiens.fr"]) as terminal:
        terminal.wait_for("Nouveau mail")
        terminal.press("fin")
        terminal.wait_for("fin")
        terminal.press("\x10")
        terminal.wait_for("Toutes les commandes")
        terminal.press("quitter")
        terminal.wait_for("Quitter")
        terminal.press("\r")
        assert terminal.ended() == 0
    assert [draft.body for draft in _journal()] == ["fin"]


def test_a_draft_put_aside_is_there_at_the_next_start(store: Store, inbox: int, home: Path) -> None:
    store.close()
    with Terminal([*ACTERM, "mailto:chloe.gerard@ac-amiens.fr"]) as terminal:
        terminal.wait_for("Nouveau mail")
        terminal.press("plus tard")
        terminal.wait_for("plus tard")
        terminal.press(ESCAPE)
        terminal.wait_for("Échap …")
        terminal.press("b")
        terminal.wait_for("Le brouillon est gardé.")
        terminal.kill()
        terminal.ended()
    assert [draft.body for draft in _journal()] == ["plus tard"]
