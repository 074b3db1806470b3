"""Waits for the key that a command is to have."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from acterm.i18n import _
from acterm.ui.command import Command
from acterm.ui.keys import key_name, keyboard_of, spelling
from acterm.ui.rebinding import refusal
from acterm.ui.widgets.lines import DialogKeys


class KeyAsker(ModalScreen[tuple[type[Command], str] | None]):
    """Answers with the command and the key; None for Esc."""

    DEFAULT_CSS = """
    KeyAsker { align: center middle; background: $background 60%; }
    KeyAsker > #frame { width: 60; max-width: 100%; background: $surface; padding: 1 2; }
    KeyAsker > #frame { height: auto; }
    KeyAsker #title { color: $accent; text-style: bold; }
    KeyAsker Static { height: auto; }
    """

    def __init__(self, command: type[Command]) -> None:
        super().__init__()
        self._command = command

    def compose(self) -> ComposeResult:
        """What is asked, and why a key was not taken."""
        with Vertical(id="frame"):
            yield Static(Content(self._command.label()), id="title")
            keys = keyboard_of(self).all_shown(self._command)
            yield Static(Content(_("Now: {keys}").format(keys=keys or _("no key"))))
            yield Static(Content(_("Press the new key. Esc: leave it as it is.")), id="said")
        yield DialogKeys((key_name(("escape",)), _("back")))

    def on_key(self, event: Key) -> None:
        """Take the key, or say why not."""
        event.stop()
        key = spelling(event)
        if key == "escape":
            self.dismiss(None)
            return
        problem = refusal(keyboard_of(self), self._command, (key,))
        if problem:
            self.query_one("#said", Static).update(Content(problem))
        else:
            self.dismiss((self._command, key))
