"""The inbox as it will stand, written before Textual is loaded to draw it.

Loading takes Textual a quarter of a second; reading one page of the store takes a few milliseconds.
"""

import os
from datetime import date

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style

from acterm.mail.folder import Folder, Role
from acterm.mail.message import Envelope
from acterm.store import accounts, folders, messages, settings
from acterm.store.connection import Connection
from acterm.ui import palettes
from acterm.ui.cells import fit
from acterm.ui.format import folder_title
from acterm.ui.glyphs import marks
from acterm.ui.palettes import Palette
from acterm.ui.rows import Columns, columns, row

_SYSTEMS = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}


def inbox_page(db: Connection, width: int, height: int, today: date) -> str:
    """What to write on a terminal of that size, nothing without an account."""
    found = _inbox(db)
    if found is None:
        return ""
    pen = _pen(db)
    folder, address = found
    left, room = list_place(width)
    above, below = 1, 2  # the status line; a rule and the footer
    mails = messages.first_page(db, folder.id, max(0, height - above - below))
    lines = [_row(mail, place, columns(room), today, pen) for place, mail in enumerate(mails)]
    lines += [pen.written(" " * room)] * (height - above - below - len(lines))
    beside = pen.written(" " * left), pen.written(" " * (width - left - room))
    title = pen.written(fit(f" {folder_title(folder, address)}", width), "status")
    rule = pen.written(marks.rule * width, "rule")
    whole = [title, *(line.join(beside) for line in lines), rule, pen.written(" " * width)]
    return "".join(f"\x1b[{number};1H{line}" for number, line in enumerate(whole, 1))


def list_place(width: int) -> tuple[int, int]:
    """The column where the list begins, and its width: as mail.tcss has it."""
    if width < 100:
        return 0, width
    if width < 140:
        return 0, min(62, max(54, width * 48 // 100))
    return 24, min(76, max(58, width * 40 // 100))


def _inbox(db: Connection) -> tuple[Folder, str] | None:
    """The folder the mailbox opens with, and its address when there are several."""
    known = accounts.all_accounts(db)
    for account in known:
        for folder in folders.of_account(db, account.id):
            if folder.role is Role.INBOX:
                return folder, account.address if len(known) > 1 else ""
    return None


def _row(mail: Envelope, place: int, layout: Columns, today: date, pen: "_Pen") -> str:
    bar = marks.cursor if place == 0 else " "
    runs = row(mail, layout, today, outgoing=False, bar=bar)
    if place:
        return "".join(pen.written(text, style) for text, style in runs)
    under = "line--cursor-strong" if mail.unread else "line--cursor"
    return pen.written("".join(text for text, _style in runs), under)


class _Pen:
    """Writes in the styles of the list."""

    def __init__(self, colours: Palette, system: ColorSystem | None) -> None:
        """Without a `system` only bold is said."""
        self._system = system or ColorSystem.STANDARD
        plain = _style(colours.foreground, colours.background)
        bold = Style(bold=True)
        cursor = _style(colours.cursor_foreground, colours.cursor_background)
        styles = {
            "": plain,
            "status": _style(colours.foreground, colours.surface) + bold,
            "rule": _style(colours.rule, colours.background),
            "line--strong": plain + bold,
            "line--dim": _style(colours.dim, colours.background),
            "line--star": _style(colours.warning, colours.background),
            "line--suspect": _style(colours.error, colours.background) + bold,
            "line--cursor": cursor,
            "line--cursor-strong": cursor + bold,
        }
        self._styles = {
            name: style if system else style.without_color for name, style in styles.items()
        }

    def written(self, text: str, style: str = "") -> str:
        """The text with what a terminal needs to show it so."""
        return self._styles[style].render(text, color_system=self._system) if text else ""


def _pen(db: Connection) -> _Pen:
    """In the person's colours, as far as this terminal has them."""
    system = None if "NO_COLOR" in os.environ else Console(force_terminal=True).color_system
    name = palettes.choose(settings.get(db, "theme", ""), system)
    colours = next(one for one in palettes.PALETTES if one.name == name)
    return _Pen(colours, _SYSTEMS.get(system or ""))


def _style(foreground: str, background: str) -> Style:
    return Style(color=foreground.removeprefix("ansi_"), bgcolor=background.removeprefix("ansi_"))
