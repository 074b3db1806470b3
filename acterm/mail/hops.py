"""The way a mail took, server by server, and how long each kept it (RFC 5321 §4.4)."""

from dataclasses import dataclass
from datetime import datetime

from acterm.mail.message import Message


@dataclass(frozen=True, slots=True)
class Hop:
    """One server that passed the mail on. `delay` is in seconds since the server before it,
    0 for the first, -1 when a clock is missing or wrong.
    """

    sender: str
    server: str
    protocol: str
    moment: datetime | None
    delay: int = -1

    def words(self) -> str:
        """One line: the time here, the server, « 36 h » of delay where it is worth telling."""
        return self.server


def hops(message: Message) -> tuple[Hop, ...]:
    """From the Received fields, the first server first; a sender can forge all but the last."""
    return ()
