"""The inbox as it will stand, written before Textual is loaded to draw it.

Loading takes Textual a quarter of a second; reading one page of the store takes a few milliseconds.
"""

from datetime import date

from acterm.mail.folder import Folder, Role
from acterm.store import accounts, folders, messages
from acterm.store.connection import Connection
from acterm.ui.cells import fit
from acterm.ui.format import folder_title
from acterm.ui.glyphs import marks
from acterm.ui.rows import columns, row

_STYLES = {"line--strong": "1", "line--suspect": "1", "line--dim": "2"}
_TITLE = 1
"""Lines above the list: the status. Below it are a rule and the footer."""
_BELOW = 2


def inbox_page(db: Connection, width: int, height: int, today: date) -> str:
    """What to write on a terminal of that size, nothing without an account.

    It says where each line goes, and nothing of what else is on the terminal.
    """
    found = _inbox(db)
    if found is None:
        return ""
    folder, address = found
    left, room = list_place(width)
    lines = [f"{_at(1, 1)}{_sgr('1')}{fit(' ' + folder_title(folder, address), width)}{_sgr('0')}"]
    layout = columns(room)
    mails = messages.first_page(db, folder.id, max(0, height - _TITLE - _BELOW))
    for place, mail in enumerate(mails):
        bar = marks.cursor if place == 0 else " "
        runs = row(mail, layout, today, outgoing=False, bar=bar)
        lines.append(_at(1 + _TITLE + place, 1 + left) + "".join(map(_styled, runs)))
    return "".join(lines)


def list_place(width: int) -> tuple[int, int]:
    """The column where the list begins, and its width: as mail.tcss has it."""
    if width < 100:
        return 0, width
    if width < 140:
        return 0, min(62, max(50, width * 48 // 100))
    return 24, min(76, max(58, width * 40 // 100))


def _inbox(db: Connection) -> tuple[Folder, str] | None:
    """The folder the mailbox opens with, and its address when there are several."""
    known = accounts.all_accounts(db)
    for account in known:
        for folder in folders.of_account(db, account.id):
            if folder.role is Role.INBOX:
                return folder, account.address if len(known) > 1 else ""
    return None


def _styled(run: tuple[str, str]) -> str:
    text, style = run
    return f"{_sgr(_STYLES[style])}{text}{_sgr('0')}" if style in _STYLES else text


def _at(line: int, column: int) -> str:
    return f"\x1b[{line};{column}H"


def _sgr(words: str) -> str:
    return f"\x1b[{words}m"
