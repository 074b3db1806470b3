"""HTML mail to marked text: what a person was meant to read, and nothing that was hidden.

html2text does paragraphs, lists, quotes and entities; acterm.mail.html_reader decides the rest.
Linear on hostile input.
"""

import re
from dataclasses import dataclass

from acterm.mail.css import sheet
from acterm.mail.html_reader import NARROW_SPACE, SPACE, Reader
from acterm.mail.marks import BREAK, GAP, ROW, carried, opened, unmarked
from acterm.mail.message import Style
from acterm.mail.tables import data_tables
from acterm.mail.tags import MAX_TAGS, tokens, without_comments

MAX_HTML = 2 << 20

# A picture written into its tag: thousands of letters that nobody reads.
_DATA = re.compile(r"data:[\w/+.;=-]{0,100}?;base64,[A-Za-z0-9+/=%\s]*", re.IGNORECASE)
# What a browser would fetch besides pictures, in lower case, each by a word it cannot do without.
_FETCHED = {
    "url(": re.compile(r"url\(\s*[\"']?\s*(?:https?:)?//"),
    "@import": re.compile(r"@import\s+[\"']\s*(?:https?:)?//"),
    "background": re.compile(r"\bbackground\s*=\s*[\"']?\s*(?:https?:)?//"),
    "poster": re.compile(r"\bposter\s*=\s*[\"']?\s*(?:https?:)?//"),
    "srcset": re.compile(r"\bsrcset\s*=\s*[\"']?\s*(?:https?:)?//"),
    "<": re.compile(
        r"<(?:link|iframe|frame|video|audio|source|embed|object|input|script)\b[^<>]{0,1000}?"
        r"\b(?:src|href|data)\s*=\s*[\"']?\s*(?:https?:)?//"
    ),
}
_QUOTE = re.compile(r"(?:> ?)*")
_STYLED_SPACE = re.compile("^((?:> ?)*)([\ue000-\ue01f]+) +")
# How Word writes the mark of a list: a letter of a symbol font and a row of spaces.
_WORD_ITEM = re.compile("^((?:> ?)*)(?:[·§]|o(?=[\u00a0 ]{3}))[\u00a0 ]{2,}")
_ITEM = re.compile(r"\s*(?:•|\d{1,3}\.) ")
_ITEM_ALONE = re.compile(r"\s*(?:•|\d{1,3}\.)")
_SHORT_ROW = 60


@dataclass
class HtmlText:
    """Marked lines, the links as (text, url) in order of their numbers, and what was left out."""

    lines: list[str]
    links: list[tuple[str, str]]
    remote: bool = False
    tracker: bool = False
    cut: bool = False


def read(source: str) -> HtmlText:
    """The visible text of an HTML part. Never raises."""
    if "base64," in source.lower():
        source = _DATA.sub("data:,", source)
    text = without_comments(source[:MAX_HTML])
    page = list(tokens(text))
    reader = Reader(data_tables(page), sheet(text))
    output = reader.read(page)
    return HtmlText(
        lines=_lines(_spaced(output)),
        links=[(_spaced(label), url) for label, url in reader.links],
        remote=reader.remote or _fetches(text.lower()),
        tracker=reader.tracker,
        cut=len(source) > MAX_HTML or text.count("<") >= MAX_TAGS,
    )


def _spaced(text: str) -> str:
    return text.replace(SPACE, "\u00a0").replace(NARROW_SPACE, "\u202f")


def _fetches(text: str) -> bool:
    return any(word in text and bool(found.search(text)) for word, found in _FETCHED.items())


def _lines(output: str) -> list[str]:
    """html2text's output as lines: breaks made real, blank runs one, short cells side by side."""
    kept: list[str] = []
    item = ""
    for line in _broken(output):
        if _ITEM_ALONE.fullmatch(line):
            item = line
            continue
        if not item:
            _keep_line(line, kept)
        elif unmarked(line).strip():
            _keep_line(f"{item} {line.lstrip()}", kept)
            item = ""
    while kept and not unmarked(kept[-1]).strip("> "):
        kept.pop()
    return kept


def _broken(output: str) -> list[str]:
    """The output cut at its breaks, which repeat quotation marks and styles, stray spaces gone."""
    lines: list[str] = []
    begun = ""
    for raw in output.split("\n"):
        quote = _QUOTE.match(raw)
        prefix = quote[0] if quote else ""
        for number, piece in enumerate(raw.split(BREAK)):
            line = prefix + piece.lstrip(" ") if number else piece
            if begun or not line.isascii():
                line = _WORD_ITEM.sub(r"\1• ", _STYLED_SPACE.sub(r"\1\2", line))
                if ROW not in line:
                    line, begun = carried(line, begun, at=len(prefix))
            lines.append(line.rstrip(" \t\u00a0"))
    return lines


def _keep_line(line: str, kept: list[str]) -> None:
    """Add a line to those kept: a short cell beside the one before, one blank for many."""
    if GAP in line:
        line = line.replace(GAP, "").strip()
        if kept and kept[-1] and line and len(unmarked(kept[-1] + line)) < _SHORT_ROW:
            kept[-1] += "  " + line
            return
    if len(kept) > 1 and not kept[-1] and _ITEM.match(line) and _ITEM.match(kept[-2]):
        kept.pop()  # items stand together, whatever their paragraphs
    empty = not unmarked(line.lstrip("> ")).strip()
    if not empty or ROW in line or opened(Style.RULE) in line:
        kept.append(line)
    elif kept and kept[-1].strip("> "):
        kept.append(line.rstrip() if kept[-1].startswith(">") else "")
