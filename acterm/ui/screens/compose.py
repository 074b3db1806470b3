"""Writing: recipients with completion, subject, text, attachments; a draft kept at each pause."""

import mimetypes
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from acterm.engine.messages import (
    AbandonDraft,
    DraftKept,
    Failed,
    KeepDraft,
    Send,
    SendingChanged,
    SendingState,
)
from acterm.i18n import _
from acterm.mail import compose, guard
from acterm.mail.address import Address
from acterm.mail.draft import Draft, DraftAttachment, Kind
from acterm.mail.header import format_address
from acterm.mail.size import size_words
from acterm.store import contacts
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place, named
from acterm.ui.glyphs import marks
from acterm.ui.keys import Keyed, keyboard_of
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

_PAUSE = 0.8
_SUGGESTIONS = 6


class InComposer(Keyed):
    """A text field whose commands are those of the composer: it sees their keys first."""

    places = (Place.COMPOSER,)

    def can(self, command: type[Command]) -> bool:
        """What the composer can."""
        screen = self.screen
        return isinstance(screen, ComposeScreen) and screen.can(command)

    async def do(self, command: type[Command]) -> None:
        """The composer does it."""
        await cast("ComposeScreen", self.screen).do(command)


class LineField(InComposer, Field):
    """Subject or recipients."""


class Text(InComposer, TextArea):
    """The text of the mail."""

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", id="text")
        self.cursor_blink = False
        self.highlight_cursor_line = False


class ComposeScreen(Keyed, Screen[None]):
    """One mail. What is written is on disk within a second of a pause."""

    places = (Place.COMPOSER,)
    CSS_PATH = "compose.tcss"
    text = getters.query_one("#text", Text)
    suggestions = getters.query_one("#suggestions", Choices)
    files = getters.query_one("#files", Choices)

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._timer: Timer | None = None
        self._kept = draft
        self._awaiting_row = False
        self._asked: tuple[str, ...] = ()
        self._sending = False

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    def compose(self) -> ComposeResult:
        """Header lines, text, rule, footer."""
        yield StatusLine()
        yield from self._line(_("To"), "to", self._draft.to)
        yield from self._line(_("Cc"), "cc", self._draft.cc)
        yield from self._line(_("Bcc"), "bcc", self._draft.bcc)
        yield Choices[Address](id="suggestions")
        yield from self._line(_("Subject"), "subject", self._draft.subject)
        yield Choices[DraftAttachment](id="files")
        yield Text(self._draft.body)
        yield NoticeLine()
        yield Footer()

    def _line(self, label: str, name: str, value: str) -> Iterator[Widget]:
        entry = LineField("", id=name)
        entry.value = value
        with Horizontal(id=f"{name}-line", classes="header-line"):
            yield Static(Content(f" {label}"), classes="label")
            yield entry

    def on_mount(self) -> None:
        """The cursor where the writing goes on."""
        titles = {
            Kind.NEW: _("New mail"),
            Kind.REPLY: _("Reply"),
            Kind.REPLY_ALL: _("Reply to all"),
            Kind.FORWARD: _("Forward"),
        }
        self.query_one(StatusLine).left = titles[self._draft.kind]
        self.query_one("#bcc-line").display = bool(self._draft.bcc)
        self.suggestions.display = False
        self._show_files()
        answers = self._draft.kind in (Kind.REPLY, Kind.REPLY_ALL)
        (self.text if answers and self._draft.to else self.query_one("#to")).focus()
        self.text.move_cursor((0, 0))

    # The draft

    def draft(self) -> Draft:
        """The mail as it stands on screen."""
        return replace(
            self._draft,
            to=self.query_one("#to", LineField).value,
            cc=self.query_one("#cc", LineField).value,
            bcc=self.query_one("#bcc", LineField).value,
            subject=self.query_one("#subject", LineField).value,
            body=self.text.text,
        )

    def _changed(self) -> None:
        """Keep the draft after a pause."""
        self._asked = ()
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self.keep)

    def keep(self) -> None:
        """Write the journal, unless nothing changed."""
        draft = self.draft()
        if self._sending or draft == self._kept or (draft == self._draft and not draft.id):
            return
        if self._awaiting_row:
            self._changed()
            return
        self._awaiting_row = not draft.id
        self._kept = draft
        self.acterm.bridge.submit(KeepDraft(replace(draft, updated=time.time()), to_server=True))

    def on_engine_event(self, message: EngineEvent) -> None:
        """The journal has its row; the mail is in the outbox, or was held back."""
        event = message.event
        if isinstance(event, DraftKept) and self._awaiting_row:
            self._awaiting_row = False
            self._draft = replace(self._draft, id=event.draft_id)
            self._kept = replace(self._kept, id=event.draft_id)
        elif self._sending and isinstance(event, SendingChanged):
            if event.state is SendingState.QUEUED:
                self.dismiss()
        elif self._sending and isinstance(event, Failed):
            self._sending = False

    # Recipients

    def on_input_changed(self, event: Input.Changed) -> None:
        """Somebody may be meant; the draft changed."""
        event.stop()
        self._changed()
        if event.input.id in ("to", "cc", "bcc") and event.input.has_focus:
            typed = event.value.rpartition(",")[2].strip()
            self._suggest(typed)

    def _suggest(self, typed: str) -> None:
        found: list[Address] = []
        if len(typed) >= 2 and not typed.endswith(">"):
            found = contacts.complete(self.acterm.store.reader(), typed, _SUGGESTIONS)
        self.suggestions.show([Choice(person.label, person.address, person) for person in found])
        self.suggestions.display = bool(found)
        self.suggestions.styles.height = len(found)

    def _accept(self) -> bool:
        """Take the person under the cursor into the field; False when there is none."""
        field, person = self.focused, self.suggestions.current
        if not self.suggestions.display or not isinstance(field, LineField) or person is None:
            return False
        before = field.value.rpartition(",")[0]
        lead = f"{before}, " if before else ""
        field.value = f"{lead}{format_address(person)}, "
        field.cursor_position = len(field.value)
        self._suggest("")
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the suggestion, else goes to the next line."""
        event.stop()
        if not self._accept():
            self.focus_next()

    def on_key(self, event: Key) -> None:
        """Arrows in the suggestions; Del takes an attachment off; else from line to line."""
        if self.suggestions.display and event.key in ("down", "up"):
            self.suggestions.cursor += 1 if event.key == "down" else -1
        elif self.focused is self.files and event.key in ("delete", "backspace"):
            self._take_off()
        elif event.key == "tab":
            if not self._accept():
                self.focus_next()
        elif event.key == "shift+tab":
            self.focus_previous()
        elif event.key in ("down", "up") and isinstance(self.focused, LineField):
            (self.focus_next if event.key == "down" else self.focus_previous)()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_descendant_focus(self) -> None:
        """Suggestions belong to the line they were made for."""
        self._suggest("")
        self.refresh_bindings()

    def on_line_list_opened(self, message: LineList.Opened) -> None:
        """A suggestion chosen with the mouse."""
        message.stop()

    def on_text_area_changed(self) -> None:
        """The draft changed."""
        self._changed()

    # Attachments

    def action_attach(self) -> None:
        """Ask for a file."""
        from acterm.ui.screens.file_picker import FilePicker

        self.app.push_screen(FilePicker(), self._attached)

    def _attached(self, path: Path | None) -> None:
        if path is None:
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        try:
            size = path.stat().st_size
        except OSError as error:
            self.acterm.tell(
                _("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)
            )
            return
        added = DraftAttachment(path.name, kind, size, path)
        self._draft = replace(self._draft, attachments=(*self._draft.attachments, added))
        self._show_files()
        self._changed()

    def _take_off(self) -> None:
        gone = self.files.current
        rest = tuple(item for item in self._draft.attachments if item is not gone)
        self._draft = replace(self._draft, attachments=rest)
        self._show_files()
        self._changed()

    def _show_files(self) -> None:
        items = self._draft.attachments
        self.files.show([Choice(f"+ {one.name}", size_words(one.size), one) for one in items])
        self.files.display = bool(items)
        self.files.styles.height = min(len(items), 4)
        total = size_words(sum(item.size for item in items))
        self.query_one(StatusLine).right = f"+ {len(items)} {marks.dot} {total}" if items else ""

    # Commands

    def action_send_mail(self) -> None:
        """Into the outbox, after what a colleague would ask."""
        draft = self.draft()
        people = compose.recipients(draft)
        if people.unreadable:
            words = _("This is not a mail address: {address}")
            self.acterm.tell(words.format(address=people.unreadable[0]), 10)
            self.query_one("#to").focus()
        elif not people.all:
            self.acterm.tell(_("To whom? Fill in a recipient."), 10)
            self.query_one("#to").focus()
        elif self._concerned(draft):
            return
        else:
            self._sending = True
            self.acterm.bridge.submit(Send(draft))

    def _concerned(self, draft: Draft) -> bool:
        """Say once what looks forgotten; sending again goes on."""
        found = guard.concerns(draft, compose.recipients(draft))
        asked = tuple(concern.code for concern in found)
        if not found or asked == self._asked:
            return False
        self._asked = asked
        key = keyboard_of(self).shown(named("send_mail"))
        words = " ".join(concern.text for concern in found)
        self.acterm.tell(_("{words} {key} again: send").format(words=words, key=key), 15)
        return True

    def action_keep_as_draft(self) -> None:
        """Close; the draft stays."""
        self.keep()
        self.acterm.tell(_("The draft is kept."))
        self.dismiss()

    def action_abandon(self) -> None:
        """Close and put aside; undo brings it back."""
        draft = self.draft()
        self._sending = True
        if draft.id:
            self.acterm.bridge.submit(KeepDraft(draft))
            self.acterm.bridge.submit(AbandonDraft(draft.id))
        self.dismiss()

    def action_show_bcc(self) -> None:
        """The line for blind copies."""
        self.query_one("#bcc-line").display = True
        self.query_one("#bcc").focus()
