"""More lines to choose from than a small screen has: so many at a time, and one for the others."""

from collections.abc import Sequence

MORE = "more"
SIZE = 12


def paged(keys: Sequence[str], page: int) -> tuple[str, ...]:
    """The keys of one page, with MORE when there are others; after the last comes the first."""
    pages = max(-(-len(keys) // SIZE), 1)
    start = page % pages * SIZE
    shown = tuple(keys[start : start + SIZE])
    return (*shown, MORE) if pages > 1 else shown
