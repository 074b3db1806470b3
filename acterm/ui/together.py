"""A conversation as lines: one a folded mail, the whole of each mail that is unfolded."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from acterm.i18n import _, ngettext
from acterm.mail.cells import cells, cut
from acterm.mail.message import Envelope, Flag, Line
from acterm.mail.text.marks import layout
from acterm.mail.text.page import Block, PageLine
from acterm.store.bodies import Body
from acterm.ui.cards import Keys, Notes
from acterm.ui.cells import fit, fit_right
from acterm.ui.format import DATE_WIDTH, short_date
from acterm.ui.glyphs import marks
from acterm.ui.reading import Opened
from acterm.ui.sheet import Look, Sheet, coming, sheet, source_sheet

_SENDER, _SENDER_NARROW, _ROOMY = 20, 13, 64


@dataclass(slots=True)
class Entry:
    """One mail of the conversation and how it stands on the page.

    `place` names its folder when that is not the one the conversation was opened in. `words` are
    what it begins with, None while nobody has looked. `source` is there while it is shown.
    """

    mail: Envelope
    place: str = ""
    open: bool = False
    opened: Opened | None = None
    look: Look = field(default_factory=Look)
    failed: str = ""
    words: str | None = None
    verified: str = ""
    source: Body | None = None
    top: int = 0


@dataclass(slots=True)
class Arranged:
    """The lines, the number of the mail each head line is of, and the keys beside some lines."""

    lines: list[PageLine] = field(default_factory=list)
    heads: dict[int, int] = field(default_factory=dict)
    hints: dict[int, str] = field(default_factory=dict)


def arranged(
    entries: Sequence[Entry], width: int, keys: Keys, notes: Notes, *, subject: str, hint: str
) -> Arranged:
    """The whole page; each entry learns the line it begins on. `hint` leads to one mail alone."""
    made = Arranged()
    if not entries:
        words = _("These mails are no longer here: they were deleted or filed from elsewhere.")
        made.lines += (
            PageLine(Block.NOTE, Line(f" {line.text}")) for line in layout([words], width - 2)
        )
        return made
    title = cut(subject or _("(no subject)"), width - 2)
    made.lines.append(PageLine(Block.SUBJECT, Line(f" {title}")))
    words = ngettext(
        "{count} mail in the conversation", "{count} mails in the conversation", len(entries)
    )
    made.hints[len(made.lines)] = hint
    made.lines.append(PageLine(Block.HEADER, Line(f" {words.format(count=len(entries))}")))
    for number, entry in enumerate(entries):
        entry.top = len(made.lines)
        made.heads[entry.top] = number
        made.lines.append(PageLine(Block.HEADER, Line("")))
        if entry.open:
            _add(made, _inside(entry, width, keys, notes))
    return made


def _add(made: Arranged, inside: Sheet) -> None:
    first = len(made.lines)
    made.hints.update({first + at: hint for at, hint in inside.hints.items()})
    made.lines += inside.lines
    made.lines.append(PageLine(Block.BLANK, Line("")))


def _inside(entry: Entry, width: int, keys: Keys, notes: Notes) -> Sheet:
    """What stands below the head of an unfolded mail; its subject is the conversation's."""
    if entry.failed:
        return Sheet([PageLine(Block.VERIFY, Line(f" {entry.failed}"))])
    if entry.opened is None:
        return Sheet([PageLine(Block.NOTE, Line(f" {coming()}"))])
    if entry.look.source:
        return source_sheet(entry.source, width, keys)
    whole = sheet(entry.opened, entry.look, keys, notes=notes, verified=entry.verified)
    skipped = sum(1 for line in whole.lines if line.block is Block.SUBJECT)
    hints = {at - skipped: hint for at, hint in whole.hints.items()}
    return Sheet(whole.lines[skipped:], hints)


def head_parts(
    entry: Entry, subject: str, width: int, today: datetime.date, *, meant: bool
) -> tuple[str, str, str]:
    """A mail in one line, in three runs: who, what it begins with, when. Together `width` cells.

    `subject` is that of the conversation.
    """
    mail = entry.mail
    bar = marks.cursor if meant else " "
    mark = marks.unread if mail.unread else marks.star if mail.flags & Flag.FLAGGED else " "
    name = fit(mail.sender.label or _("(nobody)"), _SENDER if width >= _ROOMY else _SENDER_NARROW)
    who = f"{bar}{mark} {name} "
    attached = marks.attachment if mail.attachments else " "
    when = f" {attached} {fit_right(short_date(mail.date, today), DATE_WIDTH)} "
    place = f" {entry.place}" if entry.place else ""
    room = width - cells(who) - cells(when) - cells(place)
    words = "" if entry.open else entry.words or _unread_words(mail, subject)
    return who, fit(words, room), f"{place}{when}"


def _unread_words(mail: Envelope, subject: str) -> str:
    """What stands for a text that is not here: its own subject, else to whom it went."""
    one, other = mail.subject.casefold(), subject.casefold()
    if one.endswith(other) or other.endswith(one):
        return _("to {people}").format(people=mail.to) if mail.to else ""
    return mail.subject
