"""What opens the locked screen: compared here, in this process; no server is asked."""

import asyncio

from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.assistant import ChoosePin, TryUnlock, UnlockTried

_SLOWEST = 30.0


class Locking:
    """Runs on the engine's loop. Each wrong answer makes the next one wait longer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wrong = 0
        self._turn = asyncio.Lock()

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {
            ChoosePin: self.choose,
            TryUnlock: self.attempt,
        }

    async def choose(self, command: ChoosePin) -> None:
        """A PIN for this session."""
        await self._desk.apart("pin", lambda: self._desk.keys.vault.set_pin(command.pin))
        self._desk.tell(UnlockTried(opened=False, known=True))

    async def attempt(self, command: TryUnlock) -> None:
        """Compare; without an answer, only tell whether anything opens the screen."""
        vault, typed = self._desk.keys.vault, command.typed
        if not vault.can_open_screen or not typed:
            self._desk.tell(UnlockTried(opened=False, known=vault.can_open_screen))
            return
        async with self._turn:  # many answers at once wait one after the other
            is_right = await self._desk.apart("pin", lambda: vault.opens_screen(typed))
            if not is_right:
                await asyncio.sleep(min(2.0**self._wrong / 2, _SLOWEST))
            self._wrong = 0 if is_right else self._wrong + 1
        self._desk.tell(UnlockTried(opened=is_right, known=True, wrong=not is_right))
