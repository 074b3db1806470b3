"""The way a mail took, server by server, and how long each kept it (RFC 5321 §4.4)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.days import duration_words
from acterm.mail.message import Message
from acterm.mail.parsing import dates

_MOST = 50
_MAX_FIELD = 8192
_WORTH_TELLING = 60
_PART = re.compile(
    r"\b(from|by|with|via)\s+(\[?[\w.:-]{1,255}\]?)(?:\s*\(([^()]{0,400})\))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One server that passed the mail on. `sender` is who gave it to `server`.

    `moment` is in the zone here. `delay` is in seconds since the server before it, 0 for the
    first, -1 when a clock is missing or wrong.
    """

    sender: str
    server: str
    protocol: str
    moment: datetime | None
    delay: int = -1

    @property
    def encrypted(self) -> bool:
        """Whether the mail came over TLS (RFC 3848: ESMTPS, ESMTPSA, LMTPS)."""
        return re.search(r"(?:smtp|lmtp)s", self.protocol, re.IGNORECASE) is not None

    def words(self) -> str:
        """« 24/11 09:15:02 · mx.example → imap.example, 36 h », the delay where it is long."""
        when = f"{self.moment:%d/%m %H:%M:%S}" if self.moment else _("no time")
        way = f"{self.sender} → {self.server}" if self.sender else self.server
        if self.delay < _WORTH_TELLING:
            return f"{when} · {way}"
        words = _("{when} · {way}, after {delay}")
        return words.format(when=when, way=way, delay=duration_words(self.delay))


def hops(message: Message) -> tuple[Hop, ...]:
    """From the Received fields, the first server first; a sender can forge all but the last."""
    fields = [value for name, value in message.headers if name.lower() == "received"]
    found: list[Hop] = []
    before = 0
    for value in reversed(fields[:_MOST]):
        hop, seconds = _hop(value[:_MAX_FIELD], before)
        found.append(hop)
        before = seconds or before
    return tuple(found)


def slowest(way: tuple[Hop, ...]) -> str:
    """« 36 h chez mx.example », where the mail waited longest; empty when nowhere long."""
    hop = max(way, key=lambda one: one.delay, default=None)
    if hop is None or hop.delay < _WORTH_TELLING:
        return ""
    where = way[max(way.index(hop) - 1, 0)].server or hop.sender
    return _("{delay} at {server}").format(delay=duration_words(hop.delay), server=where)


def _hop(value: str, before: int) -> tuple[Hop, int]:
    """A hop from its field, and its moment in seconds."""
    way, _semicolon, date = value.rpartition(";")
    seconds = dates.timestamp(date)
    named: dict[str, str] = {}
    for kind, name, _remark in _PART.findall(way or value):
        named.setdefault(kind.lower(), clean_name(name))
    first = 0 if seconds else -1
    since = seconds - before if seconds >= before else -1
    hop = Hop(
        sender=named.get("from", ""),
        server=named.get("by", ""),
        protocol=named.get("with", ""),
        moment=_local(seconds),
        delay=since if before else first,
    )
    return hop, seconds


def _local(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone() if seconds else None
    except (OverflowError, ValueError, OSError):
        return None
