"""One IMAP connection: our own commands, and IMAPClient's beside them."""

import re
import ssl
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from acterm.errors import ActermError
from acterm.net import failures
from acterm.net.imap import parse
from acterm.net.imap.answer import Answer, Literal, Response, guarded
from acterm.net.imap.library import Client
from acterm.net.transport import MAX_LITERAL, Transport

_HEAD = re.compile(rb"\* (?:(\d{1,20}) )?([A-Za-z-]+) ?")
# What a NO or BAD means, from its status, its code and its words.
Refusal = Callable[[str, str, str], ActermError]
# What one command may answer in all, and the largest literal in it that is not a mail.
_MAX_ANSWER = 1 << 26
_MAX_SMALL = 1 << 20
# What a line costs in memory besides its bytes.
_LINE_COST = 512
# Seconds that leave-taking may cost.
_FAREWELL = 0.1


class Link:
    """Sends commands, several before the first answer if need be, and reads answers in order."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        with failures.translated(transport.server), failures.parsed(transport.server):
            self._client = Client(transport)
        welcome = bytes(self._client.welcome).split(b" ", 2)[-1]
        self.greeting = parse.code(welcome)[1]
        self.capabilities = frozenset(self._imap.capabilities)
        self._count = 0
        self._outstanding: deque[bytes] = deque()
        self._ended: dict[bytes, bytes] = {}
        self.exists = 0
        self.news = False
        self._watching = False
        self.farewell: Callable[[str, str], ActermError] = failures.farewell

    @property
    def _imap(self) -> Any:
        """imaplib's part, whose state IMAPClient goes by."""
        return self._client._imap

    @property
    def authenticated(self) -> bool:
        """Whether the server took a sign-in, or greeted with PREAUTH."""
        return bool(self._imap.state != "NONAUTH")

    @property
    def has_open_folder(self) -> bool:
        """Whether a folder was selected."""
        return bool(self._imap.state == "SELECTED")

    def start_tls(self, context: ssl.SSLContext) -> None:
        """STARTTLS, refused when the server does not offer it or has signed one in already.

        All that was said in clear is forgotten (RFC 9051 §6.2.1).
        """
        if self.authenticated or "STARTTLS" not in self.capabilities:
            raise failures.no_starttls(str(self.transport.server))
        self.run(b"STARTTLS")
        self.transport.start_tls(context)
        self.learn_capabilities()

    def signed_in(self, answer: Answer) -> None:
        """The server took the sign-in with this answer; it may offer more now."""
        self._imap.state = "AUTH"
        untagged = [line.rest.decode("latin-1") for line in answer.named(b"CAPABILITY")]
        self.learn_capabilities(answer.told("CAPABILITY") or " ".join(untagged))

    def learn_capabilities(self, told: str = "") -> None:
        """What the server offers from now on, asked for when it did not tell."""
        if not told:
            lines = self.run(b"CAPABILITY").named(b"CAPABILITY")
            told = b" ".join(line.rest for line in lines).decode("latin-1")
        self.capabilities = frozenset(told.upper().split())
        self._client._cached_capabilities = tuple(name.encode() for name in self.capabilities)

    def selected(self, exists: int) -> None:
        """A folder is open."""
        self._imap.state = "SELECTED"
        self.exists, self.news = exists, False

    @contextmanager
    def library(self) -> Iterator[Any]:
        """The IMAPClient, for one command; what else the server says meanwhile is noted."""
        self.settle()
        untagged = self._imap.untagged_responses
        untagged.clear()
        try:
            server = self.transport.server
            with failures.translated(server), failures.parsed(server):
                yield self._client
        finally:
            for count in untagged.get("EXISTS", ()):
                if isinstance(count, bytes) and count.isdigit():
                    self._counted(int(count))
            untagged.clear()

    def run(self, *pieces: bytes) -> Answer:
        """Send one command and read its whole answer; raises ActermError on NO and BAD."""
        self.settle()
        return self.answer(self.send(*pieces))

    def answer(self, tag: bytes, refused: Refusal = failures.answered) -> Answer:
        """The whole answer to a command that was sent before; `refused` says what a NO means."""
        answer = Answer()
        size = 0
        while response := self.next(tag, limit=_MAX_SMALL):
            size += sum(map(len, response.pieces)) + _LINE_COST
            if size > _MAX_ANSWER:
                raise failures.unreadable_answer(str(self.transport.server))
            answer.responses.append(response)
        answer.code, answer.words = self.finish(tag, refused)
        return answer

    def send(self, *pieces: bytes) -> bytes:
        """Send one command, its `Literal` pieces as literals; returns its tag."""
        self._count += 1
        tag = b"a%d" % self._count
        self._outstanding.append(tag)
        line = tag
        for piece in pieces:
            if isinstance(piece, Literal):
                self.transport.write(line + b" {%d}\r\n" % len(piece))
                self.wait_for_continuation(tag)
                line = piece
            else:
                line += b" " + guarded(piece)
        self.transport.write(line + b"\r\n")
        return tag

    def wait_for_continuation(self, tag: bytes, refused: Refusal = failures.answered) -> bytes:
        """The text of the server's `+`; raises what its NO means instead."""
        while True:
            line = self.transport.line()
            if line.startswith(b"+"):
                return line[1:].strip()
            if not self._response(line, _MAX_SMALL) and tag in self._ended:
                self.finish(tag, refused)

    def next(
        self, tag: bytes, keep: int = MAX_LITERAL, limit: int = MAX_LITERAL
    ) -> Response | None:
        """The next untagged answer, None once the command has ended."""
        while tag not in self._ended:
            if tag not in self._outstanding:
                raise failures.given_up(str(self.transport.server))
            response = self._response(self.transport.line(), limit, keep)
            if response:
                return response
        return None

    def watch(self, wake: int, until: float) -> None:
        """IDLE (RFC 2177), else NOOP in the end: sets `news` when the folder changed."""
        self.settle()
        self._watching = True
        try:
            if "IDLE" in self.capabilities:
                self._idle(wake, until)
            else:
                self.transport.wait_for_line(wake, until)
                self.run(b"NOOP")
        finally:
            self._watching = False

    def _idle(self, wake: int, until: float) -> None:
        """What is in the buffer already counts: nothing is asked of the socket before that."""
        tag = self.send(b"IDLE")
        self.wait_for_continuation(tag)
        while tag not in self._ended and not self.news:
            if not self.transport.wait_for_line(wake, until):
                break
            self._response(self.transport.line(), _MAX_SMALL)
        if tag not in self._ended:
            self.transport.write(b"DONE\r\n")
        while self.next(tag, limit=_MAX_SMALL):
            pass
        self.finish(tag)

    def close(self) -> None:
        """LOGOUT without waiting for the answer."""
        self.transport.seconds = _FAREWELL
        with suppress(ActermError):
            self.transport.write(b"bye LOGOUT\r\n")
        self.transport.close()

    def settle(self) -> None:
        """Read and forget what is still to come from commands that nobody waits for any more."""
        while self._outstanding:
            tag = self._outstanding[0]
            while self.next(tag, keep=0):
                pass
            self._outstanding.popleft()
            del self._ended[tag]

    def finish(self, tag: bytes, refused: Refusal = failures.answered) -> tuple[str, str]:
        """The code and words of a command that has ended well; raises what NO or BAD means."""
        status, _space, text = self._ended.pop(tag).partition(b" ")
        self._outstanding.remove(tag)
        code, words = parse.code(text)
        if status.upper() != b"OK":
            raise refused(status.decode("latin-1").upper(), code, words)
        return code, words

    def _response(self, line: bytes, limit: int, keep: int = MAX_LITERAL) -> Response | None:
        """The untagged answer that begins with this line; the end of a command is noted."""
        head = _HEAD.match(line)
        if not head:
            tag, _space, status = line.partition(b" ")
            if tag not in self._outstanding:
                raise failures.unreadable_answer(str(self.transport.server))
            self._ended[tag] = status
            return None
        response = Response(
            self.pieces(line, limit, keep), head[2].upper(), int(head[1] or 0), head.end()
        )
        self._notice(response)
        return response

    def pieces(self, line: bytes, limit: int, keep: int = MAX_LITERAL) -> Sequence[bytes]:
        """The line with its literals and what follows them."""
        pieces = [line]
        while (size := parse.literal_size(pieces[-1])) >= 0:
            pieces += [self.transport.literal(size, keep, limit), self.transport.line()]
        return pieces

    def _notice(self, response: Response) -> None:
        if response.name == b"EXISTS":
            self._counted(response.number)
        elif response.name == b"EXPUNGE":
            self.exists -= 1
        elif response.name == b"VANISHED" and not response.rest.startswith(b"("):
            spans = parse.ranges(response.rest)
            self.exists -= sum(last - first + 1 for first, last in spans)
        elif response.name == b"BYE":
            raise self.farewell(*parse.code(response.rest))
        self.news |= self._watching and response.name in (b"EXPUNGE", b"VANISHED", b"FETCH")

    def _counted(self, exists: int) -> None:
        self.news |= exists > self.exists or (self._watching and exists != self.exists)
        self.exists = exists
