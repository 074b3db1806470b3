"""Search in every folder as one types; the mails found are listed and opened like any other."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import getters
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import MessagesChanged
from acterm.i18n import N_, _, ngettext
from acterm.store.search import search
from acterm.ui.command import Command
from acterm.ui.format import number
from acterm.ui.screens.mail_screen import MailScreen
from acterm.ui.widgets.fields import Field

if TYPE_CHECKING:
    from acterm.store.search import Found

_AT_ONCE = 0.001
_LONGEST = 0.3
_MOST = 200
_INVITATION = N_("Type to search every folder.")


class SearchScreen(MailScreen):
    """The field has the keys first; Enter or an arrow goes to what was found."""

    field = getters.query_one("#typed", Field)

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Found] = []
        self._timer: Timer | None = None
        self._took = 0.0

    def compose_above(self) -> Iterator[Widget]:
        """Where one types."""
        yield Field(_("words, “a phrase”, from:name, subject:word"), id="typed")

    def on_mount(self) -> None:
        """Nothing is found yet."""
        self.set_focus(self.field)
        self.mails.show([], outgoing=False, empty=_(_INVITATION))
        self.update_status()

    def title_words(self) -> str:
        """How many mails were found, and where the one under the cursor is."""
        if not self._found:
            return _("Search")
        count = len(self._found)
        some = number(count) if count < _MOST else f"{number(count)}+"
        return ngettext("Search · {count} mail", "Search · {count} mails", count).format(count=some)

    def reload(self) -> None:
        """Search the same words again; the cursor stays on its mail."""
        self._find()
        self.mails.take(one.envelope.id for one in self._found)
        self.update_status()

    def _find(self) -> None:
        words = self.field.value.strip()
        began = time.perf_counter()
        db = self.acterm.store.reader()
        found = search(db, words, _MOST, snippets=False) if words else []
        self._took = time.perf_counter() - began
        self._found = [one for one in found if one.envelope.id not in self.leaving]

    def _show_found(self) -> None:
        self._timer = None
        self._find()
        empty = _("Nothing found.") if self.field.value.strip() else _(_INVITATION)
        self.mails.show([one.envelope for one in self._found], outgoing=False, empty=empty)
        self.update_status()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types; where a search takes long, once the fingers rest."""
        event.stop()
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(max(_AT_ONCE, min(self._took, _LONGEST)), self._show_found)

    def on_input_submitted(self) -> None:
        """To what was found."""
        if self._timer:
            self._timer.stop()
            self._show_found()
        self.set_focus(self.mails)

    def panes(self) -> list[Widget]:
        """With the field."""
        return [self.field, *super().panes()]

    def action_search(self) -> None:
        """Other words."""
        self.close_reader()
        self.set_focus(self.field)

    def offers(self, command: type[Command]) -> bool:
        """Other words are asked for where there are some already."""
        here = command.name == "search" and self.focused is self.field
        return not here and super().offers(command)

    @property
    def narrowed(self) -> bool:
        """Back leads out of the search."""
        return True

    def action_back(self) -> None:
        """Out of the reader, then out of the search."""
        if self.reading:
            self.close_reader()
        else:
            self.dismiss()

    def happened(self, event: Event) -> None:
        """Draw again what changed."""
        super().happened(event)
        if isinstance(event, MessagesChanged):
            self.mails.forget(event.ids)
        self.update_status()
