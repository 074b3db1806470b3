"""Attachments in place: pages, columns, pictures, files inside files, passwords, taking home."""

import io
import os
import time
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from acterm.engine.messages.mail import (
    BodyArrived,
    BodyFailed,
    DropPart,
    FetchBody,
    FetchPart,
    PartArrived,
    PartComing,
)
from acterm.paths import data_folder
from acterm.store import bodies, messages
from acterm.store.db import Store
from acterm.ui import outside
from acterm.ui.graphics import Graphics, graphics
from acterm.ui.screens.file_panel import FilePanel
from acterm.ui.screens.picture import PictureScreen, pictured
from acterm.viewers import Picture
from tests.ui.box import LARGE, SMALL, Box, opened
from tests.viewers.containers import locked_pdf, winmail
from tests.viewers.packages import locked_zip, zipped

CSV = b"nom;note\nZo\xc3\xa9;17\n"


def _mail(*files: tuple[str, str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Chloé Gérard <chloe.gerard@ac-amiens.fr>", "Pièces"
    mail.set_content("Voici.")
    for name, kind, data in files:
        main, _slash, sub = kind.partition("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def _keep(store: Store, *files: tuple[str, str, bytes]) -> int:
    row = messages.first_page(store.reader(), 1)[0].id
    with store.write() as db:
        bodies.keep(db, row, _mail(*files), False)
    return row


async def _open_first(box: Box) -> None:
    await box.press("enter", "p", "enter")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_one_goes_into_an_archive_and_out_again(
    store: Store, inbox: int, size: tuple[int, int]
) -> None:
    inner = zipped({"deep.csv": CSV})
    _keep(store, ("tout.zip", "application/zip", zipped({"a/notes.csv": CSV, "b.zip": inner})))
    async with opened(store, size) as box:
        await _open_first(box)
        await box.sees("a/notes.csv")
        await box.press("j", "enter")
        await box.sees("deep.csv")
        await box.press("enter")
        await box.sees("nom  note")
        await box.press("q", "q")
        await box.sees("a/notes.csv")
        await box.press("k", "enter")
        await box.sees("nom  note")
        await box.press("q", "q", "q")
        await box.sees("Voici.")


async def test_an_attached_mail_is_read_and_its_own_attachments_opened(
    store: Store, inbox: int
) -> None:
    _keep(store, ("joint.eml", "application/octet-stream", _mail(("notes.csv", "text/csv", CSV))))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("Voici.")
        assert "Tab fichiers" in box.lines[-1]
        await box.press("tab", "enter")
        await box.sees("nom  note")
        await box.press("q", "tab")
        await box.sees("Voici.")


async def test_outlook_files_are_opened_one_by_one(store: Store, inbox: int) -> None:
    _keep(store, ("winmail.dat", "application/ms-tnef", winmail(("notes.csv", CSV))))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("notes.csv")
        await box.press("enter")
        await box.sees("nom  note")


async def test_a_file_inside_is_saved_from_where_the_cursor_is_on_it(
    store: Store, inbox: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    wrapped = winmail(("a.txt", b"rien"), ("notes.csv", CSV))
    _keep(store, ("winmail.dat", "application/ms-tnef", wrapped))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("notes.csv")
        await box.press("j", "e")
        await box.sees("Enregistrée : ")
    assert (tmp_path / "notes.csv").read_bytes() == CSV
    assert not (tmp_path / "winmail.dat").exists()


async def test_the_files_below_a_text_are_named_once(store: Store, inbox: int) -> None:
    wrapped = winmail(("notes.csv", CSV), body=b"Bonjour")
    mail = _mail(("bilan.csv", "text/csv", CSV))
    _keep(store, ("winmail.dat", "application/ms-tnef", wrapped), ("a.eml", "message/x-eml", mail))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("Bonjour")
        assert box.text.count("notes.csv") == 1
        await box.press("q", "j", "enter")
        await box.sees("Voici.")
        assert box.text.count("bilan.csv") == 1
        assert "\n De     Chloé Gérard" in box.text


async def test_a_locked_file_asks_for_its_password_until_it_is_right(
    store: Store, inbox: int
) -> None:
    _keep(store, ("secret.zip", "application/zip", locked_zip("notes.csv", CSV, b"craie")))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("verrouillé")
        await box.press("enter")
        await box.sees("mot de passe du fichier")
        await box.type_ahead("faux")
        await box.press("enter")
        await box.sees("Ce mot de passe ne l’ouvre pas.".replace("’", "'"))
        assert "faux" not in box.text
        await box.type_ahead("craie")
        await box.press("enter")
        await box.sees("nom  note")


async def test_a_locked_document_asks_too(store: Store, inbox: int) -> None:
    _keep(store, ("secret.pdf", "application/pdf", locked_pdf("Sujet du brevet", b"craie")))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("mot de passe du fichier")
        await box.type_ahead("craie")
        await box.press("enter")
        await box.sees("Sujet du brevet")


async def test_what_one_types_stays_when_the_window_changes(store: Store, inbox: int) -> None:
    _keep(store, ("secret.pdf", "application/pdf", locked_pdf("Sujet du brevet", b"craie")))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("mot de passe du fichier")
        await box.type_ahead("crai")
        await box.pilot.resize_terminal(100, 30)
        panel = box.app.screen
        assert isinstance(panel, FilePanel)
        await box.until(lambda: panel.child is None, "the file, read again")
        await box.type_ahead("e")
        await box.press("enter")
        await box.sees("Sujet du brevet")


async def test_a_wide_table_moves_sideways_beside_its_first_column(
    store: Store, inbox: int
) -> None:
    heads = ";".join(f"Compétence{number:02}" for number in range(20))
    rows = "\n".join(";".join(f"{row}.{number}" for number in range(20)) for row in range(60))
    _keep(store, ("bilan.csv", "text/csv", f"{heads}\n{rows}\n".encode()))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("Compétence00")
        assert "Compétence15" not in box.text
        assert "→ colonnes" in box.text
        await box.press(*["right"] * 11)
        await box.sees(" Compétence00  Compétence12  Compétence13")
        assert box.lines[1].endswith("…")
        await box.press("end")
        await box.sees(" Compétence00  Compétence12")
        await box.sees("         59.0         59.12")
        await box.press(*["left"] * 11)
        await box.sees(" Compétence00  Compétence01")


async def test_a_text_is_read_in_the_charset_that_the_mail_names(store: Store, inbox: int) -> None:
    row = _keep(store, ("notes.txt", "text/plain", "Élève absent : Zoé".encode("cp850")))
    body = bodies.get(store.reader(), row)
    assert body is not None
    named = body.source.replace(
        b"Content-Type: text/plain\n", b"Content-Type: text/plain; charset=cp850\n"
    )
    assert named != body.source
    with store.write() as db:
        bodies.keep(db, row, named, False)
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("Élève absent : Zoé")


async def test_an_image_is_drawn_in_half_blocks(store: Store, inbox: int) -> None:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((200, 120)).convert("RGB").save(file, "PNG")
    _keep(store, ("photo.png", "image/png", file.getvalue()))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("▀" * 76)  # as broad as the window: a cell shows no more than two points
        assert "200 × 120" in box.text


async def test_pages_follow_one_another(store: Store, inbox: int) -> None:
    from tests.viewers.test_pdf import pages

    data = pages([(72, 700, 11, "Premier enonce")], [(72, 700, 11, "Second enonce")])
    _keep(store, ("sujet.pdf", "application/pdf", data))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("Premier enonce")
        assert box.lines[0].endswith("page 1 sur 2")
        await box.press("J")
        await box.sees("Second enonce")
        assert box.lines[0].endswith("page 2 sur 2")
        await box.press("K")
        await box.sees("Premier enonce")
        await box.press("end", "space")
        await box.sees("Second enonce")
        await box.press("i")
        await box.sees("▀▀▀▀")
        await box.press("K")
        await box.until(lambda: box.lines[0].endswith("page 1 sur 2"), "the first page")
        assert "▀▀▀▀" in box.text
        await box.press("i")
        await box.sees("Premier enonce")


async def test_one_stays_where_one_reads_when_the_window_changes(store: Store, inbox: int) -> None:
    text = "\n".join(f"Ligne {number} : " + "mot " * 30 for number in range(300))
    _keep(store, ("notes.txt", "text/plain", text.encode()))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("Ligne 0")
        await box.press(*["space"] * 15)
        await box.sees("Ligne 150")
        await box.pilot.resize_terminal(160, 40)
        await box.until(lambda: "Ligne 15" in box.text and len(box.lines) == 40, "the place")


async def test_a_long_name_keeps_its_end(store: Store, inbox: int) -> None:
    name = "Convocation au conseil de classe " * 8 + ".csv"
    packed = zipped({f"dossier/{name}": CSV})
    _keep(store, (name, "text/csv", CSV), ("tout.zip", "application/zip", packed))
    async with opened(store) as box:
        await box.press("enter", "p")
        await box.sees("classe .csv")
        await box.press("enter")
        await box.sees("nom  note")
        assert box.lines[0].endswith("classe .csv · tableau · 17 octets")
        await box.press("q", "j", "enter")
        await box.sees("+ dossier/Convocation")
        assert box.lines[1].endswith("classe .csv    17 octets")


@pytest.mark.parametrize("name", ["facture.pdf.exe", "Facture.JS", "photo.desktop"])
async def test_a_program_is_not_started(
    store: Store, inbox: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr("acterm.ui.outside.open_file", lambda path: pytest.fail(str(path)))
    _keep(store, (name, "application/octet-stream", b"MZ"))
    async with opened(store) as box:
        await box.press("enter", "p", "o")
        await box.sees(f"« {name} » est peut-être un programme : acterm ne le lance pas.")


async def test_all_are_saved_in_one_zip(
    store: Store, inbox: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    _keep(store, ("a.csv", "text/csv", CSV), ("a.csv", "text/csv", b"x;y\n"))
    async with opened(store) as box:
        await box.press("enter", "p", "Z")
        await box.sees("Enregistrée : ")
    with ZipFile(tmp_path / "Pièces.zip") as archive:
        assert archive.namelist() == ["a.csv", "a (2).csv"]
        assert archive.read("a.csv") == CSV


async def test_all_files_of_an_archive_are_saved(
    store: Store, inbox: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    packed = zipped({"a/notes.csv": CSV, "../../b.txt": b"bonjour"})
    _keep(store, ("tout.zip", "application/zip", packed))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("a/notes.csv")
        await box.press("E")
        await box.sees("2 fichiers enregistrés dans")
    assert (tmp_path / "notes.csv").read_bytes() == CSV
    assert (tmp_path / "b.txt").read_bytes() == b"bonjour"


async def test_over_ssh_a_file_comes_home_by_the_clipboard_or_a_line_for_scp(
    store: Store, inbox: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 2222")
    _keep(store, ("notes de Zoé.csv", "text/csv", CSV))
    async with opened(store) as box:
        await box.press("enter", "p", "m")
        await box.sees("Copier son texte dans le presse-papiers")
        await box.press("enter")
        assert box.app.clipboard == CSV.decode()
        await box.press("j", "enter", "enter")
        await box.sees("@192.0.2.2:")
        assert box.app.clipboard.startswith("scp -P 2222 ")
        assert box.app.clipboard.endswith(f'@192.0.2.2:{tmp_path}/notes_de_Zoé.csv" .')
    assert [path.name for path in tmp_path.glob("*.csv")] == ["notes_de_Zoé.csv"]


async def test_all_files_of_a_locked_archive_are_saved_with_its_password(
    store: Store, inbox: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    _keep(store, ("secret.zip", "application/zip", locked_zip("notes.csv", CSV, b"craie")))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("verrouillé")
        await box.press("E")
        await box.sees("mot de passe du fichier")
        await box.type_ahead("craie")
        await box.press("enter")
        await box.sees("1 fichier enregistré dans")
    assert (tmp_path / "notes.csv").read_bytes() == CSV


async def test_a_file_goes_on_in_a_new_mail(store: Store, inbox: int) -> None:
    _keep(store, ("notes.csv", "text/csv", CSV))
    async with opened(store) as box:
        await box.press("enter", "p", "n")
        await box.sees("Nouveau mail")
        await box.sees("+ notes.csv")


async def test_a_draft_keeps_a_file_out_of_an_archive_for_weeks(store: Store, inbox: int) -> None:
    _keep(store, ("tout.zip", "application/zip", zipped({"notes.csv": CSV})))
    async with opened(store) as box:
        await _open_first(box)
        await box.sees("notes.csv")
        await box.press("enter")
        await box.sees("nom  note")
        await box.press("n")
        await box.sees("+ notes.csv")
    (attached,) = (data_folder() / "attached").glob("*/notes.csv")
    old = time.time() - 3 * 86_400
    os.utime(attached.parent, (old, old))
    outside.attached_folder()
    outside.opened_folder()
    assert attached.read_bytes() == CSV


async def test_one_stops_waiting_for_a_large_file(store: Store, inbox: int) -> None:
    row = messages.first_page(store.reader(), 1)[0].id
    skeleton = _mail(("film.mp4", "video/mp4", b"")).replace(
        b'filename="film.mp4"', b'filename="film.mp4"\nX-Acterm-Size: 31457280'
    )
    with store.write() as db:
        bodies.keep(db, row, skeleton, True)
    async with opened(store) as box:
        await box.press("enter", "p", "enter")
        await box.sees("film.mp4 arrive (30 Mo)…")
        assert FetchPart(row, "2") in box.submitted
        await box.tell(PartComing(row, "2", 3 << 20))
        await box.sees("film.mp4 arrive (3 Mo sur 30 Mo)…")
        await box.press("escape")
        await box.sees("On ne l'attend plus.")
        assert DropPart(row, "2") in box.submitted
        with store.write() as db:
            bodies.keep_part(db, row, "2", b"\0\0\0\x18ftypmp42")
        await box.tell(PartArrived(row, "2"))
        await box.sees("Pièces jointes · Pièces")


def _left_out(name: str, megabytes: int) -> str:
    return (
        f'--b\nContent-Type: video/mp4\nContent-Disposition: attachment; filename="{name}"\n'
        f"X-Acterm-Size: {megabytes << 20}\n\n\n"
    )


def _keep_skeleton(store: Store, *names: str) -> int:
    row = messages.first_page(store.reader(), 1)[0].id
    parts = "".join(_left_out(name, 30) for name in names)
    head = "Subject: Films\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nVoici.\n"
    with store.write() as db:
        bodies.keep(db, row, f"{head}{parts}--b--\n".encode(), True)
    return row


async def test_what_comes_late_does_not_cover_what_one_reads_now(store: Store, inbox: int) -> None:
    row = _keep_skeleton(store, "film.mp4", "court.mp4")
    with store.write() as db:
        bodies.keep_part(db, row, "3", CSV)
    async with opened(store) as box:
        await box.press("enter", "p", "enter", "j", "enter")
        await box.sees("Vidéo, 17 octets")
        with store.write() as db:
            bodies.keep_part(db, row, "2", b"film")
        await box.tell(PartArrived(row, "2"))
        await box.sees("« film.mp4 » est là maintenant.")
        assert "court.mp4" in box.lines[0]


async def test_several_come_at_once_and_leaving_ends_them_all(store: Store, inbox: int) -> None:
    row = _keep_skeleton(store, "film.mp4", "court.mp4")
    async with opened(store) as box:
        await box.press("enter", "p", "E")
        await box.tell(PartComing(row, "3", 3 << 20))
        await box.sees("2 pièces jointes arrivent (3 Mo sur 60 Mo)…")
        await box.press("q")
        assert {DropPart(row, "2"), DropPart(row, "3")} <= set(box.submitted)


async def test_one_that_is_gone_does_not_keep_the_others_from_being_saved(
    store: Store, inbox: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    row = _keep_skeleton(store, "film.mp4", "court.mp4")
    async with opened(store) as box:
        await box.press("enter", "p", "E")
        with store.write() as db:
            bodies.keep_part(db, row, "3", CSV)
        await box.tell(
            BodyFailed(row, "Le mail n’est plus sur le serveur.", "", "2"), PartArrived(row, "3")
        )
        await box.sees("1 fichier sur 2 est enregistré. Le mail n'est plus sur le serveur.")
        await box.press("Z")
        await box.tell(BodyFailed(row, "Le mail n’est plus sur le serveur.", "", "2"))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["court.mp4"]


async def test_an_attachment_of_a_folder_says_how_far_it_is_and_can_be_stopped(
    store: Store, inbox: int
) -> None:
    row = _keep_skeleton(store, "film.mp4")
    async with opened(store) as box:
        await box.press("colon")
        await box.type_ahead("toutes les pieces")
        await box.press("enter")
        await box.sees("film.mp4")
        await box.press("enter")
        assert FetchPart(row, "2") in box.submitted
        await box.tell(PartComing(row, "2", 3 << 20))
        await box.sees("film.mp4 arrive (3 Mo sur 30 Mo)…")
        await box.press("escape")
        await box.sees("On ne l'attend plus.")
        assert DropPart(row, "2") in box.submitted


async def test_one_goes_back_while_a_file_is_being_read(store: Store, inbox: int) -> None:
    many = zipped({f"dossier/{number}.txt": b"x" * 2000 for number in range(3000)})
    _keep(store, ("tout.zip", "application/zip", many), ("notes.csv", "text/csv", CSV))
    async with opened(store) as box:
        await box.press("enter", "p")
        await box.press("enter", "escape", "j", "enter")
        await box.sees("nom  note")


async def test_every_attachment_of_a_folder_by_size_and_type(store: Store, inbox: int) -> None:
    first = messages.first_page(store.reader(), 1)
    with store.write() as db:
        bodies.keep(db, first[0].id, _mail(("a.csv", "text/csv", CSV * 9)), False)
        big = _mail(("b.png", "image/png", b"\x89PNG" * 900), ("c.csv", "text/csv", CSV))
        bodies.keep(db, first[1].id, big, False)
        db.execute("UPDATE messages SET attachments = 1 WHERE id <= ?", (first[2].id,))
        db.execute(
            "UPDATE messages SET attachments = 1 WHERE id IN (?, ?, ?)",
            tuple(mail.id for mail in first[:3]),
        )
    async with opened(store) as box:
        await box.press("enter", "colon")
        await box.type_ahead("toutes les pieces")
        await box.press("enter")
        await box.sees("3 pièces jointes")
        order = [box.text.index(name) for name in ("b.png", "a.csv", "c.csv")]
        assert order == sorted(order)
        assert "2 mails dont" in box.text
        await box.press("t")
        await box.sees("par type")
        assert box.text.index("a.csv") > box.text.index("b.png")
        assert FetchBody(first[2].id) in box.submitted
        with store.write() as db:
            bodies.keep(db, first[2].id, _mail(("d.csv", "text/csv", CSV)), False)
        await box.tell(BodyArrived(first[2].id))
        await box.sees("4 pièces jointes")
        assert "1 mail dont" in box.text
        await box.press("home", "enter")
        await box.sees("b.png")


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({"TERM": "xterm-kitty"}, Graphics.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, Graphics.ITERM),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, Graphics.ITERM),
        ({"TERM": "foot"}, Graphics.SIXEL),
        ({"TERM": "xterm-256color"}, Graphics.BLOCKS),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, Graphics.BLOCKS),
        ({"TERM": "linux"}, Graphics.WORDS),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, Graphics.WORDS),
    ],
)
def test_the_terminal_s_ability_is_told_by_its_environment(
    environment: dict[str, str], way: Graphics
) -> None:
    assert graphics(environment) is way


@pytest.mark.parametrize("way", [Graphics.KITTY, Graphics.ITERM, Graphics.SIXEL])
def test_pixels_are_plain_ascii_for_the_terminal(way: Graphics) -> None:
    data = pictured(Picture(b"\xff\0\0" * 600, 30, 20), way, 40, 10)
    assert data.isascii()
    assert data.startswith(b"\x1b")


async def test_the_picture_itself_is_written_where_nothing_else_is(
    store: Store, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    monkeypatch.delenv("TMUX", raising=False)
    async with opened(store) as box:
        written: list[str] = []
        driver = box.app._driver
        assert driver
        monkeypatch.setattr(driver, "write", written.append)
        picture = Picture(b"\xff\0\0" * 600, 30, 20)
        await box.app.push_screen(PictureScreen(picture, "photo.png"))
        await box.until(lambda: any("\x1b_G" in one for one in written), "kitty's graphics")
        await box.press("q")
        assert any("a=d" in one for one in written)
