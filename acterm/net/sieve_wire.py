"""What ManageSieve says on the wire: strings, literals and answers (RFC 5804 §1.2 and §4)."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from acterm.errors import ActermError
from acterm.net import failures
from acterm.net.transport import Transport

# A script of any person, and what one command may answer in all.
MAX_SCRIPT = 1 << 20
_MAX_LINE = 1 << 16
_MAX_ANSWER = 1 << 22
# How long one visit may take in all, in seconds.
VISIT = 60.0
# What a line costs in memory besides its bytes.
_LINE_COST = 512
_TOKEN = re.compile(
    rb' *(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|\{(?P<size>\d{1,10})\+?\}$|(?P<atom>[()]|[^\s"(){}\\]+))'
)
_ESCAPED = re.compile(rb"\\(.)")
_PLAIN = re.compile(rb'[^\0\r\n"\\]{0,1000}')

# A string the server sent, or an atom of the protocol in upper case.
Token = bytes | str
# From NO or BYE, its response code and its words, to the failure.
Refusal = Callable[[str, str, str], ActermError]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said before its OK, a line each, and the words beside it."""

    lines: tuple[tuple[Token, ...], ...]
    words: str = ""


def string(value: bytes) -> bytes:
    """A string as an argument: quoted where that is safe, else a literal, which holds anything."""
    if _PLAIN.fullmatch(value):
        return b'"' + value + b'"'
    return b"{%d+}\r\n" % len(value) + value


class Wire:
    """Commands out, answers in. Every failure is an ActermError."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self._until = 0.0
        self.allow(VISIT)

    def allow(self, seconds: float) -> None:
        """All that follows ends so soon, however little the server says at a time."""
        self._until = time.monotonic() + seconds

    def send(self, command: bytes, *strings: bytes) -> None:
        """One command with its arguments, all of them strings."""
        self.transport.write(b" ".join([command, *map(string, strings)]) + b"\r\n")

    def respond(self, response: bytes) -> None:
        """What a question in the middle of a command asks for (§2.1), as a string."""
        self.transport.write(string(response) + b"\r\n")

    def answer(self, refused: Refusal) -> Answer:
        """The whole answer; raises what `refused` makes of a NO or BYE."""
        lines: list[tuple[Token, ...]] = []
        size = 0
        while size <= _MAX_ANSWER:
            line = self.line()
            if line and line[0] in ("OK", "NO", "BYE"):
                code, words = _said(line[1:])
                if line[0] != "OK":
                    raise refused(line[0], code, words)
                return Answer(tuple(lines), words)
            lines.append(line)
            size += sum(map(len, line)) + _LINE_COST
        raise self.nonsense()

    def line(self) -> tuple[Token, ...]:
        """The tokens of one line, its literals among them."""
        if time.monotonic() > self._until:
            raise failures.too_slow(str(self.transport.server))
        tokens: list[Token] = []
        text, position = self.transport.line(_MAX_LINE), 0
        while text[position:].strip():
            found = _TOKEN.match(text, position)
            if found is None:
                raise self.nonsense()
            position = found.end()
            if found["size"] is not None:
                tokens.append(self.transport.literal(int(found["size"]), limit=MAX_SCRIPT))
                text, position = self.transport.line(_MAX_LINE), 0
            elif found["quoted"] is not None:
                tokens.append(_ESCAPED.sub(rb"\1", found["quoted"]))
            else:
                tokens.append(found["atom"].decode("latin-1").upper())
        return tuple(tokens)

    def nonsense(self) -> ActermError:
        """The failure of a server that does not keep to the protocol."""
        return failures.unreadable_answer(str(self.transport.server))


def _said(tokens: tuple[Token, ...]) -> tuple[str, str]:
    """The response code in parentheses, without what stands beside it, and the human words."""
    code = tokens[1] if len(tokens) > 1 and tokens[0] == "(" and isinstance(tokens[1], str) else ""
    words = tokens[-1] if tokens and isinstance(tokens[-1], bytes) else b""
    return code, words.decode("utf-8", "replace")
