"""A scripted server on loopback that does what a real one cannot be made to do.

It refuses, lies, cuts, stalls, drips and floods, in IMAP or SMTP: a script is a function that
holds one conversation.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from acterm.server import Security, Server


@dataclass
class Conversation:
    """One client's connection, seen from the server. `said` are the lines it sent."""

    link: socket.socket
    certificate: Path | None = None
    said: list[bytes] = field(default_factory=list)
    _buffer: bytes = b""

    def say(self, *packets: bytes) -> None:
        """Send each in a packet of its own."""
        for packet in packets:
            self.link.sendall(packet)

    def drip(self, text: bytes, seconds: float) -> None:
        """Send byte by byte, so many seconds apart, until the client has enough."""
        pause = threading.Event()
        for byte in text:
            self.link.sendall(bytes([byte]))
            pause.wait(seconds)

    def flood(self, text: bytes) -> None:
        """Send the same again and again until the client has enough."""
        while True:
            self.link.sendall(text)

    def line(self) -> bytes:
        """The client's next line without its end; an OSError when it has gone."""
        while b"\n" not in self._buffer:
            data = self.link.recv(65536)
            if not data:
                raise ConnectionResetError
            self._buffer += data
        line, _end, self._buffer = self._buffer.partition(b"\n")
        self.said.append(line.removesuffix(b"\r"))
        return self.said[-1]

    def stall(self) -> None:
        """Say nothing until the client goes."""
        while True:
            self.line()

    def reset(self) -> None:
        """Cut the link without a farewell."""
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.link.close()

    def start_tls(self) -> None:
        """Encrypt from here on."""
        assert self.certificate
        self.link = _context(self.certificate).wrap_socket(self.link, server_side=True)
        self._buffer = b""


Script = Callable[[Conversation], None]


@dataclass
class Liar:
    """Listens until the end of a `with` block and follows its script with every client."""

    script: Script
    certificate: Path | None = None
    security: Security = Security.PLAIN
    conversations: list[Conversation] = field(default_factory=list)

    def __enter__(self) -> "Liar":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Accept is left by one last connection: closing a socket wakes nobody on Linux.
        self._script_over = True
        with suppress(OSError), socket.create_connection(self._listener.getsockname()):
            pass
        self._thread.join(5)
        self._listener.close()
        for conversation in self.conversations:
            with suppress(OSError):
                conversation.link.shutdown(socket.SHUT_RDWR)

    _script_over = False

    @property
    def server(self) -> Server:
        """Where it listens."""
        return Server("localhost", self._listener.getsockname()[1], self.security)

    @property
    def said(self) -> list[bytes]:
        """Every line that any client sent."""
        return [line for conversation in self.conversations for line in conversation.said]

    def _serve(self) -> None:
        while True:
            link, _address = self._listener.accept()
            if self._script_over:
                link.close()
                return
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            conversation = Conversation(link, self.certificate)
            self.conversations.append(conversation)
            threading.Thread(target=self._hold, args=[conversation], daemon=True).start()

    def _hold(self, conversation: Conversation) -> None:
        with suppress(OSError):
            if self.security is Security.TLS:
                conversation.start_tls()
            self.script(conversation)
        with suppress(OSError):
            conversation.link.close()


Reply = bytes | Callable[[Conversation, bytes], None]


def imap(
    replies: Mapping[str, Reply] | None = None,
    *,
    capabilities: str = "IMAP4rev1",
    greeting: bytes = b"* OK liar ready\r\n",
) -> Script:
    """An IMAP server that has `replies` to some commands and a plain OK to all others.

    A reply is bytes, in which %t is the command's tag, or does the talking itself.
    """
    known: dict[str, Reply] = {
        "CAPABILITY": b"* CAPABILITY %s\r\n%%t OK done\r\n" % capabilities.encode(),
        "LOGOUT": b"* BYE\r\n%t OK done\r\n",
        **(replies or {}),
    }

    def script(conversation: Conversation) -> None:
        conversation.say(greeting)
        while True:
            tag, _space, command = conversation.line().partition(b" ")
            name = max(
                (name for name in known if command.upper().startswith(name.encode())),
                key=len,
                default="",
            )
            reply = known.get(name, b"%t OK done\r\n")
            if callable(reply):
                reply(conversation, tag)
            else:
                conversation.say(reply.replace(b"%t", tag))

    return script


def smtp(
    replies: Mapping[str, Reply] | None = None,
    *,
    extensions: tuple[str, ...] = ("AUTH PLAIN LOGIN", "8BITMIME"),
) -> Script:
    """An SMTP server that has `replies` to some commands and takes all others.

    The message itself is a command named "." and comes when its final dot has.
    """
    lines = [b"250-liar"] + [f"250-{name}".encode() for name in extensions]
    lines[-1] = lines[-1].replace(b"-", b" ", 1)
    known: dict[str, Reply] = {
        "EHLO": b"\r\n".join(lines) + b"\r\n",
        "AUTH": b"235 ok\r\n",
        "STARTTLS": b"502 no\r\n",
        "DATA": b"354 go\r\n",
        "QUIT": b"221 bye\r\n",
        **(replies or {}),
    }

    def script(conversation: Conversation) -> None:
        conversation.say(b"220 liar\r\n")
        while True:
            name = conversation.line().split(b" ")[0].split(b":")[0].upper().decode()
            _reply(conversation, known.get(name, b"250 ok\r\n"), name.encode())
            if name == "DATA" and known["DATA"] == b"354 go\r\n":
                while conversation.line() != b".":
                    pass
                _reply(conversation, known.get(".", b"250 ok\r\n"), b".")

    return script


def _reply(conversation: Conversation, reply: Reply, name: bytes) -> None:
    if callable(reply):
        reply(conversation, name)
    else:
        conversation.say(reply)


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context
