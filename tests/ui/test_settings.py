"""Réglages: what is changed there holds at once, and the next time."""

import pytest

from acterm.mail.draft import Draft
from acterm.store import drafts, settings
from acterm.store.db import Store
from acterm.ui import palettes
from tests.ui.box import Box, opened

pytestmark = pytest.mark.usefixtures("inbox")


async def _on(box: Box, words: str) -> None:
    """Move to the line and press Enter."""
    for _line in range(20):
        if any("▌" in line and words in line for line in box.lines):
            break
        await box.press("down")
    await box.press("enter")


async def test_the_settings_say_how_everything_stands(store: Store) -> None:
    async with opened(store) as box:
        await box.press("g", "p")
        await box.sees("Réglages")
        assert "camille.lefevre@ac-amiens.fr" in box.text
        assert "les seize du terminal" in box.text
        assert "lettres françaises" in box.text


async def test_the_settings_and_the_help_offer_no_undo(store: Store) -> None:
    async with opened(store) as box:
        assert "z annuler" in box.text
        for keys in ("gp", "?"):
            await box.press(*keys)
            await box.sees("q retour")
            assert "z annuler" not in box.text


async def test_the_cursor_passes_over_headings(store: Store) -> None:
    async with opened(store) as box:
        await box.press("g", "p")
        assert any("▌ camille.lefevre@ac-amiens.fr" in line for line in box.lines)
        await box.press("down", "down")
        assert any("▌ Couleurs" in line for line in box.lines)
        await box.press("up")
        assert any("▌ Ajouter un compte" in line for line in box.lines)


async def test_other_colours_are_kept(store: Store) -> None:
    async with opened(store) as box:
        await box.press("g", "p")
        await _on(box, "Couleurs")
        await box.sees("contraste élevé")
    assert settings.get(store.reader(), "theme") == palettes.CONTRAST


async def test_a_key_is_given_to_a_command_and_works(store: Store) -> None:
    async with opened(store) as box:
        await box.press("g", "p")
        await _on(box, "Changer une touche")
        await box.press(*"archiver", "enter")
        await box.sees("Touche actuelle : a")
        await box.press("y")
        await box.sees("y : Archiver")
        await box.press("escape", "y")
        assert type(box.submitted[-1]).__name__ == "Move"
        count = len(box.submitted)
        await box.press("a")
        assert len(box.submitted) == count, "the key it had before means nothing any more"
    assert settings.get(store.reader(), "rebound") == {"archive": "y"}


async def test_a_key_that_means_something_else_is_not_taken(store: Store) -> None:
    async with opened(store) as box:
        await box.press("g", "p")
        await _on(box, "Changer une touche")
        await box.press(*"archiver", "enter", "t")
        await box.sees("t est déjà « Transférer »")
        await box.press("ctrl+s")
        await box.sees("Ctrl+S n'arrive pas partout")
        await box.press("g")
        await box.sees("g est déjà")
        await box.press("escape")
    assert settings.get(store.reader(), "rebound", {}) == {}


async def test_changes_of_keys_are_taken_back(store: Store) -> None:
    with store.write() as db:
        settings.put(db, "rebound", {"archive": "y"})
    async with opened(store) as box:
        await box.press("g", "p")
        await box.sees("1 changée")
        await _on(box, "Reprendre les touches d'origine")
        await box.press("escape", "a")
        assert type(box.submitted[-1]).__name__ == "Move"


async def test_who_comes_from_mutt_finds_its_letters(store: Store) -> None:
    with store.write() as db:
        settings.put(db, "keys", "mutt")
    async with opened(store) as box:
        await box.press("m")
        await box.sees("Nouveau mail")


async def test_a_mail_whose_writing_was_cut_short_is_told_at_the_start(store: Store) -> None:
    with store.write() as db:
        drafts.keep(db, Draft(1, subject="Sortie à Compiègne"))
    async with opened(store) as box:
        await box.sees("Brouillon gardé : « Sortie à Compiègne ». g o : le reprendre")
        await box.press("g", "o")
        await box.sees("Boîte d'envoi")
        assert "Sortie à Compiègne" in box.text
