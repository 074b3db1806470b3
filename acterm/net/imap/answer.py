"""Both sides of a command: arguments that stay arguments, and what the server answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from acterm.errors import BadData
from acterm.i18n import _
from acterm.net.imap import parse
from acterm.net.imap.parse import Value

_FORBIDDEN = re.compile(rb"[\r\n\0]")


def guarded(argument: bytes) -> bytes:
    """The argument, refused when it could end a command and begin another."""
    if _FORBIDDEN.search(argument):
        raise BadData(_("A name with a line break in it was not sent to the server."))
    return argument


class Literal(bytes):
    """An argument that travels as a literal, which may hold anything."""


def quoted(argument: bytes) -> bytes:
    """The argument as a quoted string. What is not ASCII came from the server, and goes back."""
    return b'"' + guarded(argument).replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def astring(argument: bytes) -> bytes:
    """The argument quoted, or as a literal when it is not ASCII (RFC 3501 §9)."""
    return quoted(argument) if argument.isascii() else Literal(guarded(argument))


@dataclass(frozen=True, slots=True)
class Response:
    """One untagged answer: `* 3 FETCH (…)` has number 3, name FETCH and values after it."""

    pieces: Sequence[bytes]
    name: bytes
    number: int
    start: int

    @property
    def values(self) -> tuple[Value, ...]:
        """The tokens after the name; raises BadData."""
        return parse.values(self.pieces, self.start)

    @property
    def rest(self) -> bytes:
        """The first line after the name."""
        return self.pieces[0][self.start :]


@dataclass(slots=True)
class Answer:
    """Everything the server said to one command that it accepted."""

    responses: list[Response] = field(default_factory=list)
    code: str = ""
    words: str = ""

    def named(self, name: bytes) -> list[Response]:
        """The untagged answers of one name."""
        return [response for response in self.responses if response.name == name]

    def all_codes(self, name: str) -> list[str]:
        """Every response code of one name, whole: `COPYUID 7 1:3 4:6`."""
        found = [parse.code(line.rest)[0] for line in self.named(b"OK")] + [self.code]
        return [code for code in found if code.partition(" ")[0].upper() == name]

    def told(self, name: str) -> str:
        """What follows the name of a response code, "" when it is not there."""
        return "".join(self.all_codes(name)[-1:]).partition(" ")[2]
