"""How long what is shown is still good: one line, one timer, only while there is time left."""

import time

from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from acterm.i18n import _
from acterm.ui.glyphs import marks


class Countdown(Static):
    """Counts down to a moment, and tells when it has come. Behind another screen it rests."""

    class Ended(Message):
        """The moment has come."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._until = 0.0
        self._timer: Timer | None = None

    def count_to(self, until: float) -> None:
        """Count from now on; a moment that is past, or 0, shows nothing."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._until = until
        left = until - time.time()
        self.display = left > 0
        if left > 0:
            self.update(Content(_words(left)))
            if self.screen.is_current:
                self._timer = self.set_timer(min(1.0, left + 0.01), self._tick)

    def _tick(self) -> None:
        if self._until <= time.time():
            self.post_message(self.Ended())
        self.count_to(self._until)


def _words(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        words = _("{minutes} min {seconds} s left").format(minutes=minutes, seconds=rest)
    else:
        words = _("{seconds} s left").format(seconds=rest)
    return f"{marks.dot} {words}"
