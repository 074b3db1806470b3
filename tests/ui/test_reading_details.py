"""What stands beside and around the text of a mail: notes, keys, ends of links, source."""

import pytest

from acterm.engine.messages.mail import MessagesChanged
from acterm.store import bodies, changes, messages
from acterm.store.db import Store
from tests.ui.box import SMALL, Box, opened

TWO_VERSIONS = """\
From: Le Café des profs <lettre@cafe.example>
Subject: La lettre
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

La réunion est lundi à dix heures dans la salle des professeurs, avec vos manuels.
--b
Content-Type: text/html; charset=utf-8

<p>Le catalogue de printemps est là, avec des promotions sur tous les cahiers.</p>
<img src="https://suivi.cafe.example/p.gif" width="1" height="1"><img src="https://cafe.example/l.png">
--b--
"""
SAFE = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Feduscol.education.fr%2F1234"
)
LONG_SAFE = f"{SAFE}&data={'05%7C02%7Cx' * 30}"


def _keep(store: Store, mail: str, skeleton: bool = False) -> None:
    row = messages.first_page(store.reader(), 1)[0].id
    with store.write() as db:
        bodies.keep(db, row, mail.encode(), skeleton)


def _html(body: str) -> str:
    return f"Subject: x\nContent-Type: text/html; charset=utf-8\n\n{body}\n"


def _line(box: Box, words: str) -> str:
    return next(line for line in box.lines if words in line)


@pytest.mark.parametrize("size", [SMALL, (100, 30)])
async def test_the_note_that_matters_is_told_to_its_end_beside_its_keys(
    store: Store, inbox: int, size: tuple[int, int]
) -> None:
    _keep(store, TWO_VERSIONS)
    async with opened(store, size) as box:
        await box.press("enter")
        await box.sees("catalogue de printemps")
        told = " ".join(line.rpartition("▏")[2] for line in box.lines)
        for key in ("A autre version", "P pourquoi ?"):
            assert key in told
            told = told.replace(key, "")
        told = " ".join(told.split())
        assert "HTML et texte simple, qui ne disent pas la même chose." in told


async def test_a_link_shows_where_it_ends_and_a_cut_one_says_so(store: Store, inbox: int) -> None:
    long = "https://www.example.org/" + "a" * 200
    _keep(store, _html(f'<a href="{long}">un</a> <a href="{SAFE}">deux</a>'))
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("⟦2⟧ outlook.com → eduscol.education.fr/1234")
        assert "… w liens" in _line(box, "⟦1⟧ www.example.org").replace("…  ", "… ")


async def test_the_numbers_of_links_stand_in_a_column(store: Store, inbox: int) -> None:
    links = "".join(f'<p><a href="https://s{n}.example/">mot</a></p>' for n in range(1, 12))
    _keep(store, _html(links))
    async with opened(store) as box:
        await box.press("enter", "w")
        await box.sees("Liens du mail")
        assert _line(box, "⟦9⟧").index("mot") == _line(box, "⟦11⟧").index("mot")


async def test_the_code_of_a_protected_link_fits_the_window(store: Store, inbox: int) -> None:
    _keep(store, _html(f'<a href="{LONG_SAFE}">Éduscol</a>'))
    async with opened(store) as box:
        await box.press("enter", "w", "t")
        await box.sees("Sans le détour, droit vers https://eduscol.education.fr/1234")
        code = [line for line in box.lines if "█" in line]
        assert code[0] == code[-1] == " " + "█" * len(code[0].strip())


async def test_what_is_told_at_once_leaves_no_empty_line(
    store: Store, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    _keep(store, _html('<a href="https://ac-amiens.fr/">mot</a>'))
    async with opened(store) as box:
        await box.press("enter", "w")
        await box.sees("Le navigateur n'est pas sur cette machine.")
        assert box.lines[-2].startswith("─ Le navigateur")


async def test_the_source_says_what_it_is_and_what_leads_back(store: Store, inbox: int) -> None:
    _keep(store, "Subject: x\nX-Long: " + "mot " * 40 + "\n\nBonjour.\n", skeleton=True)
    async with opened(store) as box:
        await box.press("enter", "H")
        line = _line(box, "Le mail, sans ses grandes pièces jointes.")
        assert line.endswith("H revenir au texte")
        await box.press("H", "h")
        assert _line(box, "Tous les en-têtes").endswith("h masquer les en-têtes")
        at = box.lines.index(_line(box, " X-Long: mot"))
        assert box.lines[at + 1].startswith("   mot")


async def test_the_steps_of_a_report_are_all_there(store: Store, inbox: int) -> None:
    _keep(store, "Subject: x\n\nBonjour.\n")
    async with opened(store) as box:
        await box.press("enter", "S")
        await box.sees("5. Si vous avez donné un mot de passe")
        at = box.lines.index(_line(box, "2. Aucune adresse"))
        assert box.lines[at + 1].startswith("     ")
        await box.pilot.resize_terminal(64, 20)
        await box.sees("5. Si vous avez donné un mot de passe")


async def test_a_mail_deleted_from_elsewhere_says_so_and_has_no_verbs(
    store: Store, inbox: int
) -> None:
    _keep(store, "Subject: x\n\nBonjour.\n")
    uid = messages.first_page(store.reader(), 1)[0].uid
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("a archiver")
        with store.write() as db:
            changes.remove(db, inbox, (uid,))
        await box.tell(MessagesChanged(inbox))
        await box.sees("Ce mail n'est plus ici")
        assert "Bonjour." in box.text
        assert "a archiver" not in box.lines[-1]


async def test_the_place_in_the_text_is_found_again_after_a_look_at_the_source(
    store: Store, inbox: int
) -> None:
    _keep(store, "Subject: x\n\n" + "\n".join(f"ligne {n}" for n in range(200)) + "\n")
    async with opened(store) as box:
        await box.press("enter", "space", "space")
        before = box.lines[1]
        assert "ligne" in before
        await box.press("H")
        await box.sees("Le mail tel qu'il est arrivé.")
        await box.press("H")
        await box.until(lambda: box.lines[1] == before, "the line one was at")


async def test_a_mail_without_links_or_attachments_says_so(store: Store, inbox: int) -> None:
    with store.write() as db:
        mail = messages.first_page(db, inbox)[0].id
        bodies.keep(db, mail, b"Subject: x\r\n\r\nBonjour\r\n", skeleton=False)
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Bonjour")
        assert "liens" not in box.lines[-1]
        await box.press("w")
        await box.sees("Ce mail n'a pas de lien.")
        await box.press("p")
        await box.sees("Ce mail n'a pas de pièce jointe.")
