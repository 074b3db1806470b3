"""The open mail: headers, warnings, text, links and attachments, drawn line by line."""

import threading
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message as Note
from textual.scroll_view import ScrollView
from textual.strip import Strip

from acterm.engine.messages import BodyArrived, BodyFailed, FetchBody, SetFlag
from acterm.i18n import _
from acterm.mail.cells import cells
from acterm.mail.message import Flag, Style
from acterm.mail.page import Block, PageLine
from acterm.store import bodies, contacts, messages
from acterm.store.bodies import Body
from acterm.ui import reading
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place
from acterm.ui.keys import Keyed
from acterm.ui.reading import Opened

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

_STYLES = {
    Style.BOLD: "reader--bold",
    Style.ITALIC: "reader--italic",
    Style.CODE: "reader--code",
    Style.HEADING: "reader--heading",
    Style.LINK: "reader--link",
    Style.IMAGE: "reader--note",
    Style.RULE: "reader--rule",
}


class Reader(Keyed, ScrollView, can_focus=True):
    """Shows one mail. A mail is read once its text is on screen, never by passing over it."""

    places = (Place.READER,)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"reader--{block}" for block in Block),
        *_STYLES.values(),
        "reader--quote",
        "reader--deep",
    }
    DEFAULT_CSS = """
    Reader {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
        & > .reader--subject { text-style: bold; color: $foreground; }
        & > .reader--header { color: $dim; }
        & > .reader--suspect { color: $error; text-style: bold; }
        & > .reader--verify { color: $warning; text-style: bold; }
        & > .reader--note { color: $dim; }
        & > .reader--link { color: $accent; }
        & > .reader--attachment { color: $accent; text-style: bold; }
        & > .reader--quote { color: $dim; }
        & > .reader--deep { color: $dim; text-style: italic; }
        & > .reader--bold { text-style: bold; }
        & > .reader--italic { text-style: italic; }
        & > .reader--code { color: $success; }
        & > .reader--heading { text-style: bold; color: $accent; }
        & > .reader--rule { color: $rule; }
    }
    """

    class ReadOn(Note):
        """The person read to the end and wants the next unread mail."""

    @dataclass
    class Laid(Note):
        """A large mail was laid out in its thread."""

        opened: Opened

    def __init__(self) -> None:
        super().__init__()
        self._mail = 0
        self._opened: Opened | None = None
        self._lines: tuple[PageLine, ...] = ()
        self._folded = self._all_headers = self._as_source = False
        self._failed = ""

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        from acterm.ui.app import AcTerm

        assert isinstance(self.app, AcTerm)  # noqa: S101 (for the type checker)
        return self.app

    @property
    def opened(self) -> Opened | None:
        """The mail on screen, None while its text is on the way."""
        return self._opened

    def show(self, message_id: int) -> None:
        """Show a mail: its text when it is here, else its header while the text is fetched."""
        self._mail = message_id
        self._opened = None
        self._folded = self._all_headers = self._as_source = False
        self._failed = ""
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        if self.size.width:
            self._read()

    def clear(self) -> None:
        """Nothing is open."""
        self._mail, self._opened = 0, None
        self._take(())

    def can(self, command: type[Command]) -> bool:
        """Links and attachments only where there are some."""
        if command.name == "open_links":
            return bool(self._opened and self._opened.rendered.links)
        if command.name == "open_attachments":
            return bool(self._opened and self._opened.message.attachments)
        return super().can(command)

    # Reading

    def _read(self) -> None:
        body = bodies.get(self.acterm.store.reader(), self._mail)
        if body is None:
            self._announce(self._failed or reading.coming())
            if not self._failed:
                self.acterm.bridge.submit(FetchBody(self._mail))
        elif len(body.source) > reading.LARGE:
            self._announce(reading.coming())
            arguments = (self._mail, body, self.size.width)
            threading.Thread(target=self._lay_out, args=arguments, daemon=True).start()
        else:
            self._show_opened(self._laid_out(self._mail, body, self.size.width))

    def _announce(self, words: str) -> None:
        header = messages.headers_of(self.acterm.store.reader(), self._mail)
        if header is not None:
            self._take(reading.announced(header, self.size.width, words))

    def _laid_out(self, mail: int, body: Body, width: int) -> Opened:
        store = self.acterm.store
        return reading.read(
            mail,
            body.source,
            width,
            skeleton=body.skeleton,
            known_addresses=lambda name: contacts.known(store.reader(), name),
        )

    def _lay_out(self, mail: int, body: Body, width: int) -> None:
        self.post_message(self.Laid(self._laid_out(mail, body, width)))

    def on_reader_laid(self, message: Laid) -> None:
        """Draw it, when it is still the one that is wanted."""
        message.stop()
        if message.opened.mail == self._mail and message.opened.width == self.size.width:
            self._show_opened(message.opened)

    def _show_opened(self, opened: Opened) -> None:
        self._opened = opened
        self._arrange()
        mail = messages.get(self.acterm.store.reader(), opened.mail)
        if mail is not None and mail.unread:
            self.acterm.bridge.submit(SetFlag((mail.id,), Flag.SEEN, True, quiet=True))
        self.refresh_bindings()

    def _arrange(self) -> None:
        """The lines of the page as they are wanted now."""
        if self._opened is None:
            return
        lines = self._opened.lines
        if self._as_source:
            body = bodies.get(self.acterm.store.reader(), self._mail)
            lines = reading.source_lines(body.source if body else b"", self._opened.width)
        elif self._all_headers:
            lines = reading.with_headers(self._opened)
        self._take(reading.folded(lines) if self._folded else lines)

    def _take(self, lines: tuple[PageLine, ...]) -> None:
        self._lines = lines
        self.virtual_size = Size(self.size.width, max(1, len(lines)))
        self.refresh()

    def on_engine_event(self, message: EngineEvent) -> None:
        """The text came, or it will not."""
        event = message.event
        if isinstance(event, BodyArrived) and event.message_id == self._mail:
            if self._opened is None:
                self._read()
        elif isinstance(event, BodyFailed) and event.message_id == self._mail and not event.section:
            self._failed = f"{event.title} {event.advice}".strip()
            self._announce(self._failed)

    def _on_resize(self, event: Resize) -> None:
        wide = self._opened.width if self._opened else 0
        if self._mail and event.size.width and event.size.width != wide:
            self._opened = None
            self._read()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window (Textual's line API)."""
        width = self.size.width
        plain = self.rich_style
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(width, plain)
        entry = self._lines[at]
        base = plain + self.get_component_rich_style(f"reader--{entry.block}", partial=True)
        margin = " " if entry.block is Block.BODY else ""
        if entry.line.quote:
            name = "reader--quote" if entry.line.quote == 1 else "reader--deep"
            base = plain + self.get_component_rich_style(name, partial=True)
        segments = [Segment(margin, base), *self._segments(entry, base)]
        used = sum(cells(segment.text) for segment in segments)
        segments.append(Segment(" " * max(0, width - used), base))
        return Strip(segments).crop(0, width)

    def _segments(self, entry: PageLine, base: RichStyle) -> list[Segment]:
        text, spans = entry.line.text, entry.line.spans
        if not spans:
            return [Segment(text, base)]
        edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
        segments = []
        for start, end in pairwise(edges):
            style = base
            for span in spans:
                if span.start <= start and end <= span.end:
                    name = _STYLES[span.style]
                    style = style + self.get_component_rich_style(name, partial=True)
            segments.append(Segment(text[start:end], style))
        return segments

    # Commands

    @property
    def _page(self) -> int:
        return max(1, self.size.height - 1)

    def _go(self, top: float) -> None:
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def action_scroll_down(self) -> None:
        """One line down."""
        self._go(self.scroll_offset.y + 1)

    def action_scroll_up(self) -> None:
        """One line up."""
        self._go(self.scroll_offset.y - 1)

    def action_page_down(self) -> None:
        """A page down."""
        self._go(self.scroll_offset.y + self._page)

    def action_page_up(self) -> None:
        """A page up."""
        self._go(self.scroll_offset.y - self._page)

    def action_scroll_home(self) -> None:
        """To the top."""
        self._go(0)

    def action_scroll_end(self) -> None:
        """To the end."""
        self._go(self.max_scroll_y)

    def action_read_on(self) -> None:
        """A page down; at the end, the next unread mail."""
        if self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.ReadOn())
        else:
            self.action_page_down()

    def action_fold_quotes(self) -> None:
        """Hide the quoted text."""
        self._folded = True
        self._arrange()

    def action_unfold_quotes(self) -> None:
        """Show the quoted text."""
        self._folded = False
        self._arrange()

    def action_show_headers(self) -> None:
        """Every header, or the main ones again."""
        self._all_headers, self._as_source = not self._all_headers, False
        self._arrange()
        self._go(0)

    def action_show_source(self) -> None:
        """The mail as it came, or its text again."""
        self._as_source = not self._as_source
        self._arrange()
        self._go(0)

    def action_open_links(self) -> None:
        """The links with their real hosts."""
        if self._opened:
            from acterm.ui.screens.links import LinksScreen

            self.app.push_screen(LinksScreen(self._opened.rendered.links))

    def action_open_attachments(self) -> None:
        """The attachments, to read or save."""
        if self._opened:
            from acterm.ui.screens.attachments import AttachmentsScreen

            self.app.push_screen(AttachmentsScreen(self._opened.mail, self._opened.message))

    def words(self) -> str:
        """What a person sees, for tests and for telling."""
        return "\n".join(entry.line.text for entry in self._lines) or _("Nothing is open.")
