"""One's own calendar file, and what else takes place at the time of an invitation."""

import os
from collections.abc import Iterator
from pathlib import Path

from acterm.errors import NoInput, reason
from acterm.i18n import _
from acterm.mail.parsing.mime import parse, part
from acterm.mail.special import agenda
from acterm.mail.special.calendar_file import MAX_FILE, merged
from acterm.mail.special.invitation import Answer, Invitation
from acterm.mail.special.invitation_reading import invitations, read
from acterm.store import attachments, bodies, settings
from acterm.store.db import Store
from acterm.ui.glyphs import marks

_MOST_MAILS = 3000
_MOST_NAMED = 3
_CALENDAR = b"text/calendar"


def calendar_path() -> Path:
    """The file: in ACTERM_HOME when it is set, else among one's documents."""
    home = os.environ.get("ACTERM_HOME", "")
    if home:
        return Path(home).expanduser() / "agenda.ics"
    import platformdirs

    return platformdirs.user_documents_path() / "agenda-acterm.ics"


def add(calendar: bytes) -> Path:
    """Put the events into the file, written anew beside it and put in its place. Raises NoInput."""
    path = calendar_path()
    try:
        text = _text(path)
        whole = merged(text, calendar)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(whole, encoding="utf-8", newline="")
        beside.chmod(0o600)
        beside.replace(path)
    except OSError as error:
        words = _("The calendar file {file} cannot be written: {reason}.")
        raise NoInput(words.format(file=path, reason=reason(error))) from error
    return path


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    if path.stat().st_size > MAX_FILE:
        raise NoInput(_("The calendar file {file} is too large.").format(file=path))
    return path.read_text(encoding="utf-8", errors="replace")


def about(store: Store, account_id: int, event: Invitation) -> tuple[str, ...]:
    """What the mailbox and the file know of an event, in sentences; for a thread.

    That it is no longer true, else what it was before, and what collides with it.
    """
    others = tuple(known(store, account_id))
    if (now := agenda.newer(event, others)) is not None:
        return (_no_longer(now),)
    before = agenda.older(event, others)
    there = agenda.appointments(others)
    found = agenda.conflicts(event, (one for one in there if not _is_declined(store, one)))
    words = _("At the same time: {title}, {when}")
    same = (words.format(title=one.title(), when=one.when()) for one in found[:_MOST_NAMED])
    return (*(_differences(before, event) if before else ()), *same)


def _is_declined(store: Store, event: Invitation) -> bool:
    return answered(store, event) is Answer.DECLINED


def _no_longer(now: Invitation) -> str:
    if now.cancelled:
        return _("No longer true: a later mail cancels it.")
    return _("No longer true: a later mail says {when}.").format(when=_time_and_place(now))


def _differences(before: Invitation, event: Invitation) -> tuple[str, ...]:
    """What was otherwise, as far as a person has to know."""
    if event.cancelled or (before.when(), before.place) == (event.when(), event.place):
        return ()
    return (_("Before: {when}").format(when=_time_and_place(before)),)


def _time_and_place(event: Invitation) -> str:
    when = event.when() or _("without a date")
    return f"{when} {marks.dot} {event.place}" if event.place else when


def known(store: Store, account_id: int) -> Iterator[Invitation]:
    """Every appointment one can know of here."""
    db = store.reader()
    path = calendar_path()
    if path.is_file() and path.stat().st_size <= MAX_FILE:
        yield from invitations(path.read_bytes())
    for mail, source, skeleton in attachments.sources_with(db, account_id, _CALENDAR, _MOST_MAILS):

        def bytes_of(section: str, mail: int = mail, source: bytes = source) -> bytes | None:
            return bodies.part(db, mail, section) or part(source, section)

        yield from read(parse(source, skeleton=skeleton), bytes_of)


def answered(store: Store, event: Invitation) -> Answer:
    """What one has answered to this version of an event from here."""
    kept = settings.get(store.reader(), _key(event), "")
    return Answer(kept) if kept in set(Answer) else Answer.NONE


def note_answer(store: Store, event: Invitation, given: Answer) -> None:
    """Remember what was answered."""
    with store.write() as db:
        settings.put(db, _key(event), str(given))


def _key(event: Invitation) -> str:
    return f"invitation:{event.sequence}:{event.uid[:200]}{event.recurrence_id[:40]}"


def answer_words(given: Answer) -> str:
    """What was answered, in words; empty for nothing."""
    return {
        Answer.ACCEPTED: _("You have accepted."),
        Answer.TENTATIVE: _("You have answered “maybe”."),
        Answer.DECLINED: _("You have declined."),
    }.get(given, "")
