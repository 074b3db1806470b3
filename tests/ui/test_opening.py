"""The inbox that stands on the terminal before the interface is loaded: its very lines."""

import datetime

import pyte
import pytest

from acterm.mail.folder import Role
from acterm.store import settings
from acterm.store.db import Store
from acterm.ui import palettes
from acterm.ui.opening import inbox_page, list_place
from acterm.ui.screens.mail_screen import MailScreen
from tests.ui.box import LARGE, SMALL, opened
from tests.ui.conftest import fill, make_account, school_mails

SIZES = [SMALL, (60, 12), (99, 30), (100, 30), (113, 30), (139, 40), (140, 40), (151, 40), LARGE]


def seen(written: str, size: tuple[int, int]) -> list[list[tuple[str, str, str, bool]]]:
    """What a terminal shows: each cell with its ink, its ground and whether it is bold."""
    width, height = size
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(written)
    lines = ([screen.buffer[row][column] for column in range(width)] for row in range(height))
    return [[(one.data, one.fg, one.bg, one.bold) for one in line] for line in lines]


@pytest.mark.parametrize("theme", palettes.NAMES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_first_lines_are_those_of_the_interface(
    store: Store, size: tuple[int, int], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    fill(store, make_account(store), Role.INBOX, school_mails())
    with store.write() as db:
        settings.put(db, "theme", theme)
    first = seen(inbox_page(store.reader(), *size, datetime.date.today()), size)
    async with opened(store, size) as box:
        screen = box.app.screen
        assert isinstance(screen, MailScreen)
        region = screen.mails.region
        strips = screen._compositor.render_strips()
    assert (region.x, region.width) == list_place(size[0])
    drawn = seen("\r\n".join(strip.render(box.app.console) for strip in strips), size)
    assert first[0] == drawn[0]
    for line in range(region.y, region.bottom):
        assert first[line][region.x : region.right] == drawn[line][region.x : region.right]
    assert first[region.bottom] == drawn[region.bottom]


def test_of_several_accounts_the_first_one_s_inbox_is_named(store: Store) -> None:
    assert inbox_page(store.reader(), 80, 24, datetime.date.today()) == ""
    fill(store, make_account(store), Role.INBOX, school_mails())
    other = make_account(store, "camille@autre.example")
    fill(store, other, Role.INBOX, school_mails()[:1])
    page = inbox_page(store.reader(), 80, 24, datetime.date.today())
    (title,) = (line for line in page.split("\x1b[0m")[:1])
    assert "camille.lefevre@ac-amiens.fr" in title
    assert "8" in title
