"""Sending over SMTP: each message at most once, and no doubt left unsaid (RFC 5321)."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from acterm.errors import ActermError, BadData, Refused
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.net import failures, tls
from acterm.net.lines import crlf
from acterm.secret import Secret
from acterm.server import Security, Server

if TYPE_CHECKING:
    from aiosmtplib import SMTP

# Said in EHLO instead of this machine's name, which is nobody's business (RFC 5321 §4.1.3).
_OWN_NAME = "[127.0.0.1]"
_FAREWELL = 1.0
# A server may check a whole message before it answers (RFC 5321 §4.5.3.2.6: ten minutes).
_VERDICT = 10
_PIECE = 1 << 16
_ADDRESS = re.compile(
    r'(?:[^\s"<>(),:;@\[\]\\\x00-\x1f\x7f]+|"(?:[^"\\\x00-\x1f\x7f]|\\[^\x00-\x1f\x7f])*")'
    r"@[^\s\"<>(),;@\\\x00-\x1f\x7f]+"
)


@dataclass(frozen=True, slots=True)
class SendResult:
    """The server has the message. `refused` are recipients it did not take, with its words."""

    refused: dict[str, str] = field(default_factory=dict)


async def send(
    server: Server,
    login: str,
    secret: Secret | None,
    sender: str,
    recipients: Sequence[str],
    source: bytes,
    *,
    ca_file: Path | None = None,
    deadline: float = 30.0,
) -> SendResult:
    """Hand one message over. Each step has `deadline` seconds.

    Raises Unreachable (nothing was sent), Refused (nothing will be), SignInRefused,
    CertificateRefused, BadData for an address that is none, and Unsure when the link is lost
    between the message's end and the server's answer.
    """
    if not recipients:
        raise BadData(_("The mail has no recipient."))
    message = _wire_form(source)
    envelope = [_checked(address) for address in (sender, *recipients)]
    async with _signed_in(server, login, secret, ca_file, deadline) as client:
        options = _options(client, envelope, message)
        with failures.translated(server):
            await _accepted(client, b"MAIL", _path(b"FROM:", envelope[0]), *options)
            refused = await _name_recipients(client, recipients, envelope[1:])
            await _accepted(client, b"DATA", expected=(354,))
        await _hand_over(client, server, message, deadline)
    return SendResult(refused)


async def check(
    server: Server,
    login: str,
    secret: Secret | None,
    ca_file: Path | None = None,
    *,
    deadline: float = 15.0,
) -> None:
    """Connect, sign in once where the server offers it, and take leave."""
    async with _signed_in(server, login, secret, ca_file, deadline):
        pass


@asynccontextmanager
async def _signed_in(
    server: Server, login: str, secret: Secret | None, ca_file: Path | None, deadline: float
) -> AsyncIterator["SMTP"]:
    from aiosmtplib import SMTP

    context = tls.needed(server, ca_file)
    client = SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.security is Security.TLS,
        start_tls=False,
        tls_context=context,
        local_hostname=_OWN_NAME,
        timeout=deadline,
    )
    try:
        with failures.translated(server):
            await client.connect()
            await client.ehlo()
            if server.security is Security.STARTTLS:
                await _start_tls(client, server)
            if secret is not None and client.supports_extension("auth"):
                await _sign_in(client, login, secret)
        yield client
        with suppress(ActermError), failures.translated(server):
            await client.quit(timeout=_FAREWELL)
    finally:
        client.close()


async def _start_tls(client: "SMTP", server: Server) -> None:
    """Never without: a server, or someone on the way, that does not offer it is refused."""
    if not client.supports_extension("starttls"):
        raise failures.no_starttls(str(server))
    await client.starttls()
    await client.ehlo()


async def _sign_in(client: "SMTP", login: str, secret: Secret) -> None:
    """One attempt with one mechanism: aiosmtplib's own login tries them all."""
    from aiosmtplib.auth import auth_login_encode, auth_plain_encode

    offered = client.server_auth_methods
    if "plain" in offered:
        reply = await client.execute_command(
            b"AUTH", b"PLAIN", auth_plain_encode(login, secret.reveal())
        )
    elif "login" in offered:
        name, password = auth_login_encode(login, secret.reveal())
        reply = await client.execute_command(b"AUTH", b"LOGIN", name)
        if reply.code == 334:
            reply = await client.execute_command(password)
    else:
        raise failures.no_mechanism()
    if reply.code != 235:
        raise failures.smtp_sign_in(reply.code, reply.message)


def _wire_form(source: bytes) -> bytes:
    """Lines end in CR LF, dots at their beginning are doubled (RFC 5321 §4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", crlf(source))


def _checked(address: str) -> str:
    """The address as the envelope may carry it, its domain in ASCII."""
    if not _ADDRESS.fullmatch(address):
        shown = clean(address, line=True)
        raise BadData(_("“{address}” is not a mail address.").format(address=shown))
    local, _at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _path(keyword: bytes, address: str) -> bytes:
    return keyword + b"<" + address.encode() + b">"


def _options(client: "SMTP", envelope: list[str], message: bytes) -> list[bytes]:
    """SIZE, BODY and SMTPUTF8 as far as they are offered; too large a message is not uploaded."""
    options = []
    if client.supports_extension("size"):
        limit = client.esmtp_extensions["size"]
        if limit.isdigit() and 0 < int(limit) < len(message):
            raise Refused(
                _("The mail is too large: {size} MB, and the server takes {limit} MB.").format(
                    size=_megabytes(len(message)), limit=_megabytes(int(limit))
                ),
                _("Send fewer or smaller attachments."),
            )
        options.append(b"SIZE=%d" % len(message))
    header = message.partition(b"\r\n\r\n")[0]
    # Without 8BITMIME the bytes go as they are: every server in use carries them.
    if not message.isascii() and client.supports_extension("8bitmime"):
        options.append(b"BODY=8BITMIME")
    foreign = [address for address in envelope if not address.isascii()]
    if client.supports_extension("smtputf8"):
        return [*options, b"SMTPUTF8"] if foreign or not header.isascii() else options
    if foreign:
        raise Refused(
            _("The server cannot write to “{address}”: the address has accents.").format(
                address=clean(foreign[0], line=True)
            )
        )
    return options


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"


async def _accepted(client: "SMTP", *command: bytes, expected: tuple[int, ...] = (250,)) -> None:
    reply = await client.execute_command(*command)
    if reply.code not in expected:
        raise failures.smtp_answered(reply.code, reply.message)


async def _name_recipients(
    client: "SMTP", recipients: Sequence[str], envelope: Sequence[str]
) -> dict[str, str]:
    """Those that the server does not take, with its words; raises when it takes nobody."""
    refused: dict[str, str] = {}
    codes = []
    for recipient, address in zip(recipients, envelope, strict=True):
        reply = await client.execute_command(b"RCPT", _path(b"TO:", address))
        if reply.code not in (250, 251):
            refused[recipient] = clean(f"{reply.code} {reply.message}", line=True)
            codes.append((reply.code, reply.message))
    if len(codes) == len(recipients):
        raise failures.smtp_answered(*max(codes))
    return refused


async def _hand_over(client: "SMTP", server: Server, message: bytes, deadline: float) -> None:
    """Upload, then the final dot: as long as that is missing, the server has nothing."""
    protocol, transport = client.protocol, client.transport
    if protocol is None or transport is None:
        raise failures.link_lost(str(server))
    loop = asyncio.get_running_loop()
    writer = asyncio.StreamWriter(cast("asyncio.WriteTransport", transport), protocol, None, loop)
    with failures.translated(server):
        for start in range(0, len(message), _PIECE):
            protocol.write(message[start : start + _PIECE])
            await asyncio.wait_for(writer.drain(), deadline)
        protocol.write(b".\r\n")
    try:
        with failures.translated(server):
            reply = await protocol.read_response(timeout=deadline * _VERDICT)
    except ActermError as lost:
        raise failures.unsure(str(server)) from lost
    if reply.code != 250:
        raise failures.smtp_answered(reply.code, reply.message)
