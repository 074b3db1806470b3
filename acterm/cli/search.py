"""`acterm search`: the search box, from the store alone."""

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from acterm.cli.options import Parser, print_json
from acterm.errors import Exit, UsageError
from acterm.i18n import _
from acterm.mail.cells import cells, cut
from acterm.store import folders
from acterm.store.db import Store, open_store
from acterm.store.search import Found, search
from acterm.ui.format import folder_path

_DATE = 10
_SENDER = 22
_WIDTHS = (40, 120)


def run(arguments: Sequence[str]) -> int:
    """Print the newest stored mails that match, one object each with `--json`.

    `from` is one string, “Name <address>”, or the address alone; `date` ISO 8601 with the offset
    of this machine, null when unknown; `uid` 0 while the server has not named the mail.
    """
    parser = Parser(
        "acterm search",
        description=_("Search the stored mails."),
        epilog=_(
            'Words, "an exact phrase", -word, OR; from: to: subject: folder: has:attachment'
            " is:unread is:starred before:2026-09 after:2026-09-01. Write -- before a query that"
            " begins with -."
        ),
    )
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument(
        "--limit", type=_count, default=50, metavar="N", help=_("at most N mails (50)")
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    typed = " ".join(options.query)
    if not typed.strip():
        raise UsageError(_("What are you looking for? Type some words."))
    store = open_store()
    try:
        found = search(store.reader(), typed, options.limit)
        every = {one.envelope.folder_id for one in found}
        places = {one: _place(store, one) for one in every}
    finally:
        store.close()
    if options.json:
        print_json([_document(one) for one in found])
    else:
        width = min(max(shutil.get_terminal_size().columns, _WIDTHS[0]), _WIDTHS[1])
        for one in found:
            print("\n".join(_lines(one, places[one.envelope.folder_id], width)))
    if not found:
        print(_("No stored mail matches “{query}”.").format(query=cut(typed, 60)), file=sys.stderr)
    return Exit.DONE


def _document(found: Found) -> dict[str, Any]:
    mail = found.envelope
    return {
        "account": found.account,
        "folder": found.folder,
        "uid": mail.uid,
        "date": _moment(mail.date).isoformat() if mail.date else None,
        "from": str(mail.sender),
        "subject": mail.subject,
        "snippet": found.snippet,
    }


def _place(store: Store, folder_id: int) -> str:
    """What people call the folder."""
    folder = folders.get(store.reader(), folder_id)
    return folder_path(folder) if folder else ""


def _lines(found: Found, place: str, width: int) -> list[str]:
    """Date, sender and subject in columns; below, where it is and the text around the match."""
    mail = found.envelope
    day = time.strftime("%d/%m/%Y", _moment(mail.date).timetuple()) if mail.date else ""
    sender = cut(mail.sender.label, _SENDER)
    sender += " " * (_SENDER - cells(sender))
    head = f"{day:<{_DATE}}  {sender}  "
    place = f"{place} · {found.snippet}" if found.snippet else place
    indent = " " * (_DATE + 2)
    return [
        head + cut(mail.subject, width - cells(head)),
        indent + cut(place, width - len(indent)),
    ]


def _moment(date: int) -> datetime:
    return datetime.fromtimestamp(min(date, 253_402_214_400), UTC).astimezone()


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(_("at least 1"))
    return int(word)
