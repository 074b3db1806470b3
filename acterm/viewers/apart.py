"""What stands apart from the text of a document, as HTML: notes, remarks, head and foot."""

import re
from collections.abc import Sequence
from html import escape

from acterm.i18n import _, ngettext

_MARKS = re.compile("<[^>]*>|&emsp;")


def at_the_end(notes: Sequence[tuple[str, str]], remarks: Sequence[tuple[str, str]]) -> str:
    """Notes and remarks by their marks; the texts of both are HTML already."""
    made = "".join(f"<p>[{escape(mark)}] {text}</p>" for mark, text in notes)
    made += "".join(f"<p>{remark(escape(mark))}{text}</p>" for mark, text in remarks)
    return f"<hr>{made}" if made else ""


def remark(mark: str) -> str:
    """What stands before the words of a remark in the margin."""
    return _("Remark [{mark}]: ").format(mark=mark)


def on_paper(head: str, text: str, foot: str) -> str:
    """A text between what stands on top and at the bottom of each page."""
    above = f"{head}<hr>" if _says(head) else ""
    below = f"<hr>{foot}" if _says(foot) else ""
    return above + text + below


def spoken(notes: str) -> str:
    """What the speaker notes for a slide, below it."""
    title = _("Notes:")
    return f"<hr><p>{title}</p>{notes}" if _says(notes) else ""


def _says(source: str) -> bool:
    return bool(_MARKS.sub("", source).strip())


def changes_note(count: int) -> str:
    """What is said of tracked changes; nothing without any."""
    if not count:
        return ""
    words = ngettext(
        "{count} tracked change is shown as if it were accepted.",
        "{count} tracked changes are shown as if they were accepted.",
        count,
    )
    return words.format(count=count)
