"""Type to filter, Enter to choose: the shape of the palette and the folder picker."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from acterm.i18n import _
from acterm.mail.fold import fold
from acterm.ui.keys import key_name
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import DialogKeys

T = TypeVar("T")
_MOVES = {
    "down": "cursor_down",
    "up": "cursor_up",
    "pagedown": "cursor_page_down",
    "pageup": "cursor_page_up",
}


class Chooser(ModalScreen[T | None], Generic[T]):
    """Subclasses give the choices; `searched` are the words by which each is found."""

    DEFAULT_CSS = """
    Chooser { align: center top; background: $background 60%; }
    Chooser > #frame {
        width: 72; max-width: 100%; height: 80%; margin-top: 1;
        background: $surface; border: none; padding: 1 0 0 0;
    }
    Chooser #title { height: 1; padding: 0 2; color: $accent; text-style: bold; text-wrap: nowrap; }
    Chooser .field { margin: 0 1; background: $background; }
    Chooser Choices { margin-top: 1; background: $surface; height: 1fr; }
    """
    choices = getters.query_one("#choices", Choices)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._searchable: list[tuple[str, Choice[T]]] = []

    def compose(self) -> ComposeResult:
        """Title, field, lines."""
        with Vertical(id="frame"):
            yield Static(Content(self._title), id="title")
            yield Field(_("type to filter"), id="typed")
            yield Choices[T](empty=_("Nothing with these words."), id="choices")
        arrows = f"{key_name(('up',))} {key_name(('down',))}"
        yield DialogKeys(
            (arrows, _("another line")),
            (key_name(("enter",)), _("choose")),
            (key_name(("escape",)), _("back")),
        )

    def on_mount(self) -> None:
        """Fold the words once."""
        self.set_focus(self.query_one("#typed"))
        self._searchable = [(fold(words), choice) for words, choice in self.searched()]
        self._show("")

    def searched(self) -> Sequence[tuple[str, Choice[T]]]:
        """The choices, each with the words it is found by."""
        raise NotImplementedError

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what holds every word typed; what begins with them first."""
        self._show(event.value)

    def _show(self, typed: str) -> None:
        words = fold(typed).split()
        found = [(text, one) for text, one in self._searchable if all(w in text for w in words)]
        if words:
            found.sort(key=lambda entry: not entry[0].startswith(words[0]))
        self.choices.cursor = 0
        self.choices.show([choice for _text, choice in found])

    async def on_key(self, event: Key) -> None:
        """The arrows move in the lines while one types; Esc leaves."""
        if event.key in _MOVES:
            event.stop()
            getattr(self.choices, f"action_{_MOVES[event.key]}")()
        elif event.key == "escape":
            event.stop()
            self.dismiss(None)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Choose the line under the cursor."""
        if self.choices.count:
            self.dismiss(self.choices.current)

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Chosen with the mouse."""
        self.dismiss(self.choices.current)
