"""One-line text fields: no frame, no blinking, keys of the screen still work."""

from textual.widgets import Input

from acterm.ui.keys import Keyed


class Field(Keyed, Input):
    """A text field of one line."""

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, classes="field", select_on_focus=False)
        self.cursor_blink = False
