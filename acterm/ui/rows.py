"""One mail as one line of a list: marks, sender, subject, date, in columns that line up."""

import datetime
from dataclasses import dataclass

from acterm.i18n import _
from acterm.mail.message import Envelope, Flag, Level
from acterm.ui.cells import fit, fit_right
from acterm.ui.format import DATE_WIDTH, short_date
from acterm.ui.glyphs import marks

SUBJECT_LEAST = 24
_ROOMY = 64
_SENDER_LEAST = 6
_SENDER_MOST = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a line of some width; `roomy` has air between the marks."""

    roomy: bool
    sender: int
    subject: int


def columns(width: int) -> Columns:
    """The columns of a line: the subject gets at least SUBJECT_LEAST cells, then the sender."""
    roomy = width >= _ROOMY
    room = width - DATE_WIDTH - (13 if roomy else 9)
    wanted = min(_SENDER_MOST, room * 36 // 100) if roomy else room - SUBJECT_LEAST
    sender = max(_SENDER_LEAST, min(wanted, _SENDER_MOST))
    return Columns(roomy, sender, max(0, room - sender))


def row(
    mail: Envelope, layout: Columns, today: datetime.date, *, outgoing: bool, bar: str
) -> list[tuple[str, str]]:
    """Runs of text with the component class of each, empty for the line's own style.

    In a narrow line, what was answered is told before the sender, unless there is more to tell.
    `outgoing` lists show whom the mail is to. `bar` is the cursor's mark or a space.
    """
    strong = "line--strong" if mail.unread else ""
    unread = marks.unread if mail.unread else " "
    mark, style = _standing(mail)
    answer = _answer(mail)
    if not layout.roomy and not mark:
        mark = answer.strip()
    air = " " if layout.roomy else ""
    who = (mail.to if outgoing else mail.sender.label) or _("(nobody)")
    words = fit(who, layout.sender) + air + " "
    words += fit(mail.subject or _("(no subject)"), layout.subject) + " "
    words += f"{_attachment(mail)}{answer if layout.roomy else ''} "
    date = fit_right(short_date(mail.date, today), DATE_WIDTH) + " "
    if not mark:
        return [(f"{bar}{unread}{air}  {air}{words}", strong), (date, "line--dim")]
    return [
        (f"{bar}{unread}{air}", strong),
        (mark, style),
        (f" {air}{words}", strong),
        (date, "line--dim"),
    ]


def _standing(mail: Envelope) -> tuple[str, str]:
    """The mark between unread and sender: a warning before a star."""
    if mail.alarm:
        return marks.alarm, "line--suspect" if mail.alarm is Level.SUSPECT else "line--star"
    return (marks.star, "line--star") if mail.flags & Flag.FLAGGED else ("", "")


def _attachment(mail: Envelope) -> str:
    return marks.attachment if mail.attachments else " "


def _answer(mail: Envelope) -> str:
    if mail.flags & Flag.ANSWERED:
        return marks.answered
    return marks.forwarded if mail.flags & Flag.FORWARDED else " "
