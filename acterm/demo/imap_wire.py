"""IMAP on the wire: a command as tokens, and values as a client reads them (RFC 9051 §4)."""

import asyncio
import re
from collections.abc import Iterable

Token = str | bytes | list["Token"]
"""An atom, a quoted string or literal, a parenthesised list."""

LINE_LIMIT = 1 << 20
_PIECE = re.compile(rb'([()])|"((?:[^"\\]|\\.)*)"|((?:[^\s()"\[\]]|\[[^\]]*\])+)')
_LITERAL = re.compile(rb"\{(\d{1,8})(\+?)\}$")
_RANGE = re.compile(r"(?:\d+|\*)(?::(?:\d+|\*))?")
_PLAIN = re.compile(rb"[\x20-\x7e]*")


class Bad(Exception):
    """The command cannot be read: answered BAD."""


class No(Exception):
    """The command cannot be done: answered NO."""


async def read_command(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> list[Token]:
    """The next command, its tag first; ConnectionResetError when the client has gone."""
    flat: list[str | bytes] = []
    while True:
        line = await reader.readline()
        if not line.endswith(b"\n"):
            raise ConnectionResetError
        line = line.rstrip(b"\r\n")
        literal = _LITERAL.search(line)
        flat += _pieces(line[: literal.start()] if literal else line)
        if not literal:
            return _nested(flat)
        if not literal[2]:
            writer.write(b"+ go on\r\n")
        flat.append(await reader.readexactly(int(literal[1])))


def _pieces(line: bytes) -> Iterable[str | bytes]:
    for piece in _PIECE.finditer(line):
        parenthesis, quoted, atom = piece.groups()
        if quoted is not None:
            yield re.sub(rb"\\(.)", rb"\1", quoted)
        else:
            yield (parenthesis or atom).decode("latin-1")


def _nested(flat: Iterable[str | bytes]) -> list[Token]:
    """The same with lists: a parenthesis is an atom of its own, never a string."""
    levels: list[list[Token]] = [[]]
    for piece in flat:
        if piece == "(":
            levels.append([])
        elif piece == ")" and len(levels) > 1:
            inner = levels.pop()
            levels[-1].append(inner)
        else:
            levels[-1].append(piece)
    return levels[0]


def text(token: Token) -> str:
    """The token as text; Bad for a list."""
    if isinstance(token, list):
        raise Bad("a list where a word belongs")
    return token.decode("utf-8", "replace") if isinstance(token, bytes) else token


def words(token: Token) -> list[str]:
    """The words of a list, or the one word."""
    return [text(each) for each in token] if isinstance(token, list) else [text(token)]


def string(value: bytes | str | None) -> bytes:
    """NIL, a quoted string, or a literal for what no quotes can hold."""
    if value is None:
        return b"NIL"
    raw = value.encode() if isinstance(value, str) else value
    if len(raw) < 1000 and _PLAIN.fullmatch(raw):
        return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return literal(raw)


def literal(raw: bytes) -> bytes:
    """A literal."""
    return b"{%d}\r\n" % len(raw) + raw


def group(values: Iterable[bytes]) -> bytes:
    """A parenthesised list."""
    return b"(" + b" ".join(values) + b")"


def in_set(numbers: str, last: int) -> list[range]:
    """The ranges of a sequence set; `*` is `last` (RFC 9051 §9, sequence-set)."""
    found = []
    for piece in numbers.split(","):
        if not _RANGE.fullmatch(piece):
            raise Bad(f"not a set of messages: {numbers}")
        ends = [last if end == "*" else int(end) for end in piece.split(":")]
        found.append(range(min(ends), max(ends) + 1))
    return found
