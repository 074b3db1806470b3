"""RTF (1.9.1) as plain text: what it says, without pictures, fields, objects or macros."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from acterm.mail.clean import clean
from acterm.mail.parsing.charset import codec_of
from acterm.mail.text.marks import CELL, ROW, layout
from acterm.viewers.asked import Asked
from acterm.viewers.symbols import shown_symbols
from acterm.viewers.view import View

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]",
    re.DOTALL | re.IGNORECASE,
)
# Groups that hold no text of the document.
_SILENT = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata themedata datastore listtable"
    b" listoverridetable rsidtbl generator xmlnstbl header footer headerl headerr headerf footerl"
    b" footerr footerf fldinst filetbl revtbl mmathPr latentstyles nonshppict shprslt sp".split()
)
# Letters that were taken away, or hidden.
_UNSEEN = (b"deleted", b"v")
_WORDS = {
    b"par": "\n",
    b"line": "\n",
    b"sect": "\n",
    b"page": "\n\n",
    b"row": "\n",
    b"tab": "\t",
    b"cell": CELL,
    b"nestcell": "  ",
    b"nestrow": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
}
_SIGNS = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}
_MOST_DEPTH = 500


def view(asked: Asked) -> View:
    """The text, wrapped; tables aligned."""
    lines = []
    for line in text_of(asked.data).split("\n"):
        row = line.rstrip(CELL)
        lines.append(ROW + row if row != line else line.replace(CELL, "  "))
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise ValueError("no text")
    return View(tuple(layout(lines, asked.width)))


def text_of(data: bytes) -> str:
    """The text of an RTF document. Raises ValueError when it is none."""
    if not data.startswith(b"{\\rtf"):
        raise ValueError("no RTF")
    return "".join(_Reader().words(data)).strip("\n")


@dataclass
class _Group:
    """What holds inside a pair of braces. `stand_in` letters follow each Unicode one.

    `closing` is written at its end.
    """

    silent: bool = False
    stand_in: int = 1
    closing: str = ""


class _Reader:
    """Words out of tokens, one group inside the other."""

    def __init__(self) -> None:
        self._codec = "cp1252"
        self._groups = [_Group()]
        self._owed = 0

    def words(self, data: bytes) -> Iterator[str]:
        """The text of the document in order, paragraphs as line breaks."""
        for token in _TOKEN.finditer(data):
            word, value, code, sign, brace, letters = token.groups()
            if brace:
                yield self._enter_or_leave(brace)
            elif word:
                yield self._word(word.lower(), int(value) if value else None)
            elif sign == b"*":
                self._groups[-1].silent = True
            elif not self._groups[-1].silent:
                yield self._letters(code, sign, letters)

    def _enter_or_leave(self, brace: bytes) -> str:
        self._owed = 0
        if brace == b"{":
            self._groups.append(replace(self._groups[-1], closing=""))
            if len(self._groups) > _MOST_DEPTH:
                raise ValueError("too deep")
            return ""
        return self._groups.pop().closing if len(self._groups) > 1 else ""

    def _word(self, word: bytes, value: int | None) -> str:
        group = self._groups[-1]
        self._owed = 0
        if word == b"ansicpg":
            self._codec = codec_of(f"cp{value}") or self._codec
        elif word == b"uc":
            group.stand_in = min(max(value or 0, 0), 8)
        elif word == b"htmlrtf":  # what only RTF needs of a page that became RTF ([MS-OXRTFEX])
            group.silent = value != 0
        elif word in _SILENT or (word in _UNSEEN and value != 0):
            group.silent = True
        elif word == b"shptxt":  # the words of a drawing, which itself is passed over
            group.silent = False
            group.closing = "\n"
        elif word == b"footnote" and not group.silent:
            group.closing = "]"
            return " ["
        elif word == b"u" and value is not None and not group.silent:
            self._owed = group.stand_in
            return clean(shown_symbols(chr(value % 0x10000)))
        return "" if group.silent else _WORDS.get(word, "")

    def _letters(self, code: bytes | None, sign: bytes | None, letters: bytes | None) -> str:
        """Plain letters, without those that only stand in for a Unicode one before them."""
        if code:
            text = bytes.fromhex(code.decode()).decode(self._codec, "replace")
        elif sign:
            text = _SIGNS.get(sign, "")
        else:
            text = (letters or b"").decode(self._codec, "replace")
        owed, self._owed = self._owed, max(self._owed - len(text), 0)
        return clean(text[owed:])
