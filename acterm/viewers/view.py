"""What a viewer makes of an attachment: plain styled lines, a raw picture, the files inside."""

from dataclasses import dataclass

from acterm.errors import BadData
from acterm.mail.message import Line


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as raw pixels: three bytes (red, green, blue) each, row by row from the top.

    Nothing is left in it to decode, so nothing in it can do harm.
    `acterm.viewers.terminal_picture` writes it for a terminal.
    """

    pixels: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside an attachment, opened by its `number` (from 1) with `member`.

    `name` is cleaned and may be a path; `type` a media type; `size` is in bytes, unpacked, -1
    when it is not known. `locked` tells that it needs a password.
    """

    number: int
    name: str
    type: str
    size: int
    locked: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """An attachment as a terminal can show it.

    `lines` fit the width asked for, unless `wide`: then it is a table to scroll sideways, and its
    first `head` lines name the columns and can stay while the others scroll. `note` says in a
    sentence or more what is not shown or not possible, `cut` that the end was left out.
    `picture` stands beside the lines or alone. `page` of `pages`, from 1: of a PDF, of slides, of
    the sheets of a workbook, which have `names`. `entries` are the files inside; for an archive
    `lines` list them too, in the same order and one a line; below a text the last `listed` lines
    do. `locked`: ask for a password and come again with it; `note` tells whether the last one was
    wrong.
    """

    lines: tuple[Line, ...]
    note: str = ""
    cut: bool = False
    wide: bool = False
    head: int = 0
    picture: Picture | None = None
    page: int = 1
    pages: int = 1
    names: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    listed: int = 0
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A file taken out of an attachment, ready for `view` or for saving."""

    name: str
    type: str
    data: bytes


class Locked(BadData):
    """What is asked for needs a password, or another than the one given."""
