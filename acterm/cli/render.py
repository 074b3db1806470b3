"""`acterm render`: saved mails exactly as the reader shows them."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from acterm.cli.options import Parser, print_json
from acterm.errors import Exit, NoInput, UsageError, reason
from acterm.i18n import _
from acterm.mail.address import Address
from acterm.mail.message import Message, Rendered, Sign
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.page import Block, PageLine
from acterm.mail.text.render import render
from acterm.ui import reading
from acterm.ui.reading import Source
from acterm.ui.sheet import Look, sheet

DEFAULT_WIDTH = 80


def run(arguments: Sequence[str]) -> int:
    """Render each file in turn; 66 at the end when one could not be opened."""
    parser = Parser("acterm render", description=_("Show saved mails as the reader does."))
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--width", type=int, default=DEFAULT_WIDTH)
    parser.add_argument("--json", action="store_true", help=_("one object a line"))
    options = parser.parse_args(arguments)
    if not 20 <= options.width <= 1000:
        raise UsageError(_("--width takes a number from 20 to 1000."))
    code = Exit.DONE
    for number, name in enumerate(options.files):
        try:
            source = read(name)
        except NoInput as failure:
            code = Exit.NO_INPUT
            if options.json:
                print_json({"file": name, "error": failure.title})
            else:
                print(f"acterm: {failure}", file=sys.stderr)
            continue
        if options.json:
            message = parse(source)
            rendered = render(message, options.width)
            print_json(document(name, message, rendered, signs(message, rendered)))
        else:
            _print(source, options.width, apart=number > 0)
    return code


def read(name: str) -> bytes:
    """The bytes of a file, of stdin for `-`. Raises NoInput."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise NoInput(
            _("{file} cannot be read: {reason}.").format(file=name, reason=why)
        ) from error


def document(
    name: str, message: Message, rendered: Rendered, found: Sequence[Sign]
) -> dict[str, Any]:
    """The JSON of one mail, every key always there."""
    return {
        "file": name,
        "subject": message.subject,
        "from": _people(message.sender),
        "to": _people(message.to),
        "cc": _people(message.cc),
        "reply_to": _people(message.reply_to),
        "date": message.date.isoformat() if message.date else None,
        "message_id": message.message_id,
        "text": rendered.text,
        "quoted": _ranges([line.quote > 0 for line in rendered.lines]),
        "links": [asdict(link) | {"warning": link.warning or None} for link in rendered.links],
        "attachments": [
            {
                "number": item.number,
                "name": item.name,
                "type": item.type,
                "size": item.size,
                "inline": item.inline,
            }
            for item in message.attachments
            if not item.in_text
        ],
        "warnings": [{"code": sign.code, "level": sign.level, "text": sign.text} for sign in found],
    }


def _people(people: Sequence[Address]) -> list[dict[str, str]]:
    return [{"name": person.name, "address": person.address} for person in people]


def _ranges(quoted: Sequence[bool]) -> list[list[int]]:
    """Runs of True as [first, last], both included."""
    ranges: list[list[int]] = []
    for number, inside in enumerate(quoted):
        if not inside:
            continue
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def _print(source: bytes, width: int, *, apart: bool) -> None:
    """The page of the reader, all of it unfolded and without its keys."""
    opened = reading.read(
        Source(0, source, skeleton=False, part=lambda _section: None),
        width,
        known_addresses=lambda _name: (),
    )
    lines = sheet(opened, Look(unfolded=True), lambda *_names, label="": "").lines
    rule = f"\n{'─' * width}\n" if apart else ""
    text = rule + "".join(f"{_drawn(line)}\n" for line in lines)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _drawn(entry: PageLine) -> str:
    """The text stands one cell from the edge."""
    margin = " " if entry.block is Block.BODY else ""
    return (margin + entry.line.text).rstrip()
