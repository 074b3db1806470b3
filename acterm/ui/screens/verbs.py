"""A short list of what can be done, each with a sentence; Enter does the one under the cursor."""

from collections.abc import Sequence

from textual import getters
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from acterm.i18n import _
from acterm.ui.command import Place
from acterm.ui.keys import Keyed, Valid
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine


class VerbsScreen(Keyed, Screen[Valid | None]):
    """Ends with the command that is wanted, or None."""

    places = (Place.OUTBOX,)
    DEFAULT_CSS = """
    VerbsScreen #verbs { height: auto; max-height: 12; }
    VerbsScreen #words { height: 1fr; padding: 1 2; color: $dim; }
    """
    lines = getters.query_one("#verbs", Choices)

    def __init__(self, verbs: Sequence[Valid]) -> None:
        super().__init__()
        self._verbs = verbs

    def compose(self) -> ComposeResult:
        """Title, lines, rule, footer."""
        yield StatusLine()
        yield Choices[Valid](id="verbs")
        yield Static(id="words")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        """List them."""
        self.query_one(StatusLine).left = _("What to do?")
        self.lines.show([Choice(one.command.label(), "", one) for one in self._verbs])
        self.lines.focus()

    def on_line_list_moved(self) -> None:
        """What it does."""
        verb = self.lines.current
        if verb is not None:
            self.query_one("#words", Static).update(Content(_(verb.command.help)))

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Do it, where one came from."""
        self.dismiss(self.lines.current)

    def action_back(self) -> None:
        """Nothing."""
        self.dismiss(None)
