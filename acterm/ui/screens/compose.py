"""Writing: recipients with completion, subject, text, attachments; a draft kept as one writes."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.events import Paste
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from acterm.engine.messages.base import Failed
from acterm.engine.messages.writing import AbandonDraft, DraftKept, KeepDraft, Send, SendingChanged
from acterm.errors import NoInput
from acterm.i18n import N_, _
from acterm.mail import compose, guard
from acterm.mail.clean import clean
from acterm.mail.draft import Draft, Kind
from acterm.store import outbox
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place, named
from acterm.ui.journal import Journal, Row
from acterm.ui.keys import Keyed, keyboard_of
from acterm.ui.widgets.attachment_bar import AttachmentBar, attachment_of, total_words
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine
from acterm.ui.widgets.mail_header import MailHeader

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

_PAUSE = 0.9
_TELL_SECONDS = 15.0
_TITLES = {
    Kind.NEW: N_("New mail"),
    Kind.REPLY: N_("Reply"),
    Kind.REPLY_ALL: N_("Reply to all"),
    Kind.FORWARD: N_("Forward"),
}


class Text(TextArea):
    """The text of the mail."""

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", id="text")
        self.cursor_blink = False
        self.highlight_cursor_line = False

    async def _on_paste(self, event: Paste) -> None:
        """What is pasted is foreign text (Textual's handler follows)."""
        event.text = clean(event.text)


class ComposeScreen(Keyed, Screen[None]):
    """One mail. What is written is on disk within a second."""

    AUTO_FOCUS = ""
    places = (Place.COMPOSER,)
    CSS_PATH = "compose.tcss"

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.header = MailHeader(draft)
        self.files = AttachmentBar(id="files")
        self.text = Text(draft.body)
        self._draft = draft
        self._journal: Journal | None = None
        self._timer: Timer | None = None
        self._asked: tuple[str, ...] = ()
        self._leaving = False

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    @property
    def journal(self) -> Journal:
        """Where the draft is kept."""
        if self._journal is None:
            self._journal = Journal(self._draft, self.acterm.bridge.submit)
        return self._journal

    def compose(self) -> ComposeResult:
        """Header lines, text, rule, footer."""
        yield StatusLine()
        yield self.header
        yield self.files
        yield self.text
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        """The cursor where the writing goes on."""
        self.query_one(StatusLine).left = _(_TITLES[self._draft.kind])
        self._show_files()
        self.set_focus(self.text if self._draft.to else self.header.field("to"))
        self.text.move_cursor((0, 0))

    # The draft

    def draft(self) -> Draft:
        """The mail as it stands on screen."""
        typed = self.header.values
        return replace(
            self._draft,
            to=typed["to"],
            cc=typed["cc"],
            bcc=typed["bcc"],
            subject=typed["subject"],
            body=self.text.text,
        )

    def _changed(self) -> None:
        """Keep the draft soon: while one goes on writing, too."""
        self._asked = ()
        if self._timer is None:
            self._timer = self.set_timer(_PAUSE, self._keep)

    def _keep(self) -> None:
        self._timer = None
        if not self._leaving:
            self.journal.keep(self.draft())

    def on_unmount(self) -> None:
        """However the screen ends, what was written is kept."""
        self._keep()

    def on_engine_event(self, message: EngineEvent) -> None:
        """The journal has its row; the mail is in the outbox, or was held back."""
        event = message.event
        if isinstance(event, DraftKept):
            self.journal.kept(event.draft_id)
        elif isinstance(event, SendingChanged) and self._leaving:
            mail = outbox.get(self.acterm.store.reader(), event.outbox_id)
            # One that leaves at once has gone further before this screen is off the stack.
            if mail and mail.draft_id == self.journal.row and self.is_current:
                self.dismiss()
        elif isinstance(event, Failed) and not event.ids:
            self._failed(event)

    def _failed(self, event: Failed) -> None:
        """Neither kept nor sent: the mail stays open, to be corrected."""
        if event.draft_id in (0, self.journal.row):
            self._leaving = self.text.read_only = False
        if not event.draft_id:
            self.journal.failed()

    def on_mail_header_changed(self) -> None:
        """The draft changed."""
        self._changed()

    def on_text_area_changed(self) -> None:
        """The draft changed."""
        self._changed()

    def on_descendant_focus(self) -> None:
        """Other keys are valid elsewhere."""
        self.refresh_bindings()

    def action_next_field(self) -> None:
        """Take the suggestion, else go round; what is typed ahead follows."""
        if not self.header.accept():
            self.focus_next()

    def action_previous_field(self) -> None:
        """The other way round."""
        self.focus_previous()

    # Attachments

    async def action_attach(self) -> None:
        """Ask for a file."""
        from acterm.ui.screens.file_picker import FilePicker

        await self.app.push_screen(FilePicker(), self._add_file)

    def _add_file(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            added = attachment_of(path)
        except NoInput as unreadable:
            self.acterm.tell(str(unreadable))
            return
        self._draft = replace(self._draft, attachments=(*self._draft.attachments, added))
        self._show_files()
        self._changed()

    def action_take_off(self) -> None:
        """The attachment under the cursor stays here."""
        gone = self.files.current
        rest = tuple(item for item in self._draft.attachments if item is not gone)
        self._draft = replace(self._draft, attachments=rest)
        self._show_files()
        if not rest:
            self.text.focus()
        self._changed()

    def _show_files(self) -> None:
        self.files.list_files(self._draft.attachments)
        self.query_one(StatusLine).right = total_words(self._draft.attachments)

    # Commands

    def can(self, command: type[Command]) -> bool:
        """A file is taken off only where one is pointed at."""
        if command.name == "take_off":
            return self.focused is self.files and self.files.current is not None
        return super().can(command)

    def action_send_mail(self) -> None:
        """Into the outbox, after what a colleague would ask."""
        draft = self.draft()
        people = compose.recipients(draft)
        if people.unreadable:
            words = _("This is not a mail address: {address}")
            self.acterm.tell(words.format(address=", ".join(people.unreadable)), _TELL_SECONDS)
            self.header.field("to").focus()
        elif not people.all:
            self.acterm.tell(_("To whom? Fill in a recipient."), _TELL_SECONDS)
            self.header.field("to").focus()
        elif not self._leaving and not self._concerned(draft):
            self._leaving = self.text.read_only = True
            self.journal.close(draft, partial(self._send, draft), always=True)

    def _send(self, draft: Draft, row: Row) -> None:
        self.acterm.bridge.submit(Send(replace(draft, id=row)))

    def _concerned(self, draft: Draft) -> bool:
        """Say once what looks forgotten; sending again goes on."""
        found = guard.concerns(draft, compose.recipients(draft))
        asked = tuple(concern.code for concern in found)
        if not found or asked == self._asked:
            return False
        self._asked = asked
        key = keyboard_of(self).shown(named("send_mail"))
        words = " ".join(concern.text for concern in found)
        self.acterm.tell(_("{words} {key} again: send").format(words=words, key=key), _TELL_SECONDS)
        return True

    def action_keep_as_draft(self) -> None:
        """Close; the draft stays."""
        self._leaving = True
        self.journal.close(self.draft(), self._close_kept)

    def _close_kept(self, row: Row) -> None:
        acterm = self.acterm
        draft = replace(self.draft(), id=row, updated=time.time())
        self.dismiss()
        if row:
            acterm.bridge.submit(KeepDraft(draft, to_server=True, at_once=True))
            acterm.tell(_("The draft is kept."))

    def action_abandon(self) -> None:
        """Close and put aside; undo brings it back."""
        self._leaving = True
        self.journal.close(self.draft(), self._close_abandoned)

    def _close_abandoned(self, row: Row) -> None:
        if row:
            self.acterm.bridge.submit(AbandonDraft(row))
        self.dismiss()

    def action_show_bcc(self) -> None:
        """The line for blind copies."""
        self.header.show_bcc()
