"""What is worth telling about a mail, each sign with its reason in one sentence.

Never « sûr »: nothing, a plain note, « À vérifier » or « Très suspect ». Decided offline, from the
mail alone and from what is passed in.
"""

from collections.abc import Iterable, Iterator

from acterm.mail.message import Header, Level, Message, Rendered, Sign
from acterm.mail.signs import (
    authentication,
    brand_signs,
    evasion_signs,
    file_signs,
    link_signs,
    mark_signs,
    money_signs,
    pressure_signs,
    secret_signs,
    sender_signs,
    stranger_signs,
)
from acterm.mail.signs.evidence import Evidence, sender_of
from acterm.mail.signs.sender_signs import KnownAddresses

_ORDER = (Level.SUSPECT, Level.VERIFY, Level.NOTE)


def signs(
    message: Message,
    rendered: Rendered,
    *,
    known_addresses: KnownAddresses | None = None,
    border: str = "",
    fill: int = -1,
) -> tuple[Sign, ...]:
    """Every sign, the loudest first, each code once.

    `known_addresses` gives the addresses a display name is known under; `border` is the
    authserv-id of one's own server, the only one whose Authentication-Results count; `fill` is
    how full the mailbox really is, in percent, -1 when that is not known.
    """
    evidence = Evidence(message, rendered, border, _acquainted(message, known_addresses))
    found = _once(_large(evidence, known_addresses, fill))
    # What a sign of its own tells as loud already, the small ones need not repeat.
    small = _once([*stranger_signs.nameless(evidence), *mark_signs.marks(evidence)])
    return found if found and small and not _louder(small[0], found[0]) else _once([*found, *small])


def _large(evidence: Evidence, known_addresses: KnownAddresses | None, fill: int) -> Iterator[Sign]:
    """Every sign that is one by itself."""
    yield from file_signs.of_parsing(evidence)
    yield from evidence.rendered.signs
    yield from sender_signs.signs(evidence, known_addresses)
    yield from link_signs.signs(evidence)
    yield from secret_signs.signs(evidence)
    yield from pressure_signs.signs(evidence, fill)
    yield from money_signs.signs(evidence)
    yield from brand_signs.signs(evidence)
    yield from stranger_signs.signs(evidence)
    yield from stranger_signs.bait(evidence)
    yield from evasion_signs.signs(evidence)
    yield from mark_signs.programs(evidence)
    yield from file_signs.signs(evidence)
    yield from authentication.signs(evidence.message, evidence.border)


def header_signs(
    header: Header, *, known_addresses: KnownAddresses | None = None
) -> tuple[Sign, ...]:
    """The signs that a line of the list already tells, from sender and subject alone."""
    found = sender_signs.named_by(header.sender, known_addresses)
    return _once(found + sender_signs.alphabets_of_subject(header.subject))


def header_level(header: Header, *, known_addresses: KnownAddresses | None = None) -> Level | None:
    """How loud the loudest sign of a line of the list is; None when there is nothing to tell.

    The text, once read, may add to it and takes nothing away.
    """
    found = header_signs(header, known_addresses=known_addresses)
    return found[0].level if found else None


def loudest(found: Iterable[Sign]) -> Level | None:
    """The level to keep beside a mail that was read."""
    return min((sign.level for sign in found), key=_ORDER.index, default=None)


def _acquainted(message: Message, known_addresses: KnownAddresses | None) -> bool:
    """Whether one has written to this address under this name."""
    sender = sender_of(message)
    known = known_addresses(sender.name) if known_addresses and sender.name else ()
    return sender.address.lower() in (one.lower() for one in known)


def _louder(one: Sign, other: Sign) -> bool:
    return _ORDER.index(one.level) < _ORDER.index(other.level)


def _once(found: Iterable[Sign]) -> tuple[Sign, ...]:
    once: dict[str, Sign] = {}
    for sign in sorted(found, key=lambda one: _ORDER.index(one.level)):
        once.setdefault(sign.code, sign)
    return tuple(once.values())
