"""The app on a real store, driven by keys, read as text."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from textual.events import Key
from textual.pilot import Pilot

from acterm.engine.messages.base import Command, Event
from acterm.mail.draft import Draft
from acterm.store.db import Store
from acterm.ui.app import AcTerm
from acterm.ui.screens.mail_screen import MailScreen
from tests.ui.conftest import Recorder

# As one types it: ordinary spaces and apostrophes.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})
SMALL, MIDDLE, LARGE = (80, 24), (120, 30), (160, 50)


class Box:
    """What a person does and sees."""

    def __init__(self, app: AcTerm, pilot: Pilot[None], engine: Recorder) -> None:
        self.app = app
        self.pilot = pilot
        self.engine = engine

    async def press(self, *keys: str) -> None:
        """Press keys one after the other and wait until they have had their effect."""
        for key in keys:
            await self.pilot.press(key)
        await self.pilot.pause()

    async def type_ahead(self, typed: str) -> None:
        """Many keys in one packet, as a slow line delivers them."""
        for character in typed:
            key = "tab" if character == "\t" else character
            self.app.post_message(Key(key, character))
        await self.pilot.pause()

    async def tell(self, *events: Event) -> None:
        """The engine says that something happened."""
        for event in events:
            self.engine.tell(event)
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """The screen as text, spaces and apostrophes as one types them, no space ends a line."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.translate(_PLAIN).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines)

    @property
    def submitted(self) -> Sequence[Command]:
        """What the engine was asked."""
        return self.engine.submitted

    @property
    def selected(self) -> str:
        """The subject under the cursor."""
        screen = self.app.screen
        assert isinstance(screen, MailScreen)
        mail = screen.mails.envelope(screen.mails.cursor) if screen.mails.count else None
        return mail.subject if mail else ""

    @property
    def subjects(self) -> list[str]:
        """All subjects of the list."""
        screen = self.app.screen
        assert isinstance(screen, MailScreen)
        found = [screen.mails.envelope(index) for index in range(screen.mails.count)]
        return [mail.subject for mail in found if mail]

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for something to show; fail saying what did not."""
        for _turn in range(500):
            if condition():
                return
            await self.pilot.pause()
            await asyncio.sleep(0.01)
        raise AssertionError(f"not on screen: {what}\n{self.text}")

    async def sees(self, words: str) -> None:
        """Wait until the words are on screen."""
        await self.until(lambda: words.translate(_PLAIN) in self.text, words)


def drafts_of(box: Box, monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """The drafts that the composer is opened with from now on; it stays closed."""
    asked: list[Draft] = []

    async def note(draft: Draft) -> None:
        asked.append(draft)

    monkeypatch.setattr(box.app, "compose_draft", note)
    return asked


@asynccontextmanager
async def opened(
    store: Store, size: tuple[int, int] = SMALL, draft: Draft | None = None
) -> AsyncIterator[Box]:
    """The app, ready for keys, with the ids of the whole folder read."""
    engines: list[Recorder] = []

    def start(deliver: Callable[[Event], None]) -> Recorder:
        engines.append(Recorder(deliver))
        return engines[0]

    app = AcTerm(store=store, start_engine=start, first_draft=draft)
    async with app.run_test(size=size) as pilot:
        while not (engines and engines[0].started.is_set()):
            await pilot.pause()
        box = Box(app, pilot, engines[0])
        await pilot.pause()
        yield box
