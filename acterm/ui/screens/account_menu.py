"""Mon compte: every flow of the assistant on one page, in the order a worried person looks."""

from collections.abc import Iterator

from textual import getters
from textual.widget import Widget

from acterm.assistant import menu
from acterm.i18n import _
from acterm.mail.cells import cells
from acterm.store import settings
from acterm.ui.cells import fit
from acterm.ui.command import Command, Place
from acterm.ui.screens.panel import Panel
from acterm.ui.situation import banner_words
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList

_CONNECT = "connect"


class AccountMenu(Panel):
    """A list one reads; Enter opens the flow."""

    places = (Place.OUTBOX,)
    lines = getters.query_one("#flows", Choices)

    def title_words(self) -> str:
        """What this is."""
        return _("My account")

    def compose_inside(self) -> Iterator[Widget]:
        """The flows; above them, signing in, when it waits for the person."""
        yield Choices[str](id="flows")

    def on_mount(self) -> None:
        """Say what this is."""
        super().on_mount()
        self.lines.focus()

    def on_screen_resume(self) -> None:
        """List what is there, now and after each flow."""
        waits, _words = banner_words(self.acterm.situation, "")
        first = [Choice(_("Sign in again"), "", _CONNECT)] if waits else []
        width = max(cells(one.label()) for one in menu.ENTRIES)
        entries = [
            Choice(f"{fit(one.label(), width)}   {one.hint()}", self._standing(one.name), one.name)
            for one in menu.ENTRIES
        ]
        self.lines.show(first + entries)

    def _standing(self, name: str) -> str:
        """Whether the flow was left before its end."""
        left = settings.get(self.acterm.store.reader(), f"flow:{name}", {})
        return _("to go on with") if left else ""

    def can(self, command: type[Command]) -> bool:
        """It is open already: its key signs in again, where that waits."""
        waits, _words = banner_words(self.acterm.situation, "")
        return (command.name != "my_account" or bool(waits)) and super().can(command)

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Open the flow under the cursor, over this page: back returns here."""
        chosen = self.lines.current
        if chosen == _CONNECT:
            self.acterm.action_answer_refusal()
        elif chosen is not None:
            self.acterm.open_flow(chosen)
