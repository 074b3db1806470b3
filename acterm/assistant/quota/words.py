"""What the flow of the full mailbox says."""

import time
from collections.abc import Callable
from pathlib import PurePath

from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.quota.steps import Stage, State, ways
from acterm.engine.messages.clearing import FolderSize
from acterm.i18n import N_, _, language, ngettext
from acterm.mail.cells import cut
from acterm.mail.folder import ROLE_NAMES
from acterm.mail.message import Envelope

_MOST_FOLDERS = 6
# So that a line, and the choices below the lines, fit 80 by 24 cells.
_MOST_MAILS = 6
_SENDER = 16
_SUBJECT = 30
_KINDS = {
    "attachments": N_("The largest with attachments"),
    "largest": N_("The largest mails"),
    "oldest": N_("The mails of more than three years ago"),
}
_CHOICES = {
    "archive": (
        N_("Archive them on this machine"),
        N_("One file a folder, read back; then they may go."),
    ),
    "move": (N_("Put them in the bin"), N_("z brings them back until the bin is emptied.")),
    "bin": (N_("Empty the bin"), N_("Only this gives the room back; it asks first.")),
    "empty": (N_("Empty it, for good"), ""),
    "look": (N_("Back to what takes the room"), ""),
    "leave": (N_("That is all"), ""),
}


def question(state: State) -> Question:
    """What to show now."""
    return _QUESTIONS[state.stage](state)


def size(octets: int) -> str:
    """« 84 Ko », « 1,2 Mo »."""
    for unit, name in ((1 << 30, _("GB")), (1 << 20, _("MB")), (1 << 10, _("KB"))):
        if octets >= unit:
            value = octets / unit
            text = f"{value:.1f}" if value < 10 and unit > 1 << 10 else f"{value:.0f}"
            return f"{text.replace('.', ',') if language() == 'fr' else text}\u00a0{name}"
    return ngettext("{count} byte", "{count} bytes", octets).format(count=octets)


def _nobody(_state: State) -> Question:
    return Question(
        _("There is no mailbox yet"),
        Kind.CHOICE,
        why=_("Once an account is connected, acterm shows what takes its room."),
        choices=(_choice("leave"),),
    )


def _looking(_state: State) -> Question:
    return Question(_("What takes the room?"), Kind.WAIT, why=_("acterm adds up the folders."))


def _diagnosis(state: State) -> Question:
    return Question(
        _("What takes the room?"),
        Kind.CHOICE,
        why=_fill(state),
        then=_("Nothing is deleted before you say so; starred mails are left alone."),
        facts=tuple(map(_folder, state.folders[:_MOST_FOLDERS])),
        choices=tuple(_proposal(state, key) for key in ways(state)),
        problem=state.problem,
    )


def _fill(state: State) -> str:
    if not state.limit:
        return _("The server does not say how much room there is.")
    words = _("{used} of {limit} are taken: {percent}\u00a0%.")
    percent = state.used * 100 // state.limit
    return words.format(used=size(state.used), limit=size(state.limit), percent=percent)


def _folder(folder: FolderSize) -> str:
    name = _(ROLE_NAMES[folder.role]) if folder.role in ROLE_NAMES else folder.name
    words = ngettext(
        "{name}: {size}, {count} mail", "{name}: {size}, {count} mails", folder.messages
    )
    return words.format(name=name, size=size(folder.octets), count=folder.messages)


def _proposal(state: State, key: str) -> Choice:
    batch = next((one for one in state.batches if one.kind == key), None)
    if batch is None:
        return _choice(key)
    words = ngettext("{count} mail, {size}", "{count} mails, {size}", len(batch.ids))
    return Choice(key, _(_KINDS[key]), words.format(count=len(batch.ids), size=size(batch.octets)))


def _choice(key: str) -> Choice:
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


def _choices(state: State) -> tuple[Choice, ...]:
    return tuple(map(_choice, ways(state)))


def _batch(state: State) -> Question:
    batch = state.batch
    count = len(batch.ids) if batch else 0
    weight = size(batch.octets if batch else 0)
    words = ngettext("{count} mail weighs {size}.", "{count} mails weigh {size}.", count)
    return Question(
        _(_KINDS[state.kind]),
        Kind.CHOICE,
        why=words.format(count=count, size=weight),
        then=_("An archive is an mbox file in your documents; any mail program opens it."),
        facts=tuple(map(_mail, batch.first[:_MOST_MAILS])) if batch else (),
        choices=_choices(state),
        problem=state.problem,
    )


def _mail(mail: Envelope) -> str:
    day = time.strftime("%d/%m/%Y", time.localtime(max(mail.date, 0)))
    sender, subject = cut(mail.sender.label, _SENDER), mail.subject or _("(no subject)")
    return f"{size(mail.size)} · {day} · {sender} · {cut(subject, _SUBJECT)}"


def _archiving(state: State) -> Question:
    words = _("{done} of {total} mails are in the archive.")
    return Question(
        _("The archive is being written"),
        Kind.WAIT,
        why=words.format(done=state.done, total=state.total),
        then=_("It is read back before anything else."),
    )


def _archived(state: State) -> Question:
    count = len(state.ids)
    words = ngettext(
        "{count} mail is in the archive, read back and the same.",
        "{count} mails are in the archive, read back and the same.",
        count,
    )
    return Question(
        _("The archive is safe"),
        Kind.CHOICE,
        why=words.format(count=count),
        then=_("On the server nothing has changed yet."),
        facts=_files(state),
        choices=_choices(state),
        problem=state.problem,
        copy=state.files[0] if state.files else "",
    )


def _files(state: State) -> tuple[str, ...]:
    """Where the archive is: the folder, then the names."""
    if not state.files:
        return ()
    folder = str(PurePath(state.files[0]).parent)
    return (
        _("In the folder {folder}:").format(folder=folder),
        *(PurePath(file).name for file in state.files),
    )


def _moving(_state: State) -> Question:
    return Question(_("The mails go to the bin"), Kind.WAIT)


def _moved(state: State) -> Question:
    return Question(
        _("The mails are in the bin"),
        Kind.CHOICE,
        why=_("They take their room until the bin is emptied; until then z brings them back."),
        choices=_choices(state),
    )


def _empty(state: State) -> Question:
    return Question(
        _("Empty the bin?"),
        Kind.CHOICE,
        why=_("About {size} go for good. Not even z brings them back.").format(
            size=size(state.in_bin)
        ),
        choices=_choices(state),
        problem=state.problem,
    )


def _emptying(_state: State) -> Question:
    return Question(_("The bin is being emptied"), Kind.WAIT)


def _emptied(state: State) -> Question:
    counted = state.before > state.used
    return Question(
        _("{size} won").format(size=size(state.won)),
        Kind.CHOICE,
        why=_fill(state) if counted else _("The server counts anew within some minutes."),
        facts=_files(state),
        choices=_choices(state),
    )


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.NOBODY: _nobody,
    Stage.LOOKING: _looking,
    Stage.DIAGNOSIS: _diagnosis,
    Stage.BATCH: _batch,
    Stage.ARCHIVING: _archiving,
    Stage.ARCHIVED: _archived,
    Stage.MOVING: _moving,
    Stage.MOVED: _moved,
    Stage.EMPTY: _empty,
    Stage.EMPTYING: _emptying,
    Stage.EMPTIED: _emptied,
}
