"""Events in one sentence each, with the key that comes next."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from acterm.engine.messages.base import Crashed, Done, Event, Failed, Undone
from acterm.engine.messages.writing import SendingChanged, SendingState
from acterm.i18n import _
from acterm.store.outbox import Outgoing

SECONDS = 6.0
_LONG = 10.0
_LATE = 3.0


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and for how many seconds it stands."""

    words: str
    seconds: float = SECONDS


def notice(event: Event, *, undo: str, outbox: str) -> Notice | None:
    """What to say about an event, None for nothing. `undo` and `outbox` are the keys for these."""
    match event:
        case Done(label=label) if label:
            return Notice(_("{label} · {key}: undo").format(label=label, key=undo))
        case Undone(label=label):
            return Notice(label)
        case Failed(title=title, advice=advice):
            return Notice(f"{title} {advice}".strip(), _LONG)
        case Crashed(title=title):
            return Notice(title, _LONG)
        case SendingChanged(state=state, words=words):
            return _departure(state, words, outbox)
    return None


def _departure(state: SendingState, words: str, outbox: str) -> Notice | None:
    match state:
        case SendingState.SENDING:
            return Notice(_("Sending…"))
        case SendingState.QUEUED if words:
            return Notice(_("Not sent yet. {words}").format(words=words), _LONG)
        case SendingState.SENT:
            return Notice(_("The mail is sent."))
        case SendingState.REFUSED:
            said = _("The server refused the mail: “{words}”. {key}: outbox")
            return Notice(said.format(words=words, key=outbox), _LONG)
        case SendingState.UNSURE:
            said = _("It is not sure that the mail left. {key}: decide in the outbox")
            return Notice(said.format(key=outbox), _LONG)
    return None


@dataclass(frozen=True, slots=True)
class Departures:
    """The mails that leave: when those in their ten seconds do, and those being handed over."""

    at: Mapping[int, float] = field(default_factory=dict)
    sending: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.at) + len(self.sending)

    def after(self, event: SendingChanged, mail: Outgoing | None, now: float) -> "Departures":
        """Once a mail has moved on. One that waits for a second attempt is not counted down."""
        others = {one: when for one, when in self.at.items() if one != event.outbox_id}
        waits = event.state is SendingState.QUEUED and mail is not None and not mail.attempts
        if mail is not None and waits and mail.not_before > now:
            others[event.outbox_id] = mail.not_before
        handed = {event.outbox_id} if event.state is SendingState.SENDING else set()
        return Departures(others, (self.sending - {event.outbox_id}) | handed)

    def leaving(self, now: float) -> "Departures":
        """Without the mails whose moment has passed: something else holds them up."""
        return Departures(
            {row: at for row, at in self.at.items() if at > now - _LATE}, self.sending
        )

    def staying(self, waiting: Container[int]) -> "Departures":
        """Without the mails that somebody has taken back."""
        return Departures({row: at for row, at in self.at.items() if row in waiting}, self.sending)

    def words(self, now: float, undo: str) -> str:
        """« envoi dans 8 s · z l'annule », nothing when no mail is about to leave."""
        if not self.at:
            return ""
        seconds = max(0, round(min(self.at.values()) - now))
        return _("sending in {seconds} s · {key} takes it back").format(seconds=seconds, key=undo)
