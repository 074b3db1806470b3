"""Lines to choose from: some words on the left, some on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from acterm.ui.cells import spread
from acterm.ui.glyphs import marks
from acterm.ui.widgets.line_list import LineList, Part

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One line and what it stands for. A heading stands for nothing and is drawn apart."""

    left: str
    right: str
    value: T | None


class Choices(LineList, Generic[T]):
    """Tells `LineList.Opened`; what is chosen is `current`."""

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices: Sequence[Choice[T]] = ()
        self._empty = empty

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._choices)

    @property
    def empty(self) -> str:
        """What no line says."""
        return self._empty

    @property
    def current(self) -> T | None:
        """What the line under the cursor stands for."""
        return self._choices[self.cursor].value if self._choices else None

    def _validate_cursor(self, cursor: int) -> int:
        """A heading is passed over, on the way up as on the way down."""
        at = super()._validate_cursor(cursor)
        below, above = range(at, self.count), range(min(at, self.count - 1), -1, -1)
        ways = (above, below) if at < self.cursor else (below, above)
        found = (line for way in ways for line in way if self._choices[line].value is not None)
        return next(found, at)

    def show(self, choices: Sequence[Choice[T]]) -> None:
        """Other lines; the cursor keeps its place when it can."""
        self._choices = choices
        self.changed()
        self.post_message(self.Moved(self))

    def parts(self, index: int, width: int) -> list[Part]:
        """Both ends of the line."""
        choice = self._choices[index]
        bar = marks.cursor if index == self.cursor else " "
        if choice.value is None:
            return [(spread(f" {choice.left}", "", width), "line--accent")]
        return [(spread(f"{bar} {choice.left}", f"{choice.right} ", width), "")]
