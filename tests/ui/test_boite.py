"""The mailbox as a teacher uses it: triage by keys, three layouts, nothing lost on failure."""

import pytest

from acterm.engine.messages.base import Done, Failed, Undone
from acterm.engine.messages.mail import (
    FoldersChanged,
    MessagesChanged,
    Move,
    NewMail,
    SetFlag,
    Undo,
    WatchFolder,
)
from acterm.mail.account import Account
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.store import folders, messages
from acterm.store.db import Store
from tests.ui.box import LARGE, MIDDLE, SMALL, opened
from tests.ui.conftest import fill, header, make_account, school_mails

FIRST = "Conseil de classe 3eD – ordre du jour"
SECOND = "Absence de l'élève Zoé Martin"
THIRD = "Re: Sortie scolaire 4eC : autorisation"
LAST = "漢字の件名はとても長いので切れるはずです"


def _folder(store: Store, account: Account, role: Role) -> int:
    folder = folders.with_role(store.reader(), account.id, role)
    assert folder
    return folder.id


def _ids(store: Store, inbox: int) -> list[int]:
    return [mail.id for mail in messages.first_page(store.reader(), inbox)]


async def test_the_inbox_opens_with_the_cursor_on_the_newest_mail(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        assert box.lines[0] == " Boîte de réception · 3 non lus sur 8"
        assert box.lines[1].startswith("▌● ★  Chloé Gérard")
        assert box.selected == FIRST
        assert box.submitted == [WatchFolder(inbox)]


async def test_every_subject_is_shown_as_received(store: Store, inbox: int) -> None:
    async with opened(store, MIDDLE) as box:
        assert "[URGENT] [/] Réunion" in box.text
        assert "(sans expéd" in box.text


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_keys_move_and_the_cursor_stops_at_the_ends(
    store: Store, inbox: int, size: tuple[int, int]
) -> None:
    async with opened(store, size) as box:
        await box.press("k")
        assert box.selected == FIRST
        await box.press("j", "down")
        assert box.selected == THIRD
        await box.press("up")
        assert box.selected == SECOND
        await box.press("end", "j")
        assert box.selected == LAST
        await box.press("home")
        assert box.selected == FIRST
        await box.press("pagedown")
        assert box.selected == LAST


async def test_moving_reads_nothing_and_asks_nothing(store: Store, inbox: int) -> None:
    async with opened(store, LARGE) as box:
        await box.press("j", "j", "k")
        assert box.submitted == [WatchFolder(inbox)]
        assert "Entrée ouvre le mail." in box.text


async def test_archiving_moves_the_cursor_to_the_next_mail(store: Store, inbox: int) -> None:
    first = _ids(store, inbox)[0]
    async with opened(store) as box:
        await box.press("a")
        assert box.submitted[-1] == Move((first,), Role.ARCHIVE)
        assert box.selected == SECOND
        assert FIRST not in box.text


async def test_the_last_mail_gives_its_place_to_the_one_above(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("end", "s")
        assert len(box.subjects) == 7
        assert box.selected == ""  # the mail without a subject


@pytest.mark.parametrize(
    ("key", "role"), [("s", Role.TRASH), ("delete", Role.TRASH), ("i", Role.JUNK)]
)
async def test_bin_and_junk_have_their_keys(store: Store, inbox: int, key: str, role: Role) -> None:
    async with opened(store) as box:
        await box.press(key)
        assert box.submitted[-1] == Move((_ids(store, inbox)[0],), role)


async def test_a_failed_action_brings_the_mail_back_and_says_why(store: Store, inbox: int) -> None:
    first = _ids(store, inbox)[0]
    async with opened(store) as box:
        await box.press("a")
        await box.tell(
            Failed("Non archivé : le dossier n'existe plus.", "Choisissez-en un.", (first,))
        )
        await box.sees(FIRST)
        await box.sees("Non archivé : le dossier n'existe plus. Choisissez-en un.")


async def test_done_says_how_to_undo_and_z_brings_the_mail_back_under_the_cursor(
    store: Store, account: Account, inbox: int
) -> None:
    second = _ids(store, inbox)[1]
    archive = _folder(store, account, Role.ARCHIVE)
    async with opened(store) as box:
        await box.press("j", "a")
        with store.write() as db:
            messages.move(db, (second,), archive)
        await box.tell(
            MessagesChanged(inbox), MessagesChanged(archive), Done((second,), "1 mail archivé")
        )
        await box.sees("1 mail archivé · z annule")
        await box.press("end", "z")
        assert box.submitted[-1] == Undo()
        with store.write() as db:
            messages.move(db, (second,), inbox)
        await box.tell(
            MessagesChanged(inbox), MessagesChanged(archive), Undone("Annulé : 1 mail archivé")
        )
        await box.until(lambda: box.selected == SECOND, "the mail that came back")


async def test_an_archived_mail_stays_away_while_the_engine_works(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("a")
        await box.tell(MessagesChanged(inbox))
        await box.until(lambda: box.selected == SECOND, "the second mail")
        assert FIRST not in box.text


async def test_the_star_shows_at_once(store: Store, inbox: int) -> None:
    second = _ids(store, inbox)[1]
    async with opened(store) as box:
        await box.press("j", "*")
        assert box.submitted[-1] == SetFlag((second,), Flag.FLAGGED, True)
        assert "★" in box.lines[2]


async def test_read_and_unread_show_at_once(store: Store, inbox: int) -> None:
    first = _ids(store, inbox)[0]
    async with opened(store) as box:
        assert "●" in box.lines[1]
        await box.press("l")
        assert box.submitted[-1] == SetFlag((first,), Flag.SEEN, True)
        assert "●" not in box.lines[1]


async def test_next_and_previous_unread(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press(";")
        assert box.selected == SECOND
        await box.press(";")
        assert box.selected == "Votre boîte est pleine, validez votre compte"
        await box.press(";")
        await box.sees("Aucun autre mail non lu.")
        await box.press(",")
        assert box.selected == SECOND


async def test_new_mail_keeps_the_cursor_on_its_mail(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("j")
        fill(
            store,
            account,
            Role.INBOX,
            [header("Zélie Petit", "Tout neuf", age=-1, flags=Flag.NONE)],
        )
        new = _ids(store, inbox)[0]
        await box.tell(MessagesChanged(inbox), NewMail(inbox, (new,)))
        await box.sees("Tout neuf")
        assert box.selected == SECOND
        await box.sees("4 non lus sur 9")
        await box.sees("Nouveau : Zélie Petit · Tout neuf")


async def test_a_flag_changed_elsewhere_is_drawn(store: Store, inbox: int) -> None:
    first = _ids(store, inbox)[0]
    async with opened(store) as box:
        with store.write() as db:
            messages.set_flag(db, (first,), Flag.SEEN, True)
        await box.tell(MessagesChanged(inbox, (first,)))
        await box.until(lambda: "●" not in box.lines[1], "a read mail")
        await box.sees("2 non lus sur 8")


async def test_folders_are_gone_to_by_letter(store: Store, account: Account, inbox: int) -> None:
    fill(store, account, Role.SENT, [header("Camille Lefèvre", "Ma réponse")])
    async with opened(store) as box:
        await box.press("g")
        assert box.lines[-2].startswith(" g … ")
        assert "e envoyés" in box.lines[-2]
        await box.press("e")
        assert box.lines[0] == " Envoyés · 1 mail"
        assert "camille.lefevre@ac-" in box.lines[1]
        await box.press("g", "c")
        assert box.lines[0] == " Corbeille · vide"
        await box.sees("La corbeille est vide.")


async def test_an_unknown_second_key_does_nothing(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("g", "x", "j")
        assert box.selected == SECOND
        assert len(box.submitted) == 1


async def test_next_and_previous_folder(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("J")
        assert box.lines[0] == " Brouillons · vide"
        await box.press("K", "K")
        assert box.lines[0] == " 4eC · vide"


async def test_three_panes_show_nested_folders_with_our_names(store: Store, inbox: int) -> None:
    async with opened(store, LARGE) as box:
        left = [line[:23].rstrip() for line in box.lines[1:9]]
        assert left == [
            " Boîte de réception  3",
            " Brouillons",
            " Envoyés",
            " Archives",
            " Indésirables",
            " Corbeille",
            " Classes",
            "   4eC",
        ]


async def test_a_folder_opens_from_its_pane(store: Store, inbox: int) -> None:
    async with opened(store, LARGE) as box:
        await box.press("shift+tab", "j", "enter")
        assert box.lines[0] == " Brouillons · vide"
        await box.press("shift+tab", "end", "up", "enter")
        assert box.lines[0] == " Brouillons · vide"  # « Classes » holds folders, no mail


async def test_the_verbs_of_a_mail_are_off_in_the_folders(store: Store, inbox: int) -> None:
    async with opened(store, LARGE) as box:
        await box.press("shift+tab", "a", "s", "delete")
        assert box.submitted == [WatchFolder(inbox)]
        assert "archiver" not in box.lines[-1]


async def test_two_accounts_are_told_apart(store: Store, inbox: int) -> None:
    make_account(store, "dominique.martin@ac-lille.fr")
    async with opened(store, LARGE) as box:
        assert "camille.lefevre@ac-amiens.fr" in box.lines[0]
        assert "dominique.martin@ac-l" in box.text


async def test_the_first_contact_fills_the_empty_box(store: Store) -> None:
    account = make_account(store)
    async with opened(store) as box:
        await box.sees("Aucun mail. Les nouveaux arrivent tout seuls.")
        inbox = fill(store, account, Role.INBOX, school_mails())
        await box.tell(FoldersChanged(account.id), MessagesChanged(inbox))
        await box.sees(FIRST)
        assert box.selected == FIRST


async def test_a_deep_list_is_read_to_its_end(store: Store, account: Account) -> None:
    many = [header("Chloé Gérard", f"Mail {n}", age=n // 40) for n in range(6000)]
    inbox = fill(store, account, Role.INBOX, many)
    oldest = [*messages.ids(store.reader(), inbox)][-1][-1]
    async with opened(store) as box:
        await box.press("end")
        last = messages.get(store.reader(), oldest)
        assert last
        await box.until(lambda: box.selected == last.subject, "the oldest mail")
        assert len(box.subjects) == 6000


async def test_q_in_the_list_only_says_how_to_quit(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("q")
        await box.sees("Q : quitter")
        assert box.app.is_running


async def test_the_attachments_of_the_folder_are_listed_from_the_list(
    store: Store, inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("colon")
        await box.type_ahead("toutes les pieces")
        await box.press("enter")
        await box.sees("Pièces jointes · Boîte de réception")
