"""Choosing a file by typing its path: from where one began, in every folder, whatever is in it."""

import os
from pathlib import Path

import pytest

from acterm.store.db import Store
from acterm.ui.screens.file_picker import entries, folder_typed
from tests.ui.box import Box, opened


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder, with others beside it."""
    house = tmp_path / "camille"
    (house / "Cours" / "4eC").mkdir(parents=True)
    (tmp_path / "commun").mkdir()
    (tmp_path / "commun" / "salles.csv").write_text("12")
    for number in (10, 2, 1):
        (house / f"fichier {number}.txt").write_text("x")
    monkeypatch.setenv("HOME", str(house))
    return house


async def _pick(box: Box, typed: str) -> None:
    await box.press("n", "escape", "p")
    await box.sees("Joindre un fichier")
    await box.type_ahead(typed)


def test_folders_come_first_and_numbers_count(house: Path) -> None:
    found = entries(house)
    assert isinstance(found, list)
    names = [path.name for path in found]
    assert names == ["Cours", "fichier 1.txt", "fichier 2.txt", "fichier 10.txt"]


@pytest.mark.parametrize(
    ("typed", "folder"),
    [
        ("", "/h/camille"),
        ("../", "/h"),
        ("Cours/4eC/", "/h/camille/Cours/4eC"),
        ("/srv/x/", "/srv/x"),
        ("~personne-de-connu/", "/h/camille/~personne-de-connu"),
    ],
)
def test_a_path_begins_where_one_is(typed: str, folder: str) -> None:
    assert folder_typed(Path("/h/camille"), typed) == Path(folder)


async def test_one_goes_up_and_down_by_typing(store: Store, inbox: int, house: Path) -> None:
    async with opened(store) as box:
        await _pick(box, "../commun/sal")
        await box.sees("salles.csv")
        await box.press("enter")
        await box.sees("+ salles.csv")


async def test_a_folder_that_is_not_there_is_said(store: Store, inbox: int, house: Path) -> None:
    async with opened(store) as box:
        await _pick(box, "absent/x")
        await box.sees("Ce dossier ne peut pas être lu : il n'existe pas.")
        await box.press("enter")
        await box.sees("Joindre un fichier")


async def test_every_file_of_a_full_folder_is_found(store: Store, inbox: int, house: Path) -> None:
    for number in range(600):
        (house / f"photo {number}.jpg").touch()
    async with opened(store) as box:
        await _pick(box, "photo 599")
        await box.sees("photo 599.jpg")


async def test_a_pipe_is_not_waited_for(store: Store, inbox: int, house: Path) -> None:
    os.mkfifo(house / "tube")
    async with opened(store) as box:
        await _pick(box, "tube")
        await box.press("enter")
        await box.sees("tube n'est pas un fichier que l'on peut joindre.")
