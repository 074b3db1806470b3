"""Text in cells: a wide character takes two, and a column is never outgrown."""

from rich.cells import cell_len, set_cell_size

from acterm.ui.glyphs import marks


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells, cut with … or filled with spaces."""
    if width <= 0:
        return ""
    size = len(text) if text.isascii() else cell_len(text)
    if size <= width:
        return text + " " * (width - size)
    return set_cell_size(text, width - 1) + marks.cut


def fit_right(text: str, width: int) -> str:
    """The same, with the spaces on the left."""
    size = len(text) if text.isascii() else cell_len(text)
    return " " * (width - size) + text if size <= width else fit(text, width)


def spread(left: str, right: str, width: int) -> str:
    """Both ends of a line; the left one is cut when they meet."""
    room = width - cell_len(right)
    if room < 8:
        return fit(left, width)
    return fit(left, room - 1) + " " + right if right else fit(left, width)
