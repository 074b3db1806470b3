"""`acterm attachment`: one attachment of a saved mail, shown or saved."""

import sys
from collections.abc import Sequence
from mimetypes import guess_extension
from pathlib import Path

from acterm.cli.options import Parser, print_json
from acterm.cli.render import DEFAULT_WIDTH, read
from acterm.errors import Exit, UsageError
from acterm.i18n import _, ngettext
from acterm.mail.message import Attachment
from acterm.mail.parsing.mime import parse, part
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
    item = _chosen(parse(source).attachments, options.number)
    data = part(source, item.section)
    saved = _save(data, Path(options.save), item) if options.save else None
    if saved and not options.json:
        print(_("Saved: {path}").format(path=saved))
        return Exit.DONE
    shown = view(data, item.name, item.type, DEFAULT_WIDTH, page=0, charset=item.charset)
    text = "\n".join(line.text for line in shown.lines)
    if shown.note:
        print(shown.note, file=sys.stderr)
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
    else:
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
    return Exit.DONE


def _save(data: bytes, folder: Path, item: Attachment) -> Path:
    """One without a name gets one with the ending of its type."""
    unnamed = _("attachment")
    ending = guess_extension(item.type) or ""
    return save(data, folder, item.name or f"{unnamed}-{item.number}{ending}", item.number)


def _chosen(attachments: Sequence[Attachment], number: int) -> Attachment:
    """The attachment of that number. Raises UsageError when the mail has none."""
    count = len(attachments)
    if not count:
        raise UsageError(_("This mail has no attachment."))
    if not 1 <= number <= count:
        words = ngettext(
            "The mail has {count} attachment; N counts from 1.",
            "The mail has {count} attachments; N counts from 1.",
            count,
        )
        raise UsageError(words.format(count=count))
    return attachments[number - 1]
