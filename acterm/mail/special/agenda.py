"""What all the invitations of a mailbox say together: which version counts, and what collides."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from acterm.mail.special.invitation import EVENTS, Invitation, Method
from acterm.mail.special.recurrence import starts

Span = tuple[datetime, datetime]

_LONGEST = timedelta(days=60)
_AHEAD = timedelta(days=60)
_INSTANT = timedelta(seconds=1)
_MOST_TIMES = 20
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
    """The appointments that take place at the same time, each as the time that collides first.

    Of a series the next weeks are looked at. Whole days collide with nothing: they are holidays
    and deadlines more often than appointments.
    """
    if invitation.start is None or invitation.all_day or invitation.cancelled:
        return ()
    length = _length(invitation)
    last = invitation.start + (_AHEAD if invitation.rule else timedelta(0))
    own = starts(invitation.rule, invitation.start, invitation.start, last, invitation.excluded)
    times = tuple((one, one + max(length, _INSTANT)) for one in islice(own, _MOST_TIMES))
    strangers = (one for one in others if one.uid != invitation.uid)
    return tuple(met for one in strangers if (met := _first_met(one, times)) is not None)


def _first_met(other: Invitation, times: Iterable[Span]) -> Invitation | None:
    """The first time of another appointment that lies in one of these times."""
    if other.start is None or other.all_day:
        return None
    length = min(max(_length(other), timedelta(0)), _LONGEST)
    for start, end in times:
        for begin in starts(other.rule, other.start, start - length, end, other.excluded):
            if begin < end and begin + max(length, _INSTANT) > start:
                return replace(other, start=begin, end=begin + length)
    return None


def _length(event: Invitation) -> timedelta:
    if event.start is None or event.end is None:
        return timedelta(0)
    return event.end - event.start


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
