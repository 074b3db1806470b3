"""Answering an invitation by mail (RFC 5546 §3.2.3, RFC 6047)."""

from datetime import UTC, datetime
from typing import Any

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.message import Message
from acterm.mail.parsing.header import addresses, format_address
from acterm.mail.special.invitation import Answer, Invitation
from acterm.mail.special.invitation_reading import BROKEN, parsed, person_of

PRODUCT = "-//acterm//acterm//FR"
_MOMENTS = ("DTSTART", "DTEND", "RECURRENCE-ID")
_COPIED = (*_MOMENTS, "DURATION", "SUMMARY", "LOCATION")


def answer(
    invitation: Invitation,
    given: Answer,
    *,
    calendar: bytes,
    message: Message,
    account: Account,
    message_id: str,
    now: datetime,
    comment: str = "",
) -> bytes:
    """The answer as the bytes that are sent to the organiser.

    `calendar` holds the decoded bytes of the part the invitation was read from. Raises BadData
    when it cannot be answered.
    """
    if not invitation.answerable:
        raise BadData(_("Nobody can be answered: the invitation names no organiser."))
    from email.errors import MessageError
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    try:
        mail["From"] = format_address(Address(account.name, account.address))
        mail["To"] = format_address(_organizer(invitation, calendar))
        mail["Subject"] = subject(invitation, given)
        mail["Date"] = now
        mail["Message-ID"] = f"<{message_id}>"
        if message.message_id:
            mail["In-Reply-To"] = mail["References"] = f"<{message.message_id}>"
        mail.set_content(_text(invitation, given, comment), charset="utf-8")
        reply = reply_calendar(invitation, given, calendar, account, now, comment)
        mail.add_alternative(reply, "calendar", charset="utf-8", params={"method": "REPLY"})
    except (MessageError, *BROKEN) as error:
        raise BadData(_("The answer cannot be built: {reason}").format(reason=error)) from error
    return mail.as_bytes()


def subject(invitation: Invitation, given: Answer) -> str:
    """The subject by which the organiser sees the answer in the list."""
    words = {
        Answer.ACCEPTED: _("Accepted: {title}"),
        Answer.TENTATIVE: _("Tentative: {title}"),
        Answer.DECLINED: _("Declined: {title}"),
    }.get(given, _("Answer: {title}"))
    return words.format(title=invitation.summary or _("(no title)"))


def reply_calendar(
    invitation: Invitation,
    given: Answer,
    calendar: bytes,
    account: Account,
    now: datetime,
    comment: str = "",
) -> str:
    """The calendar of the answer: the same UID and SEQUENCE, oneself as the only attendee."""
    from icalendar import Event, vCalAddress

    event = Event()
    original = _component(parsed(calendar), invitation)
    for name in _COPIED if original is not None else ():
        if original.get(name) is not None:
            event[name] = original[name]
    event.add("UID", invitation.uid)
    event.add("SEQUENCE", invitation.sequence)
    event.add("DTSTAMP", now.astimezone(UTC))
    event["ORGANIZER"] = vCalAddress(f"mailto:{_organizer(invitation, calendar).address}")
    own = vCalAddress(_own(invitation, account, original))
    own.params["PARTSTAT"] = given.value.upper()
    if account.name:
        own.params["CN"] = account.name
    event["ATTENDEE"] = own
    if comment.strip():
        event.add("COMMENT", comment.strip())
    return _reply_of(event, _zones(parsed(calendar), event))


def _reply_of(event: Any, zones: list[Any]) -> str:
    from icalendar import Calendar

    reply = Calendar()
    reply.add("PRODID", PRODUCT)
    reply.add("VERSION", "2.0")
    reply.add("METHOD", "REPLY")
    for component in (*zones, event):
        reply.add_component(component)
    return str(reply.to_ical().decode("utf-8"))


def own_addresses(account: Account) -> tuple[str, ...]:
    """The addresses under which one is invited: one's own, and that of the login."""
    domain = account.address.rpartition("@")[2].lower()
    return account.address, f"{account.login}@{domain}"


def _organizer(invitation: Invitation, calendar: bytes) -> Address:
    """Where the answer goes: the address by which the organiser's calendar knows itself.

    Some give people another one to read (EMAIL), at which no calendar listens.
    """
    original = _component(parsed(calendar), invitation)
    written = str(original.get("ORGANIZER", "")) if original is not None else ""
    person = invitation.organizer
    found = addresses(written[7:]) if written.lower().startswith("mailto:") else ()
    return Address(person.name, found[0].address) if found else person


def _own(invitation: Invitation, account: Account, original: Any) -> str:
    """Oneself as the invitation writes it, else the address of the account."""
    names = own_addresses(account)
    found = next((guest for name in names if (guest := invitation.own(name))), None)
    address = found.person.address.lower() if found else ""
    given = original.get("ATTENDEE", []) if original is not None and address else []
    for one in given if isinstance(given, list) else [given]:
        if person_of(one).address.lower() == address:
            return str(one)
    return f"mailto:{address or account.address}"


def _component(calendar: Any, invitation: Invitation) -> Any:
    for event in calendar.walk("VEVENT") if calendar is not None else ():
        repeated = event.get("RECURRENCE-ID")
        written = repeated.to_ical().decode("utf-8", "replace") if repeated else ""
        if str(event.get("UID", "")) == invitation.uid and written == invitation.recurrence_id:
            return event
    return None


def _zones(calendar: Any, event: Any) -> list[Any]:
    """The time zones that the copied moments name."""
    named = {
        str(event[name].params.get("TZID", "")) for name in _MOMENTS if event.get(name) is not None
    }
    zones = calendar.walk("VTIMEZONE") if calendar is not None else []
    return [zone for zone in zones if str(zone.get("TZID", "")) in named]


def _text(invitation: Invitation, given: Answer, comment: str) -> str:
    words = {
        Answer.ACCEPTED: _("I will come: {title}, {when}."),
        Answer.TENTATIVE: _("I may come: {title}, {when}."),
        Answer.DECLINED: _("I will not come: {title}, {when}."),
    }.get(given, "{title}, {when}")
    line = words.format(title=invitation.summary or _("(no title)"), when=invitation.when())
    return f"{line}\n\n{comment.strip()}".strip() + "\n"
