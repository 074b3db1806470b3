"""One's own calendar file, and what else takes place at the time of an invitation."""

import os
from collections.abc import Iterator
from pathlib import Path

from acterm.errors import NoInput, reason
from acterm.i18n import _
from acterm.mail.parsing.mime import parse, part
from acterm.mail.special.calendar_file import MAX_FILE, merged
from acterm.mail.special.invitation import Answer, Invitation
from acterm.mail.special.invitation_answer import conflicts
from acterm.mail.special.invitation_reading import invitations, read
from acterm.store import attachments, bodies, settings
from acterm.store.db import Store

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


def at_the_same_time(store: Store, account_id: int, event: Invitation) -> tuple[Invitation, ...]:
    """The appointments of the mailbox and of the file that collide with one; for a thread."""
    latest: dict[str, Invitation] = {}
    for one in known(store, account_id):
        before = latest.get(one.uid)
        if before is None or (one.cancelled, one.sequence) > (before.cancelled, before.sequence):
            latest[one.uid] = one
    declined = (one for one in latest.values() if answered(store, one) is not Answer.DECLINED)
    return conflicts(event, declined)[:_MOST_NAMED]


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
    return f"invitation:{event.sequence}:{event.uid[:200]}"


def answer_words(given: Answer) -> str:
    """What was answered, in words; empty for nothing."""
    return {
        Answer.ACCEPTED: _("You have accepted."),
        Answer.TENTATIVE: _("You have answered “maybe”."),
        Answer.DECLINED: _("You have declined."),
    }.get(given, "")
