"""Palette, help, folder picker, filter, search, outbox and activity."""

import pytest

from acterm import i18n
from acterm.engine.messages.base import Done
from acterm.engine.messages.mail import MessagesChanged, Move, Undo, WatchFolder
from acterm.engine.messages.writing import AnswerUnsure, CancelSending, OutboxChanged
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.store import bodies, drafts, folders, intents, messages, outbox, search
from acterm.store.db import Store
from acterm.store.intents import Intent
from acterm.store.outbox import Outgoing
from tests.ui.box import opened
from tests.ui.conftest import fill, header

FIRST = "Conseil de classe 3eD – ordre du jour"


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_the_palette_runs_a_command_by_its_name(store: Store, inbox: int, key: str) -> None:
    async with opened(store) as box:
        first = messages.first_page(store.reader(), inbox)[0].id
        await box.press(key)
        await box.type_ahead("archiver")
        await box.press("enter")
        assert box.submitted[-1] == Move((first,), Role.ARCHIVE)


@pytest.mark.parametrize("typed", ["etoile", "Étoile", "star"])
async def test_the_palette_knows_both_languages_and_no_accents(
    store: Store, inbox: int, typed: str
) -> None:
    async with opened(store) as box:
        await box.press("colon")
        await box.type_ahead(typed)
        await box.sees("▌ Étoile")


async def test_the_palette_in_english_finds_french_names(store: Store, inbox: int) -> None:
    i18n.set_language("en")
    async with opened(store) as box:
        await box.press("colon")
        await box.type_ahead("corbeille")
        await box.sees("Move to the bin")


async def test_the_palette_closes_without_doing_anything(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("colon")
        await box.type_ahead("zzzz")
        await box.sees("Rien avec ces mots.")
        await box.press("enter", "escape")
        assert box.selected == FIRST
        assert box.submitted == [WatchFolder(inbox)]


LINK = b"Subject: x\r\nContent-Type: text/plain\r\n\r\nVoir https://x.example/a\r\n"
FILE = (
    b"Subject: x\r\nContent-Type: text/plain\r\n"
    b"Content-Disposition: attachment; filename=plan.txt\r\n\r\nRue de la Paix\r\n"
)


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_every_command_and_runs_one(store: Store, inbox: int, key: str) -> None:
    async with opened(store, (100, 160)) as box:
        await box.press(key)
        await box.sees("s, Suppr")
        await box.sees("Met le mail à la corbeille.")
        await box.sees("Rédaction")
        await box.press(*["down"] * 4, "enter")
        assert isinstance(box.submitted[-1], Move)
        await box.press(key, "escape")
        assert "Boîte de réception" in box.lines[0]


async def test_a_long_help_line_is_read_below(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("?")
        line = next(line for line in box.lines if line.endswith("…"))
        start = line[24:-1]
        for _turn in range(60):
            if any(line.startswith("▌") and line.endswith("…") for line in box.lines):
                break
            await box.press("down")
        assert start in box.lines[-2]
        await box.press("up")
        assert start not in box.lines[-2]


async def test_help_begins_with_what_can_be_done_where_one_is(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("n", "f1")
        await box.sees("Aide")
        assert "Rédaction" in box.lines[1]


async def test_help_of_the_list_begins_with_its_mails(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("?")
        await box.sees("Aide")
        assert "Un mail, dans la liste ou ouvert" in box.lines[1]


async def test_help_of_the_open_mail_begins_with_reading(store: Store, inbox: int) -> None:
    with store.write() as db:
        bodies.keep(db, messages.first_page(db, inbox)[0].id, LINK, skeleton=False)
    async with opened(store) as box:
        await box.press("enter", "?")
        await box.sees("Aide")
        assert "Le mail ouvert" in box.lines[1]
        await box.press("escape", "w", "?")
        await box.sees("Aide")
        assert "Liens" in box.lines[1]


async def test_help_of_the_attachments_begins_with_them(store: Store, inbox: int) -> None:
    with store.write() as db:
        bodies.keep(db, messages.first_page(db, inbox)[0].id, FILE, skeleton=False)
    async with opened(store) as box:
        await box.press("enter", "p", "?")
        await box.sees("Aide")
        assert "Pièces jointes" in box.lines[1]
        await box.press("escape", "enter", "?")
        await box.sees("Aide")
        assert "Pièces jointes" in box.lines[1]


async def test_help_says_when_a_command_is_for_another_place(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("?")
        for _turn in range(90):
            if any(line.startswith("▌") and "Envoie le mail" in line for line in box.lines):
                break
            await box.press("down")
        await box.press("enter")
        await box.sees("C'est pour un autre endroit")


async def test_a_mail_is_moved_to_a_folder_found_by_typing(
    store: Store, account: Account, inbox: int
) -> None:
    first = messages.first_page(store.reader(), inbox)[0].id
    (classe,) = [one for one in folders.of_account(store.reader(), account.id) if one.leaf == "4eC"]
    async with opened(store) as box:
        await box.press("d")
        assert "Boîte de réception" not in "".join(box.lines[1:])
        await box.type_ahead("4ec")
        await box.press("enter")
        assert box.submitted[-1] == Move((first,), folder_id=classe.id)
        assert FIRST not in box.text


async def test_a_dialog_names_its_own_keys(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("d")
        await box.sees("Entrée choisir  Échap retour")
        assert "s corbeille" not in box.lines[-1], "that key would be typed"


async def test_everything_that_may_follow_a_key_is_named(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        before = box.lines
        await box.press("g")
        assert "r réception" in box.text
        assert "p réglages" in box.text
        assert box.lines[:-2] == before[:-2], "nothing above moves"
        await box.press("escape")
        assert "réglages" not in box.text


async def test_nothing_is_opened_in_an_empty_folder(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("g", "b")
        await box.sees("Aucun brouillon")
        assert "ouvrir" not in box.lines[-1]


async def test_any_folder_is_opened_by_typing(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("g", "g")
        await box.type_ahead("indesi")
        await box.press("enter")
        assert box.lines[0] == " Indésirables · vide"


async def test_the_filter_narrows_the_list_and_escape_opens_it_again(
    store: Store, inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("f")
        await box.type_ahead("zoe martin")
        await box.until(lambda: len(box.subjects) == 1, "one mail")
        await box.sees("1 avec « zoe martin »")
        await box.press("enter", "escape")
        await box.until(lambda: len(box.subjects) == 8, "all mails")


async def test_a_filter_without_a_match_says_so(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("f")
        await box.type_ahead("introuvable")
        await box.until(lambda: not box.subjects, "no mail")


async def test_what_is_typed_ahead_never_runs_a_verb(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.type_ahead("fasa")
        assert box.submitted == [WatchFolder(inbox)]
        await box.sees("fasa"[1:])


async def test_what_is_typed_ahead_of_the_search_is_searched(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.type_ahead("/sas")
        assert box.submitted == [WatchFolder(inbox)]
        await box.sees(" sas")


async def test_editing_keys_edit_the_text_not_the_mail(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("f", "a", "b", "home", "delete", "backspace", "end")
        assert box.submitted == [WatchFolder(inbox)]
        await box.until(lambda: box.lines[1].strip() == "b", "the rest of the words")


async def test_search_finds_in_every_folder_as_one_types(
    store: Store, account: Account, inbox: int
) -> None:
    fill(store, account, Role.ARCHIVE, [header("Zoé Petit", "Élèves absents", age=9)])
    with store.write() as db:
        search.index_pending(db)
    async with opened(store) as box:
        await box.press("slash")
        await box.type_ahead("eleve")
        await box.until(lambda: len(box.subjects) == 2, "two mails")
        await box.sees("Recherche · 2 mails")
        await box.press("enter", "j")
        assert box.selected == "Élèves absents"
        await box.press("s")
        assert isinstance(box.submitted[-1], Move)
        assert box.subjects == ["Absence de l'élève Zoé Martin"]
        await box.press("escape")
        assert box.lines[0].startswith(" Boîte de réception")


async def test_the_search_names_its_own_key_only_away_from_the_words(
    store: Store, inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("/")
        await box.sees("Tapez pour chercher")
        assert "chercher" not in box.lines[-1]


async def test_search_without_a_match_says_so(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("f3")
        await box.type_ahead("introuvable")
        await box.sees("Rien trouvé.")


def _outgoing(account: Account, state: str) -> Outgoing:
    return Outgoing(
        account_id=account.id,
        message_id=f"{state}@example.test",
        sender=account.address,
        recipients=("zoe@example.test",),
        source=b"Subject: x\r\n\r\n",
        subject=f"Mail {state}",
        state=state,
        words="4.2.2 boîte pleine" if state == "refused" else "",
    )


async def test_a_waiting_mail_is_taken_back(store: Store, account: Account) -> None:
    with store.write() as db:
        row = outbox.put(db, _outgoing(account, "queued"))
    async with opened(store) as box:
        await box.press("g", "o")
        await box.sees("Mail queued · zoe@example.test")
        await box.press("j")
        assert "r reprendre" in box.lines[-1]
        await box.press("r")
        assert box.submitted[-1] == CancelSending(row)


async def test_the_words_of_the_server_are_read_whole(store: Store, account: Account) -> None:
    words = "550 5.1.1 <zoe@example.test> : destinataire inconnu, vérifiez l'adresse du mail"
    with store.write() as db:
        row = outbox.put(db, _outgoing(account, "refused"))
        outbox.claim(db, row)
        outbox.settle(db, row, "refused", words, {}, at=1.0)
        outbox.put(db, _outgoing(account, "queued"))
    async with opened(store) as box:
        await box.press("g", "o")
        await box.sees("vérifiez l'adresse du")
        await box.press("j")
        assert "550" not in box.text
        await box.press("enter")
        await box.sees("Il partira tout seul. r : le reprendre")
        await box.press("k", "enter")
        assert box.submitted[-1] == CancelSending(row)


async def test_an_unsure_mail_is_decided_upon(store: Store, account: Account) -> None:
    with store.write() as db:
        row = outbox.put(db, _outgoing(account, "unsure"))
        outbox.settle(db, row, "unsure", "la liaison a été coupée")
    async with opened(store) as box:
        await box.press("g", "o", "j")
        await box.sees("peut-être envoyé")
        await box.press("r")
        await box.press("v")
        assert box.submitted[-1] == AnswerUnsure(row, send_again=False)
        await box.press("e")
        assert box.submitted[-1] == AnswerUnsure(row, send_again=True)
        with store.write() as db:
            outbox.settle(db, row, "sent")
        await box.tell(OutboxChanged(0))
        await box.sees("Rien n'attend de partir")
        await box.press("escape")
        assert box.lines[0].startswith(" Boîte de réception")


async def test_kept_drafts_are_listed_with_the_outbox(store: Store, account: Account) -> None:
    with store.write() as db:
        drafts.keep(db, Draft(account.id, to="zoe@example.test", subject="Sortie au musée"))
    async with opened(store) as box:
        await box.press("g", "o")
        await box.sees("Sortie au musée · zoe@example.test")


async def test_activity_tells_what_was_done_and_undoes_it(
    store: Store, account: Account, inbox: int
) -> None:
    first = messages.first_page(store.reader(), inbox)[0].id
    change = Intent(account.id, "flag", first, inbox, 1, flag=Flag.FLAGGED, on=True)
    with store.write() as db:
        intents.add_group(db, "1 mail étoilé", [change], 1_795_528_800.0)
    async with opened(store) as box:
        await box.press("g", "t")
        await box.sees("1 mail étoilé")
        await box.sees("attend le serveur")
        assert "ouvrir" not in box.lines[-1]
        await box.press("z")
        assert box.submitted[-1] == Undo()
        await box.tell(MessagesChanged(inbox, (first,)), Done((first,), "autre"))
        await box.press("q")
        assert box.lines[0].startswith(" Boîte de réception")
