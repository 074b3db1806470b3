"""Which of several likely servers answers: asked all at once, the first of the list wins."""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from acterm.errors import ActermError
from acterm.net import failures, tls
from acterm.server import Security, Server

_MAX_LINES = 100
_Probe = Callable[[StreamReader, StreamWriter, Server], Awaitable[None]]


async def find(
    imap: Sequence[Server],
    smtp: Sequence[Server],
    *,
    ca_file: Path | None = None,
    deadline: float = 5.0,
) -> tuple[Server | None, Server | None]:
    """The first of each list that greets behind a valid certificate, None when none does.

    Nothing about any account is sent. Each probe has `deadline` seconds.
    """
    context = tls.context(ca_file)
    found_imap, found_smtp = await asyncio.gather(
        _first(imap, _speaks_imap, context, deadline),
        _first(smtp, _speaks_smtp, context, deadline),
    )
    return found_imap, found_smtp


async def _first(
    servers: Sequence[Server], speaks: _Probe, context: ssl.SSLContext, deadline: float
) -> Server | None:
    probes = [
        asyncio.create_task(_answers(server, speaks, context, deadline)) for server in servers
    ]
    try:
        for server, probe in zip(servers, probes, strict=True):
            if await probe:
                return server
    finally:
        for probe in probes:
            probe.cancel()
        await asyncio.gather(*probes, return_exceptions=True)
    return None


async def _answers(
    server: Server, speaks: _Probe, context: ssl.SSLContext, deadline: float
) -> bool:
    with suppress(ActermError), failures.translated(server):
        await asyncio.wait_for(_probe(server, speaks, context), deadline)
        return True
    return False


async def _probe(server: Server, speaks: _Probe, context: ssl.SSLContext) -> None:
    if server.security is Security.PLAIN:
        tls.needed(server, None)
    first = context if server.security is Security.TLS else None
    reader, writer = await asyncio.open_connection(server.host, server.port, ssl=first)
    try:
        await speaks(reader, writer, server)
        if server.security is Security.STARTTLS:
            await writer.start_tls(context, server_hostname=server.host)
    finally:
        writer.transport.abort()


async def _speaks_imap(reader: StreamReader, writer: StreamWriter, server: Server) -> None:
    await _hear(reader, server, b"* OK")
    if server.security is Security.STARTTLS:
        writer.write(b"a STARTTLS\r\n")
        await _hear(reader, server, b"a OK")


async def _speaks_smtp(reader: StreamReader, writer: StreamWriter, server: Server) -> None:
    await _hear(reader, server, b"220 ")
    if server.security is Security.STARTTLS:
        writer.write(b"EHLO [127.0.0.1]\r\n")
        await _hear(reader, server, b"250 ")
        writer.write(b"STARTTLS\r\n")
        await _hear(reader, server, b"220 ")


async def _hear(reader: StreamReader, server: Server, wanted: bytes) -> None:
    """Read until the line that answers, over the lines that a longer answer has before it."""
    for _line in range(_MAX_LINES):
        try:
            line = await reader.readline()
        except ValueError:
            # What asyncio says of a line longer than its buffer.
            break
        if line.startswith(wanted):
            return
        if not line.startswith((wanted[:3] + b"-", b"* ")):
            break
    raise failures.unreadable_answer(str(server))
