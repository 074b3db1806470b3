"""A list of mails beside the open one: what the mailbox and the search have in common."""

from collections.abc import Iterable, Iterator, Sequence

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from acterm.engine.messages.base import Done, Event, Failed
from acterm.engine.messages.mail import BodyArrived
from acterm.i18n import _
from acterm.mail.message import Envelope, Flag
from acterm.store import messages
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place, named
from acterm.ui.errors import guarded
from acterm.ui.format import number
from acterm.ui.keys import keyboard_of
from acterm.ui.screens.sparing_screen import SparingScreen
from acterm.ui.verbs.going import OtherScreens
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import Banner, Footer, NoticeLine, StatusLine
from acterm.ui.widgets.message_list import MessageList
from acterm.ui.widgets.reader_pane import ReaderPane

ONE, TWO, THREE = "-one", "-two", "-three"
_WIDTHS = [(0, ONE), (100, TWO), (140, THREE)]
_READING = "-reading"


class MailScreen(OtherScreens, SparingScreen):
    """Subclasses fill the list and say what it is."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    places = (Place.READING, Place.MAIL, Place.BOX)

    mails = getters.query_one("#mails", MessageList)
    pane = getters.query_one(ReaderPane)
    status = getters.query_one(StatusLine)

    def __init__(self) -> None:
        super().__init__()
        self.leaving: set[int] = set()

    def compose(self) -> ComposeResult:
        """Status, banner, panes, rule, footer; laid out for the width from the first paint on."""
        width = self.app.size.width
        self.add_class(max((least, name) for least, name in _WIDTHS if least <= width)[1])
        yield StatusLine()
        yield Banner()
        yield from self.compose_above()
        with Horizontal(id="panes"):
            yield from self.compose_left()
            yield MessageList(self._fetch, id="mails")
            yield ReaderPane()
        yield NoticeLine()
        yield Footer()

    def compose_above(self) -> Iterator[Widget]:
        """What stands between the status line and the panes."""
        yield from ()

    def compose_left(self) -> Iterator[Widget]:
        """What stands left of the list."""
        yield from ()

    def title_words(self) -> str:
        """What the list is, for the status line."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the list again."""
        raise NotImplementedError

    def update_status(self) -> None:
        """Say again what is open and how the account stands."""
        self.status.left = self.title_words()
        place = self._place() if self.has_class(ONE) and self.reading else None
        if place:
            words = _("{place} of {count}")
            self.status.right = words.format(place=number(place[0]), count=number(place[1]))
        else:
            self.status.right = self.acterm.status_words(self.account_id)

    def _place(self) -> tuple[int, int] | None:
        """Where the open mail is in its conversation, else in the list; None when in neither."""
        if self.pane.reader and self.pane.reader.place:
            return self.pane.reader.place
        if self.pane.shown not in self.mails.ids:
            return None
        return self.mails.ids.index(self.pane.shown) + 1, self.mails.count

    def on_mail_page_meant(self) -> None:
        """The place in the conversation is another one."""
        self.update_status()

    @property
    def reading(self) -> bool:
        """Whether the keys go to the open mail."""
        focused = self.focused
        return focused is not None and self.pane in focused.ancestors_with_self

    def can(self, command: type[Command]) -> bool:
        """Verbs need a mail that is meant; reading on needs the reader."""
        if Place.READING in command.places and not self.reading:
            return False
        if Place.MAIL in command.places:
            return bool(self.current_mail()) and super().can(command)
        return super().can(command)

    def offers(self, command: type[Command]) -> bool:
        """Back is told where there is something to come back from."""
        if command.name == "back" and self.focused is self.mails and not self.narrowed:
            return False
        return super().offers(command)

    @property
    def narrowed(self) -> bool:
        """Whether Back in the list leads out of something."""
        return False

    def current_mail(self) -> int:
        """The open mail when it has the keys, the one under the cursor when the list has."""
        if self.reading:
            return 0 if self.pane.gone else self.pane.shown
        return self.mails.current if self.focused is self.mails else 0

    async def open(self, mail: int) -> None:
        """Show a mail; the list follows."""
        self.mails.select(mail)
        self._give_place(reader=True)
        self.set_focus(await self.pane.show(mail))
        self.update_status()

    async def action_conversation(self) -> None:
        """The mail among those it answers and those that answer it."""
        mail = self.current_mail()
        if len(messages.related(self.acterm.store.reader(), mail)) < 2:
            self.acterm.tell(_("This mail stands alone: nothing here answers it."))
            return
        self.mails.select(mail)
        self._give_place(reader=True)
        self.set_focus(await self.pane.show_conversation(mail))
        self.update_status()

    def _give_place(self, *, reader: bool) -> None:
        """To the reader or the list, where there is room for one; the rest is not styled again."""
        for one in (self.mails, self.pane):
            one.set_class(reader, _READING)

    def close_reader(self) -> None:
        """Give the keys back to the list."""
        self._give_place(reader=False)
        self.set_focus(self.mails)
        self.call_after_refresh(self.update_status)

    def leave(self, mail: int) -> None:
        """Take the mail out of the list; when it was open, the next one opens."""
        was_open = self.reading and self.pane.shown == mail
        if was_open:
            self.mails.select(mail)
        self.leaving.add(mail)
        self.mails.drop((mail,))
        if not was_open:
            if self.pane.shown == mail:
                self.pane.clear()
        elif self.mails.current:
            self.call_later(self.open, self.mails.current)
        else:
            self.pane.clear()
            self.close_reader()

    def show_flag(self, mail: int, flag: Flag, on: bool) -> None:
        """Show the flag in the list."""
        self.mails.flag(mail, flag, on)

    def staying(self, ids: Iterable[int]) -> Iterable[int]:
        """The ids without the mails that are on their way elsewhere."""
        if not self.leaving:
            return ids
        return [mail for mail in ids if mail not in self.leaving]

    def _fetch(self, ids: Sequence[int]) -> list[Envelope]:
        return messages.envelopes(self.acterm.store.reader(), ids)

    async def on_line_list_opened(self, message: LineList.Opened) -> None:
        """The person opens the line under the cursor."""
        await self.open_line(message.list)

    async def open_line(self, lines: LineList) -> None:
        """Open what is under the cursor of a list."""
        if lines is self.mails and self.mails.current:
            await self.open(self.mails.current)

    def on_descendant_focus(self) -> None:
        """Another pane, other keys, another place."""
        self.refresh_bindings()
        self.update_status()

    def on_resize(self) -> None:
        """The status line says less on a narrow screen."""
        self.call_after_refresh(self.update_status)

    def on_engine_event(self, message: EngineEvent) -> None:
        """Something changed."""
        with guarded(self.acterm.tell):
            self.happened(message.event)

    def happened(self, event: Event) -> None:
        """What every list of mails does about it."""
        if isinstance(event, Failed):
            self.leaving.difference_update(event.ids)
            self.mails.forget(event.ids)
            self.reload()
        elif isinstance(event, Done):
            self.leaving.difference_update(event.ids)
        elif isinstance(event, BodyArrived):
            self.body_arrived(event.message_id)

    async def action_next_mail(self) -> None:
        """Read the mail below."""
        await self._open_beside(1)

    async def action_previous_mail(self) -> None:
        """Read the mail above."""
        await self._open_beside(-1)

    async def _open_beside(self, step: int) -> None:
        self.mails.select(self.pane.shown)
        index = self.mails.cursor + step
        if 0 <= index < self.mails.count:
            await self.open(self.mails.ids[index])

    async def action_next_unread(self) -> None:
        """To the next unread mail; it opens when the reader has the keys."""
        await self._go_unread(self.mails.ids[self.mails.cursor + 1 :])

    async def on_reader_read_on(self) -> None:
        """The open mail is read to its end."""
        await self.action_next_unread()

    async def action_previous_unread(self) -> None:
        """To the previous unread mail."""
        await self._go_unread(self.mails.ids[: self.mails.cursor][::-1])

    async def _go_unread(self, ids: Sequence[int]) -> None:
        mail = next((found.id for found in self._fetch(ids) if found.unread), 0)
        await self.go_to(mail)

    async def go_to(self, mail: int) -> None:
        """Put the cursor on an unread mail, opened when the reader has the keys; 0: say so."""
        if not mail:
            self.acterm.tell(_("No other unread mail."))
        elif self.reading:
            await self.open(mail)
        else:
            self.mails.select(mail)

    def action_next_pane(self) -> None:
        """To the pane on the right, round again."""
        self._go_pane(1)

    def action_previous_pane(self) -> None:
        """To the pane on the left, round again."""
        self._go_pane(-1)

    def panes(self) -> list[Widget]:
        """The widgets that can have the keys, from left to right."""
        reader = [self.pane.reader] if self.pane.reader and self.pane.shown else []
        return [self.mails, *reader]

    def _go_pane(self, step: int) -> None:
        panes = self.panes()
        at = panes.index(self.focused) if self.focused in panes else 0
        target = panes[(at + step) % len(panes)]
        self._give_place(reader=target is self.pane.reader)
        self.set_focus(target)
        self.call_after_refresh(self.update_status)

    def action_back(self) -> None:
        """From the reader to the list; from the list, one step out."""
        if self.reading:
            self.close_reader()
        elif self.focused is not self.mails:
            self.set_focus(self.mails)
        else:
            self.step_out()

    def step_out(self) -> None:
        """What Back does in the list."""
        key = keyboard_of(self).shown(named("quit"))
        self.acterm.tell(_("{key}: quit").format(key=key))
