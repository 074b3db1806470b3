"""Writing: nothing typed is lost, nobody is forgotten, and a secret does not leave."""

from dataclasses import replace
from pathlib import Path

from textual.events import Paste

from acterm.engine.messages.base import Failed
from acterm.engine.messages.mail import NewMail
from acterm.engine.messages.writing import (
    AbandonDraft,
    DraftKept,
    KeepDraft,
    Send,
    SendingChanged,
    SendingState,
)
from acterm.mail.draft import Draft
from acterm.store import bodies, messages, outbox, search
from acterm.store.db import Store
from acterm.store.outbox import Outgoing
from tests.ui.box import Box, opened


async def _paste(box: Box, text: str) -> None:
    box.app.post_message(Paste(text))
    await box.press()


def _sent(box: Box) -> list[Draft]:
    return [command.draft for command in box.submitted if isinstance(command, Send)]


def _queued(store: Store, draft_id: int) -> SendingChanged:
    """The mail of a draft comes into the outbox."""
    mail = Outgoing(
        1, "a@b.test", "camille.lefevre@ac-amiens.fr", ("a@b.example",), b"Subject: x\r\n"
    )
    with store.write() as db:
        row = outbox.put(db, replace(mail, draft_id=draft_id))
    return SendingChanged(row, SendingState.QUEUED)


def _kept(box: Box) -> list[Draft]:
    return [command.draft for command in box.submitted if isinstance(command, KeepDraft)]


async def test_a_mail_that_leaves_at_once_closes_its_screen_once(store: Store, inbox: int) -> None:
    async with opened(store, draft=Draft(1, to="a@b.example", subject="x", body="y", id=3)) as box:
        await box.press("escape", "e")
        await box.tell(DraftKept(3))
        queued = _queued(store, 3)
        await box.tell(queued, replace(queued, state=SendingState.SENDING))
        assert "Boîte de réception" in box.lines[0]


async def test_what_is_typed_in_one_burst_goes_to_the_field_it_was_meant_for(
    store: Store, inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("n")
        await box.sees("Nouveau mail")
        await box.type_ahead("a@college.example\t\tSalle\tOui")
        await box.press("escape", "b")
        await box.tell(DraftKept(7))
        draft = _kept(box)[-1]
        assert (draft.to, draft.subject, draft.body) == ("a@college.example", "Salle", "Oui")


async def test_what_is_typed_right_after_answering_goes_to_the_text(
    store: Store, inbox: int
) -> None:
    mail = messages.first_page(store.reader(), inbox)[0]
    with store.write() as db:
        bodies.keep(db, mail.id, b"From: Zoe <z@x.example>\r\n\r\nBonjour\r\n", skeleton=False)
    async with opened(store) as box:
        await box.type_ahead("rOui")
        await box.press("escape", "b")
        await box.tell(DraftKept(7))
        assert _kept(box)[-1].body.startswith("Oui")
        assert "Oui" not in _kept(box)[-1].to


async def test_a_mail_is_written_and_sent(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n")
        await box.sees("Nouveau mail")
        await box.press(*"a@college.example", "tab", "tab", *"Salle", "tab", *"Oui", "enter", *"ok")
        await box.press("escape", "e")
        await box.tell(DraftKept(7))
        (draft,) = _sent(box)
        assert (draft.to, draft.subject, draft.body) == ("a@college.example", "Salle", "Oui\nok")
        assert draft.id == 7
        await box.tell(_queued(store, 5))
        assert "Objet" in box.text
        await box.tell(_queued(store, 7))
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


async def test_one_who_never_pauses_is_kept_too(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n", "tab", "tab", "tab")
        typed = 0
        while not _kept(box):
            await box.press("x")
            typed += 1
        assert typed > 1


async def test_a_mail_has_one_row_however_fast_it_is_put_aside(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n", *"a@b.example")
        await box.until(lambda: _kept(box), "the draft is kept")
        await box.press("tab", "tab", *"Sujet", "escape", "b")
        assert "Objet" in box.text  # its row is not known yet
        await box.tell(DraftKept(7))
        await box.sees("Le brouillon est gardé.")
        first, *others = [(draft.id, draft.subject) for draft in _kept(box)]
        assert (first, set(others)) == ((0, ""), {(7, "Sujet")})
        assert any(isinstance(one, KeepDraft) and one.at_once for one in box.submitted)


async def test_what_was_just_typed_can_be_brought_back_after_abandoning(
    store: Store, inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("n", "tab", "tab", *"Oups", "escape", "a")
        assert _kept(box)[-1].subject == "Oups"
        await box.tell(DraftKept(7))
        assert box.submitted[-1] == AbandonDraft(7)


async def test_an_untouched_mail_leaves_no_draft(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n", "escape", "b")
        assert "Objet" not in box.text
        assert _kept(box) == []


async def test_leaving_acterm_keeps_the_draft(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n", *"a@b.example")
        box.app.exit()
    assert _kept(box)[-1].to == "a@b.example"


async def test_pasted_text_is_foreign(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n")
        await _paste(box, "a@b.example\nc@d.example\n")
        await box.sees("a@b.example, c@d.example")
        await box.press("tab", "tab", "tab")
        await _paste(box, "rouge \x1b[31m et \x1b]52;c;eA==\x07")
        await box.sees("rouge [31m et ]52;c;eA==")


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
    draft = Draft(1, id=3, to="a@b.example", body="Vous trouverez ci-joint le compte rendu.")
    async with opened(store, draft=draft) as box:
        await box.press("escape", "e")
        await box.sees("Le mail n'a pas d'objet.")
        assert _sent(box) == []
        await box.press("escape", "e")
        assert len(_sent(box)) == 1


async def test_what_the_engine_holds_back_stays_open(store: Store, inbox: int) -> None:
    draft = Draft(1, id=3, to="a@b.example", subject="x", body="NUMEN")
    async with opened(store, draft=draft) as box:
        await box.press("escape", "e")
        await box.tell(Failed("Le mail contient un NUMEN.", "Retirez-le."))
        await box.sees("Le mail contient un NUMEN.")
        assert "Objet" in box.text
        await box.press("escape", "e")
        assert len(_sent(box)) == 2


async def test_a_mail_that_comes_in_does_not_cover_why_one_was_held_back(
    store: Store, inbox: int
) -> None:
    draft = Draft(1, id=3, to="a@b.example", subject="x", body="NUMEN")
    async with opened(store, draft=draft) as box:
        await box.press("escape", "e")
        await box.tell(Failed("Le mail contient un NUMEN.", "Retirez-le."), NewMail(inbox, (1,)))
        await box.sees("Le mail contient un NUMEN.")
        assert "Nouveau :" not in box.text


async def test_people_one_knows_are_proposed(store: Store, inbox: int) -> None:
    with store.write() as db:
        while search.index_pending(db):
            pass
    async with opened(store) as box:
        await box.press("n", *"chlo")
        await box.sees("quelquun@example.test")
        await box.press("enter")
        await box.sees("Chloé Gérard <quelquun@example.test>")


async def test_somebody_is_added_between_two_others(store: Store, inbox: int) -> None:
    with store.write() as db:
        while search.index_pending(db):
            pass
    async with opened(store, draft=Draft(1, to="a@b.example, , z@b.example", id=3)) as box:
        await box.press("shift+tab", "shift+tab", "shift+tab", "home", *["right"] * 13)
        await box.press(*"gér")
        await box.sees("Chloé Gérard")
        await box.press("tab")
        await box.sees("a@b.example, Chloé Gérard <quelquun@example.test>, z@b.example")


async def test_a_file_is_attached_and_taken_off(store: Store, inbox: int, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("nom;note\n")
    async with opened(store, draft=Draft(1, to="a@b.example", subject="x", id=3)) as box:
        await box.sees("a@b.example")
        await box.press("escape", "p")
        await box.sees(f"{tmp_path}"[-30:])
        await box.press(*"notes", "enter")
        await box.sees("+ notes.csv")
        assert "─" * 80 in box.lines[5], "the rule goes from edge to edge"
        await box.press("escape", "e")
        assert [item.name for item in _sent(box)[0].attachments] == ["notes.csv"]
        await box.tell(Failed("Le mail contient un NUMEN.", "Retirez-le.", draft_id=3))
        await box.press("shift+tab", "delete")
        assert "+ notes.csv" not in box.text


async def test_the_footer_names_no_key_that_would_be_typed(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n")
        await box.sees("Échap b garder en brouillon")
        assert "F1 aide" in box.lines[-1]
        assert "? aide" not in box.lines[-1]
