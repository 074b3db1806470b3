"""A screen of one list with a title: the shape of links, attachments and text views."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from acterm.ui.command import Place
from acterm.ui.keys import Keyed
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class Panel(Keyed, Screen[None]):
    """Subclasses give the title and the widgets between the status line and the rule."""

    places: ClassVar[tuple[Place, ...]] = (Place.OUTBOX,)
    shows_changes = False

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    def compose(self) -> ComposeResult:
        """Title, what is inside, rule, footer."""
        yield StatusLine()
        yield from self.compose_inside()
        yield NoticeLine()
        yield Footer()

    def compose_inside(self) -> Iterator[Widget]:
        """The widgets of the subclass."""
        raise NotImplementedError

    def title_words(self) -> str:
        """What the status line says."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one(StatusLine).left = self.title_words()

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
