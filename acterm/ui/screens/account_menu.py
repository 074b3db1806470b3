"""Mon compte: every flow of the assistant on one page, in the order a worried person looks."""

from collections.abc import Iterator

from textual import getters
from textual.widget import Widget

from acterm.assistant import menu
from acterm.i18n import _
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
        """List what is there."""
        super().on_mount()
        waits, _words = banner_words(self.acterm.situation, "")
        first = [Choice(_("Sign in again"), "", _CONNECT)] if waits else []
        self.lines.show(first + [Choice(one.label(), one.hint(), one.name) for one in menu.ENTRIES])
        self.lines.focus()

    def can(self, command: type[Command]) -> bool:
        """It is open already."""
        return command.name != "my_account" and super().can(command)

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Open the flow under the cursor, over this page: back returns here."""
        chosen = self.lines.current
        if chosen == _CONNECT:
            self.acterm.action_answer_refusal()
        elif chosen is not None:
            self.acterm.open_flow(chosen)
