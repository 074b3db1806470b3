"""What all the invitations of a mailbox say together: which version counts, and what collides."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from acterm.mail.special.invitation import EVENTS, Invitation, Method
from acterm.mail.special.recurrence import starts

_LONGEST = timedelta(days=60)
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def appointments(known: Iterable[Invitation]) -> tuple[Invitation, ...]:
    """The latest version of each event, cancelled ones left out.

    Of a series, the times that were moved or cancelled alone are among its `excluded`.
    """
    latest: dict[tuple[str, str], Invitation] = {}
    for one in sorted((one for one in known if one.method in EVENTS), key=_age):
        latest[_key(one)] = one
    moved = defaultdict(list)
    for one in latest.values():
        if one.replaces is not None:
            moved[one.uid].append(one.replaces)
    gone = {one.uid for one in latest.values() if one.cancelled and not one.recurrence_id}
    return tuple(
        replace(one, excluded=(*one.excluded, *moved[one.uid])) if one.rule else one
        for one in latest.values()
        if not one.cancelled and one.uid not in gone
    )


def newer(event: Invitation, known: Iterable[Invitation]) -> Invitation | None:
    """The latest version of an event, None when it is that itself."""
    same = [one for one in known if _is_version(one, event) or _is_end(one, event)]
    last = max(same, key=_age, default=event)
    return last if _age(last) > _age(event) else None


def older(event: Invitation, known: Iterable[Invitation]) -> Invitation | None:
    """The version before, None when none is known."""
    same = (one for one in known if _is_version(one, event) and _age(one) < _age(event))
    return max(same, key=_age, default=None)


def conflicts(invitation: Invitation, others: Iterable[Invitation]) -> tuple[Invitation, ...]:
    """The appointments that take place at the same time, without the event itself.

    Whole days collide with nothing: they are holidays and deadlines more often than appointments.
    """
    if invitation.start is None or invitation.all_day or invitation.cancelled:
        return ()
    start, end = invitation.start, invitation.end or invitation.start
    return tuple(
        other for other in others if other.uid != invitation.uid and _meets(other, start, end)
    )


def _age(one: Invitation) -> tuple[int, bool, datetime]:
    """What orders the versions of an event (RFC 5546 §2.1.5)."""
    return one.sequence, one.cancelled, one.stamp or _LONG_AGO


def _key(one: Invitation) -> tuple[str, str]:
    """Which event it is; a date that is added to a series is one beside it."""
    return one.uid, one.when() if one.method is Method.ADD else one.recurrence_id


def _is_version(one: Invitation, event: Invitation) -> bool:
    return _key(one) == _key(event) and one.method in EVENTS


def _is_end(one: Invitation, event: Invitation) -> bool:
    """Whether it cancels the series that an event belongs to."""
    return one.cancelled and one.uid == event.uid and not one.recurrence_id


def _meets(other: Invitation, start: datetime, end: datetime) -> bool:
    if other.start is None or other.all_day:
        return False
    length = min(max((other.end or other.start) - other.start, timedelta(0)), _LONGEST)
    begins = starts(other.rule, other.start, start - length, max(end, start), other.excluded)
    return any(
        one < max(end, start + timedelta(seconds=1)) and one + length > start for one in begins
    )
