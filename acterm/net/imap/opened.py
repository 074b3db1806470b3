"""What the server says when a folder is opened (RFC 9051 §6.3.2, RFC 7162)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from acterm.mail.folder import SyncState
from acterm.mail.message import Flag
from acterm.net.imap.answer import Answer
from acterm.net.imap.fetch import read_flags
from acterm.net.imap.link import Link
from acterm.net.imap.parse import digits, ranges


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


def open_folder(link: Link, path: bytes, since: SyncState | None) -> tuple[Opened, str]:
    """SELECT, with what changed `since` (QRESYNC); also the flags that the folder can keep."""
    tag = link.send(b"SELECT", path, *_parameters(link, since))
    changed, others = read_flags(link, tag)
    answer = Answer(others)
    answer.code, answer.words = link.finish(tag)
    exists = answer.named(b"EXISTS")
    opened = Opened(
        uidvalidity=digits(answer.told("UIDVALIDITY")),
        uidnext=digits(answer.told("UIDNEXT")),
        messages=exists[-1].number if exists else 0,
        highest_modseq=digits(answer.told("HIGHESTMODSEQ")),
    )
    if since and since.uidvalidity == opened.uidvalidity and opened.highest_modseq:
        vanished: list[tuple[int, int]] = []
        for line in answer.named(b"VANISHED"):
            vanished += ranges(line.rest.rpartition(b" ")[2])
        opened = replace(opened, vanished=vanished, changed=changed, resynced=True)
    return opened, answer.told("PERMANENTFLAGS") or "\\*"


def _parameters(link: Link, since: SyncState | None) -> list[bytes]:
    if since:
        return [b"(QRESYNC (%d %d))" % (since.uidvalidity, since.highest_modseq)]
    return [b"(CONDSTORE)"] if "CONDSTORE" in link.capabilities else []
