"""Plain text, whatever its alphabet."""

from itertools import islice

from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.marks import layout
from acterm.viewers.view import MAX_LINES, View


def view(data: bytes, width: int) -> View:
    """The text, wrapped."""
    lines = clean(decode_bytes(data)[0]).split("\n", MAX_LINES)[:MAX_LINES]
    shown = tuple(islice(layout(lines, width), MAX_LINES))
    return View(shown, cut=len(lines) == MAX_LINES or len(shown) == MAX_LINES)
