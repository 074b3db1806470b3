"""`acterm contacts`: whom to ask, with how sure each fact is."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Acterm
from tests.conftest import Mailbox


def test_without_an_account_it_is_amiens_and_nothing_is_written(acterm: Acterm, home: Path) -> None:
    ran = acterm("contacts")
    assert ran.code == 0
    assert "Amiens" in ran.out.splitlines()[0]
    assert "03 22 82 38 23\n" in ran.out
    assert "03 22 82 37 40 (à vérifier)" in ran.out
    assert not home.exists()


def test_whether_somebody_answers_now_is_told(acterm: Acterm) -> None:
    lines = acterm("contacts", "Amiens").out.splitlines()
    hours = next(at for at, line in enumerate(lines) if "9 h – 12 h 30" in line)
    assert re.search("OUVERT MAINTENANT, jusqu|fermé, ", lines[hours + 1])


def test_programs_get_value_confidence_and_source(acterm: Acterm) -> None:
    document = acterm("contacts", "--json").json
    assert document["academy"] == "Amiens"
    assert {"kind", "value", "confidence", "source"} == set(document["contacts"][0])
    phones = [one for one in document["contacts"] if one["kind"] == "phone"]
    assert [(one["value"], one["confidence"]) for one in phones] == [
        ("03 22 82 38 23", "confirmed")
    ]
    assert all(one["source"] for one in document["contacts"])


def test_the_account_decides_when_there_is_one(acterm: Acterm, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[[accounts]]\naddress = "paul.martin@ac-lyon.fr"\n')
    assert acterm("contacts", "--json").json["academy"] == "Lyon"


def test_an_account_of_the_store_counts_too(
    acterm: Acterm, configured: Mailbox, home: Path
) -> None:
    assert acterm("account", "list").code == 0
    (home / "config.toml").unlink()
    assert acterm("contacts", "--json").json["academy"] == "Amiens"


@pytest.mark.parametrize("content", ["rien de bon", "x = 1\n"])
def test_a_broken_configuration_is_no_matter(acterm: Acterm, home: Path, content: str) -> None:
    home.mkdir()
    (home / "config.toml").write_text(content)
    (home / "acterm.db").write_text(content)
    assert acterm("contacts", "--json").json["academy"] == "Amiens"


@pytest.mark.parametrize(
    "words", [["Rennes"], ["paul.martin@ac-rennes.fr"], ["académie", "de", "Rennes"]]
)
def test_an_academie_may_be_named(acterm: Acterm, words: list[str]) -> None:
    assert acterm("contacts", *words, "--json").json["academy"] == "Rennes"


def test_one_without_any_contact_says_so(acterm: Acterm) -> None:
    assert "secrétariat" in acterm("contacts", "Nice").out
    assert acterm("contacts", "Nice", "--json").json == {"academy": "Nice", "contacts": []}


@pytest.mark.parametrize("words", ["Atlantide", "paul@gmail.test"])
def test_an_unknown_one_is_64_and_the_known_ones_are_named(acterm: Acterm, words: str) -> None:
    ran = acterm("contacts", words, "--json")
    assert (ran.code, ran.out) == (64, "")
    assert words in ran.err
    assert "Orléans-Tours" in ran.err


def test_english_people_read_english(acterm: Acterm) -> None:
    assert "(to be checked)" in acterm("--lang", "en", "contacts").out
    assert "Switchboard" in acterm("contacts", "--lang=en").out


def test_nothing_slow_is_loaded_for_it() -> None:
    import subprocess
    import sys

    program = (
        "import sys; from acterm.cli import contacts; contacts.run([]);"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('textual', 'imapclient', 'keyring', 'sqlite3', 'aiosmtplib', 'html2text')],"
        " file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stderr.decode().strip() == "[]"
