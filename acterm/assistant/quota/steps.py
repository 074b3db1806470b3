"""Full mailbox: what takes the room, mails archived on this machine, then deleted.

Nothing is deleted before it was archived and read back, unless the person says so; what goes to
the bin comes back by `z`; emptying the bin asks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from acterm.assistant.flow import Leave, Start, Turn
from acterm.engine.messages.base import Command, Done, Event, Failed
from acterm.engine.messages.clearing import (
    ArchiveMails,
    ArchiveProgress,
    Batch,
    BinEmptied,
    EmptyBin,
    FolderSize,
    LookAtSizes,
    MailsArchived,
    SizesSeen,
)
from acterm.engine.messages.mail import Move, QuotaChanged
from acterm.mail.folder import Role
from acterm.secret import Secret


class Stage(StrEnum):
    """Which question is asked."""

    NOBODY = "nobody"
    LOOKING = "looking"
    DIAGNOSIS = "diagnosis"
    BATCH = "batch"
    ARCHIVING = "archiving"
    ARCHIVED = "archived"
    MOVING = "moving"
    MOVED = "moved"
    EMPTY = "empty"
    EMPTYING = "emptying"
    EMPTIED = "emptied"


@dataclass(frozen=True, slots=True)
class State:
    """Where the person is. Sizes are in bytes; `limit` is 0 when the server does not tell.

    `kind` is the batch that was chosen, `ids` and `octets` what is archived or in the bin of it.
    `before` is the fill when the bin was emptied, `done` of `total` what the archive has.
    """

    stage: Stage = Stage.NOBODY
    account_id: int = 0
    used: int = 0
    limit: int = 0
    folders: tuple[FolderSize, ...] = ()
    batches: tuple[Batch, ...] = ()
    kind: str = ""
    ids: tuple[int, ...] = ()
    octets: int = 0
    files: tuple[str, ...] = ()
    done: int = 0
    total: int = 0
    in_bin: int = 0
    before: int = 0
    problem: str = ""

    @property
    def batch(self) -> Batch | None:
        """The mails that were chosen."""
        return next((one for one in self.batches if one.kind == self.kind), None)

    @property
    def won(self) -> int:
        """What emptying the bin gave back: what the server says, else what was in it."""
        return max(self.before - self.used, 0) or self.in_bin


def ways(state: State) -> tuple[str, ...]:
    """The choices of the question, the proposed one first."""
    if state.stage is Stage.DIAGNOSIS:
        kinds = tuple(batch.kind for batch in state.batches)
        return (*kinds, *(("bin",) if state.in_bin else ()), "leave")
    return _WAYS.get(state.stage, ())


_WAYS = {
    Stage.NOBODY: ("leave",),
    Stage.BATCH: ("archive", "move", "look"),
    Stage.ARCHIVED: ("move", "look"),
    Stage.MOVED: ("bin", "look", "leave"),
    Stage.EMPTY: ("look", "empty"),
    Stage.EMPTIED: ("look", "leave"),
}
_WAITS = (Stage.LOOKING, Stage.ARCHIVING, Stage.MOVING, Stage.EMPTYING)


def start(given: Start) -> Turn[State]:
    """Look at once."""
    if given.account is None:
        return Turn(State())
    return _look(State(account_id=given.account.id))


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """What follows from a choice."""
    choice = choice or next(iter(ways(state)), "")
    if choice not in ways(state):
        return Turn(state)
    calm = replace(state, problem="")
    if choice in _CHOSEN:
        return _CHOSEN[choice](calm)
    return Turn(replace(calm, stage=Stage.BATCH, kind=choice, ids=(), octets=0, files=()))


def _look(state: State) -> Turn[State]:
    return _work(State(account_id=state.account_id), Stage.LOOKING, LookAtSizes(state.account_id))


def _archive(state: State) -> Turn[State]:
    ids = state.batch.ids if state.batch else ()
    chosen = replace(state, ids=ids, done=0, total=len(ids))
    return _work(chosen, Stage.ARCHIVING, ArchiveMails(state.account_id, ids))


def _move(state: State) -> Turn[State]:
    """What was archived, and only that; without an archive, what was chosen."""
    if not state.files and state.batch:
        state = replace(state, ids=state.batch.ids, octets=state.batch.octets)
    return _work(state, Stage.MOVING, Move(state.ids, Role.TRASH))


def _empty(state: State) -> Turn[State]:
    return _work(replace(state, before=state.used), Stage.EMPTYING, EmptyBin(state.account_id))


def _ask(state: State) -> Turn[State]:
    return Turn(replace(state, stage=Stage.EMPTY))


def _leave(state: State) -> Turn[State]:
    return Turn(state, onward=Leave())


_CHOSEN: dict[str, Callable[[State], Turn[State]]] = {
    "look": _look,
    "archive": _archive,
    "move": _move,
    "bin": _ask,
    "empty": _empty,
    "leave": _leave,
}


def _work(state: State, stage: Stage, command: Command) -> Turn[State]:
    return Turn(replace(state, stage=stage), (command,))


def back(state: State) -> State:
    """What takes the room, from everywhere but where the engine works."""
    if state.stage in (Stage.NOBODY, Stage.DIAGNOSIS, *_WAITS):
        return state
    return replace(state, stage=Stage.DIAGNOSIS, problem="")


def heard(state: State, event: Event) -> Turn[State]:
    """What the engine answers."""
    reaction = _REACTIONS.get((state.stage, type(event)))
    if reaction is None or getattr(event, "account_id", state.account_id) != state.account_id:
        return Turn(state)
    return Turn(reaction(state, event))


def _seen(state: State, event: SizesSeen) -> State:
    return replace(
        state,
        stage=Stage.DIAGNOSIS,
        used=event.used,
        limit=event.limit,
        folders=event.folders,
        batches=event.batches,
        in_bin=sum(one.octets for one in event.folders if one.role is Role.TRASH),
    )


def _progress(state: State, event: ArchiveProgress) -> State:
    return replace(state, done=event.done, total=event.total)


def _archived(state: State, event: MailsArchived) -> State:
    return replace(
        state, stage=Stage.ARCHIVED, ids=event.ids, files=event.files, octets=event.octets
    )


def _moved(state: State, event: Done) -> State:
    if event.ids != state.ids:
        return state
    return replace(state, stage=Stage.MOVED, in_bin=state.in_bin + state.octets)


def _emptied(state: State, _event: BinEmptied) -> State:
    return replace(state, stage=Stage.EMPTIED)


def _counted(state: State, event: QuotaChanged) -> State:
    return replace(state, used=event.used, limit=event.limit)


def _failed(state: State, event: Failed) -> State:
    """Back to the question that led here; nothing was deleted."""
    if event.ids and event.ids != state.ids:
        return state
    before = {Stage.ARCHIVING: Stage.BATCH, Stage.MOVING: Stage.BATCH}
    if state.files and state.stage is Stage.MOVING:
        before[Stage.MOVING] = Stage.ARCHIVED
    problem = f"{event.title} {event.advice}".rstrip()
    return replace(state, stage=before.get(state.stage, Stage.DIAGNOSIS), problem=problem)


_REACTIONS: dict[tuple[Stage, type[Event]], Callable[[State, Any], State]] = {
    (Stage.LOOKING, SizesSeen): _seen,
    (Stage.ARCHIVING, ArchiveProgress): _progress,
    (Stage.ARCHIVING, MailsArchived): _archived,
    (Stage.MOVING, Done): _moved,
    (Stage.EMPTYING, BinEmptied): _emptied,
    (Stage.EMPTYING, QuotaChanged): _counted,
    (Stage.EMPTIED, QuotaChanged): _counted,
    **{(stage, Failed): _failed for stage in _WAITS},
}
