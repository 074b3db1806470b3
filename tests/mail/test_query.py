"""What is typed into the search box, half-typed and hostile too."""

import os
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acterm.mail.message import Flag
from acterm.mail.query import MAX_TOKENS, Query, parse


@pytest.fixture(autouse=True)
def _in_france(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    os.environ.pop("TZ", None)
    time.tzset()


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("conseil", '("conseil" *)'),
        ("conseil ", '("conseil")'),
        ("conseil classe", '("conseil") AND ("classe" *)'),
        ('"conseil de classe"', '("conseil de classe")'),
        ('"conseil de cla', '("conseil de cla")'),
        ("Œuvre ", '("Oeuvre")'),
        ("l’absence ", '("absence")'),
        ("aujourd'hui ", '("aujourd hui")'),
        ('"l’absence"', '("l absence")'),
        ("CA ", '("CA")'),
        ("CA", '("CA" *)'),
        ("99", '("99" *)'),
        ("9", '("9")'),
        ("cas", '("cas" *)'),
        ("3e B", '("3e") AND ("B")'),
        ("emploi-du-temps ", '("emploi du temps")'),
        ("chloe@ac-ami", '("chloe ac ami" *)'),
        ("chloe@ac-amiens.f", '("chloe ac amiens")'),
        ("chloe@ac-amiens.fr ", '("chloe ac amiens fr")'),
        ("conseil,", '("conseil")'),
        ("examen OU oral blanc", '("examen" OR "oral") AND ("blanc" *)'),
        ("examen OR", '("examen")'),
        ("OU examen ", '("examen")'),
        ("ou est ", '("ou") AND ("est")'),
        ("de:chloé", '(sender : "chloé" *)'),
        ('from:"Chloé Gérard"', '(sender : "Chloé Gérard")'),
        ("à:hugo ", '(recipients : "hugo")'),
        ("a:hugo to:petit ", '(recipients : "hugo") AND (recipients : "petit")'),
        ("objet:oral ", '(subject : "oral")'),
        ("Re:bonjour ", '("Re bonjour")'),
        ("http://ac-amiens.fr ", '("http ac amiens fr")'),
        ("NEAR AND NOT * ", '("NEAR") AND ("AND") AND ("NOT")'),
        ('sender:"x" OR (', '("sender x")'),
        ("de:", ""),
        ("-", ""),
        ('"', ""),
        ("''' ((( ***", ""),
    ],
)
def test_words_become_an_expression(typed: str, match: str) -> None:
    assert parse(typed) == Query(match=match)


def test_words_may_be_left_out() -> None:
    assert parse('conseil -cantine -"salle 12" -de:hugo ') == Query(
        match='("conseil")', excluded='"cantine" OR "salle 12" OR sender : "hugo"'
    )


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("est:non-lu", Query(without=Flag.SEEN)),
        ("-est:lu", Query(without=Flag.SEEN)),
        ("is:unread", Query(without=Flag.SEEN)),
        ("est:lu", Query(flags=Flag.SEEN)),
        ("is:starred", Query(flags=Flag.FLAGGED)),
        ("EST:Suivi", Query(flags=Flag.FLAGGED)),
        ("est:répondu est:lu", Query(flags=Flag.ANSWERED | Flag.SEEN)),
        ("avec:pj", Query(attachments=True)),
        ("has:attachment", Query(attachments=True)),
        ("-has:att", Query(attachments=False)),
        ("dossier:Écoles", Query(folder="ecoles")),
        ('folder:"Réunions 6e"', Query(folder="reunions 6e")),
        ("-dossier:corbeille", Query(not_folder="corbeille")),
    ],
)
def test_conditions_on_the_mail(typed: str, query: Query) -> None:
    assert parse(typed) == query


@pytest.mark.parametrize(
    "typed", ["est:", "est:non", "is:x", "avec:", "avant:", "avant:20", "-de:"]
)
def test_an_operator_that_is_not_yet_typed_asks_nothing(typed: str) -> None:
    assert parse(typed).empty
    assert parse(f"conseil {typed}") == parse("conseil ")


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("2025-09-01", "2025-09-01T00:00+02:00"),
        ("01/09/2025", "2025-09-01T00:00+02:00"),
        ("1/9/25", "2025-09-01T00:00+02:00"),
        ("2025-12", "2025-12-01T00:00+01:00"),
        ("12/2025", "2025-12-01T00:00+01:00"),
        ("2026", "2026-01-01T00:00+01:00"),
    ],
)
def test_dates_are_days_months_or_years_of_this_place(typed: str, begins: str) -> None:
    moment = int(datetime.fromisoformat(begins).timestamp())
    for words in (f"avant:{typed}", f"before:{typed}"):
        assert parse(words) == Query(before=moment)
    for words in (f"après:{typed}", f"apres:{typed}", f"after:{typed}"):
        assert parse(words) == Query(after=moment)


@pytest.mark.parametrize(
    "typed", ["avant:0001", "avant:9999-12-31", "avant:31/02/2025", "après:1969"]
)
def test_a_date_out_of_this_world_does_no_harm(typed: str) -> None:
    assert parse(typed).before >= 0


def test_only_so_many_words_are_read() -> None:
    assert parse("mot " * 5000).match.count('"mot"') == MAX_TOKENS


@given(st.text())
@example('"')
@example('-"')
@example("de:\x00")
def test_nothing_typed_raises(typed: str) -> None:
    assert parse(typed) == parse(typed)


@given(st.text(alphabet="de:àobjtsuv-\"OR U*()^{}+'’éœ1/\\\x00\n", max_size=60))
def test_nothing_typed_is_an_operator_of_the_index(typed: str) -> None:
    query = parse(typed)
    for expression in (query.match, query.excluded):
        outside = "".join(expression.split('"')[::2])
        for known in ("sender : ", "recipients : ", "subject : ", " AND ", " OR ", "(", ")", " *"):
            outside = outside.replace(known, "")
        assert outside.strip() == ""
        assert expression.count('"') % 2 == 0
