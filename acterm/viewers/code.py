"""Source code with its words told apart: keywords, names, strings, comments."""

import json
import re
from itertools import islice

from acterm.mail.clean import clean
from acterm.mail.message import Style
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.marks import closed, layout, opened
from acterm.viewers import text
from acterm.viewers.asked import MAX_LINES, Asked
from acterm.viewers.view import View

# Colours help in a page or two; more would only take time.
MAX_CODE = 200_000
# Where a line may end: before an element, and behind one that ends another.
_BETWEEN = re.compile(r"(?<=>)\s*(?=<[^/])|(?<=/>)\s*(?=</)|(?<=>)\s+(?=</)|(?<=\w>)(?=</)")
_OPENS = re.compile(r"<[^/!?<>](?:[^<>]*[^/<>])?>")
_MOST_DEPTH = 30
_XML = ("application/xml", "text/xml", "image/svg+xml")
_XML_ENDINGS = (".xml", ".svg", ".mm", ".webloc", ".plist", ".kml", ".gpx")


def view(asked: Asked) -> View:
    """The code, wrapped; longer code without colours."""
    source = clean(decode_bytes(asked.data, asked.charset)[0]).expandtabs(4)
    if asked.kind == "application/json" or asked.name.lower().endswith(".json"):
        source = _unfolded(source)
    elif asked.kind in _XML or asked.name.lower().endswith(_XML_ENDINGS):
        source = _indented(source)
    lexer = _lexer(asked)
    if lexer is None or not source.strip() or len(source) > MAX_CODE:
        return text.view(asked)
    return View(tuple(islice(layout(_lines(source, lexer), asked.width), MAX_LINES)))


def marked(source: str, language: str) -> list[str]:
    """Code of a language as marked lines; as it is when nobody knows that language."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return _lines(source, get_lexer_by_name(language, stripnl=False, ensurenl=False))
    except ClassNotFound:
        return source.split("\n")


def _lines(source: str, lexer: object) -> list[str]:
    from pygments import lex

    words = "".join(_marked(token, words) for token, words in lex(source, lexer))
    return words.rstrip("\n").split("\n")


def _lexer(asked: Asked) -> object | None:
    from pygments.lexers import get_lexer_for_filename, get_lexer_for_mimetype
    from pygments.util import ClassNotFound

    for find, key in (
        (get_lexer_for_filename, asked.name),
        (get_lexer_for_mimetype, asked.kind),
    ):
        try:
            found: object = find(key, stripnl=False, ensurenl=False)
        except ClassNotFound:
            continue
        return found
    return None


def _marked(token: object, words: str) -> str:
    """A token in the marks of its style, on each of its lines."""
    style = _style(token)
    if style is None:
        return words
    first, last = opened(style), closed(style)
    return "\n".join(f"{first}{part}{last}" if part.strip() else part for part in words.split("\n"))


def _style(token: object) -> Style | None:
    from pygments import token as kinds

    for kind, style in (
        (kinds.Comment, Style.ITALIC),
        (kinds.Keyword, Style.BOLD),
        (kinds.Name.Tag, Style.BOLD),
        (kinds.Name.Function, Style.HEADING),
        (kinds.Name.Class, Style.HEADING),
        (kinds.Generic.Heading, Style.HEADING),
        (kinds.Generic.Subheading, Style.HEADING),
        (kinds.Generic.Strong, Style.BOLD),
        (kinds.String, Style.CODE),
        (kinds.Generic.Inserted, Style.CODE),
        (kinds.Generic.Deleted, Style.ITALIC),
    ):
        if token in kind:
            return style
    return None


def _unfolded(source: str) -> str:
    """JSON of one long line on as many lines as it has values."""
    if source.strip().count("\n") > len(source) // 200:
        return source
    try:
        return json.dumps(json.loads(source), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return source


def _indented(source: str) -> str:
    """XML of long lines, an element a line and deeper ones further in."""
    if source.strip().count("\n") > len(source) // 200 or len(source) > MAX_CODE:
        return source
    lines, depth = [], 0
    for line in _BETWEEN.sub("\n", source).split("\n"):
        depth -= line.startswith("</")
        lines.append("  " * min(max(depth, 0), _MOST_DEPTH) + line)
        depth += line.startswith("</") + len(_OPENS.findall(line)) - line.count("</")
    return "\n".join(lines)
