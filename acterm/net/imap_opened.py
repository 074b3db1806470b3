"""What the server says when a folder is opened (RFC 9051 §6.3.2, RFC 7162)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from acterm.mail.message import Flag
from acterm.net.imap_answer import Answer
from acterm.net.imap_fetch import flags_in
from acterm.net.imap_parse import digits, ranges


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder as it is on the server now.

    With `resynced`, `vanished` (ranges of UIDs, both ends included) and `changed` are all that
    happened since the known state (RFC 7162 QRESYNC); without it they are empty and say nothing.
    """

    uidvalidity: int
    uidnext: int
    messages: int
    highest_modseq: int
    vanished: Sequence[tuple[int, int]] = ()
    changed: dict[int, Flag] = field(default_factory=dict)
    resynced: bool = False


def opened_by(answer: Answer) -> Opened:
    """What SELECT told, without what had changed."""
    exists = answer.named(b"EXISTS")
    return Opened(
        uidvalidity=digits(answer.told("UIDVALIDITY")),
        uidnext=digits(answer.told("UIDNEXT")),
        messages=exists[-1].number if exists else 0,
        highest_modseq=digits(answer.told("HIGHESTMODSEQ")),
    )


def resynced_by(opened: Opened, answer: Answer) -> Opened:
    """The same with all that changed since the state that SELECT (QRESYNC) was given."""
    vanished: list[tuple[int, int]] = []
    for line in answer.named(b"VANISHED"):
        vanished += ranges(line.rest.rpartition(b" ")[2])
    changed: dict[int, Flag] = {}
    for line in answer.named(b"FETCH"):
        changed |= flags_in(line)
    return replace(opened, vanished=vanished, changed=changed, resynced=True)
