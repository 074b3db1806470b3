"""The text part of a mail as marked lines: paragraphs out of format=flowed, URLs numbered."""

import re
from collections.abc import Iterable, Iterator

from acterm.i18n import _
from acterm.mail.message import Message, Style
from acterm.mail.text.marking import closed, opened
from acterm.mail.text.reflow import reflowed
from acterm.mail.text.symbols import without_private
from acterm.mail.text.unseen import without_unseen
from acterm.mail.web.links import MAX_LINKS, bare_urls

MOST_BLANK_LINES = 2

# What Outlook leaves of links and pictures when it makes text of its HTML.
_MAILTO = re.compile(r"(?<![\w.+@-])([\w.+-]{1,64}@[\w.-]{1,100})<mailto:\1>")
# An address that stands in its own brackets behind itself, as Outlook writes it, is said once.
_TWICE = re.compile(r"(?<!\S)(?:https?://)?([\w.-]{3,100}(?:/[^\s<>]{0,300})?)<(https?://)\1(/?)>")
# Blanks that push what follows out of sight.
_FAR = re.compile("[ \t\u00a0]{100,}")
# The mark that mbox files put before such a line, where nothing is quoted beside it.
_MBOX_FROM = re.compile(r"(?:(?<=\n\n)|\A)>From (?=[^\n]*(?:\n[^>]|\n?\Z))")
_CID = re.compile(r"\[cid:[^\[\]\s]{1,200}\]")


def read(message: Message, width: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Marked lines for `width` cells, and the links as (text, url) in order of their numbers."""
    text = without_private(without_unseen(message.plain or ""))
    text = text.replace("⟦", "[").replace("⟧", "]")
    text = _CID.sub(
        _("[image]"), _TWICE.sub(r"\2\1\3", _MAILTO.sub(r"\1", _FAR.sub(" " * 8, text)))
    )
    lines: Iterable[str] = _MBOX_FROM.sub("From ", text).split("\n")
    if message.flowed:
        lines = _unflowed(lines, message.delsp)
    kept = [line.expandtabs(8).rstrip() for line in _without_gaps(lines)]
    links: list[tuple[str, str]] = []
    return [_linked(line, links) for line in reflowed(kept, width)], links


def _without_gaps(lines: Iterable[str]) -> Iterator[str]:
    blank = 0
    for line in lines:
        blank = 0 if line.strip() else blank + 1
        if blank <= MOST_BLANK_LINES:
            yield line


def _unflowed(lines: Iterable[str], delsp: bool) -> Iterator[str]:
    """Paragraphs out of format=flowed lines (RFC 3676 §4)."""
    pending: list[str] = []
    depth_before = -1
    for line in lines:
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        if pending and depth != depth_before:
            yield _quoted("".join(pending), depth_before)
            pending = []
        depth_before = depth
        if bare.endswith(" ") and bare != "-- ":
            pending.append(bare[:-1] if delsp else bare)
            continue
        yield _quoted("".join((*pending, bare)), depth)
        pending = []
    if pending:
        yield _quoted("".join(pending), depth_before)


def _quoted(text: str, depth: int) -> str:
    return f"{'>' * depth} {text}" if depth else text


def _linked(line: str, links: list[tuple[str, str]]) -> str:
    """The line with its URLs marked and numbered."""
    if "://" not in line and "www." not in line.lower():
        return line

    pieces: list[str] = []
    at = 0
    for start, end in bare_urls(line):
        if len(links) >= MAX_LINKS:
            break
        url = line[start:end]
        links.append((url, url))
        marked = f"{opened(Style.LINK)}{url}{closed(Style.LINK)}⟦{len(links)}⟧"
        pieces += [line[at:start], marked]
        at = end
    return "".join((*pieces, line[at:]))
