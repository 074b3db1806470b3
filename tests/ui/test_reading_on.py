"""List and reader together: opening, going on, coming back, and verbs on the open mail."""

import pytest

from acterm.engine.messages.base import Done
from acterm.engine.messages.mail import BodyArrived, FetchBody, MessagesChanged, Move, SetFlag
from acterm.mail.account import Account
from acterm.mail.draft import Draft, Kind
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.store import bodies, drafts, folders, messages
from acterm.store.db import Store
from tests.ui.box import LARGE, MIDDLE, SMALL, Box, drafts_of, opened
from tests.ui.conftest import fill, header

FIRST = "Conseil de classe 3eD – ordre du jour"
SECOND = "Absence de l'élève Zoé Martin"
THIRD = "Re: Sortie scolaire 4eC : autorisation"


@pytest.fixture
def read(store: Store, inbox: int) -> list[int]:
    """The ids of an inbox whose mails all have their text."""
    found = messages.first_page(store.reader(), inbox)
    with store.write() as db:
        for mail in found:
            source = (
                f"From: {mail.sender.label} <zoe@example.test>\r\nTo: camille@example.test\r\n"
                f"Subject: =?utf-8?q?x?=\r\nMessage-ID: <{mail.id}@example.test>\r\n"
                f"Content-Type: text/plain; charset=utf-8\r\n\r\nTexte du mail {mail.id}.\r\n"
            )
            bodies.keep(db, mail.id, source.encode(), False)
    return [mail.id for mail in found]


def _list_is_shown(box: Box) -> bool:
    return any(line.startswith((" ●", "▌●")) for line in box.lines)


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_mail_opens_over_the_list_and_q_gives_it_back(
    store: Store, read: list[int], key: str
) -> None:
    async with opened(store, SMALL) as box:
        await box.press("j", key)
        await box.sees(f"Texte du mail {read[1]}.")
        assert not _list_is_shown(box)
        assert box.lines[0].endswith("2 sur 8")
        assert "q retour" in box.lines[-1]
        await box.press("q")
        assert _list_is_shown(box)
        assert box.selected == SECOND


@pytest.mark.parametrize("size", [MIDDLE, LARGE])
async def test_a_mail_opens_beside_the_list(
    store: Store, read: list[int], size: tuple[int, int]
) -> None:
    async with opened(store, size) as box:
        await box.press("enter")
        await box.sees(f"Texte du mail {read[0]}.")
        assert SECOND[:20] in box.text
        await box.press("escape", "j")
        assert box.selected == SECOND
        await box.sees(f"Texte du mail {read[0]}.")


async def test_an_opened_mail_becomes_read_once_its_text_is_shown(store: Store, inbox: int) -> None:
    first = messages.first_page(store.reader(), inbox)[0].id
    async with opened(store) as box:
        await box.press("enter")
        assert box.submitted[-1] == FetchBody(first)
        with store.write() as db:
            bodies.keep(db, first, b"Subject: x\r\n\r\nArriv\xc3\xa9.\r\n", False)
        await box.tell(BodyArrived(first))
        await box.sees("Arrivé.")
        seen = [one for one in box.submitted if isinstance(one, SetFlag)]
        assert [(one.ids, one.flag, one.on) for one in seen] == [((first,), Flag.SEEN, True)]


async def test_j_and_k_read_the_next_and_the_previous_mail(store: Store, read: list[int]) -> None:
    async with opened(store) as box:
        await box.press("enter", "j", "j")
        await box.sees(f"Texte du mail {read[2]}.")
        await box.press("k")
        await box.sees(f"Texte du mail {read[1]}.")
        await box.press("q")
        assert box.selected == SECOND


async def test_space_reads_on_to_the_next_unread_mail(store: Store, read: list[int]) -> None:
    async with opened(store) as box:
        await box.press("space", "space")
        await box.sees(f"Texte du mail {read[1]}.")
        await box.press("space")
        await box.sees(f"Texte du mail {read[3]}.")


async def test_archiving_the_open_mail_opens_the_next(store: Store, read: list[int]) -> None:
    async with opened(store) as box:
        await box.press("j", "enter", "a")
        assert Move((read[1],), Role.ARCHIVE) in box.submitted
        await box.sees(f"Texte du mail {read[2]}.")


async def test_archiving_the_last_open_mail_comes_back_to_the_list(
    store: Store, account: Account
) -> None:
    inbox = fill(store, account, Role.INBOX, [header("Zoé", "Seul")])
    async with opened(store) as box:
        await box.press("enter", "a")
        assert isinstance(box.submitted[-1], Move)
        await box.sees("Aucun mail. Les nouveaux arrivent tout seuls.")
        assert inbox


async def test_the_verbs_in_the_list_are_about_the_cursor_not_the_open_mail(
    store: Store, read: list[int]
) -> None:
    async with opened(store, MIDDLE) as box:
        await box.press("enter", "tab", "j", "j", "s")
        assert box.submitted[-1] == Move((read[2],), Role.TRASH)
        await box.sees(f"Texte du mail {read[0]}.")


async def test_growing_the_window_keeps_the_open_mail(store: Store, read: list[int]) -> None:
    async with opened(store, SMALL) as box:
        await box.press("enter")
        await box.pilot.resize_terminal(*LARGE)
        await box.sees(f"Texte du mail {read[0]}.")
        await box.sees("Brouillons")
        await box.pilot.resize_terminal(*SMALL)
        await box.sees(f"Texte du mail {read[0]}.")
        await box.press("q")
        assert box.selected == FIRST


async def test_an_open_mail_moved_elsewhere_by_another_program_stays_to_be_read(
    store: Store, account: Account, read: list[int], inbox: int
) -> None:
    archive = folders.with_role(store.reader(), account.id, Role.ARCHIVE)
    assert archive
    async with opened(store) as box:
        await box.press("enter")
        with store.write() as db:
            messages.move(db, (read[0],), archive.id)
        await box.tell(MessagesChanged(inbox))
        await box.sees(f"Texte du mail {read[0]}.")
        await box.press("q")
        await box.until(lambda: box.selected == SECOND, "the mail after it")


@pytest.mark.parametrize(
    ("key", "kind"), [("r", Kind.REPLY), ("R", Kind.REPLY_ALL), ("t", Kind.FORWARD)]
)
async def test_answers_open_the_composer(
    store: Store, read: list[int], key: str, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(store) as box:
        asked = drafts_of(box, monkeypatch)
        await box.press("j", key)
        assert [draft.kind for draft in asked] == [kind]
        assert asked[0].original_id == read[1]


async def test_an_answer_waits_for_the_text_and_opens_then(
    store: Store, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = messages.first_page(store.reader(), inbox)[0].id
    async with opened(store) as box:
        asked = drafts_of(box, monkeypatch)
        await box.press("r")
        await box.sees("Le texte de ce mail arrive")
        assert box.submitted[-1] == FetchBody(first)
        with store.write() as db:
            bodies.keep(db, first, b"From: z@example.test\r\nSubject: x\r\n\r\nOui.\r\n", False)
        await box.tell(BodyArrived(first))
        assert "Oui." in asked[0].body


async def test_a_new_mail_is_from_the_account_of_the_folder(
    store: Store, account: Account, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(store) as box:
        asked = drafts_of(box, monkeypatch)
        await box.press("n")
        assert asked == [Draft(account.id)]


async def test_a_draft_begun_here_is_gone_on_with(
    store: Store, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fill(store, account, Role.DRAFTS, [header("Camille", "Sortie au musée")])
    (copy,) = messages.first_page(store.reader(), folder)
    with store.write() as db:
        kept = drafts.keep(db, Draft(account.id, subject="Sortie au musée"))
        drafts.set_server_copy(db, kept, folder, copy.uid)
    async with opened(store) as box:
        asked = drafts_of(box, monkeypatch)
        await box.press("g", "b", "enter")
        assert [draft.id for draft in asked] == [kept]


async def test_a_search_result_is_read_and_left(store: Store, read: list[int]) -> None:
    from acterm.store import search

    with store.write() as db:
        search.index_pending(db)
    async with opened(store) as box:
        await box.press("slash")
        await box.type_ahead("absence")
        await box.until(lambda: box.subjects == [SECOND], "the mail found")
        await box.press("enter", "enter")
        await box.sees(f"Texte du mail {read[1]}.")
        await box.press("q", "q")
        assert box.lines[0].startswith(" Boîte de réception")


async def test_undo_after_archiving_from_the_reader(
    store: Store, read: list[int], inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("enter", "a")
        await box.tell(Done((read[0],), "1 mail archivé"), MessagesChanged(inbox))
        await box.sees("1 mail archivé · z annule")
