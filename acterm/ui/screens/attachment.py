"""One attachment in the terminal: its text, its pages, its picture, the files inside it."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from textual import getters
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from acterm.i18n import _
from acterm.mail.cells import cells, cut, cut_inside
from acterm.mail.message import Line
from acterm.mail.size import size_words
from acterm.ui import outside
from acterm.ui.command import Command, Place
from acterm.ui.errors import guarded
from acterm.ui.glyphs import marks
from acterm.ui.graphics import Graphics, graphics
from acterm.ui.screens.file_panel import FilePanel
from acterm.ui.verbs.file import File, Use
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.file_view import FileView
from acterm.ui.widgets.lines import StatusLine
from acterm.viewers import Child, Entry, Picture, View, view
from acterm.viewers.described import file_words
from acterm.viewers.terminal_picture import Run, fitted, half_blocks

# Up to so many lines beside a picture say what it is; more are a text of their own.
_FEW = 4
_MOST_ENTRIES = 8
# What a cell of half blocks shows of a picture.
_POINTS = (1, 2)
# The cells between the words of the title, and the longest name of a sheet in it.
_BETWEEN = 7
_SHEET_NAME = 30

Rows = tuple[tuple[Run, ...], ...]


class AttachmentView(FilePanel):
    """A child process reads it, in a thread of its own; going back ends both."""

    places = (Place.ATTACHMENTS, Place.OUTBOX)
    DEFAULT_CSS = """
    AttachmentView FileView { height: 1fr; }
    AttachmentView #entries { height: auto; display: none; }
    AttachmentView #note { height: auto; display: none; padding: 0 1; color: $dim; }
    AttachmentView #password { display: none; }
    """
    text = getters.query_one(FileView)

    @dataclass
    class Viewed(Message):
        """The viewer is done with what was asked last, or with something before it."""

        child: Child
        view: View
        rows: Rows

    def __init__(self, file: File) -> None:
        super().__init__(file)
        self._width = 0
        self._page = 1
        self._view: View | None = None
        self._rows: Rows = ()
        self._pictured = False

    def title_words(self) -> str:
        """Its name, type and size; of a long name the middle is left out."""
        file = self.file
        kind = f"{file_words(file.name, file.type)} {marks.dot} {size_words(len(file.data))}"
        right = page_words(self._view) if self._view else ""
        room = self.app.size.width - cells(kind) - cells(right) - _BETWEEN
        return f"{cut_inside(file.name, room)} {marks.dot} {kind}"

    def compose_inside(self) -> Iterator[Widget]:
        """Its lines, the files inside, and a line for a password."""
        yield FileView()
        yield Choices[Entry](id="entries")
        yield Static(id="note")
        field = Field(_("password of the file"), id="password")
        field.password = True
        yield field

    def on_mount(self) -> None:
        """The keys scroll."""
        self.text.focus()

    def with_file(self, use: Use) -> None:
        """The file inside that the cursor is on, else this one."""
        inside = self.entries.current if self.focused is self.entries else None
        if inside is None:
            use(self.file)
        else:
            self.take_out(inside, use)

    def can(self, command: type[Command]) -> bool:
        """Pages, pictures and columns only where there are some."""
        view = self._view
        conditions = {
            "next_page": bool(view and view.page < view.pages),
            "previous_page": bool(view and view.page > 1),
            "show_picture": bool(view and view.picture) and self._can_picture(),
            "previous_columns": self.text.is_wide,
            "next_columns": self.text.is_wide,
            "go_inside": bool(self.text.display and self.entries.display),
        }
        return conditions.get(command.name, True) and super().can(command)

    def _can_picture(self) -> bool:
        """Whether there is another way to show it than the one on screen."""
        few = self._view is not None and len(self._view.lines) <= _FEW
        return graphics().has_pixels or (graphics() is Graphics.BLOCKS and not few)

    # Viewing

    def on_resize(self, event: Resize) -> None:
        """Lay it out for the width there is."""
        self._show_title()
        if event.size.width != self._width:
            self._width = event.size.width
            self.read_again()

    def _show_title(self) -> None:
        line = self.query_one(StatusLine)
        line.left, line.right = self.title_words(), page_words(self._view) if self._view else ""

    def read_again(self) -> None:
        """Have it read, instead of what is being read."""
        if self.child:
            self.child.kill()
        self.child = child = Child()
        self._say_opening()
        asked = (child, self._width - 2, self._page, self.secret, self.size.height)
        threading.Thread(target=self._read, args=asked, daemon=True).start()

    def _say_opening(self) -> None:
        if self._view is None:
            self.text.say(_("Opening {name}…").format(name=self.file.name))
        else:
            self.acterm.tell(_("Opening page {page}…").format(page=self._page), 20)

    def _read(self, child: Child, width: int, page: int, secret: str, height: int) -> None:
        def tell(shown: View, rows: Rows = ()) -> None:
            self.post_message(self.Viewed(child, shown, rows))

        with guarded(lambda words: tell(View((Line(words),)))):
            file = self.file
            shown = view(
                file.data,
                file.name,
                file.type,
                width,
                page=page,
                password=secret,
                charset=file.charset,
                child=child,
            )
            tell(shown, blocks(shown.picture, width, height) if shown.picture else ())

    def on_attachment_view_viewed(self, message: Viewed) -> None:
        """Show it, say what is not shown, ask for a password."""
        message.stop()
        if message.child is not self.child:
            return
        self.acterm.tell("")
        before, shown = self._view, message.view
        self.child, self._view, self._rows = None, shown, message.rows
        self._page = shown.page
        self._pictured = bool(message.rows) and (self._pictured or len(shown.lines) <= _FEW)
        self._show_title()
        self._show(stay=before is not None and before.page == shown.page)
        if self._pictured and before is None and graphics().has_pixels and not outside.is_remote():
            self.action_show_picture()
        self._show_entries(shown.entries, alone=is_listing(shown))
        note = self.query_one("#note", Static)
        note.update(Content(shown.note))
        note.display = bool(shown.note)
        if shown.locked:
            self.ask_password(self.read_again)
        self.refresh_bindings()

    def _show(self, *, stay: bool = False) -> None:
        """The text, or the picture with the few words about it."""
        if self._view is None:
            return
        few = len(self._view.lines) <= _FEW
        if self._pictured:
            self.text.show(View(self._view.lines if few else ()), self._rows, stay=stay)
        else:
            self.text.show(without_names(self._view), stay=stay)

    def _show_entries(self, entries: Sequence[Entry], *, alone: bool) -> None:
        """The files inside, below the text or, of an archive, in its place."""
        self.inside = entries
        self.text.display = not alone
        self.entries.display = bool(entries)
        most = min(_MOST_ENTRIES, max(_FEW, self.size.height // 5))
        self.entries.styles.height = "1fr" if alone else min(len(entries), most)
        self.entries.show([_choice(one, self.size.width) for one in entries])
        stays = bool(entries) and self.focused is self.entries
        if not (self.password.display or stays):
            (self.entries if alone else self.text).focus()

    def action_go_inside(self) -> None:
        """From the text to the files inside, and back."""
        (self.text if self.focused is self.entries else self.entries).focus()

    # Commands

    def action_back(self) -> None:
        """Stop what is being read, else out of the password, else close."""
        if self.child:
            self.child.kill()
            self.child = None
            if self._view is not None:
                self.wanted = None
                self.acterm.tell(_("Stopped."))
                return
        if self.password.display and self._view and not self._view.locked:
            self.password.display, self.password.value = False, ""
            self.wanted = None
            self.entries.focus()
            return
        self.dismiss()

    def open_inside(self, file: File) -> None:
        """Over this one."""
        self.app.push_screen(AttachmentView(file))

    def on_file_view_past_end(self, message: FileView.PastEnd) -> None:
        """Reading on leads over all pages."""
        message.stop()
        if self._view is not None and self._page < self._view.pages:
            self.action_next_page()

    def action_next_page(self) -> None:
        """The next page, slide or sheet."""
        self._page += 1
        self.read_again()

    def action_previous_page(self) -> None:
        """The one before."""
        self._page -= 1
        self.read_again()

    def action_next_columns(self) -> None:
        """The columns further right."""
        self.text.sideways(1)

    def action_previous_columns(self) -> None:
        """The columns further left."""
        self.text.sideways(-1)

    def action_show_picture(self) -> None:
        """From the text to the picture, to the picture itself where the terminal draws it."""
        if self._view is None or self._view.picture is None:
            return
        if self._pictured and graphics().has_pixels:
            from acterm.ui.screens.picture import PictureScreen

            self.app.push_screen(PictureScreen(self._view.picture, self.title_words()))
            return
        self._pictured = not self._pictured or len(self._view.lines) <= _FEW
        self._show()


def blocks(picture: Picture, columns: int, height: int) -> Rows:
    """The picture in half blocks, two points a cell; as high as the screen at most twice."""
    columns, rows = fitted(picture, columns, 2 * max(height, 12), _POINTS)
    return half_blocks(picture, columns, rows)


def is_listing(shown: View) -> bool:
    """Whether the lines say no more than the files inside."""
    return bool(shown.entries) and len(shown.lines) == len(shown.entries)


def without_names(shown: View) -> View:
    """Without the lines that name the files inside, which stand below the text anyway."""
    return replace(shown, lines=shown.lines[: len(shown.lines) - shown.listed])


def page_words(shown: View) -> str:
    """« page 2 sur 14 », the name of a sheet; empty for a single page."""
    if shown.pages < 2:
        return ""
    if len(shown.names) < shown.page:
        return _("page {page} of {pages}").format(page=shown.page, pages=shown.pages)
    words = _("sheet {page} of {pages}").format(page=shown.page, pages=shown.pages)
    return f"{cut(shown.names[shown.page - 1], _SHEET_NAME)} {marks.dot} {words}"


def _choice(entry: Entry, width: int) -> Choice[Entry]:
    locked = _("locked") if entry.locked else ""
    right = f"{locked}  {size_words(entry.size) if entry.size >= 0 else ''}"
    name = cut_inside(entry.name, width - cells(right) - _BETWEEN)
    return Choice(f"{marks.attachment} {name}", right, entry)
