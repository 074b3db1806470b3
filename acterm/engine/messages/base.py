"""What every command and event is, and how each action is answered."""

from collections.abc import Callable
from dataclasses import dataclass


class Command:
    """What a person, or a program, asks the engine to do."""


class Event:
    """Something happened. Read the store again where it says."""


@dataclass(frozen=True, slots=True)
class Done(Event):
    """A change is on disk and can be undone: `label` says it in words (« 1 mail archivé »)."""

    ids: tuple[int, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The newest group was taken back; `label` says what. `draft_id` when a draft came back.

    `answer`: it was the answer to an invitation or a receipt, of which nothing is left to write.
    """

    label: str
    draft_id: int = 0
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """A change did not happen; its rows stand in the store as they were.

    `held`: the guard held a mail back. `draft_id` is the draft that could not be sent.
    """

    title: str
    advice: str
    ids: tuple[int, ...] = ()
    held: bool = False
    draft_id: int = 0


@dataclass(frozen=True, slots=True)
class Crashed(Event):
    """A bug of ours in a thread; the app goes on. The log has the details."""

    title: str
    log: str


Tell = Callable[[Event], None]
"""Who hears the events; called from any thread."""
