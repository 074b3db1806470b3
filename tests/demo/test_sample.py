"""The sample mails: believable dates, valid files, nobody who exists."""

import datetime
import io
import re
import zipfile
from email import message_from_bytes
from functools import partial
from typing import get_args

import pytest

from acterm.demo import moments
from acterm.demo.files import make
from acterm.demo.sample import Mail, Sample
from acterm.mail.parsing import mime
from acterm.mail.special.special import Bounce, ReceiptCame, Special, special
from acterm.mail.text.render import render
from acterm.mail.web.redirect import host_of, target_of

WEDNESDAY = datetime.datetime(2026, 11, 18, 14, 12).astimezone()


_NOWHERE = (".example", ".invalid")
# They are read and never asked; where they lead is nowhere too.
_REDIRECTORS = ("safelinks.protection.outlook.com", "urldefense.com")


@pytest.fixture(scope="module")
def mails() -> list[Mail]:
    return Sample(WEDNESDAY).mails()


def test_there_are_some_140_mails_in_twelve_folders(mails: list[Mail]) -> None:
    assert 130 <= len(mails) <= 160
    assert len({mail.folder for mail in mails}) >= 11


def test_there_is_an_example_of_each_kind_and_none_waits_to_be_read(mails: list[Mail]) -> None:
    examples = [mail for mail in mails if mail.folder == "Exemples"]
    assert all("\\Seen" in mail.flags for mail in examples)
    kinds: set[type] = set()
    files: set[str] = set()
    for mail in examples:
        message = mime.parse(mail.source)
        kinds |= {type(one) for one in special(message, partial(mime.part, mail.source))}
        files |= {item.name.rpartition(".")[2] for item in message.attachments}
    assert kinds == set(get_args(Special))
    assert {"pdf", "xlsx", "csv", "eml", "dat", "zip"} <= files


def test_a_bounce_and_a_receipt_lead_to_the_mails_they_are_about(mails: list[Mail]) -> None:
    sent = {mime.parse(mail.source).message_id for mail in mails if mail.folder == "Envoyés"}
    reported = [mail for mail in mails if b"\nContent-Type: multipart/report" in mail.source]
    about = [
        one.message_id
        for mail in reported
        for one in special(mime.parse(mail.source), partial(mime.part, mail.source))
        if isinstance(one, Bounce | ReceiptCame) and one.message_id
    ]
    assert len(about) == 3 and set(about) <= sent


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
            assert host.endswith((*_NOWHERE, "bv.ac-amiens.fr", "w3.org", *_REDIRECTORS))
        if message.html:
            for link in render(message, 80).links:
                assert host_of(target_of(link.url)).endswith((*_NOWHERE, "bv.ac-amiens.fr"))


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


def test_a_locked_archive_opens_with_its_password_alone() -> None:
    _kind, content = make("a.zip", "coquelicot", "été.txt")
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.read("été.txt", b"coquelicot").startswith("été.txt".encode())
    with pytest.raises(RuntimeError, match="password"):
        archive.read("été.txt", b"bleuet")


def test_winmail_holds_its_files() -> None:
    from tnefparse import TNEF

    _kind, content = make("winmail.dat", "", "Barème.csv: Question;Points")
    (file,) = TNEF(content, do_checksum=True).attachments
    assert bytes(file.data) == b"Question;Points\r\n"


def test_pages_and_sheets_are_as_many_as_written() -> None:
    pages = make("a.pdf", "Titre", "un\n---\ndeux\n---\ntrois")[1]
    assert pages.count(b"/Type /Page ") == 3 and b"/Count 3" in pages
    book = zipfile.ZipFile(io.BytesIO(make("a.xlsx", "", "# Un\na;1\n# Deux\nb;2")[1]))
    assert b'name="Un"' in book.read("xl/workbook.xml")
    assert b"<v>2</v>" in book.read("xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("name", ["a.odt", "a.docx", "a.xlsx", "a.zip"])
def test_archives_are_whole(name: str) -> None:
    title = "" if name == "a.zip" else "Titre"  # of a ZIP it is the password
    _kind, content = make(name, title, "été;1\nhiver;2")
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_a_pdf_points_at_its_own_objects() -> None:
    _kind, content = make("a.pdf", "Été (2026)", "œuvre")
    start = int(content.split(b"startxref\n")[1].split()[0])
    assert content[start:].startswith(b"xref")
    places = [int(line.split()[0]) for line in content[start:].split(b"\n")[3:8]]
    assert all(content[place:].startswith(b"%d 0 obj" % at) for at, place in enumerate(places, 1))
