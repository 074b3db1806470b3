"""The journal of one mail being written: one row, and never older than the last pause."""

import time
from collections.abc import Callable
from dataclasses import replace

from acterm.engine.messages.base import Command
from acterm.engine.messages.writing import KeepDraft
from acterm.mail.draft import Draft

Row = int
"""The draft's row in the store."""


class Journal:
    """Asks the engine to keep the draft. The row it gets first is the row of everything after."""

    def __init__(self, draft: Draft, submit: Callable[[Command], None]) -> None:
        """`draft` as it was opened: nothing is kept until it changes."""
        self.row: Row = draft.id
        self._submit = submit
        self._on_disk: Draft | None = draft
        self._waits_for_row = False
        self._newer: Draft | None = None
        self._then: Callable[[Row], None] | None = None

    def keep(self, draft: Draft) -> None:
        """Write it, unless the journal says the same."""
        draft = replace(draft, id=self.row, updated=0)
        if self._on_disk and draft == replace(self._on_disk, id=self.row, updated=0):
            self._newer = None
        elif self._waits_for_row:
            self._newer = draft
        else:
            self._on_disk = draft
            self._waits_for_row = not self.row
            self._submit(KeepDraft(replace(draft, updated=time.time()), to_server=True))

    def close(self, draft: Draft, then: Callable[[Row], None], *, always: bool = False) -> None:
        """Write it a last time, then call `then` with the row; 0 when nothing was ever written.

        `always`: there has to be a row, also for a draft that nobody changed.
        """
        if always and not self.row and not self._waits_for_row:
            self._on_disk = None
        self.keep(draft)
        if self._waits_for_row:
            self._then = then
        else:
            then(self.row)

    def kept(self, row: Row) -> None:
        """The engine has written a draft: when one waits for its row, it is this one."""
        if not self._waits_for_row:
            return
        self.row, self._waits_for_row = row, False
        newer, self._newer = self._newer, None
        if newer is not None:
            self.keep(newer)
        then, self._then = self._then, None
        if then is not None:
            then(row)

    def failed(self) -> None:
        """The engine could not write: what waited for it is off, and the next pause tries again."""
        self._on_disk = None
        self._waits_for_row = False
        self._newer = self._then = None
