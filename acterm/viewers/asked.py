"""What a viewer is asked, and how much it may take."""

from dataclasses import dataclass

# What is shown at most; more is for the program outside.
MAX_BYTES = 8 << 20
MAX_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One attachment to look into.

    `page` counts from 1, `width` is in cells, `drawn` asks for a picture as well. `charset` is
    the one that the mail names for a text, empty without.
    A viewer is a module with `view(asked) -> View`, and `member(asked, number) -> Member` where
    there are files inside. It raises Locked without the right password, BadData with a sentence
    for what it refuses; anything else it raises means that the file is damaged.
    """

    data: bytes
    name: str
    kind: str
    width: int = 80
    page: int = 1
    password: str = ""
    drawn: bool = True
    charset: str = ""
