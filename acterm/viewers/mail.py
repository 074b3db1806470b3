"""An attached mail, shown as any other."""

from acterm.mail.mime import parse
from acterm.mail.page import page
from acterm.mail.render import render
from acterm.mail.suspicion import signs
from acterm.viewers.view import View


def view(data: bytes, width: int) -> View:
    """The mail with its headers and warnings."""
    message = parse(data)
    rendered = render(message, width)
    lines = page(message, rendered, signs(message, rendered), width)
    return View(tuple(entry.line for entry in lines))
