"""A conversation on one page: one's own replies in it, folded and unfolded, verbs on each mail."""

import re
from dataclasses import replace

import pytest

from acterm.engine.messages.mail import BodyArrived, FetchBody, MessagesChanged, Move, SetFlag
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.store import bodies, changes, folders, messages
from acterm.store.db import Store
from tests.ui.box import LARGE, MIDDLE, SMALL, drafts_of, opened
from tests.ui.conftest import fill, header

ME = Address("Camille Lefèvre", "camille.lefevre@ac-amiens.fr")
TEXT = """\
From: {name} <x@example.test>
To: camille.lefevre@ac-amiens.fr
Subject: Sortie au =?utf-8?q?mus=C3=A9e?=
Content-Type: text/plain; charset=utf-8

{words}

> Ce que disait le mail d’avant,
> sur plusieurs
> lignes :
> une,
> deux,
> et la dernière.
"""


@pytest.fixture
def thread(store: Store, account: Account) -> list[int]:
    """A question, one's own answer in Sent, and the thanks: the ids, oldest first."""
    question = replace(header("Bruno Leclerc", "Sortie au musée", age=2), message_id="1@x")
    answer = replace(
        header("Camille Lefèvre", "Re: Sortie au musée", age=1),
        message_id="2@x",
        references=("1@x",),
    )
    thanks = replace(
        header("Bruno Leclerc", "Re: Sortie au musée", flags=Flag.NONE),
        message_id="3@x",
        references=("1@x", "2@x"),
    )
    fill(store, account, Role.INBOX, [question, thanks, header("Zoé", "Autre chose", age=3)])
    fill(store, account, Role.SENT, [answer])
    db = store.reader()
    found = [messages.by_message_id(db, account.id, f"{n}@x")[0] for n in (1, 2, 3)]
    said = ("Combien d’élèves ?", "Vingt-huit.", "Merci beaucoup.")
    with store.write() as write:
        for mail, words, name in zip(found, said, ("Bruno", "Camille", "Bruno"), strict=True):
            source = TEXT.format(name=name, words=words).encode()
            bodies.keep(write, mail, source, False)
    return found


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_the_reader_counts_the_conversation_and_one_key_shows_it(
    store: Store, thread: list[int], size: tuple[int, int]
) -> None:
    async with opened(store, size) as box:
        await box.press("enter")
        await box.sees("3 mails dans la conversation")
        assert "c conversation" in box.text
        await box.press("c")
        await box.sees("Merci beaucoup.")
        await box.sees("Vingt-huit.")
        order = [box.text.index(words) for words in ("Combien", "Vingt-huit", "Merci beaucoup")]
        assert order == sorted(order)
        assert "Envoyés" in next(line for line in box.lines if "Vingt-huit" in line)
        await box.press("c")
        await box.sees("c conversation")
        assert "Vingt-huit" not in box.text


async def test_an_answer_that_comes_while_one_reads_makes_a_conversation(
    store: Store, thread: list[int], account: Account
) -> None:
    late = replace(
        header("Zoé", "Re: Sortie au musée", age=-1), message_id="4@x", references=("1@x", "3@x")
    )
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("3 mails dans la conversation")
        fill(store, account, Role.INBOX, [late])
        await box.tell(MessagesChanged(1))
        await box.sees("4 mails dans la conversation")


async def test_the_mail_one_comes_from_is_unfolded_too(store: Store, thread: list[int]) -> None:
    async with opened(store) as box:
        await box.press("j", "enter", "c")
        await box.sees("Combien d'élèves ?")
        await box.sees("Merci beaucoup.")
        head = next(line for line in box.lines if line.startswith("▌"))
        assert "Bruno Leclerc" in head
        assert box.lines.index(head) < next(
            at for at, line in enumerate(box.lines) if "Combien" in line
        )
        await box.press("c")
        await box.sees("c conversation")
        assert "Merci" not in box.text


async def test_only_the_unfolded_mails_are_read(store: Store, thread: list[int]) -> None:
    async with opened(store) as box:
        await box.press("enter", "c")
        await box.sees("Merci beaucoup.")
        read = {mail for one in box.submitted if isinstance(one, SetFlag) for mail in one.ids}
        assert read == {thread[2]}


async def test_the_arrows_unfold_a_mail_then_its_quotes_and_fold_them_again(
    store: Store, thread: list[int]
) -> None:
    async with opened(store) as box:
        await box.press("enter", "c", "k", "right")
        await box.until(lambda: box.text.count("… 6 lignes citées") == 2, "two folded quotes")
        await box.press("right")
        await box.until(lambda: box.text.count("> et la dernière.") == 1, "one quote")
        await box.press("left", "left")
        await box.until(lambda: box.text.count("… 6 lignes citées") == 1, "one mail unfolded")
        assert "et la dernière" not in box.text


async def test_a_click_on_a_head_unfolds_and_folds_its_mail(
    store: Store, thread: list[int]
) -> None:
    async with opened(store) as box:
        await box.press("enter", "c")
        await box.sees("Merci beaucoup.")
        head = next(at for at, line in enumerate(box.lines) if "Vingt-huit" in line)
        await box.pilot.click(offset=(10, head))
        await box.until(lambda: box.text.count("… 6 lignes citées") == 2, "two mails")
        await box.pilot.click(offset=(10, head))
        await box.until(lambda: box.text.count("… 6 lignes citées") == 1, "one mail")


async def test_a_verb_is_about_the_mail_under_the_cursor(
    store: Store, thread: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(store) as box:
        asked = drafts_of(box, monkeypatch)
        await box.press("enter", "c", "k", "k", "r")
        assert [draft.original_id for draft in asked] == [thread[0]]
        await box.press("*")
        assert box.submitted[-1] == SetFlag((thread[0],), Flag.FLAGGED, True)
        await box.press("a")
        assert Move((thread[0],), Role.ARCHIVE) in box.submitted
        await box.press("s")
        assert Move((thread[1],), Role.TRASH) in box.submitted


async def test_the_verbs_are_about_all_mails_once_all_are_meant(
    store: Store, thread: list[int]
) -> None:
    async with opened(store) as box:
        await box.press("enter", "c", "X")
        assert sum(line.startswith("▌") for line in box.lines) == 3
        await box.press("a")
        assert box.submitted[-1] == Move((thread[0], thread[2]), Role.ARCHIVE)  # not one's own
        await box.press("L")
        assert box.submitted[-1] == SetFlag(tuple(thread), Flag.SEEN, True)
        await box.press("*")
        assert box.submitted[-1] == SetFlag((thread[2],), Flag.FLAGGED, True)


async def test_a_mail_that_was_moved_stays_with_the_name_of_its_folder(
    store: Store, account: Account, thread: list[int]
) -> None:
    archive = folders.with_role(store.reader(), account.id, Role.ARCHIVE)
    assert archive
    async with opened(store) as box:
        await box.press("enter", "c", "k", "k", "a")
        with store.write() as db:
            messages.move(db, (thread[0],), archive.id)
        await box.tell(MessagesChanged(1))
        await box.until(
            lambda: any("Combien" in line and "Archives" in line for line in box.lines),
            "the folder it is in",
        )


async def test_a_text_that_is_not_here_is_fetched_when_its_mail_is_unfolded(
    store: Store, thread: list[int]
) -> None:
    with store.write() as db:
        db.execute("DELETE FROM bodies WHERE message_id = ?", (thread[0],))
    async with opened(store) as box:
        await box.press("enter", "c")
        assert FetchBody(thread[0]) not in box.submitted
        await box.press("k", "k", "right")
        await box.sees("Le texte arrive…")
        assert FetchBody(thread[0]) in box.submitted
        with store.write() as db:
            bodies.keep(db, thread[0], TEXT.format(name="B", words="Combien ?").encode(), False)
        await box.tell(BodyArrived(thread[0]))
        await box.sees("Combien ?")


async def test_back_from_a_conversation_is_the_list(store: Store, thread: list[int]) -> None:
    async with opened(store) as box:
        await box.press("enter", "c", "q")
        assert box.selected == "Re: Sortie au musée"
        await box.press("j", "enter")
        await box.sees("Sortie au musée")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_conversation_opens_from_the_list_and_back_leads_to_the_list(
    store: Store, thread: list[int], size: tuple[int, int]
) -> None:
    async with opened(store, size) as box:
        await box.press("c")
        await box.sees("Merci beaucoup.")
        assert "Vingt-huit." in box.text
        await box.press("escape")
        assert box.selected == "Re: Sortie au musée"


async def test_a_mail_that_stands_alone_says_so_instead_of_doing_nothing(
    store: Store, thread: list[int]
) -> None:
    async with opened(store) as box:
        await box.press("end", "c")
        await box.sees("Ce mail est seul")


async def test_a_folded_mail_tells_its_own_words_else_to_whom_it_went(
    store: Store, thread: list[int]
) -> None:
    with store.write() as db:
        said = "Subject: x\n\nAvec plaisir.\n\nLe 20/11/2026 à 10:00, Zoé Petit a écrit :\n> Moi\n"
        bodies.keep(db, thread[0], said.encode(), False)
        db.execute("DELETE FROM bodies WHERE message_id = ?", (thread[1],))
    async with opened(store) as box:
        await box.press("enter", "c")
        await box.sees("Avec plaisir.")
        assert "a écrit" not in box.lines[3]
        assert "à camille.lefevre@ac-amiens.fr" in box.lines[4]


async def test_the_status_line_tells_the_place_in_the_conversation(
    store: Store, thread: list[int]
) -> None:
    async with opened(store) as box:
        await box.press("enter", "c")
        await box.sees("3 sur 3")
        await box.press("k")
        await box.sees("2 sur 3")
        await box.press("c")
        assert not box.lines[0].endswith("2 sur 3")


async def test_the_place_in_a_long_mail_stays_when_the_window_changes(
    store: Store, thread: list[int]
) -> None:
    long = "Subject: x\n\n" + "\n\n".join(f"§{n} " + "mot " * 40 for n in range(60))
    with store.write() as db:
        bodies.keep(db, thread[2], long.encode(), False)
    async with opened(store, SMALL) as box:
        await box.press("enter", "c", *["space"] * 4)
        before = int(re.findall(r"§(\d+)", box.text)[0])
        assert before > 5
        await box.pilot.resize_terminal(60, 24)
        await box.pilot.pause()
        assert abs(int(re.findall(r"§(\d+)", box.text)[0]) - before) <= 2


async def test_the_footer_tells_the_way_back_to_one_mail(store: Store, thread: list[int]) -> None:
    async with opened(store) as box:
        await box.press("enter", "c", "X")
        await box.sees("X un seul")
        await box.press("X")
        await box.sees("X tous")


async def test_a_conversation_deleted_from_elsewhere_says_so(
    store: Store, thread: list[int]
) -> None:
    async with opened(store) as box:
        await box.press("enter", "c")
        await box.sees("Merci beaucoup.")
        mails = messages.envelopes(store.reader(), thread)
        with store.write() as db:
            for mail in mails:
                changes.remove(db, mail.folder_id, (mail.uid,))
        await box.tell(MessagesChanged(1))
        await box.sees("Ces mails ne sont plus ici")
        assert "sur 0" not in box.text
