"""Mails that wait to be sent, and drafts kept on this computer."""

import datetime
from typing import TYPE_CHECKING, cast

from textual import getters
from textual.app import ComposeResult
from textual.screen import Screen

from acterm.engine.messages.writing import (
    AnswerUnsure,
    CancelSending,
    OutboxChanged,
    SendingChanged,
    SendingState,
)
from acterm.i18n import N_, _
from acterm.mail.draft import Draft
from acterm.store import drafts, outbox
from acterm.store.outbox import Outgoing
from acterm.ui import format as people
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place, named
from acterm.ui.glyphs import marks
from acterm.ui.keys import Keyed
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

_STATES = {
    SendingState.QUEUED: N_("waits"),
    SendingState.SENDING: N_("is being sent"),
    SendingState.SENT: N_("sent"),
    SendingState.REFUSED: N_("refused"),
    SendingState.UNSURE: N_("perhaps sent"),
}
_READING = 60.0  # seconds


class OutboxScreen(Keyed, Screen[None]):
    """One decides here about mails that are stuck."""

    places = (Place.OUTBOX,)
    lines = getters.query_one("#lines", Choices)
    _explained = ""

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    def compose(self) -> ComposeResult:
        """Title, lines, rule, footer."""
        yield StatusLine()
        yield Choices[Outgoing | Draft](
            empty=_("Nothing waits to be sent, and no draft is open."), id="lines"
        )
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        """Read the outbox."""
        self.query_one(StatusLine).left = _("Outbox")
        self.set_focus(self.lines)
        self._read()

    def _read(self) -> None:
        db = self.acterm.store.reader()
        today = datetime.date.today()
        lines: list[Choice[Outgoing | Draft]] = []
        waiting = outbox.unsettled(db)
        if waiting:
            lines.append(Choice(_("To send"), "", None))
        for mail in waiting:
            state = _(_STATES[SendingState(mail.state)])
            to = ", ".join(mail.recipients)
            words = f"{mail.subject or _('(no subject)')} {marks.dot} {to}"
            lines.append(Choice(words, state, mail))
        kept = drafts.all_drafts(db)
        if kept:
            lines.append(Choice(_("Drafts"), "", None))
        for draft in kept:
            words = f"{draft.subject or _('(no subject)')} {marks.dot} {draft.to.rstrip(', ')}"
            lines.append(Choice(words, people.short_date(int(draft.updated), today), draft))
        self.lines.show(lines)

    @property
    def current(self) -> Outgoing | None:
        """The mail under the cursor."""
        found = self.lines.current
        return found if isinstance(found, Outgoing) else None

    def can(self, command: type[Command]) -> bool:
        """What can be decided depends on how the mail stands."""
        mail = self.current
        if command.name == "cancel_sending":
            waits = (SendingState.QUEUED, SendingState.REFUSED)
            return mail is not None and mail.state in waits
        if command.name in ("send_again", "consider_sent"):
            return mail is not None and mail.state == SendingState.UNSURE
        return super().can(command)

    def on_line_list_moved(self) -> None:
        """Another mail, other decisions, and other words of the server."""
        self.refresh_bindings()
        rule = self.query_one(NoticeLine)
        words = self.current.words if self.current else ""
        if words:
            rule.tell(words, _READING)
        elif rule.words == self._explained:
            rule.clear()
        self._explained = words

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Open a draft in the composer, and a refused mail as one again."""
        found = self.lines.current
        if isinstance(found, Draft):
            self.dismiss()
            self.acterm.compose_draft(found)
        elif found and found.state == SendingState.REFUSED:
            self.action_cancel_sending()
        elif found and found.state == SendingState.QUEUED:
            key = self.acterm.keyboard.shown(named("cancel_sending"))
            self.acterm.tell(_("It leaves by itself. {key}: take back").format(key=key))

    def on_engine_event(self, message: EngineEvent) -> None:
        """Read again when the outbox changed."""
        if isinstance(message.event, OutboxChanged | SendingChanged):
            self._read()

    def action_cancel_sending(self) -> None:
        """Back into a draft."""
        if self.current:
            self.acterm.bridge.submit(CancelSending(self.current.id))

    def action_send_again(self) -> None:
        """Once more."""
        self._answer(send_again=True)

    def action_consider_sent(self) -> None:
        """It arrived."""
        self._answer(send_again=False)

    def _answer(self, *, send_again: bool) -> None:
        if self.current:
            self.acterm.bridge.submit(AnswerUnsure(self.current.id, send_again))

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
