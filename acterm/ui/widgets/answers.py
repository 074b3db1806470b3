"""The fields and lines by which a question is answered."""

from enum import Enum, auto

from textual.events import Paste
from textual.message import Message
from textual.widgets import TextArea

from acterm.assistant.flow import Choice
from acterm.mail.clean import clean
from acterm.ui.command import Command
from acterm.ui.glyphs import marks
from acterm.ui.widgets.choices import Choices
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.line_list import Part


class Deed(Enum):
    """What a line below a question does when it is none of its choices."""

    OPEN_PAGE = auto()
    GO_ON = auto()


Way = Deed | Choice


class Answer(Field):
    """The one-line field; ← at its beginning asks for the question before, ↓ for the lines."""

    class WentBack(Message):
        """The person wants the question before."""

    class WentDown(Message):
        """The person wants the lines below."""

    def action_cursor_left(self, select: bool = False) -> None:
        """One sign to the left, or out of the field."""
        if self.cursor_position == 0 and not select:
            self.post_message(self.WentBack())
        else:
            super().action_cursor_left(select)

    def action_scroll_down(self) -> None:
        """There is nothing to scroll in one line."""
        self.post_message(self.WentDown())


class LongAnswer(TextArea):
    """Several lines."""

    def __init__(self, *, id: str) -> None:
        super().__init__(soft_wrap=True, tab_behavior="focus", id=id)
        self.cursor_blink = False
        self.highlight_cursor_line = False

    async def _on_paste(self, event: Paste) -> None:
        """What is pasted is foreign text (Textual's handler follows)."""
        event.text = clean(event.text)


class Ways(Choices[Way]):
    """The lines to go on by; the screen names their keys. Beside a field none is marked."""

    DEFAULT_CSS = """
    Ways > .line--idle { background: $background; }
    """

    class WentUp(Message):
        """The person wants what stands above."""

    def action_cursor_up(self) -> None:
        """One line up, or out of the lines."""
        if self.cursor == 0:
            self.post_message(self.WentUp())
        super().action_cursor_up()

    def parts(self, index: int, width: int) -> list[Part]:
        """No mark while Enter answers with the field."""
        parts = super().parts(index, width)
        if self.has_focus or not parts[0][0].startswith(marks.cursor):
            return parts
        (text, style), *rest = parts
        return [(f" {text.removeprefix(marks.cursor)}", style), *rest]

    def offers(self, command: type[Command]) -> bool:
        """Enter is named by the flow."""
        return command.name != "open" and super().offers(command)
