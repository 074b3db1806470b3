"""A mail's body laid out for a width: the better alternative, wrapped, links numbered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from acterm.i18n import _
from acterm.mail import plain
from acterm.mail.links import host_of, named_host, numbered, same_site
from acterm.mail.marks import MAX_LINES, ROW, closed, layout, unmarked
from acterm.mail.message import Level, Line, Message, Rendered, Sign, Style
from acterm.mail.quote import original_at

if TYPE_CHECKING:
    from acterm.mail.html import HtmlText

_WORD = re.compile(r"\w{3,}")


def render(message: Message, width: int) -> Rendered:
    """The body for `width` cells (at least 20), with its links and what reading it taught.

    HTML is read when it says more than the text beside it, names its links or has a table; else
    the text, which keeps its writer's lines and quotes.
    """
    width = max(width, 20)
    html = _html(message)
    if html is not None and _prefers_html(message, html):
        marked, found = html.lines, html.links
    else:
        marked, found = plain.read(message)
    return Rendered(_laid(marked, message.subject, width), numbered(found), _signs(html))


def _html(message: Message) -> "HtmlText | None":
    if message.html is None:
        return None
    from acterm.mail.html import read

    return read(message.html)


def _laid(marked: Sequence[str], subject: str, width: int) -> tuple[Line, ...]:
    """The lines, those of a mail quoted below without marks told as quoted."""
    start = original_at([_bare(line) for line in marked[:MAX_LINES]], subject)
    own = _bounded(layout(marked[:start], width), MAX_LINES)
    below = _bounded(layout(marked[start:], width), MAX_LINES - len(own))
    lines = [*own, *(replace(line, quote=line.quote + 1) for line in below)]
    while lines and not lines[-1].text.strip():
        lines.pop()
    first = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
    return tuple(lines[first:])


def _bare(line: str) -> str:
    """The line without marks, a drawn rule as the dashes it will be."""
    return unmarked(line.replace(closed(Style.RULE), "─" * 8))


def _bounded(lines: Iterator[Line], most: int) -> list[Line]:
    return [line for line, _number in zip(lines, range(most), strict=False)]


def _signs(html: "HtmlText | None") -> tuple[Sign, ...]:
    if html is None:
        return ()
    signs = []
    if html.remote:
        signs.append(Sign("remote-content", Level.NOTE, _("Pictures from the web are left out.")))
    if html.tracker:
        words = _("A hidden picture that tells the sender you opened the mail is left out.")
        signs.append(Sign("tracker", Level.NOTE, words))
    if html.cut:
        words = _("The mail is very long: only its beginning is shown.")
        signs.append(Sign("truncated", Level.NOTE, words))
    return tuple(signs)


def _prefers_html(message: Message, html: "HtmlText") -> bool:
    if message.plain is None or not message.plain.strip():
        return True
    if not html.lines:
        return False
    if any(ROW in line for line in html.lines):
        return True
    if any(_says_more(text, url) for text, url in html.links):
        return True
    written = set(_WORD.findall(message.plain.lower()))
    shown = set(_WORD.findall(" ".join(html.lines).lower()))
    return len(shown - written) > 0.2 * len(shown)


def _says_more(text: str, url: str) -> bool:
    """Whether a link is more than its own address: named, or leading elsewhere than it says."""
    if url.lower().startswith(("mailto:", "tel:")):
        return False
    named = named_host(text)
    return not named or " " in text or not same_site(named, host_of(url))
