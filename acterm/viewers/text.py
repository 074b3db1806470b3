"""Plain text, whatever its alphabet."""

from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.marks import layout
from acterm.viewers.view import View


def view(data: bytes, width: int) -> View:
    """The text, wrapped."""
    text = clean(decode_bytes(data)[0]).expandtabs(8)
    return View(tuple(layout(text.split("\n"), width)))
