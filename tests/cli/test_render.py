"""`acterm render`: saved mails as the reader shows them."""

import json
from pathlib import Path
from typing import Any

import pytest

from acterm.mail.cells import cells
from tests.cli.conftest import Acterm
from tests.mail.mails import attached, mail, multipart, part, whole

KEYS = [
    *("file", "subject", "from", "to", "cc", "reply_to", "date", "message_id", "text"),
    *("quoted", "links", "attachments", "warnings"),
]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A mail with an answer, a link, a picture and a file."""
    related = multipart(
        "related",
        [
            part("Voir https://www.ac-amiens.fr/a\r\n> Quand ?\r\n> Où ?\r\nJeudi."),
            attached(b"\x89PNG", "logo.png", "image/png", "inline"),
        ],
        "lien",
    )
    source = whole(
        multipart("mixed", [related, attached(b"x", "facture.pdf.exe")]),
        To="Luc Petit <luc@x.example>, b@x.example",
        Subject="Re: =?utf-8?q?R=C3=A9union?=",
        Date="Mon, 23 Nov 2026 09:15:00 +0100",
        Message_ID="<1@x.example>",
    )
    path = tmp_path / "mail.eml"
    path.write_bytes(source)
    return path


def documents(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_json_of_a_mail_has_every_key(acterm: Acterm, saved: Path) -> None:
    ran = acterm("render", "--json", str(saved))
    assert ran.code == 0
    (found,) = documents(ran.out)
    assert list(found) == KEYS
    assert found["file"] == str(saved)
    assert found["subject"] == "Re: Réunion"
    assert found["from"] == [{"name": "Camille Lefèvre", "address": "camille.lefevre@ac-amiens.fr"}]
    assert [one["address"] for one in found["to"]] == ["luc@x.example", "b@x.example"]
    assert (found["cc"], found["reply_to"]) == ([], [])
    assert found["date"] == "2026-11-23T09:15:00+01:00"
    assert found["message_id"] == "1@x.example"
    assert found["text"].split("\n") == [
        "Voir https://www.ac-amiens.fr/a⟦1⟧",
        "> Quand ?",
        "> Où ?",
        "Jeudi.",
    ]
    assert found["quoted"] == [[1, 2]]
    assert [(link["number"], link["url"], link["host"]) for link in found["links"]] == [
        (1, "https://www.ac-amiens.fr/a", "www.ac-amiens.fr")
    ]
    assert set(found["links"][0]) == {"number", "text", "url", "host", "warning"}
    assert found["attachments"] == [
        {"number": 1, "name": "logo.png", "type": "image/png", "size": 4, "inline": True},
        {
            "number": 2,
            "name": "facture.pdf.exe",
            "type": "application/octet-stream",
            "size": 1,
            "inline": False,
        },
    ]
    assert [(one["code"], one["level"]) for one in found["warnings"]] == [
        ("dangerous-attachment", "suspect")
    ]
    assert set(found["warnings"][0]) == {"code", "level", "text"}


def test_each_file_is_one_line_whatever_it_holds(acterm: Acterm, tmp_path: Path) -> None:
    contents = {
        "empty": b"",
        "junk": bytes(range(256)) * 20,
        "separators": mail("a\u2028b\u0085c\r\nd"),
        "no mail": b"Ceci n'est pas un mail",
        "headers": b"Subject: x\r\n",
    }
    paths = [tmp_path / name for name in contents]
    for path in paths:
        path.write_bytes(contents[path.name])
    ran = acterm("render", "--json", *map(str, paths))
    assert ran.code == 0
    found = [json.loads(line) for line in ran.out.removesuffix("\n").split("\n")]
    assert [one["file"] for one in found] == [str(path) for path in paths]
    assert all(list(one) == KEYS for one in found)
    for broken in (found[0], found[1], found[3]):
        assert "malformed" in [one["code"] for one in broken["warnings"]]
    assert found[3]["text"] == "Ceci n'est pas un mail"
    assert found[0]["date"] is None


def test_a_file_that_cannot_be_opened_is_told_after_the_others(acterm: Acterm, saved: Path) -> None:
    missing, folder = str(saved.parent / "absent.eml"), str(saved.parent)
    ran = acterm("render", "--json", missing, str(saved), folder)
    assert ran.code == 66
    found = documents(ran.out)
    assert sorted(found[0]) == ["error", "file"] == sorted(found[2])
    assert (found[0]["file"], found[1]["subject"]) == (missing, "Re: Réunion")
    assert "n’existe pas" in found[0]["error"]
    assert "un dossier" in found[2]["error"]
    assert acterm("render", missing).code == 66


def test_a_mail_is_read_from_stdin(acterm: Acterm) -> None:
    ran = acterm("render", "--json", "-", stdin=mail("Bonjour"))
    assert (ran.json["file"], ran.json["text"]) == ("-", "Bonjour")


@pytest.mark.parametrize("width", [20, 40, 120])
def test_the_width_is_kept(acterm: Acterm, saved: Path, width: int) -> None:
    ran = acterm("render", "--width", str(width), str(saved))
    assert ran.code == 0
    assert max(cells(line) for line in ran.out.splitlines()) <= width


@pytest.mark.parametrize("width", ["0", "-1", "abc"])
def test_a_width_that_is_none_is_a_wrong_use(acterm: Acterm, saved: Path, width: str) -> None:
    assert acterm("render", f"--width={width}", str(saved)).code == 64


def test_people_read_subject_text_and_warning(acterm: Acterm, saved: Path) -> None:
    ran = acterm("render", str(saved))
    for words in ("Re: Réunion", "Camille Lefèvre", "Très suspect", "Jeudi.", "facture.pdf.exe"):
        assert words in ran.out


def test_what_the_reader_shows_above_a_mail_is_printed_too(acterm: Acterm) -> None:
    source = mail(
        "Bonjour\r\n\r\nLe 3 mai, Luc a écrit :\r\n> Quand ?\r\n",
        List_Id="Profs de maths <maths.listes.example>",
        List_Unsubscribe="<mailto:maths-leave@listes.example>",
    )
    lines = acterm("render", "-", stdin=source).out.splitlines()
    card = next(line for line in lines if "Profs de maths" in line)
    assert lines.index(card) < lines.index(" Bonjour")
    assert " > Quand ?" in lines


def test_nothing_in_a_mail_reaches_the_terminal_as_a_command(acterm: Acterm) -> None:
    source = mail("a\x1b]52;c;eA==\x07b\x9b2J\u202ec", Subject="x\x1b[2Jy")
    out = acterm("render", "-", stdin=source).out
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out)
