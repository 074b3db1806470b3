"""Reading: header at once, text when it is here, read only then; links and attachments by name."""

import re
from pathlib import Path

import pytest

from acterm.engine.messages.mail import BodyArrived, BodyFailed, FetchBody, FetchPart, SetFlag
from acterm.mail.message import Flag
from acterm.store import bodies, messages
from acterm.store.db import Store
from tests.ui.box import LARGE, MIDDLE, SMALL, opened

MAIL = """\
From: Chloé Gérard <chloe.gerard@ac-amiens.fr>
To: camille.lefevre@ac-amiens.fr
Subject: Conseil de classe
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="limite"

--limite
Content-Type: text/plain; charset=utf-8

Bonjour,
voyez https://portail.ac-amiens.fr/conseil pour la salle.

> Où est-ce ?
> Quand ?
--limite
Content-Type: text/csv; name="notes.csv"
Content-Disposition: attachment; filename="notes.csv"

nom;note
Zoé;17
--limite--
"""


def _keep(store: Store, mail: str = MAIL, skeleton: bool = False) -> int:
    """Give the newest mail of the inbox a text; returns its row."""
    row = messages.first_page(store.reader(), 1)[0].id
    with store.write() as db:
        bodies.keep(db, row, mail.encode(), skeleton)
    return row


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_a_mail_is_read_at_every_size(
    store: Store, inbox: int, size: tuple[int, int]
) -> None:
    row = _keep(store)
    async with opened(store, size) as box:
        await box.press("enter")
        await box.sees("voyez https://portail.ac-amiens.fr/conseil⟦1⟧ pour la")
        assert "+ notes.csv (16 octets)" in box.text
        assert SetFlag((row,), Flag.SEEN, True, quiet=True) in box.submitted


async def test_the_header_is_there_before_the_text(store: Store, inbox: int) -> None:
    row = messages.first_page(store.reader(), 1)[0]
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Le texte arrive…")
        assert row.subject in box.text
        assert FetchBody(row.id) in box.submitted
        assert not any(isinstance(command, SetFlag) for command in box.submitted)
        _keep(store)
        await box.tell(BodyArrived(row.id))
        await box.sees("voyez https://portail")


async def test_a_text_that_does_not_come_is_told(store: Store, inbox: int) -> None:
    row = messages.first_page(store.reader(), 1)[0].id
    async with opened(store) as box:
        await box.press("enter")
        await box.tell(BodyFailed(row, "Le serveur ne répond pas.", "Réessayez plus tard."))
        await box.sees("Le serveur ne répond pas. Réessayez plus tard.")
        await box.sees("F5 : réessayer")
        asked = list(box.submitted).count(FetchBody(row))
        await box.press("f5")
        await box.sees("Le texte arrive…")
        assert list(box.submitted).count(FetchBody(row)) == asked + 1


async def test_a_text_that_comes_behind_the_list_leaves_the_mail_unread(
    store: Store, inbox: int
) -> None:
    row = messages.first_page(store.reader(), 1)[0].id
    seen = SetFlag((row,), Flag.SEEN, True, quiet=True)
    async with opened(store, SMALL) as box:
        await box.press("enter", "escape")
        _keep(store)
        await box.tell(BodyArrived(row))
        assert seen not in box.submitted
        await box.press("tab")
        await box.sees("voyez https://portail")
        await box.until(lambda: seen in box.submitted, "the mail is read")


async def test_a_mail_that_one_leaves_unread_stays_so_at_another_width_and_after_another_page(
    store: Store, inbox: int
) -> None:
    row = _keep(store)
    seen = SetFlag((row,), Flag.SEEN, True, quiet=True)
    async with opened(store, SMALL) as box:
        await box.press("enter")
        await box.until(lambda: seen in box.submitted, "the mail is read")
        await box.pilot.resize_terminal(90, 24)
        await box.press("w", "escape", "tab", "tab")
        assert list(box.submitted).count(seen) == 1
        await box.press("escape", "enter")
        await box.until(lambda: list(box.submitted).count(seen) == 2, "it is opened again")


async def test_a_large_mail_is_laid_out_beside_the_keys(store: Store, inbox: int) -> None:
    row = _keep(store, "Subject: Bulletin\n\n" + "Une ligne de la lettre.\n" * 12_000)
    async with opened(store, SMALL) as box:
        await box.press("enter")
        await box.sees("Une ligne de la lettre.")
        assert SetFlag((row,), Flag.SEEN, True, quiet=True) in box.submitted
        await box.press("end")
        assert "Une ligne de la lettre." in box.text


async def test_attachments_below_the_window_are_named_at_its_foot(store: Store, inbox: int) -> None:
    _keep(store, MAIL.replace("Bonjour,", "Bonjour,\n" + "\n".join(map(str, range(40)))))
    async with opened(store, SMALL) as box:
        await box.press("enter")
        await box.sees("+ notes.csv (16 octets)")
        assert box.lines[-3].endswith("p pièces jointes")
        await box.press("end")
        assert [line for line in box.lines if "notes.csv" in line] == [box.lines[-3]]
        assert any(line.endswith("w liens") for line in box.lines)


async def test_the_place_in_the_mail_stays_when_the_window_changes(
    store: Store, inbox: int
) -> None:
    _keep(store, "Subject: Long\n\n" + "\n\n".join(f"§{n} " + "mot " * 40 for n in range(60)))
    async with opened(store, SMALL) as box:
        await box.press("enter", *["space"] * 5)
        before = int(re.findall(r"§(\d+)", box.text)[0])
        assert before > 5
        await box.pilot.resize_terminal(60, 24)
        await box.pilot.pause()
        assert abs(int(re.findall(r"§(\d+)", box.text)[0]) - before) <= 2


async def test_a_warning_says_what_to_do(store: Store, inbox: int) -> None:
    _keep(
        store,
        "Subject: Quota\nContent-Type: text/html\n\n"
        '<p>Validez <a href="http://vol.example/x">portail.ac-amiens.fr</a></p>\n',
    )
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("!! Très suspect")
        await box.sees("S signaler   s corbeille   P pourquoi ?")


async def test_quotes_and_signatures_are_folded_and_unfold(store: Store, inbox: int) -> None:
    quoted = "\n".join(f"> ligne {number}" for number in range(7))
    _keep(store, f"Subject: x\n\nOui, jeudi.\n\n{quoted}\n\n-- \nZoé Petit\nSalle 4\nPoste 12\n")
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("… 7 lignes citées")
        assert any(line.endswith("→ déplier") for line in box.lines)
        assert "> ligne 3" not in box.text
        await box.press("right")
        await box.sees("> ligne 3")
        await box.press("left")
        await box.sees("… 7 lignes citées")


async def test_headers_and_source(store: Store, inbox: int) -> None:
    _keep(store)
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Bonjour,")
        await box.press("h")
        await box.sees("Mime-Version: 1.0")
        await box.press("h", "H")
        await box.sees('boundary="limite"')


async def test_no_escape_code_of_a_mail_reaches_the_terminal(store: Store, inbox: int) -> None:
    hostile = "rouge \x1b[31m, presse-papiers \x1b]52;c;eA==\x07 [/gras] \u202ecod"
    _keep(store, f"Subject: x\n\n{hostile}\n")
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("rouge [31m, presse-papiers ]52;c;eA== [/gras] cod")


async def test_links_show_where_they_lead(store: Store, inbox: int) -> None:
    _keep(store)
    async with opened(store) as box:
        await box.press("enter", "w")
        await box.sees("Liens du mail")
        assert "  https://portail.ac-amiens.fr/conseil" in box.text
        await box.press("t")
        await box.until(lambda: "█" in box.text, "the QR code")
        await box.press("escape", "c")
        await box.sees("Le lien est copié.")


async def test_the_number_of_a_link_goes_to_it_and_the_end_of_a_redirection_is_shown(
    store: Store, inbox: int
) -> None:
    links = "".join(f'<p><a href="https://site{n}.example/">lien {n}</a></p>' for n in range(1, 15))
    safe = (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fac-amiens.fr%2Fa&data=x"
    )
    _keep(store, f'Subject: x\nContent-Type: text/html\n\n{links}<a href="{safe}">lien 15</a>\n')
    async with opened(store) as box:
        await box.press("enter", "w", "1", "2")
        assert any(line.startswith("▌ ⟦12⟧") for line in box.lines)
        await box.press("1", "5")
        await box.sees("mène à https://ac-amiens.fr/a")
        assert "O destination" in box.text


async def test_an_attachment_opens_in_the_terminal(store: Store, inbox: int) -> None:
    _keep(store)
    async with opened(store) as box:
        await box.press("enter", "p")
        await box.sees("notes.csv")
        await box.press("enter")
        await box.sees("nom  note")
        await box.press("escape", "escape")
        await box.sees("Bonjour,")


async def test_an_attachment_left_on_the_server_is_asked_for(store: Store, inbox: int) -> None:
    row = _keep(store, MAIL.replace("\n\nnom;note\nZoé;17", "\nX-Acterm-Size: 9\n"), skeleton=True)
    async with opened(store) as box:
        await box.press("enter", "p", "enter")
        await box.sees("notes.csv arrive (9 octets)…")
        assert FetchPart(row, "2") in box.submitted


async def test_a_link_opens_in_the_browser_as_one_argument(
    store: Store, inbox: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_urls = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened_urls}\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    _keep(store, MAIL.replace("/conseil", "/conseil?a=1&b=$(id);x"))
    async with opened(store) as box:
        await box.press("enter", "w", "enter")
        await box.sees("Ouvert dans le navigateur : portail.ac-amiens.fr")
    assert opened_urls.read_text() == "https://portail.ac-amiens.fr/conseil?a=1&b=$(id);x"


async def test_over_ssh_copying_comes_first(
    store: Store, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22")
    _keep(store)
    async with opened(store) as box:
        await box.press("enter", "w")
        await box.sees("c : copier le lien, t : QR code")
        await box.press("c")
        assert box.app.clipboard == "https://portail.ac-amiens.fr/conseil"


async def test_a_mail_address_opens_the_composer(store: Store, inbox: int) -> None:
    _keep(
        store,
        "Subject: x\nContent-Type: text/html\n\n"
        '<a href="mailto:chloe.gerard@ac-amiens.fr?bcc=autre@vol.example">Chloé</a>\n',
    )
    async with opened(store) as box:
        await box.press("enter", "w", "enter")
        await box.sees("Nouveau mail")
        assert "chloe.gerard@ac-amiens.fr" in box.text
        assert "vol.example" not in box.text


async def test_the_folder_of_saved_attachments_is_shown_and_changed(
    store: Store, inbox: int, tmp_path: Path
) -> None:
    (tmp_path / "Téléchargements").mkdir()
    (tmp_path / "Classe").mkdir()
    _keep(store)
    async with opened(store) as box:
        await box.press("enter", "p")
        await box.sees("Enregistrées dans : ~/Téléchargements")
        await box.press("d")
        await box.press(*"~/Classe/", "enter")
        await box.sees("Enregistrées dans : ~/Classe")
        await box.press("e", "e")
        await box.sees("Enregistrée : ~/Classe/notes (2).csv")
        await box.press("enter")
        await box.sees("nom  note")
        await box.press("e")
        await box.until((tmp_path / "Classe" / "notes (3).csv").exists, "saved from its view")


async def test_an_attachment_is_saved_under_a_safe_name(store: Store, inbox: int) -> None:
    from acterm.ui import outside

    _keep(store, MAIL.replace('filename="notes.csv"', 'filename="../../notes.csv"'))
    async with opened(store) as box:
        await box.press("enter", "p", "e")
        await box.sees("Enregistrée :")
    saved = outside.download_folder() / "notes.csv"
    assert saved.read_text().startswith("nom;note")
    assert saved.stat().st_mode & 0o777 == 0o600
