"""What a command is: declared once, it feeds keys, footer, palette and help."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from acterm.i18n import _

FRANCAIS = "francais"
GMAIL = "gmail"


class Place(StrEnum):
    """Where a command is valid. A key means one thing along the way from the focus to the app."""

    ANYWHERE = "anywhere"
    BOX = "box"
    MAIL = "mail"
    LIST = "list"
    READER = "reader"
    READING = "reading"
    FOLDERS = "folders"
    COMPOSER = "composer"
    ATTACHMENTS = "attachments"
    LINKS = "links"
    OUTBOX = "outbox"
    FLOW = "flow"


WAYS = (
    (Place.LIST, Place.MAIL, Place.BOX, Place.ANYWHERE),
    (Place.READER, Place.READING, Place.MAIL, Place.BOX, Place.ANYWHERE),
    (Place.FOLDERS, Place.BOX, Place.ANYWHERE),
    (Place.COMPOSER, Place.ANYWHERE),
    (Place.ATTACHMENTS, Place.ANYWHERE),
    (Place.LINKS, Place.ANYWHERE),
    (Place.OUTBOX, Place.ANYWHERE),
)
"""From the focus up to the app: where a key has one meaning."""


def same(keys: str) -> dict[str, str]:
    """The same keys in both languages."""
    return {FRANCAIS: keys, GMAIL: keys}


def by_preset(*, francais: str, gmail: str) -> dict[str, str]:
    """Keys that are mnemonics of a language."""
    return {FRANCAIS: francais, GMAIL: gmail}


class Command:
    """One thing a person can do. Subclasses are declarations; nodes with `action_<name>` do it.

    `title`, `short` and `help` are msgids marked with `N_`. `short` is what the footer says.
    `keys` gives for each language's preset the keys, separated by spaces; `g>r` is g, then r. The
    first is the one that is shown. What other programs' presets change is in `presets`. `footer`
    ranks the command in the footer, 0 keeps it out.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    short: ClassVar[str] = ""
    keys: ClassVar[dict[str, str]] = {}
    places: ClassVar[frozenset[Place]] = frozenset()
    footer: ClassVar[int] = 0

    def __init_subclass__(cls) -> None:
        cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        _registry[cls.name] = cls

    @classmethod
    def label(cls) -> str:
        """Its name in the interface's language."""
        return _(cls.title)

    @classmethod
    def hint(cls) -> str:
        """What the footer says beside the key, in the interface's language."""
        words = _(cls.short or cls.title)
        return words if cls.short else words[:1].lower() + words[1:]


_registry: dict[str, type[Command]] = {}


def every() -> Iterator[type[Command]]:
    """All commands, in the order of their declaration."""
    import acterm.ui.commands  # noqa: F401 (declaring is importing)

    yield from _registry.values()


def named(name: str) -> type[Command]:
    """The command of that name; KeyError without one."""
    import acterm.ui.commands  # noqa: F401 (declaring is importing)

    return _registry[name]
