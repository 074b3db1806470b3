"""The locked screen: nothing shows, nothing works behind it, and only what was typed opens it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from acterm.engine.messages.account import AccountAdded
from acterm.engine.messages.assistant import ChoosePin, TryUnlock, UnlockTried
from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import Link, LinkChanged
from acterm.mail.draft import Draft
from acterm.secret import Secret
from acterm.store import accounts, settings
from acterm.store.db import Store
from acterm.ui.screens.compose import ComposeScreen
from acterm.ui.screens.lock import LockScreen
from acterm.ui.shared import SharedAcTerm
from tests.ui.box import Box, opened
from tests.ui.conftest import Recorder

PIN = "2468"
pytestmark = pytest.mark.usefixtures("inbox")


async def _locked(box: Box, *, known: bool) -> None:
    await box.sees("Boîte de réception")
    await box.press("V")
    await box.until(lambda: TryUnlock(Secret("")) in box.submitted, "it asks what opens it")
    await box.tell(UnlockTried(opened=False, known=known))


async def test_nothing_of_the_mailbox_shows_and_no_key_works_behind_it(store: Store) -> None:
    async with opened(store) as box:
        subject = box.subjects[0]
        await box.sees(subject)
        await _locked(box, known=True)
        await box.sees("Qu'est-ce qui rouvre cette session ?")
        assert subject not in box.text
        assert "ac-amiens" not in box.text
        await box.press("f2", "f1", "f5", "ctrl+p", "escape", "tab")
        assert isinstance(box.app.screen, LockScreen)
        assert subject not in box.text


async def test_the_password_of_the_session_opens_it_and_another_does_not(store: Store) -> None:
    async with opened(store) as box:
        await _locked(box, known=True)
        await box.press(*"faux", "enter")
        assert TryUnlock(Secret("faux")) in box.submitted
        await box.tell(UnlockTried(opened=False, known=True, wrong=True))
        await box.sees("Ce n'est pas cela.")
        await box.press(*"juste", "enter")
        await box.tell(UnlockTried(opened=True, known=True))
        await box.sees("Boîte de réception")
        assert not box.app.is_locked


async def test_without_a_password_a_pin_is_chosen_first_twice(store: Store) -> None:
    async with opened(store) as box:
        await _locked(box, known=False)
        await box.sees("Quel PIN rouvrira cette session ?")
        await box.press(*"12", "enter")
        await box.sees("Au moins quatre signes.")
        await box.press(*PIN, "enter")
        await box.sees("le même PIN ?")
        assert PIN not in box.text
        await box.press(*"1357", "enter")
        await box.sees("pas les mêmes")
        await box.press(*PIN, "enter")
        await box.press(*PIN, "enter")
        assert ChoosePin(Secret(PIN)) in box.submitted
        await box.tell(UnlockTried(opened=False, known=True))
        await box.sees("Qu'est-ce qui rouvre cette session ?")


async def test_a_screen_that_opens_by_itself_stays_behind_the_lock(store: Store) -> None:
    async with opened(store) as box:
        await _locked(box, known=True)
        box.app.compose_draft(Draft(1, subject="Confidentiel"))
        await box.sees("Verrouillé")
        assert "Confidentiel" not in box.text
        await box.tell(UnlockTried(opened=True, known=True))
        await box.sees("Confidentiel")
        assert not box.app.is_locked
        await box.press("escape", "b")
        await box.sees("Boîte de réception")


@pytest.fixture
def impatient(store: Store) -> Store:
    """A store whose session locks after a fraction of a second."""
    with store.write() as db:
        settings.put(db, "flow:shared", {"minutes": "0.002"})
    return store


@asynccontextmanager
async def _shared(store: Store) -> AsyncIterator[Box]:
    engines: list[Recorder] = []

    def start(deliver: Callable[[Event], None]) -> Recorder:
        engines.append(Recorder(deliver))
        return engines[0]

    app = SharedAcTerm(store=store, start_engine=start)
    async with app.run_test(size=(80, 24)) as pilot:
        while not (engines and engines[0].started.is_set()):
            await pilot.pause()
        yield Box(app, pilot, engines[0])


async def test_a_shared_session_locks_when_nobody_is_there(impatient: Store) -> None:
    async with _shared(impatient) as box:
        await box.sees("Verrouillé")
        await box.tell(UnlockTried(opened=False, known=True))
        await box.sees("Qu'est-ce qui rouvre cette session ?")


async def test_nobody_who_comes_by_chooses_the_pin(impatient: Store) -> None:
    async with _shared(impatient) as box:
        await box.sees("Verrouillé")
        await box.tell(UnlockTried(opened=False, known=False))
        await box.until(lambda: box.app.return_code is not None, "the session has ended")


async def test_with_a_passcode_a_pin_is_asked_for_in_time(store: Store) -> None:
    async with _shared(store) as box:
        with store.write() as db:
            accounts.keep(db, replace(accounts.all_accounts(db)[0], passcode=True))
        await box.tell(AccountAdded(1, "session"))
        await box.sees("V maintenant : choisissez un PIN")


async def test_a_locked_session_ends_by_one_key(store: Store) -> None:
    async with opened(store) as box:
        await _locked(box, known=True)
        await box.press("f10")
        await box.until(lambda: box.app.return_code is not None, "the session has ended")


async def test_what_cannot_be_kept_offline_is_said_before_one_types(store: Store) -> None:
    async with _shared(store) as box:
        await box.tell(LinkChanged(1, Link.CONNECTED))
        box.app.compose_draft(Draft(1))
        await box.sees("Nouveau mail")
        assert "perdu" not in box.text
        await box.tell(LinkChanged(1, Link.OFFLINE))
        await box.sees("Hors ligne sur un ordinateur partagé")
        assert isinstance(box.app.screen, ComposeScreen)
    async with _shared(store) as box:
        await box.tell(LinkChanged(1, Link.OFFLINE))
        box.app.compose_draft(Draft(1))
        await box.sees("Hors ligne sur un ordinateur partagé")
