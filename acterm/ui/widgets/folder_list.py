"""The folders of every account: nested names, unread counts, the open one marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style

from acterm.mail.account import Account
from acterm.mail.folder import Folder
from acterm.ui.cells import spread
from acterm.ui.command import Place
from acterm.ui.format import number
from acterm.ui.glyphs import marks
from acterm.ui.tree import as_tree
from acterm.ui.widgets.line_list import LineList, Part


@dataclass(frozen=True, slots=True)
class _Line:
    """A folder, or the heading of an account."""

    text: str
    folder: Folder | None = None


class FolderList(LineList):
    """Tells `LineList.Opened`; the folder is `current`."""

    places = (Place.FOLDERS,)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[_Line] = []
        self._open = 0

    @property
    def count(self) -> int:
        """Folders, and headings when there are several accounts."""
        return len(self._lines)

    @property
    def current(self) -> Folder | None:
        """The folder under the cursor."""
        return self._lines[self.cursor].folder if self._lines else None

    def show(self, accounts: Sequence[tuple[Account, Sequence[Folder]]], opened: int) -> None:
        """The folders now, and which one is open."""
        lines: list[_Line] = []
        for account, folders in accounts:
            if len(accounts) > 1:
                lines.append(_Line(account.address))
            lines += [_Line("  " * one.depth + one.name, one.folder) for one in as_tree(folders)]
        moved = opened != self._open
        if lines == self._lines and not moved:
            return
        self._lines, self._open = lines, opened
        if moved:
            self.set_reactive(FolderList.cursor, self._index(opened))
        self.changed()

    def parts(self, index: int, width: int) -> list[Part]:
        """Name and unread count."""
        line = self._lines[index]
        focused = index == self.cursor and self.has_focus
        bar = marks.cursor if focused else " "
        if line.folder is None:
            return [(spread(f"{bar}{line.text}", "", width), "line--dim")]
        unread = f"{number(line.folder.unread)} " if line.folder.unread else ""
        text = spread(f"{bar}{line.text}", unread, width)
        if line.folder.id == self._open:
            return [(text, "line--accent")]
        if not line.folder.selectable:
            return [(text, "line--dim")]
        return [(text, "line--strong" if unread else "")]

    def cursor_weight(self, index: int) -> Style:
        """The open folder and those with unread mail stay bold."""
        folder = self._lines[index].folder
        strong = folder is not None and (folder.unread or folder.id == self._open)
        return Style(bold=True) if strong else Style.null()

    def _index(self, folder_id: int) -> int:
        for index, line in enumerate(self._lines):
            if line.folder and line.folder.id == folder_id:
                return index
        return 0
