"""`acterm search`: what it prints for people and for programs, and its exit codes."""

import json
from datetime import datetime

import pytest

from acterm import paths
from acterm.cli import main
from acterm.i18n import set_language
from acterm.mail.address import Address
from acterm.mail.cells import cells
from acterm.mail.folder import Role
from acterm.store import bodies, folders, messages
from acterm.store.db import open_store
from acterm.store.search import index_pending
from tests.store.conftest import furnish
from tests.store.headers import MONDAY, header

TEXT = (
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    + (
        "Bonjour, la réunion de rentrée aura lieu en salle 12, merci d'apporter vos documents."
    ).encode()
)


@pytest.fixture
def _mails(home: object) -> None:
    store = open_store()
    box = furnish(store)
    long = (
        "Conseil de classe du premier trimestre, salle des professeurs, présence obligatoire 日本"
    )
    with store.write() as db:
        ids = messages.add(
            db,
            box.inbox.id,
            [
                header(4, "Réunion de rentrée"),
                header(5, long, sender=Address("日本語の名前がとても長い先生です", "x@y.example")),
            ],
        )
        bodies.keep(db, ids[0], TEXT, skeleton=False)
        index_pending(db)
        archive = folders.with_role(db, box.account.id, Role.SENT)
        assert archive is not None
        messages.add(db, archive.id, [header(1, "Réponse", sender=Address("", "c@ac.example"))])
        index_pending(db)
    store.close()


def run(*words: str) -> int:
    return main(["--lang", "fr", "search", *words])


@pytest.mark.usefixtures("_mails")
def test_json_has_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("reunion", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found == {
        "account": "camille.lefevre@ac-amiens.fr",
        "folder": "INBOX",
        "uid": 4,
        "date": found["date"],
        "from": "Chloé Gérard <chloe.gerard@ac-amiens.fr>",
        "subject": "Réunion de rentrée",
        "snippet": "Bonjour, la réunion de rentrée aura lieu en salle 12, merci d'apporter vos…",
    }
    moment = datetime.fromisoformat(found["date"])
    assert moment.timestamp() == MONDAY + 240
    assert moment.utcoffset() is not None


def test_a_missing_query_is_told_in_french(
    home: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 64
    said = capsys.readouterr().err
    assert said.startswith("usage\u00a0: acterm search")
    assert "il manque\u00a0: QUERY" in said


@pytest.mark.usefixtures("_mails")
def test_a_sender_without_a_name_is_the_address_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("réponse", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["from"] == "c@ac.example"
    assert found["snippet"] == ""


@pytest.mark.usefixtures("_mails")
def test_people_get_columns_that_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("salle") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:10] for line in lines[::2]] == ["24/11/2025", "24/11/2025"]
    assert max(cells(line) for line in lines) <= 80
    assert lines[2].index("Réunion") == 36
    assert lines[3].startswith("            Boîte de réception · Bonjour, la")
    assert cells(lines[0][: lines[0].index("Conseil")]) == 36


@pytest.mark.usefixtures("_mails")
def test_limit_keeps_the_newest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("salle", "--limit", "1", "--json") == 0
    assert [one["uid"] for one in json.loads(capsys.readouterr().out)] == [5]


@pytest.mark.usefixtures("_mails")
def test_several_words_need_no_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rentrée", "salle", "--json") == 0
    assert [one["uid"] for one in json.loads(capsys.readouterr().out)] == [4]


@pytest.mark.usefixtures("_mails")
def test_nothing_found_is_a_sentence_and_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("girafe") == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "Aucun mail d’ici ne correspond à «\u00a0girafe\u00a0».\n"
    assert run("girafe", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_an_empty_store_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("conseil", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("words", [[], ["  "], ["a", "--limit", "0"], ["a", "--limit", "x"]])
def test_wrong_usage_exits_64(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = run(*words)
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == 64
    assert capsys.readouterr().err


@pytest.mark.parametrize("language", ["fr", "en"])
def test_help_names_the_operators(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--lang", language, "search", "--help"])
    assert stop.value.code == 0
    assert ("objet:" if language == "fr" else "subject:") in capsys.readouterr().out
    set_language("fr")


def test_a_damaged_store_is_told(home: object, capsys: pytest.CaptureFixture[str]) -> None:
    open_store().close()
    paths.store_file().write_bytes(b"x" * 5000)
    assert run("conseil") == 78
    assert "acterm sync --rebuild" in capsys.readouterr().err
