"""A whole conversation on one page, one's own replies among the others, the newest mail open."""

import datetime
from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from textual.events import Click
from textual.strip import Strip

from acterm.engine.messages.mail import BodyArrived
from acterm.i18n import _
from acterm.mail.message import Envelope, Flag
from acterm.store import bodies
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place, named
from acterm.ui.keys import keyboard_of
from acterm.ui.sheet import Look
from acterm.ui.together import Arranged, arranged, head_parts
from acterm.ui.verbs.conversation import AllVerbs
from acterm.ui.verbs.opened import OpenVerbs
from acterm.ui.widgets.mails_page import MailsPage

_ABOVE = 3  # lines that stay in view above the open mail


class Conversation(OpenVerbs, AllVerbs, MailsPage):
    """Oldest first. Verbs are about the mail under the cursor."""

    places = (Place.READER, Place.READING, Place.MAIL, Place.ANYWHERE)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"head--who", "head--unread", "head--dim", "head--here"}
    DEFAULT_CSS = """
    Conversation {
        & > .head--who { color: $foreground; }
        & > .head--unread { text-style: bold; }
        & > .head--dim { color: $dim; }
        & > .head--here { background: $idle-cursor-background; }
        &:focus > .head--here { background: $cursor-background; color: $cursor-foreground; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._arranged = Arranged()

    # What is meant

    def current_mail(self) -> int:
        """The mail under the cursor."""
        return self.current

    @property
    def place(self) -> tuple[int, int] | None:
        """The number of the mail under the cursor, and of how many."""
        return (self.at + 1, len(self.entries)) if self.entries else None

    @property
    def look(self) -> Look:
        """What is shown of the mail under the cursor."""
        return self.entries[self.at].look

    def look_at(self, look: Look, *, top: bool = False) -> None:
        """Show something else of it."""
        entry = self.entries[self.at]
        back = self.look_back(entry.look, look) if top else None
        entry.look = look
        db = self.acterm.store.reader()
        entry.source = bodies.get(db, entry.mail.id) if look.source else None
        if self.is_wanted(entry.mail.id):
            self.open_wanted()
        else:
            self.lay_out_again()
        if back is not None:
            self.go(back)
        elif top:
            self.show_cursor()

    @property
    def failed(self) -> bool:
        """Whether its text did not come."""
        return bool(self.entries and self.entries[self.at].failed)

    @property
    def together(self) -> int:
        """How many mails there are; one mail alone can be gone back to as well."""
        return max(2, len(self.entries))

    def can(self, command: type[Command]) -> bool:
        """Verbs need a mail; Enter unfolds one that is folded."""
        if command.name == "what_to_do" and self._is_folded:
            return True
        return bool(self.entries) and super().can(command)

    def offers(self, command: type[Command]) -> bool:
        """What Enter does with a folded mail goes without saying."""
        return not (command.name == "what_to_do" and self._is_folded) and super().offers(command)

    @property
    def _is_folded(self) -> bool:
        return bool(self.entries) and not self.entries[self.at].open

    async def action_what_to_do(self) -> None:
        """Unfold the mail; of an unfolded one, do what it asks."""
        if self._is_folded:
            self.action_unfold_quotes()
        else:
            await super().action_what_to_do()

    # Drawing

    def lay_out_again(self) -> None:
        """The lines as the mails stand now."""
        for entry in self.entries:
            entry.verified = self.verified.get(entry.mail.id, "")
        key = keyboard_of(self).shown(named("conversation"))
        self._arranged = arranged(
            self.entries,
            self.room.width,
            self.key_words,
            self.notes_on,
            subject=self.subject,
            hint=_("{key} this mail alone").format(key=key),
        )
        self.take(self._arranged.lines)

    def line(self, y: int) -> Strip:
        """The head of a mail, or a line of one that is unfolded."""
        number = self._arranged.heads.get(y + self.scroll_offset.y)
        if number is None or number >= len(self.entries):
            return super().line(y)
        entry, width = self.entries[number], self.size.width
        meant = self.all_meant or number == self.at
        today = datetime.date.today()
        who, words, when = head_parts(entry, self.subject, width, today, meant=meant)
        base = self.rich_style + self._style("head--who")
        if entry.mail.unread or entry.open:
            base += self._style("head--unread")
        if meant:
            whole = Segment(who + words + when, base + self._style("head--here"))
            return Strip([whole]).crop(0, width)
        dim = self.rich_style + self._style("head--dim")
        return Strip([Segment(who, base), Segment(words + when, dim)]).crop(0, width)

    def hint_at(self, at: int) -> str:
        """Keys stand beside the mail they are about, and beside the number of mails."""
        first = self.entries[0].top if self.entries else 0
        if at < first or self.of_line(at) == self.at:
            return self._arranged.hints.get(at, "")
        return ""

    def show_cursor(self) -> None:
        """Bring the mail that is meant into view, some of the ones before it above."""
        top = self.entries[self.at].top if self.entries else 0
        self.go(0 if top < self.room.height // 2 else top - _ABOVE)

    # Moving

    def go(self, top: float) -> None:
        """Scroll; the mail that is meant is one that is in view."""
        super().go(top)
        if not self.entries:
            return
        first, last = self.scroll_offset.y, self.scroll_offset.y + self.room.height - 1
        lowest, highest = self.of_line(first), self.of_line(last)
        if not lowest <= self.at <= highest:
            self._mean(max(lowest, min(self.at, highest)))

    def _mean(self, number: int) -> None:
        """Another mail is meant."""
        before, self.at = self.at, number
        for one in (before, number):
            if one < len(self.entries):
                self.refresh_line(self.entries[one].top)
        for at in self._arranged.hints:
            if self.of_line(at) in (before, number):
                self.refresh_line(at)  # keys stand beside the mail that is meant
        self.refresh_bindings()
        self.post_message(self.Meant())

    def _step(self, step: int) -> None:
        number = self.at + step
        if not 0 <= number < len(self.entries):
            return
        self._mean(number)
        self._into_view()

    def _into_view(self) -> None:
        """Scroll when the head is out of view, or an unfolded mail has its head far down."""
        entry, top, height = self.entries[self.at], self.scroll_offset.y, self.room.height
        if not top <= entry.top < top + height - (height // 2 if entry.open else 1):
            self.show_cursor()

    def on_click(self, event: Click) -> None:
        """A click on a head folds its mail or unfolds it."""
        number = self._arranged.heads.get(event.y + self.scroll_offset.y)
        if number is None:
            return
        self._mean(number)
        if self.entries[number].open:
            self._fold()
        else:
            self.action_unfold_quotes()

    def action_next_mail(self) -> None:
        """To the mail after this one."""
        self._step(1)

    def action_previous_mail(self) -> None:
        """To the mail before this one."""
        self._step(-1)

    def action_unfold_quotes(self) -> None:
        """Unfold the mail; of an unfolded one, what it quotes."""
        entry = self.entries[self.at]
        if entry.open:
            self.look_at(replace(entry.look, unfolded=True))
        else:
            entry.open = True
            self.open_mail(entry.mail.id, other=entry.look.other)
            self._into_view()

    def action_fold_quotes(self) -> None:
        """Fold what it quotes, then the mail."""
        entry = self.entries[self.at]
        if entry.open and entry.look.unfolded:
            self.look_at(replace(entry.look, unfolded=None))
        elif entry.open:
            self._fold()

    def _fold(self) -> None:
        self.entries[self.at].open = False
        self._marked.discard(self.current)
        self.lay_out_again()
        self.show_cursor()

    def action_read_on(self) -> None:
        """A page down; at the end, the next unread mail."""
        if self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.ReadOn())
        else:
            self.action_page_down()

    def action_refresh(self) -> None:
        """Ask for the text once more."""
        self.entries[self.at].failed = ""
        self.open_wanted()

    def action_conversation(self) -> None:
        """The mail under the cursor alone."""
        self.post_message(self.Turned(self.current, together=False))

    # For the verbs

    def show(self, mail: int) -> None:
        """Show a conversation; one mail of it is meant."""
        self.all_meant = False
        super().show(mail)

    def meant(self) -> list[Envelope]:
        """The mail under the cursor, or all of them."""
        every = [entry.mail for entry in self.entries]
        return every if self.all_meant else every[self.at : self.at + 1]

    def mean_again(self) -> None:
        """Draw the heads anew."""
        self.refresh()
        self.refresh_bindings()

    def everything(self) -> list[Envelope]:
        """All of them."""
        return [entry.mail for entry in self.entries]

    def is_here(self, mail: int) -> bool:
        """Whether it is of the conversation."""
        return self.entry_of(mail) is not None

    def on_engine_event(self, message: EngineEvent) -> None:
        """An answer may wait for a text."""
        if isinstance(message.event, BodyArrived):
            self.body_arrived(message.event.message_id)

    def on_blur(self) -> None:
        """The cursor is paler; what is done elsewhere is not done with all of them."""
        self.refresh()
        if self.all_meant:
            self.acterm.tell("")

    def leave(self, mail: int) -> None:
        """It stays on the page, with the name of the folder it is in; the next one is meant."""
        del mail
        self._step(1)

    def show_flag(self, mail: int, flag: Flag, on: bool) -> None:
        """Show the flag before the store has it."""
        entry = self.entry_of(mail)
        if entry:
            flags = entry.mail.flags | flag if on else entry.mail.flags & ~flag
            entry.mail = replace(entry.mail, flags=flags)
            self.refresh_line(entry.top)
