"""The sample mails: believable dates, valid files, nobody who exists."""

import datetime
import io
import re
import zipfile
from email import message_from_bytes

import pytest

from acterm.demo import moments
from acterm.demo.files import make
from acterm.demo.sample import Mail, Sample
from acterm.mail.parsing import mime

WEDNESDAY = datetime.datetime(2026, 11, 18, 14, 12).astimezone()


@pytest.fixture(scope="module")
def mails() -> list[Mail]:
    return Sample(WEDNESDAY).mails()


def test_there_are_some_120_mails_in_eleven_folders(mails: list[Mail]) -> None:
    assert 110 <= len(mails) <= 140
    assert len({mail.folder for mail in mails}) >= 10


def test_every_mail_can_be_read_without_a_sign_of_damage(mails: list[Mail]) -> None:
    damaged = [
        (mail.source[:300], sign)
        for mail in mails
        for sign in mime.parse(mail.source).signs
        if sign.code in ("malformed", "truncated")
    ]
    assert damaged == []


def test_no_mail_names_anybody_who_may_exist(mails: list[Mail]) -> None:
    addresses = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
    allowed = (".example", ".invalid", "ac-amiens.fr")
    for mail in mails:
        message = mime.parse(mail.source)
        text = "\n".join(value for _name, value in message.headers) + (message.plain or "")
        strangers = [host for host in addresses.findall(text) if not host.endswith(allowed)]
        assert strangers == []


def test_links_lead_nowhere_real(mails: list[Mail]) -> None:
    for mail in mails:
        message = mime.parse(mail.source)
        text = (message.plain or "") + (message.html or "")
        for host in re.findall(r"https?://([\w.-]+)", text):
            assert host.endswith((".example", ".invalid", "bv.ac-amiens.fr", "w3.org"))


def test_dates_are_those_of_a_school_week(mails: list[Mail]) -> None:
    newest = max(mails, key=lambda mail: mail.received)
    assert datetime.datetime.fromtimestamp(newest.received).strftime("%H:%M") == "14:02"
    old = [mail for mail in mails if mail.received < WEDNESDAY.timestamp() - 86400 * 2]
    days = {datetime.datetime.fromtimestamp(mail.received).weekday() for mail in old}
    assert days <= {0, 1, 2, 3, 4}


def test_placeholders_become_french_words() -> None:
    text = moments.filled("{{jour +2}}, {{date +3}}, {{scolaire}}, {{trimestre}}", WEDNESDAY.date())
    assert text == "vendredi 20 novembre, 23/11/2026, 2026-2027, 1er trimestre"


def test_nothing_is_left_to_fill_in(mails: list[Mail]) -> None:
    for mail in mails:
        message = mime.parse(mail.source)
        assert "{{" not in message.subject + (message.plain or "")


def test_answers_belong_to_their_conversation(mails: list[Mail]) -> None:
    by_id = {message_from_bytes(mail.source)["Message-ID"] for mail in mails}
    answers = [message_from_bytes(mail.source) for mail in mails]
    replied = [mail["In-Reply-To"] for mail in answers if mail["In-Reply-To"]]
    assert len(replied) >= 15
    assert set(replied) <= by_id


def test_the_big_newsletter_weighs_more_than_60_kb(mails: list[Mail]) -> None:
    html = max((mime.parse(mail.source).html or "" for mail in mails), key=len)
    assert len(html) > 60_000
    assert "display:none" in html


@pytest.mark.parametrize("name", ["a.odt", "a.docx", "a.xlsx", "a.zip"])
def test_archives_are_whole(name: str) -> None:
    _kind, content = make(name, "Titre", "été;1\nhiver;2")
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_a_pdf_points_at_its_own_objects() -> None:
    _kind, content = make("a.pdf", "Été (2026)", "œuvre")
    start = int(content.split(b"startxref\n")[1].split()[0])
    assert content[start:].startswith(b"xref")
    places = [int(line.split()[0]) for line in content[start:].split(b"\n")[3:8]]
    assert all(content[place:].startswith(b"%d 0 obj" % at) for at, place in enumerate(places, 1))
