"""ManageSieve (RFC 5804): the scripts that file and answer mail on the server itself.

sievelib's client is not used: it keeps what came before TLS, knows no authority of one's own and
no deadline for a whole answer, and changes the line ends of a script that it brings.
"""

from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from acterm.errors import ActermError, Refused
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.net import failures, tls
from acterm.net.imap.answer import guarded
from acterm.net.sieve_wire import MAX_SCRIPT, VISIT, Answer, Wire
from acterm.net.transport import Transport
from acterm.secret import Secret
from acterm.server import Security, Server

PORT = 4190
# A person has a handful of scripts; a server with more than that is not telling the truth.
_MAX_SCRIPTS = 200
_FAREWELL = 0.1


@dataclass(frozen=True, slots=True)
class Listed:
    """One script on the server. `name` is the server's own, to be cleaned before it is shown."""

    name: str
    active: bool


class Sieve:
    """A connection. Every method raises children of ActermError only; one thread uses it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._offered: dict[str, str] = {}
        self._learn(wire.answer(_farewell))

    @classmethod
    def connect(
        cls, server: Server, *, ca_file: Path | None = None, deadline: float = 10.0
    ) -> "Sieve":
        """Connect, encrypt, check the certificate, `deadline` seconds each step."""
        context = tls.needed(server, ca_file)
        transport = Transport.connect(server, deadline)
        try:
            if context and server.security is Security.TLS:
                transport.start_tls(context)
            sieve = cls(Wire(transport))
            if context and server.security is Security.STARTTLS:
                if "STARTTLS" not in sieve._offered:
                    raise failures.no_starttls(str(server))
                sieve._run(b"STARTTLS")
                transport.start_tls(context)
                sieve._learn(sieve._wire.answer(_farewell))
        except ActermError:
            transport.close()
            raise
        return sieve

    @property
    def extensions(self) -> frozenset[str]:
        """What scripts may `require` on this server, in lower case."""
        return frozenset(self._offered.get("SIEVE", "").lower().split())

    def allow(self, seconds: float = VISIT) -> None:
        """A new visit: everything until the next one ends so soon."""
        self._wire.allow(seconds)

    def sign_in(self, login: str, secret: Secret) -> None:
        """One attempt with one mechanism; raises SignInRefused with the server's words."""
        name, password = guarded(login.encode()), guarded(secret.reveal().encode())
        offered = self._offered.get("SASL", "").upper().split()
        if "PLAIN" in offered:
            plain = b64encode(b"\0" + name + b"\0" + password)
            self._wire.send(b"AUTHENTICATE", b"PLAIN", plain)
        elif "LOGIN" in offered:
            self._wire.send(b"AUTHENTICATE", b"LOGIN")
            for response in (name, password):
                self._challenged()
                self._wire.respond(b64encode(response))
        else:
            raise failures.no_mechanism()
        self._wire.answer(_sign_in)
        self._learn(self._run(b"CAPABILITY"))

    def scripts(self) -> tuple[Listed, ...]:
        """Every script, in the server's order; at most one is active."""
        lines = self._run(b"LISTSCRIPTS").lines
        if len(lines) > _MAX_SCRIPTS:
            raise self._wire.nonsense()
        found = []
        for line in lines:
            if not line or not isinstance(line[0], bytes):
                raise self._wire.nonsense()
            found.append(Listed(self._text(line[0]), "ACTIVE" in line[1:]))
        return tuple(found)

    def script(self, name: str) -> bytes:
        """The script, byte for byte."""
        lines = self._run(b"GETSCRIPT", _name(name)).lines
        if len(lines) != 1 or len(lines[0]) != 1 or not isinstance(lines[0][0], bytes):
            raise self._wire.nonsense()
        return lines[0][0]

    def put(self, name: str, script: bytes) -> None:
        """Write a script whole; the server compiles it, and keeps the former one if it cannot."""
        if len(script) > MAX_SCRIPT:
            raise Refused(_("The rules are too long for the server."))
        self._run(b"PUTSCRIPT", _name(name), script)

    def activate(self, name: str) -> None:
        """Let this script decide over new mail; with an empty name, none."""
        self._run(b"SETACTIVE", _name(name))

    def delete(self, name: str) -> None:
        """Delete a script; the active one is refused by the server."""
        self._run(b"DELETESCRIPT", _name(name))

    def close(self) -> None:
        """LOGOUT without waiting for the answer."""
        self._wire.transport.seconds = _FAREWELL
        with suppress(ActermError):
            self._wire.send(b"LOGOUT")
        self._wire.transport.close()

    def _run(self, command: bytes, *strings: bytes) -> Answer:
        self._wire.send(command, *strings)
        return self._wire.answer(_refused)

    def _learn(self, answer: Answer) -> None:
        """The capabilities (§1.7): all that was told before is forgotten."""
        self._offered = {
            line[0].decode("latin-1").upper(): self._value(line[1:])
            for line in answer.lines
            if line and isinstance(line[0], bytes)
        }

    def _value(self, rest: tuple[bytes | str, ...]) -> str:
        return rest[0].decode("latin-1") if rest and isinstance(rest[0], bytes) else ""

    def _challenged(self) -> None:
        """The server's string that asks for the next response; its NO ends the attempt."""
        line = self._wire.line()
        if line and line[0] in ("NO", "BYE"):
            words = line[-1] if isinstance(line[-1], bytes) else b""
            raise _sign_in("NO", "", words.decode("utf-8", "replace"))
        if len(line) != 1 or not isinstance(line[0], bytes):
            raise self._wire.nonsense()

    def _text(self, name: bytes) -> str:
        try:
            return name.decode()
        except UnicodeDecodeError:
            raise self._wire.nonsense() from None


def mailbox_name(path: str) -> str:
    """A folder's name in a script, from its path in IMAP (modified UTF-7); empty for none."""
    from imapclient import imap_utf7

    try:
        return str(imap_utf7.decode(path.encode("latin-1")))
    except (ValueError, UnicodeError):
        return ""


def _name(name: str) -> bytes:
    """A script's name as an argument (§1.6): nothing in it may end a line."""
    return guarded(name.encode())


def _farewell(_status: str, code: str, words: str) -> ActermError:
    return failures.farewell(code, words)


def _sign_in(_status: str, code: str, words: str) -> ActermError:
    """A BYE counts as an answer, and a REFERRAL in it is followed by nobody (§1.3)."""
    return failures.sign_in("UNAVAILABLE" if code == "TRYLATER" else code, words)


def _refused(status: str, code: str, words: str) -> ActermError:
    """What a NO means by its code (§1.3); a script that does not compile has the words alone."""
    said = clean(words, line=True)[:300]
    if status == "BYE":
        return failures.farewell(code, words)
    if code == "TRYLATER":
        return failures.answered("NO", "UNAVAILABLE", words)
    if code.startswith("QUOTA"):
        full = _("There is no room for more rules on the server: {words}")
        return Refused(full.format(words=said))
    if code == "NONEXISTENT":
        return Refused(_("These rules are no longer on the server: {words}").format(words=said))
    return failures.answered("NO", "", said)
