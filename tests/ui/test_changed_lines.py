"""Over a slow line, only what changed is written: counted where a terminal reads it."""

import sys
from pathlib import Path

import pytest
from textual.screen import Screen

from acterm.mail.account import Account
from acterm.mail.folder import Role
from acterm.store.db import Store
from tests.terminal import ENTER, Terminal
from tests.ui.box import opened
from tests.ui.conftest import fill, header

PAGE_DOWN = "\x1b[6~"
# The demo, in which no mail comes in while bytes are counted.
QUIET = """
from functools import partial
from acterm.cli import main
from acterm.demo import servers
servers.Servers = partial(servers.Servers, arrivals=False)
main(["demo"])
"""
DEMO = (sys.executable, "-c", QUIET)


def _bytes(terminal: Terminal, keys: str, seen: str) -> int:
    """How many bytes keys cost, until the screen shows what they lead to and is still."""
    terminal.settle()
    before = terminal.received
    terminal.press(keys)
    terminal.wait_for(seen)
    terminal.settle()
    return terminal.received - before


@pytest.mark.parametrize(("size", "most"), [((80, 24), 3600), ((100, 30), 3300), ((160, 50), 6000)])
def test_a_conversation_costs_one_page_and_a_fold_what_it_changes(
    size: tuple[int, int], most: int, home: Path
) -> None:
    columns, rows = size
    with Terminal(DEMO, columns=columns, rows=rows) as terminal:
        terminal.wait_for("connecté")
        terminal.press("j" * 7 + ENTER)
        terminal.wait_for("5 mails dans la conversation")
        _bytes(terminal, "c", "c ce mail seul")  # the first time, the page is made
        assert _bytes(terminal, "c", "c conversation") < most
        assert _bytes(terminal, "c", "c ce mail seul") < most
        assert _bytes(terminal, "X", "vaut pour tous") < 1500
        assert _bytes(terminal, "X", "X tous") < 1500
        back = _bytes(terminal, "q", "s corbeille")
        assert back < (3600 if columns < 100 else 1000)
    del home


def test_nothing_of_a_page_is_left_when_the_list_is_back(home: Path) -> None:
    with Terminal(DEMO) as terminal:
        terminal.wait_for("connecté")
        terminal.press("j" * 7)
        terminal.press("c")
        terminal.wait_for("c ce mail seul")
        for key in (PAGE_DOWN, "k", "k", "q"):
            terminal.press(key)
            terminal.settle()
        assert any("Conseil de classe 3eD" in line for line in terminal.lines)
        assert not any(line.startswith(" De  ") for line in terminal.lines)
    del home


async def test_a_wide_character_stays_whole_after_the_window_was_resized(
    store: Store, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = [header("Zoé", "Sujet")] + [header("山田", "漢字" * 20, order=n) for n in range(1, 5)]
    fill(store, account, Role.INBOX, mails)
    async with opened(store, (100, 30)) as box:
        await box.press("enter")
        await box.pilot.resize_terminal(80, 24)
        await box.pilot.pause()
        await box.press("q")
        compositor = box.app.screen._compositor
        paint, right_ends = compositor.render_update, set[int]()

        def noted(screen_stack: list[Screen[object]]) -> object:
            right_ends.update(region.right for region in compositor._dirty_regions)
            return paint(screen_stack=screen_stack)

        monkeypatch.setattr(compositor, "render_update", noted)
        await box.press("s")
        assert right_ends == {80}
