"""`acterm attachment`: one attachment of a saved mail, shown or saved."""

import sys
from collections.abc import Sequence
from pathlib import Path

from acterm.cli.options import Parser, print_json
from acterm.cli.render import DEFAULT_WIDTH, read
from acterm.errors import UsageError
from acterm.i18n import _, ngettext
from acterm.mail.mime import parse, part
from acterm.viewers import view
from acterm.viewers.saving import save


def run(arguments: Sequence[str]) -> int:
    """Show attachment N, or save it under a safe name."""
    parser = Parser("acterm attachment", description=_("Show or save one attachment."))
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("--save", metavar="DIR", help=_("save it in this folder"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    source = read(options.file)
    attachments = parse(source).attachments
    if not 1 <= options.number <= len(attachments):
        count = len(attachments)
        if not count:
            raise UsageError(_("This mail has no attachment."))
        raise UsageError(
            ngettext(
                "The mail has {count} attachment; N counts from 1.",
                "The mail has {count} attachments; N counts from 1.",
                count,
            ).format(count=count)
        )
    item = attachments[options.number - 1]
    data = part(source, item.section)
    shown = view(data, item.name, item.type, DEFAULT_WIDTH, page=0)
    text = "\n".join(line.text for line in shown.lines)
    saved = save(data, Path(options.save), item.name, item.number) if options.save else None
    if options.json:
        print_json(
            {
                "number": item.number,
                "name": item.name,
                "type": item.type,
                "size": item.size,
                "text": text,
                "saved": str(saved) if saved else None,
            }
        )
    elif saved:
        print(_("Saved: {path}").format(path=saved))
    else:
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
        if shown.note:
            print(shown.note, file=sys.stderr)
    return 0
