"""Tables of an HTML mail: those of data kept as rows, the cells of the others set as lines."""

from acterm.mail.message import Style
from acterm.mail.text.html_lists import ListWriter, Open
from acterm.mail.text.html_text import SPACE
from acterm.mail.text.marking import CELL, FIRST, GAP, ROW, ROW_END, opened, unmarked
from acterm.mail.text.pictures import pixels
from acterm.mail.text.tables import Grid
from acterm.mail.text.tags import Attributes

# An empty cell as high as that keeps what is above and below it apart.
_A_GAP = 10


class CellWriter(ListWriter):
    """Sets <table>, <tr>, <td>, <th>. `heads` opens the style of heading cells."""

    def __init__(self, tables: frozenset[int]) -> None:
        super().__init__()
        self.cut = False
        self.heads = ""
        self._tables = tables
        self._grid: Grid | None = None
        self._outer: list[str] = []
        self._first_cell = True
        self._row_apart = False
        self._tall_from = -1
        self._inner = 0  # tables inside the cells of the grid
        self._left: list[tuple[list[Open], int]] = []

    def begin_table(self, at: int) -> None:
        """A table, which begins at `at` in the page."""
        self._left.append(self.leave_lists())
        if at in self._tables and self._grid is None:
            self.p()
            self.set_marks("")
            self._grid, self._outer, self.outtextlist = Grid(), self.outtextlist, []
        else:
            self._inner += self._grid is not None
            self.pbr()

    def end_table(self) -> None:
        """The table ends: the rows of data are written."""
        if self._grid is None or self._inner:
            self._inner = max(self._inner - 1, 0)
            self.pbr()
        else:
            self._write(self._grid)
        if self._left:
            self.return_to(self._left.pop())

    def end_tables(self) -> None:
        """The page ends, and with it whatever table nobody closed."""
        self._inner = 0
        self.end_table()

    def set_row(self, *, start: bool) -> None:
        """A row begins or ends."""
        if self._inner:
            self.pbr()
            return
        if self._grid is not None:
            self._flush_cell(self._grid)
            if start:
                self._grid.begin_row()
            return
        if not start:
            self._leave_gap()
            self.out(ROW_END)
        if self._row_apart:
            self.p()
        else:
            self.pbr()
        self._first_cell, self._row_apart = True, False

    def begin_cell(
        self, attributes: Attributes, *, heading: bool, apart: tuple[bool, bool]
    ) -> None:
        """A cell; one that stands apart above or below keeps its whole row so."""
        if self._inner:
            self.pbr()
            return
        if self._grid is not None:
            self._flush_cell(self._grid)
            spans = (attributes.get(name) or "" for name in ("colspan", "rowspan"))
            self._grid.begin_cell(*spans)
            self.heads = opened(Style.BOLD) if heading else ""
            return
        self._leave_gap()
        self.leave_lists()
        self._row_apart = self._row_apart or apart[1]
        if apart[0] and self._first_cell:
            self.p()
        else:
            self.pbr()
        self.o(FIRST if self._first_cell else GAP)
        self._first_cell = False
        tall = pixels(attributes, "height") >= _A_GAP
        self._tall_from = len(self.outtextlist) if tall else -1

    def end_cell(self) -> None:
        """The cell ends."""
        if self._inner:
            self.pbr()
        elif self._grid is not None:
            self._flush_cell(self._grid)
        else:
            self._leave_gap()

    def _leave_gap(self) -> None:
        """After a cell that is tall and says nothing, a gap."""
        if self._tall_from >= 0:
            said = "".join(self.outtextlist[self._tall_from :])
            if not unmarked(said).strip(f"{SPACE}> \n"):
                self.p()
            self._tall_from = -1

    def _flush_cell(self, grid: Grid) -> None:
        self.set_marks("")
        self.leave_lists()
        self.heads = ""
        grid.write("".join(self.outtextlist))
        self.outtextlist = []
        self.p_p, self.start, self.space = 0, True, False

    def _write(self, grid: Grid) -> None:
        """The rows of a data table that ends here, each on a line of its own."""
        self._inner = 0
        self._flush_cell(grid)
        self.cut = self.cut or grid.cut
        self._grid, self.outtextlist = None, self._outer
        blank = "\n" + ">" * self.blockquote
        prefix = blank + (" " if self.blockquote else "") + ROW
        self.outtextlist += [blank, *(prefix + CELL.join(row) for row in grid.rows())]
        self.start = False
        self.p()
