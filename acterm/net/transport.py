"""Bytes to and from a server: TLS, deadlines on every wait, compression, bounded memory."""

import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import Any

from acterm.net import failures
from acterm.net.waker import Waker
from acterm.server import Server

_CHUNK = 1 << 18
_SEND = 1 << 16
# So much must arrive within the deadline: a server that drips one byte a second is given up.
_PROGRESS = 1 << 14
# A SEARCH without ESEARCH answers for a million mails in one line.
MAX_LINE = 1 << 24
MAX_LITERAL = 1 << 28


class Transport:
    """A non-blocking socket read by one thread; `abort()` from another ends its wait.

    Every failure is an ActermError. `seconds` is the patience of each wait.
    """

    def __init__(self, link: socket.socket, server: Server, seconds: float) -> None:
        link.setblocking(False)
        self.server = server
        self.seconds = seconds
        self._link = link
        self._buffer = b""
        self._position = 0
        self._given_up = False
        self._abort = Waker()
        self._inflate: Any = None
        self._deflate: Any = None
        self._until = 0.0
        self._progress = 0

    @classmethod
    def connect(cls, server: Server, seconds: float) -> "Transport":
        """A TCP link, all addresses of the name tried within `seconds`."""
        with failures.translated(server):
            return cls(_connected(server, seconds), server, seconds)

    @property
    def link(self) -> socket.socket:
        """The socket, for what only needs its number."""
        return self._link

    def start_tls(self, context: ssl.SSLContext) -> None:
        """Encrypt from here on. What was received in clear and not yet read is forgotten."""
        self._buffer, self._position = b"", 0
        self._rearm()
        with failures.translated(self.server):
            link = context.wrap_socket(
                self._link, server_hostname=self.server.host, do_handshake_on_connect=False
            )
            self._link = link
            self._tried(link.do_handshake)

    def start_compression(self) -> None:
        """Raw DEFLATE in both directions from here on (RFC 4978)."""
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        compressed, self._buffer, self._position = self._rest(), b"", 0
        if compressed:
            with failures.translated(self.server):
                self._buffer = self._inflate.decompress(compressed, _CHUNK)

    def write(self, data: bytes) -> None:
        """Send all of it, or fail."""
        self._rearm()
        with failures.translated(self.server):
            if self._deflate:
                data = self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            view = memoryview(data)
            while view:
                view = view[self._tried(partial(self._link.send, view[:_SEND]), EVENT_WRITE) :]
                self._rearm()

    def line(self, limit: int = MAX_LINE) -> bytes:
        """The next line without its end. A longer one than `limit` ends the link."""
        end = self._buffer.find(b"\n", self._position)
        if end >= 0:
            line = self._buffer[self._position : end]
            self._position = end + 1
            return line.removesuffix(b"\r")
        return self._long_line(limit)

    def literal(self, size: int, keep: int = MAX_LITERAL, limit: int = MAX_LITERAL) -> bytes:
        """The next `size` bytes, of which only `keep` are held. More than `limit` ends the link."""
        start = self._position
        self._position += size
        if self._position <= len(self._buffer) and size <= keep:
            return self._buffer[start : self._position]
        self._position = start
        return self._long_literal(size, keep, limit)

    def match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Step over `pattern` when it stands next in what has already been received."""
        found = pattern.match(self._buffer, self._position)
        if found:
            self._position = found.end()
        return found

    def wait_for_line(self, wake: int, until: float) -> bool:
        """Whether a whole line can be read; False when `wake` is readable or `until` has come."""
        while self._buffer.find(b"\n", self._position) < 0:
            if len(self._buffer) - self._position > MAX_LINE:
                raise failures.unreadable_answer(str(self.server))
            with failures.translated(self.server):
                try:
                    self._keep(self._receive())
                except (failures.WANTS_READ, BlockingIOError):
                    if not self._ready(EVENT_READ, until - time.monotonic(), wake):
                        return False
        return True

    def abort(self) -> None:
        """From any thread: whoever waits on this link stops waiting, now."""
        self._given_up = True
        self._abort.wake()

    def close(self) -> None:
        """Let the link go without a word."""
        self._given_up = True
        self._link.close()
        self._abort.close()

    def _rest(self) -> bytes:
        return self._buffer[self._position :]

    def _keep(self, data: bytes) -> None:
        self._buffer, self._position = self._rest() + data, 0

    def _long_line(self, limit: int) -> bytes:
        self._rearm()
        pieces, size = [self._rest()], len(self._buffer) - self._position
        while size <= limit:
            data = self._more()
            end = data.find(b"\n")
            if end >= 0:
                pieces.append(data[:end])
                self._buffer, self._position = data, end + 1
                return b"".join(pieces).removesuffix(b"\r")
            pieces.append(data)
            size += len(data)
        raise failures.unreadable_answer(str(self.server))

    def _long_literal(self, size: int, keep: int, limit: int) -> bytes:
        if size > limit:
            raise failures.unreadable_answer(str(self.server))
        self._rearm()
        kept: list[bytes] = []
        held = 0
        while size:
            if self._position >= len(self._buffer):
                self._buffer, self._position = self._more(), 0
            piece = self._buffer[self._position : self._position + size]
            self._position += len(piece)
            size -= len(piece)
            if held < keep:
                kept.append(piece[: keep - held])
                held += len(kept[-1])
        return b"".join(kept)

    def _more(self) -> bytes:
        """At least one new byte, before the deadline."""
        with failures.translated(self.server):
            data = bytes(self._tried(self._receive))
        self._progress += len(data)
        if self._progress >= _PROGRESS:
            self._rearm()
        return data

    def _receive(self) -> bytes:
        """What has arrived, inflated; raises what says that it is nothing."""
        while True:
            tail = self._inflate.unconsumed_tail if self._inflate else b""
            data = tail or self._link.recv(_CHUNK)
            if not data or (self._inflate and self._inflate.eof):
                raise failures.link_lost(str(self.server))
            if self._inflate:
                data = self._inflate.decompress(data, _CHUNK)
            if data:
                return bytes(data)

    def _rearm(self) -> None:
        self._until = time.monotonic() + self.seconds
        self._progress = 0

    def _tried(self, action: Callable[[], Any], event: int = EVENT_READ) -> Any:
        """Do it, waiting as often as the socket wants (mostly for `event`), until the deadline."""
        while True:
            if self._given_up:
                raise failures.given_up(str(self.server))
            try:
                return action()
            except failures.WANTS_WRITE:
                wanted = EVENT_WRITE
            except failures.WANTS_READ:
                wanted = EVENT_READ
            except BlockingIOError:
                wanted = event
            if not self._ready(wanted, self._until - time.monotonic()):
                raise failures.too_slow(str(self.server))

    def _ready(self, event: int, seconds: float, wake: int = -1) -> bool:
        with DefaultSelector() as selector:
            selector.register(self._link, event)
            selector.register(self._abort, EVENT_READ)
            if wake >= 0:
                selector.register(wake, EVENT_READ)
            ready = {key.fd for key, _events in selector.select(max(seconds, 0))}
        if self._given_up:
            raise failures.given_up(str(self.server))
        return self._link.fileno() in ready and wake not in ready


def _connected(server: Server, seconds: float) -> socket.socket:
    """Try each address in turn, none longer than its share of what is left."""
    until = time.monotonic() + seconds
    addresses = _addresses(server, seconds)
    while True:
        share = (until - time.monotonic()) / len(addresses)
        try:
            return _linked(addresses.pop(0), max(share, 0.001))
        except OSError:
            if not addresses:
                raise


def _linked(entry: Any, seconds: float) -> socket.socket:
    family, kind, protocol, _name, address = entry
    link = socket.socket(family, kind, protocol)
    try:
        link.settimeout(seconds)
        link.connect(address)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        link.close()
        raise
    return link


def _addresses(server: Server, seconds: float) -> list[Any]:
    """Ask the resolver in a thread of its own: it knows no deadline."""
    # A name of bytes spares loading the tables for international ones.
    host = server.host.encode() if server.host.isascii() else server.host
    found: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def resolve() -> None:
        try:
            found.put(list(socket.getaddrinfo(host, server.port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as problem:
            found.put(problem)

    threading.Thread(target=resolve, daemon=True, name="resolve").start()
    try:
        answer = found.get(timeout=seconds)
    except queue.Empty:
        raise failures.too_slow(str(server)) from None
    if isinstance(answer, Exception):
        raise answer
    return answer
