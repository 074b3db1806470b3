"""Folders as a tree: each below its parent, those with a role and those of the inbox outermost."""

from collections.abc import Sequence
from dataclasses import dataclass

from acterm.mail.folder import Folder, Role
from acterm.ui.format import folder_name


@dataclass(frozen=True, slots=True)
class Branch:
    """A folder, how deep it stands, and the part of its name that its parents do not say."""

    folder: Folder
    depth: int
    name: str


def as_tree(folders: Sequence[Folder]) -> list[Branch]:
    """The folders in the given order, each followed by its children."""
    known = {folder.name: folder for folder in folders}
    children: dict[str, list[Folder]] = {}
    for folder in folders:
        children.setdefault(_parent(folder, known), []).append(folder)
    return list(_branches("", 0, children))


def _branches(parent: str, depth: int, children: dict[str, list[Folder]]) -> list[Branch]:
    found: list[Branch] = []
    for folder in children.pop(parent, ()):
        found.append(Branch(folder, depth, _name(folder, parent)))
        found += _branches(folder.name, depth + 1, children)
    return found


def _parent(folder: Folder, known: dict[str, Folder]) -> str:
    """The name of the nearest folder above it, empty at the outside."""
    if folder.role is not Role.NONE or not folder.delimiter:
        return ""
    name = folder.name
    while folder.delimiter in name:
        name = name.rpartition(folder.delimiter)[0]
        above = known.get(name)
        if above is not None:
            return "" if above.role is Role.INBOX else name
    return ""


def _name(folder: Folder, parent: str) -> str:
    if folder.role is not Role.NONE or not folder.delimiter:
        return folder_name(folder)
    name = folder.name.removeprefix(parent + folder.delimiter) if parent else folder.name
    first, found, rest = name.partition(folder.delimiter)
    if not parent and found and first.upper() == "INBOX":
        name = rest
    return name.replace(folder.delimiter, " › ")
