"""`acterm attachment`: one attachment of a saved mail."""

from pathlib import Path

import pytest

from tests.cli.conftest import Acterm
from tests.mail.mails import attached, mail, multipart, part, whole
from tests.viewers.containers import locked_pdf
from tests.viewers.packages import pptx, shape


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A mail with a table, a forwarded mail and a name that climbs."""
    path = tmp_path / "mail.eml"
    path.write_bytes(
        whole(
            multipart(
                "mixed",
                [
                    part(),
                    attached("Nom;Note\r\nZoé;15".encode(), "notes.csv", "text/csv"),
                    part(mail("Le texte transféré"), "message/rfc822"),
                    attached(b"x", "../../climb.sh"),
                ],
            )
        )
    )
    return path


def test_an_attachment_is_shown(acterm: Acterm, saved: Path) -> None:
    ran = acterm("attachment", str(saved), "1")
    assert (ran.code, ran.out) == (0, "Nom  Note\nZoé    15\n")
    assert "Le texte transféré" in acterm("attachment", str(saved), "2").out


def test_a_text_is_read_in_the_charset_that_the_mail_names(acterm: Acterm, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    words = "Żółć".encode("iso-8859-2")
    named = attached(words, "notes.txt", "text/plain; charset=iso-8859-2")
    path.write_bytes(whole(multipart("mixed", [part(), named])))
    assert acterm("attachment", str(path), "1").out == "Żółć\n"


def test_its_json_has_every_key(acterm: Acterm, saved: Path) -> None:
    assert acterm("attachment", "--json", str(saved), "1").json == {
        "number": 1,
        "name": "notes.csv",
        "type": "text/csv",
        "size": 17,
        "text": "Nom  Note\nZoé    15",
        "saved": None,
    }


def test_it_is_saved_under_a_safe_name_and_twice_beside_itself(
    acterm: Acterm, saved: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    first = acterm("attachment", str(saved), "3", "--save", str(folder), "--json").json
    second = acterm("attachment", str(saved), "3", "--save", str(folder), "--json").json
    assert first["saved"] == str(folder / "climb.sh")
    assert second["saved"] == str(folder / "climb (2).sh")
    assert (folder / "climb.sh").read_bytes() == b"x"
    assert (folder / "climb.sh").stat().st_mode & 0o777 == 0o600


def test_a_document_is_shown_page_after_page(acterm: Acterm) -> None:
    slides = attached(pptx(shape("Le volcan", "title"), shape("Fin", "title")), "volcan.pptx")
    source = whole(multipart("mixed", [part(), slides]))
    assert acterm("attachment", "-", "1", stdin=source).out == (
        "── page 1 sur 2 ──\nLe volcan\n\n── page 2 sur 2 ──\nFin\n"
    )


def test_why_it_is_not_shown_stands_beside_what_is_printed(acterm: Acterm) -> None:
    locked = attached(locked_pdf("Bonjour", b"azerty"), "notes.pdf", "application/pdf")
    source = whole(multipart("mixed", [part(), locked]))
    for ran in (
        acterm("attachment", "-", "1", stdin=source),
        acterm("attachment", "--json", "-", "1", stdin=source),
    ):
        assert (ran.code, ran.err) == (0, "Ce document est protégé par un mot de passe.\n")
        assert "Document PDF" in ran.out


def test_it_is_read_from_stdin(acterm: Acterm, saved: Path) -> None:
    assert "Zoé" in acterm("attachment", "-", "1", stdin=saved.read_bytes()).out


@pytest.mark.parametrize("number", ["0", "4", "-1", "un"])
def test_a_number_that_is_none_is_a_wrong_use(acterm: Acterm, saved: Path, number: str) -> None:
    assert acterm("attachment", str(saved), number).code == 64


def test_a_mail_without_attachments_says_so(acterm: Acterm) -> None:
    ran = acterm("attachment", "-", "1", stdin=mail("Bonjour"))
    assert (ran.code, ran.out) == (64, "")
    assert "pas de pièce jointe" in ran.err


def test_a_picture_of_the_text_has_a_number_after_the_attachments(
    acterm: Acterm, tmp_path: Path
) -> None:
    photograph = attached(b"\x89PNG", "photo.png", "image/png", "inline")
    source = whole(multipart("mixed", [part("un"), photograph, attached(b"x", "a.odt")]))
    shown = acterm("render", "--json", "-", stdin=source).json["attachments"]
    assert [one["name"] for one in shown] == ["a.odt"]
    saved = acterm("attachment", "-", "2", "--save", str(tmp_path), "--json", stdin=source).json
    assert Path(saved["saved"]).read_bytes() == b"\x89PNG"


def test_one_without_a_name_is_saved_with_the_ending_of_its_type(
    acterm: Acterm, tmp_path: Path
) -> None:
    source = whole(multipart("mixed", [part("un"), part("%PDF-", "application/pdf")]))
    saved = acterm("attachment", "-", "1", "--save", str(tmp_path), "--json", stdin=source).json
    assert Path(saved["saved"]).suffix == ".pdf"


def test_a_mail_that_is_not_there_is_told(acterm: Acterm, saved: Path) -> None:
    assert acterm("attachment", str(saved.parent / "absent.eml"), "1").code == 66
    ran = acterm("attachment", str(saved), "1", "--save", str(saved.parent / "absent"))
    assert ran.code == 66
