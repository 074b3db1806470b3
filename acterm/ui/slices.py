"""Reads the ids of a whole folder a slice at a time, so that keys are answered in between."""

import time
from array import array
from collections.abc import Callable, Iterator

from textual.dom import DOMNode
from textual.timer import Timer

Slices = Callable[[], Iterator["array[int]"]]
Finished = Callable[["array[int]"], None]

_PAUSE = 0.004
_SOONEST = 0.05
_REST = 5


class SliceReader:
    """One list at a time. Reading again is put off in proportion to what the last one took."""

    def __init__(self, node: DOMNode, finished: Finished) -> None:
        self._node = node
        self._finished = finished
        self._slices: Slices | None = None
        self._reading: Iterator[array[int]] | None = None
        self._ids: array[int] = array("q")
        self._timer: Timer | None = None
        self._again = False
        self._took = 0.0

    def read(self, slices: Slices) -> None:
        """Read another list, beginning soon; what was under way is dropped."""
        self._slices = slices
        self._again = False
        self._took = 0.0
        self._begin_after(_PAUSE)

    def changed(self) -> None:
        """The list changed: read it again, not too soon after the last time."""
        if self._slices is None:
            return
        if self._reading is not None or self._timer is not None:
            self._again = True
            return
        self._begin_after(max(_SOONEST, self._took * _REST))

    def stop(self) -> None:
        """Read nothing any more."""
        self._slices = self._reading = None
        if self._timer:
            self._timer.stop()

    def finish(self) -> None:
        """Read the rest now: the person wants to see the end."""
        while self._reading is not None or self._timer is not None:
            self._step()

    def _begin_after(self, seconds: float) -> None:
        self._reading = None
        self._ids = array("q")
        self._step_after(seconds)

    def _step_after(self, seconds: float) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = self._node.set_timer(seconds, self._step)

    def _step(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None
        if self._slices is None:
            return
        began = time.perf_counter()
        if self._reading is None:
            self._reading = self._slices()
            self._took = 0.0
        part = next(self._reading, None)
        self._took += time.perf_counter() - began
        if part is not None:
            self._ids += part
            self._step_after(_PAUSE)
            return
        self._reading = None
        self._finished(self._ids)
        if self._again:
            self._again = False
            self._begin_after(max(_SOONEST, self._took * _REST))
