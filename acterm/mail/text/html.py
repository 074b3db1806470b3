"""HTML mail to marked text: what a person was meant to read, and nothing that was hidden.

html2text does paragraphs, lists, quotes and entities; `html_reader` decides the rest.
Linear on hostile input.
"""

import re
from dataclasses import dataclass

from acterm.mail.text.css import sheet
from acterm.mail.text.html_lines import lines_of
from acterm.mail.text.html_reader import Reader
from acterm.mail.text.html_text import NARROW_SPACE, SPACE
from acterm.mail.text.tables import data_tables
from acterm.mail.text.tags import MAX_TAGS, tokens, without_comments

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
    given, lowered = source, source.lower()
    if "base64," in lowered:
        source = _DATA.sub("data:,", source)
    text = without_comments(source[:MAX_HTML])
    if text is not given:  # half a megabyte is not copied twice
        lowered = text.lower()
    page = list(tokens(text))
    reader = Reader(data_tables(page), sheet(text))
    output = reader.read(page)
    return HtmlText(
        lines=lines_of(_spaced(output)),
        links=[(_spaced(label), url) for label, url in reader.links],
        remote=reader.remote or _fetches(lowered),
        tracker=reader.tracker,
        cut=reader.cut or len(source) > MAX_HTML or text.count("<") >= MAX_TAGS,
    )


def _spaced(text: str) -> str:
    return text.replace(SPACE, "\u00a0").replace(NARROW_SPACE, "\u202f")


def _fetches(text: str) -> bool:
    return any(word in text and bool(found.search(text)) for word, found in _FETCHED.items())
