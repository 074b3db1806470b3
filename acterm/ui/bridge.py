"""Between the interface and the engine: commands go down, events come up as messages."""

import threading
from collections.abc import Callable
from typing import Protocol

from textual.message import Message

from acterm.engine.messages.base import Command, Crashed, Event
from acterm.ui.errors import guarded

Deliver = Callable[[Event], None]


class EngineLike(Protocol):
    """The engine as the interface needs it."""

    def start(self) -> None:
        """Begin to work."""

    def submit(self, command: Command) -> None:
        """Take a command, from any thread."""

    def stop(self, seconds: float = 0.3) -> None:
        """End within so many seconds."""


# Who leaves before the engine's libraries are here has perhaps written something already.
_ENGINE_WITHIN = 3.0

StartEngine = Callable[[Deliver], EngineLike]
"""Makes an engine that tells its events to what it is given; runs off the interface's thread."""


class EngineEvent(Message, bubble=False):
    """An event of the engine. Every node with `on_engine_event` gets it."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


class Bridge:
    """Holds commands until the engine is there, so that the first key never waits for imports."""

    def __init__(self, start_engine: StartEngine, deliver: Deliver) -> None:
        self._start_engine = start_engine
        self._deliver = deliver
        self._lock = threading.Lock()
        self._waiting: list[Command] = []
        self._engine: EngineLike | None = None
        self._starting = False
        self._handed_over = threading.Event()

    def start(self) -> None:
        """Make and start the engine in a thread of its own: its libraries are slow to import."""
        self._starting = True
        threading.Thread(target=self._make, name="engine-start", daemon=True).start()

    def submit(self, command: Command) -> None:
        """Hand a command to the engine, now or as soon as it is there."""
        with self._lock:
            if self._engine is None:
                self._waiting.append(command)
                return
        self._engine.submit(command)

    def stop(self, seconds: float = 0.3) -> None:
        """Stop the engine, when there is one; it comes first when a command waits for it."""
        if self._waiting and self._starting:
            self._handed_over.wait(_ENGINE_WITHIN)
        if self._engine is not None:
            self._engine.stop(seconds)

    def _make(self) -> None:
        with guarded(lambda words: self._deliver(Crashed(words, ""))):
            self._make_and_start()

    def _make_and_start(self) -> None:
        engine = self._start_engine(self._deliver)
        engine.start()
        with self._lock:
            self._engine = engine
            for command in self._waiting:
                engine.submit(command)
            self._waiting.clear()
        self._handed_over.set()
