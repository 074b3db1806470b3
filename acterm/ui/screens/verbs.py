"""A short list of what can be done, each with a sentence; Enter does the one under the cursor."""

from collections.abc import Sequence

from textual import getters
from textual.app import ComposeResult
from textual.screen import Screen

from acterm.i18n import _
from acterm.ui.command import Place
from acterm.ui.keys import Keyed, Valid
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine


class VerbsScreen(Keyed, Screen[Valid | None]):
    """Ends with the command that is wanted, or None."""

    places = (Place.OUTBOX,)
    DEFAULT_CSS = "VerbsScreen #verbs { height: 1fr; }"
    lines = getters.query_one("#verbs", Choices)

    def __init__(self, verbs: Sequence[Valid]) -> None:
        super().__init__()
        self._verbs = verbs

    def compose(self) -> ComposeResult:
        """Title, lines, rule, footer."""
        yield StatusLine()
        yield Choices[Valid](id="verbs")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        """List them."""
        self.query_one(StatusLine).left = _("What to do?")
        self.lines.show(
            [Choice(one.command.label(), _(one.command.help), one) for one in self._verbs]
        )
        self.lines.focus()

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Do it, where one came from."""
        self.dismiss(self.lines.current)

    def action_back(self) -> None:
        """Nothing."""
        self.dismiss(None)
