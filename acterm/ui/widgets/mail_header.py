"""The lines above the text of a mail being written: recipients with completion, and the subject."""

from typing import TYPE_CHECKING, cast

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from acterm.i18n import _
from acterm.mail.draft import Draft
from acterm.store import contacts
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.recipient_field import RecipientField, Suggestions

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

_SUGGESTIONS = 6


class MailHeader(Vertical):
    """The line for blind copies shows once it is asked for."""

    DEFAULT_CSS = """
    MailHeader {
        height: auto;
        & Horizontal { height: 1; }
        & .label { width: 9; color: $dim; }
        & .field { width: 1fr; background: $background; padding: 0; }
        & .field:focus { background: $surface; }
        & Suggestions { padding: 0 0 0 8; background: $surface; }
    }
    """
    suggestions = getters.query_one(Suggestions)

    class Changed(Message):
        """Something was typed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._fields: dict[str, Field] = {
            "to": RecipientField("", id="to"),
            "cc": RecipientField("", id="cc"),
            "bcc": RecipientField("", id="bcc"),
            "subject": Field("", id="subject"),
        }
        for name, field in self._fields.items():
            field.value = getattr(draft, name)

    def compose(self) -> ComposeResult:
        """One line a field, and below the recipients who may be meant."""
        yield self._line("to", _("To"))
        yield self._line("cc", _("Cc"))
        yield self._line("bcc", _("Bcc"))
        yield Suggestions()
        yield self._line("subject", _("Subject"))

    def _line(self, name: str, label: str) -> Widget:
        words = Static(Content(f" {label}"), classes="label")
        return Horizontal(words, self._fields[name], id=f"{name}-line")

    def on_mount(self) -> None:
        """No blind copies, nobody meant."""
        self.query_one("#bcc-line").display = bool(self.values["bcc"])
        self.suggestions.propose(())

    def field(self, name: str) -> Field:
        """One of `to`, `cc`, `bcc`, `subject`."""
        return self._fields[name]

    @property
    def values(self) -> dict[str, str]:
        """What is typed into each."""
        return {name: field.value for name, field in self._fields.items()}

    def show_bcc(self) -> None:
        """The line for blind copies."""
        self.query_one("#bcc-line").display = True
        self.field("bcc").focus()

    # Completion

    def on_input_changed(self, event: Input.Changed) -> None:
        """Somebody may be meant."""
        event.stop()
        self.post_message(self.Changed())
        if isinstance(event.input, RecipientField) and event.input.has_focus:
            self._suggest(event.input.word)

    def _suggest(self, word: str) -> None:
        db = cast("AcTerm", self.app).store.reader()
        self.suggestions.propose(contacts.complete(db, word, _SUGGESTIONS) if word else ())

    def accept(self) -> bool:
        """Take the person under the cursor into the line; False when there is none."""
        field, person = self.screen.focused, self.suggestions.current
        if not self.suggestions.display or not isinstance(field, RecipientField) or person is None:
            return False
        field.accept(person)
        self._suggest("")
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the suggestion, else goes to the next line."""
        event.stop()
        if not self.accept():
            self.screen.focus_next()

    def on_line_list_opened(self, message: LineList.Opened) -> None:
        """A suggestion chosen with the mouse."""
        message.stop()
        self.accept()

    def on_key(self, event: Key) -> None:
        """Arrows move among the suggestions, else from line to line."""
        if self.suggestions.display and event.key in ("down", "up"):
            self.suggestions.cursor += 1 if event.key == "down" else -1
        elif event.key == "down":
            self.screen.focus_next()
        elif event.key == "up":
            self.screen.focus_previous()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_descendant_focus(self) -> None:
        """Suggestions belong to the line they were made for."""
        self._suggest("")

    def on_descendant_blur(self) -> None:
        """Nobody is meant in the text."""
        self._suggest("")
