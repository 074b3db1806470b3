"""The inbox that stands on the terminal before the interface is loaded: its very lines."""

import datetime

import pyte
import pytest

from acterm.mail.folder import Role
from acterm.store.db import Store
from acterm.ui.opening import inbox_page, list_place
from acterm.ui.screens.mail_screen import MailScreen
from tests.ui.box import LARGE, SMALL, opened
from tests.ui.conftest import fill, make_account, school_mails

SIZES = [SMALL, (60, 12), (99, 30), (100, 30), (113, 30), (139, 40), (140, 40), (151, 40), LARGE]


def seen(written: str, width: int, height: int) -> list[str]:
    """What a terminal shows of it; a wide character is followed by an empty cell."""
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(written)
    rows = (screen.buffer[row] for row in range(height))
    return ["".join(row[column].data for column in range(width)) for row in rows]


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_lines_are_those_of_the_interface(
    store: Store, size: tuple[int, int]
) -> None:
    fill(store, make_account(store), Role.INBOX, school_mails())
    width, height = size
    page = seen(inbox_page(store.reader(), width, height, datetime.date.today()), width, height)
    async with opened(store, size) as box:
        assert isinstance(box.app.screen, MailScreen)
        region = box.app.screen.mails.region
        assert (region.x, region.width) == list_place(width)
        strips = box.app.screen._compositor.render_strips()
        drawn = [strip.crop(region.x, region.right).text for strip in strips]
    listed = slice(region.y, region.bottom)
    assert [line[region.x :].rstrip() for line in page[listed]] == [
        line.rstrip() for line in drawn[listed]
    ]
    assert page[0].rstrip() == strips[0].text.rstrip()
    assert not "".join(page[region.bottom :]).strip()


def test_of_several_accounts_the_first_one_s_inbox_is_named(store: Store) -> None:
    assert inbox_page(store.reader(), 80, 24, datetime.date.today()) == ""
    fill(store, make_account(store), Role.INBOX, school_mails())
    other = make_account(store, "camille@autre.example")
    fill(store, other, Role.INBOX, school_mails()[:1])
    page = inbox_page(store.reader(), 80, 24, datetime.date.today())
    (title,) = (line for line in page.split("\x1b[0m")[:1])
    assert "camille.lefevre@ac-amiens.fr" in title
    assert "8" in title
