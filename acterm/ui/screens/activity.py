"""What was done, the newest first, and what still waits for the server."""

import datetime
from typing import TYPE_CHECKING, cast

from textual import getters
from textual.app import ComposeResult
from textual.screen import Screen

from acterm.engine.messages.base import Done, Failed, Undone
from acterm.i18n import _
from acterm.store import intents
from acterm.store.intents import Group
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place
from acterm.ui.format import since
from acterm.ui.keys import Keyed
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class Deeds(Choices[Group]):
    """Lines one reads: there is nothing to open."""

    def can(self, command: type[Command]) -> bool:
        """Moving, and no opening."""
        return command.name != "open" and super().can(command)


class ActivityScreen(Keyed, Screen[None]):
    """A list one reads; undo takes back its first line that is not undone."""

    places = (Place.BOX,)
    lines = getters.query_one("#lines", Deeds)

    def compose(self) -> ComposeResult:
        """Title, lines, rule, footer."""
        yield StatusLine()
        yield Deeds(empty=_("Nothing done yet."), id="lines")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        """Read what was done."""
        self.query_one(StatusLine).left = _("Activity")
        self.set_focus(self.lines)
        self._read()

    def _read(self) -> None:
        today = datetime.date.today()
        lines = []
        for group, undone, waiting in intents.recent(cast("AcTerm", self.app).store.reader()):
            state = _("waits for the server") if waiting else ""
            state = _("undone") if undone else state
            moment = since(group.made_at, today)
            if group.label:  # nameless: what acterm tidied by itself
                lines.append(Choice(group.label, f"{state}  {moment}", group))
        self.lines.show(lines)

    def on_engine_event(self, message: EngineEvent) -> None:
        """Read again when something was done."""
        if isinstance(message.event, Done | Undone | Failed):
            self._read()

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
