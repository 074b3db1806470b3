"""Secrets on the command line: from stdin or the terminal, never from an argument."""

import getpass
import sys

from acterm.errors import UsageError
from acterm.i18n import _
from acterm.secret import Secret


def can_ask() -> bool:
    """Whether a person sits at a terminal here."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def password(*, from_stdin: bool) -> Secret:
    """The password: one line of stdin, else typed unseen. Raises UsageError."""
    if from_stdin:
        return _first_line()
    if not can_ask():
        raise UsageError(
            _("There is no terminal to type the password on."),
            _("Give it on stdin with --password-stdin."),
        )
    typed = hidden(_("Password: "))
    if not typed:
        raise UsageError(_("Nothing was typed."))
    return typed


def hidden(prompt: str) -> Secret:
    """What is typed unseen at the terminal; empty when the person only presses Enter."""
    try:
        return Secret(getpass.getpass(prompt, stream=sys.stderr))
    except EOFError:
        return Secret("")


def _first_line() -> Secret:
    line = sys.stdin.buffer.readline().rstrip(b"\r\n")
    try:
        secret = Secret(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(_("The password on stdin is not UTF-8 text.")) from error
    if not secret:
        raise UsageError(_("There is no password on stdin."))
    return secret
