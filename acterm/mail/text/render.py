"""A mail's body laid out for a width: the better alternative, wrapped, links numbered."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from acterm.i18n import _
from acterm.mail.message import Level, Line, Message, Rendered, Sign, Style
from acterm.mail.text import alternatives, plain
from acterm.mail.text.folds import folds
from acterm.mail.text.marking import MAX_LINES, SIGNED, closed, unmarked
from acterm.mail.text.marks import numbered_layout
from acterm.mail.text.passages import passages
from acterm.mail.text.quote import forward_at, original_at
from acterm.mail.web.links import numbered

if TYPE_CHECKING:
    from acterm.mail.text.html import HtmlText


def render(message: Message, width: int, *, other: bool = False) -> Rendered:
    """The body for `width` cells (at least 18), with its links and what reading it taught.

    HTML is read when it says more than the text beside it, names its links or has a table; else
    the text, which keeps its writer's lines and quotes. `other` lays out the one not chosen.
    """
    width = max(width, 18)
    html = _html(message)
    if html is None or not message.plain or not message.plain.strip() or not html.lines:
        shown = html if html is not None and html.lines else None
        return _rendered(message, html, shown, width)
    shown = html if alternatives.prefers_html(message.plain, html) is not other else None
    rendered = _rendered(message, html, shown, width)
    return replace(rendered, other=True, signs=(*rendered.signs, *_differing(message.plain, html)))


def _rendered(
    message: Message, html: "HtmlText | None", shown: "HtmlText | None", width: int
) -> Rendered:
    """The HTML laid out when it is what is shown, else the text."""
    marked, found = (shown.lines, shown.links) if shown else plain.read(message, width)
    cut = len(marked) > MAX_LINES or (shown is not None and shown.cut)
    marked = marked[:MAX_LINES]
    bare = [_bare(line) for line in marked]
    original = original_at(bare, message.subject, report=_is_report(message))
    lines, sources = _laid(marked, original, width)
    signed = frozenset(at for at, line in enumerate(marked) if SIGNED in line)
    apart = passages(bare, signed, original, forward_at(bare, message.subject))
    signs = _signs(html, cut=cut or len(lines) >= MAX_LINES)
    return Rendered(tuple(lines), numbered(found), signs, folds(apart, lines, sources))


def _is_report(message: Message) -> bool:
    """Whether a server wrote the mail, about another one (RFC 6522)."""
    senders = [person.address.partition("@")[0].lower() for person in message.sender]
    if any(name in ("mailer-daemon", "postmaster") for name in senders):
        return True
    kinds = (value for name, value in message.headers if name.lower() == "content-type")
    return any(kind.lower().startswith("multipart/report") for kind in kinds)


def _html(message: Message) -> "HtmlText | None":
    if message.html is None:
        return None
    from acterm.mail.text.html import read

    return read(message.html)


def _laid(marked: Sequence[str], start: int, width: int) -> tuple[list[Line], list[int]]:
    """The lines and the numbers of those they come from; from `start` on, all told as quoted."""
    laid = list(islice(numbered_layout(marked, width), MAX_LINES))
    sources = [source for source, _line in laid]
    lines = [line for _source, line in laid]
    for at in range(bisect_left(sources, start), len(lines)):
        lines[at] = lines[at]._replace(quote=lines[at].quote + 1)
    end = len(lines)
    while end and not lines[end - 1].text.strip():
        end -= 1
    first = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
    return lines[first:end], sources[first:end]


def _bare(line: str) -> str:
    """The line without marks, a drawn rule as the dashes it will be."""
    if line.isascii():
        return line
    return unmarked(line.replace(closed(Style.RULE), "─" * 8))


def _signs(html: "HtmlText | None", *, cut: bool) -> tuple[Sign, ...]:
    """What reading taught: pictures left out, spies, an end that is not shown."""
    signs = []
    if html and html.remote:
        signs.append(Sign("remote-content", Level.NOTE, _("Pictures from the web are left out.")))
    if html and html.tracker:
        words = _("A hidden picture that tells the sender you opened the mail is left out.")
        signs.append(Sign("tracker", Level.NOTE, words))
    if cut:
        words = _("The mail is very long: only its beginning is shown.")
        signs.append(Sign("truncated", Level.NOTE, words))
    return tuple(signs)


def _differing(text: str, html: "HtmlText") -> tuple[Sign, ...]:
    """A note when the two alternatives do not say the same."""
    if not alternatives.differ(text, html):
        return ()
    words = _("This mail holds two versions, HTML and plain text, that do not say the same.")
    return (Sign("alternatives-differ", Level.NOTE, words),)
