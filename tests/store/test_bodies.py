"""Sources and attachments, and the words that search takes from them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.parsing.mime import parse
from acterm.store import bodies, messages
from acterm.store.words import MAX_CHARACTERS, without_markup, words_of
from tests.store.conftest import Box
from tests.store.headers import header

SOURCE = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour\r\n"


@pytest.fixture
def mail(box: Box) -> int:
    """One mail in the inbox."""
    with box.store.write() as db:
        return messages.add(db, box.inbox.id, [header(1)])[0]


def test_a_source_comes_back_byte_for_byte(box: Box, mail: int) -> None:
    db = box.store.reader()
    assert bodies.get(db, mail) is None
    assert not bodies.has(db, mail)
    with box.store.write() as writer:
        bodies.keep(writer, mail, SOURCE, skeleton=True)
    assert bodies.get(db, mail) == bodies.Body(SOURCE, skeleton=True)
    assert bodies.has(db, mail)


def test_the_whole_source_replaces_the_skeleton(box: Box, mail: int) -> None:
    with box.store.write() as db:
        bodies.keep(db, mail, b"\r\nx", skeleton=True)
        bodies.keep(db, mail, SOURCE, skeleton=False)
    assert bodies.get(box.store.reader(), mail) == bodies.Body(SOURCE, skeleton=False)


def test_parts_are_kept_by_section(box: Box, mail: int) -> None:
    with box.store.write() as db:
        bodies.keep_part(db, mail, "2", b"\x00\xff")
        bodies.keep_part(db, mail, "2.1", b"")
        bodies.keep_part(db, mail, "2", b"%PDF")
    assert bodies.part(box.store.reader(), mail, "2") == b"%PDF"
    assert bodies.part(box.store.reader(), mail, "2.1") == b""
    assert bodies.part(box.store.reader(), mail, "3") is None


def test_what_belongs_to_a_mail_goes_with_it(box: Box, mail: int) -> None:
    with box.store.write() as db:
        bodies.keep(db, mail, SOURCE, skeleton=False)
        bodies.keep_part(db, mail, "2", b"%PDF")
        messages.remove(db, box.inbox.id, [1])
        bodies.keep(db, mail, SOURCE, skeleton=False)
        bodies.keep_part(db, mail, "2", b"%PDF")
        assert db.execute("SELECT (SELECT count(*) FROM bodies), (SELECT count(*) FROM parts)")
    assert bodies.get(box.store.reader(), mail) is None
    assert bodies.part(box.store.reader(), mail, "2") is None


def test_the_oldest_attachments_make_room_for_new_ones(
    box: Box, mail: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_MOST_PARTS", 100)

    def kept() -> list[str]:
        db = box.store.reader()
        return [one for one in ("2", "3", "4", "5") if bodies.part(db, mail, one) is not None]

    for section, octets, left in (("2", 40, ["2"]), ("3", 40, ["2", "3"]), ("4", 40, ["3", "4"])):
        with box.store.write() as db:
            bodies.keep_part(db, mail, section, bytes(octets))
        assert kept() == left
    with box.store.write() as db:
        bodies.keep_part(db, mail, "3", bytes(40))  # fetched again: it is the newest now
        bodies.keep_part(db, mail, "2", bytes(20))
    assert kept() == ["2", "3", "4"]
    with box.store.write() as db:
        bodies.keep_part(db, mail, "5", bytes(500))
    assert kept() == ["5"]


def test_mails_without_text_are_told_newest_first(box: Box, mail: int) -> None:
    with box.store.write() as db:
        two, three, four = messages.add(db, box.inbox.id, [header(2), header(3, size=9), header(4)])
        bodies.keep(db, two, SOURCE, skeleton=False)
        messages.move(db, [four], box.trash.id)
    assert bodies.missing(box.store.reader(), box.inbox.id, 10) == [(three, 3, 9), (mail, 1, 2000)]
    assert bodies.missing(box.store.reader(), box.inbox.id, 1) == [(three, 3, 9)]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Bonjour<br>à tous</p>", "Bonjour à tous"),
        ("&eacute;l&egrave;ve &lt;b&gt;", "élève <b>"),
        ("<style>p { color: red }</style>Oui<SCRIPT>non()</SCRIPT> et <b>oui</b>", "Oui et oui"),
        ("<head><title>non</title></head>oui", "oui"),
        ("avant<script>jamais fermé", "avant"),
        ("5 < 6 et 7 > 6", "5 6"),
        ("", ""),
        ("<", ""),
        ("</style>oui", "oui"),
        ("<style>a</script>b</style>oui", "oui"),
    ],
)
def test_markup_is_stripped(markup: str, text: str) -> None:
    assert " ".join(without_markup(markup).split()) == text


@pytest.mark.parametrize(
    "bomb",
    ["<style>", "<", "<<a", "</head><head>", "&", "&#", "<!--", "<a b='", "<script></style>"],
)
def test_a_megabyte_of_anything_is_stripped_at_once(bomb: str) -> None:
    before = time.process_time()
    without_markup(bomb * (1_000_000 // len(bomb)))
    assert time.process_time() - before < 1


@given(st.text(alphabet="<>/stylehd &;#é", max_size=80))
def test_stripping_never_fails(markup: str) -> None:
    assert isinstance(without_markup(markup), str)


def test_an_html_mail_gives_its_words_and_its_attachments_names() -> None:
    source = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        b"<html><style>x{}</style><p>Sortie au mus\xc3\xa9e</p></html>\r\n"
        b'--b\r\nContent-Type: application/pdf; name="autorisation.pdf"\r\n'
        b'Content-Disposition: attachment; filename="autorisation.pdf"\r\n\r\nx\r\n--b--\r\n'
    )
    assert words_of(parse(source)) == "Sortie au musée autorisation.pdf"


def test_an_endless_text_is_cut() -> None:
    source = b"Content-Type: text/plain\r\n\r\n" + b"mot " * 100_000
    assert len(words_of(parse(source))) <= MAX_CHARACTERS + 1
