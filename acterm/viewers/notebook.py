"""Jupyter notebooks (nbformat 4): the words, the code and what it printed, in their order."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.marks import layout
from acterm.viewers import text
from acterm.viewers.asked import MAX_LINES, Asked
from acterm.viewers.code import MAX_CODE, marked
from acterm.viewers.view import View

_MOST_OUTPUT = 200


def view(asked: Asked) -> View:
    """Each cell below the one before; nothing is run."""
    try:
        book = json.loads(decode_bytes(asked.data, "utf-8")[0])
    except (ValueError, RecursionError):
        return text.view(asked)  # a damaged one is read as it is written
    cells = book["cells"]
    told = book.get("metadata", {}).get("kernelspec", {}).get("language", "python")
    lines: list[str] = []
    left = MAX_CODE
    for cell in cells:
        lines += [""] if lines else []
        lines += _cell(cell, str(told) if left > 0 else "")
        left -= len(_text(cell.get("source")))
        if len(lines) > MAX_LINES:
            break
    if not lines:
        raise ValueError("no cell")
    shown = tuple(islice(layout(lines, asked.width), MAX_LINES))
    return View(shown, cut=len(lines) > MAX_LINES)


def _cell(cell: Mapping[str, Any], language: str) -> Iterator[str]:
    """A cell as marked lines, without colours when no language is given."""
    words = _text(cell.get("source"))
    if cell.get("cell_type") != "code":
        yield from marked(words, "markdown") if language else words.split("\n")
        return
    count = cell.get("execution_count")
    yield f"In [{count if isinstance(count, int) else ' '}]:"
    yield from marked(words, language) if language else words.split("\n")
    for output in cell.get("outputs", ()):
        yield ""
        yield from _output(output)


def _output(output: Mapping[str, Any]) -> Iterator[str]:
    """What a cell printed, its result or its error; of a picture only that there is one."""
    data = output.get("data", {})
    if any(str(kind).startswith("image/") for kind in data):
        yield _("[image]")
        return
    words = _text(output.get("text") or data.get("text/plain") or "")
    if output.get("output_type") == "error":
        words = f"{output.get('ename', '')}: {output.get('evalue', '')}"
    yield from islice(clean(words).rstrip("\n").split("\n"), _MOST_OUTPUT)


def _text(source: object) -> str:
    """A text, which the format writes as one or as its lines."""
    return clean("".join(map(str, source)) if isinstance(source, list) else str(source or ""))
