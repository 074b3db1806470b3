"""Source code with its words told apart: keywords, names, strings, comments."""

import json
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


def view(asked: Asked) -> View:
    """The code, wrapped; longer code without colours."""
    source = clean(decode_bytes(asked.data, asked.charset)[0]).expandtabs(4)
    if asked.kind == "application/json" or asked.name.lower().endswith(".json"):
        source = _unfolded(source)
    lexer = _lexer(asked)
    if lexer is None or not source.strip() or len(source) > MAX_CODE:
        return text.view(asked)
    from pygments import lex

    marked = "".join(_marked(token, words) for token, words in lex(source, lexer))
    lines = marked.rstrip("\n").split("\n")
    return View(tuple(islice(layout(lines, asked.width), MAX_LINES)))


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
