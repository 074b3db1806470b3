"""Folders stand below their parents, whatever the server calls them."""

from acterm.mail.folder import Folder, Role
from acterm.ui.tree import as_tree


def _folders(*names: str, delimiter: str = "/", **roles: Role) -> list[Folder]:
    return [
        Folder(at, 1, name, name, delimiter, roles.get(name.replace(delimiter, "_"), Role.NONE))
        for at, name in enumerate(names, 1)
    ]


def _drawn(folders: list[Folder]) -> list[str]:
    return ["  " * branch.depth + branch.name for branch in as_tree(folders)]


def test_children_follow_their_parent() -> None:
    names = ("INBOX", "Archives", "Trash", "Archives/2024", "Archives/2024/3eD", "Classes")
    folders = _folders(*names, INBOX=Role.INBOX, Archives=Role.ARCHIVE, Trash=Role.TRASH)
    assert _drawn(folders) == [
        "Boîte de réception",
        "Archives",
        "  2024",
        "    3eD",
        "Corbeille",
        "Classes",
    ]


def test_folders_of_the_inbox_stand_outside() -> None:
    names = ("INBOX", "INBOX.Sent", "INBOX.Classes", "INBOX.Classes.4eC")
    folders = _folders(*names, delimiter=".", INBOX=Role.INBOX, INBOX_Sent=Role.SENT)
    assert _drawn(folders) == ["Boîte de réception", "Envoyés", "Classes", "  4eC"]


def test_a_parent_that_is_not_there_is_in_the_name() -> None:
    assert _drawn(_folders("Classes/4eC", "Classes/4eC/Parents")) == ["Classes › 4eC", "  Parents"]


def test_without_delimiter_there_is_no_tree() -> None:
    assert _drawn(_folders("a/b", "c", delimiter="")) == ["a/b", "c"]


def test_no_folder_is_lost() -> None:
    folders = _folders("a", "a/b", "a/b/c", "x/y", "INBOX/z", "a/d")
    assert sorted(branch.folder.id for branch in as_tree(folders)) == [1, 2, 3, 4, 5, 6]
