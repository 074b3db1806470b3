"""Writing: nothing typed is lost, nobody is forgotten, and a secret does not leave."""

from pathlib import Path

from acterm.engine.messages import (
    AbandonDraft,
    DraftKept,
    Failed,
    KeepDraft,
    Send,
    SendingChanged,
    SendingState,
)
from acterm.mail.draft import Draft
from acterm.store import search
from acterm.store.db import Store
from tests.ui.box import Box, opened


def _sent(box: Box) -> list[Draft]:
    return [command.draft for command in box.submitted if isinstance(command, Send)]


def _kept(box: Box) -> list[Draft]:
    return [command.draft for command in box.submitted if isinstance(command, KeepDraft)]


async def test_a_mail_is_written_and_sent(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n")
        await box.sees("Nouveau mail")
        await box.press(*"a@college.example", "tab", "tab", *"Salle", "tab", *"Oui", "enter", *"ok")
        await box.press("escape", "e")
        (draft,) = _sent(box)
        assert (draft.to, draft.subject, draft.body) == ("a@college.example", "Salle", "Oui\nok")
        await box.tell(SendingChanged(1, SendingState.QUEUED))
        assert "Objet" not in box.text


async def test_each_pause_keeps_the_draft(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n", *"a@b.example")
        await box.until(lambda: _kept(box), "the draft is kept")
        assert _kept(box)[-1].to == "a@b.example"
        await box.tell(DraftKept(7))
        await box.press("tab", "tab", *"Sujet")
        await box.until(lambda: len(_kept(box)) > 1, "kept again")
        assert (_kept(box)[-1].id, _kept(box)[-1].subject) == (7, "Sujet")


async def test_keeping_and_abandoning(store: Store, inbox: int) -> None:
    async with opened(store, draft=Draft(1, to="a@b.example", body="x", id=3)) as box:
        await box.sees("a@b.example")
        await box.press("escape", "a")
        assert AbandonDraft(3) in box.submitted


async def test_a_mail_to_nobody_is_not_sent(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n", "escape", "e")
        await box.sees("À qui ? Remplissez un destinataire.")
        await box.press(*"chloe", "escape", "e")
        await box.sees("Ce n'est pas une adresse mail : chloe")
        assert _sent(box) == []


async def test_a_forgotten_subject_and_attachment_are_asked_once(store: Store, inbox: int) -> None:
    draft = Draft(1, to="a@b.example", body="Vous trouverez ci-joint le compte rendu.")
    async with opened(store, draft=draft) as box:
        await box.press("escape", "e")
        await box.sees("Le mail n'a pas d'objet.")
        assert _sent(box) == []
        await box.press("escape", "e")
        assert len(_sent(box)) == 1


async def test_what_the_engine_holds_back_stays_open(store: Store, inbox: int) -> None:
    draft = Draft(1, to="a@b.example", subject="x", body="NUMEN")
    async with opened(store, draft=draft) as box:
        await box.press("escape", "e")
        await box.tell(Failed("Le mail contient un NUMEN.", "Retirez-le."))
        await box.sees("Le mail contient un NUMEN.")
        assert "Objet" in box.text
        await box.press("escape", "e")
        assert len(_sent(box)) == 2


async def test_people_one_knows_are_proposed(store: Store, inbox: int) -> None:
    with store.write() as db:
        while search.index_pending(db):
            pass
    async with opened(store) as box:
        await box.press("n", *"chlo")
        await box.sees("quelquun@example.test")
        await box.press("enter")
        await box.sees("Chloé Gérard <quelquun@example.test>")


async def test_a_file_is_attached_and_taken_off(store: Store, inbox: int, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("nom;note\n")
    async with opened(store, draft=Draft(1, to="a@b.example", subject="x")) as box:
        await box.sees("a@b.example")
        await box.press("escape", "p")
        await box.sees("Joindre un fichier")
        await box.press(*"notes", "enter")
        await box.sees("+ notes.csv")
        await box.press("escape", "e")
        assert [item.name for item in _sent(box)[0].attachments] == ["notes.csv"]
