"""Bytes to a mail, whatever they are."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.errors import BadData
from acterm.mail.message import Message
from acterm.mail.parsing import mime, mimetree, transfer
from tests.mail.mails import attached, mail, multipart, part, whole
from tests.viewers.packages import sevenzip

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(50))


def files(message: Message) -> list[tuple[str, str, int, bool]]:
    """What RFC 8621 counts."""
    return [
        (one.name, one.type, one.size, one.inline) for one in message.attachments if not one.in_text
    ]


def codes(message: Message) -> list[str]:
    return [sign.code for sign in message.signs]


def test_a_mail_with_a_file_has_a_text_and_one_attachment() -> None:
    source = whole(
        multipart("mixed", [part("Bonjour"), attached(b"%PDF-1", "notes.pdf", "application/pdf")])
    )
    message = mime.parse(source)
    assert message.plain == "Bonjour"
    assert files(message) == [("notes.pdf", "application/pdf", 6, False)]
    assert message.attachments[0].section == "2"
    assert mime.part(source, "2") == b"%PDF-1"
    assert codes(message) == []


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf", "été.pdf"),
        ("attachment; filename*0*=utf-8''%C3%A9; filename*1=t; filename*2*=%C3%A9.pdf", "été.pdf"),
        ("attachment; filename*0=no; filename*1=tes.pdf", "notes.pdf"),
        ('attachment; filename="=?utf-8?q?=C3=A9t=C3=A9.pdf?="', "été.pdf"),
        ('attachment; filename="e\u0301te\u0301.pdf"', "été.pdf"),
        ("attachment; filename=notes.pdf", "notes.pdf"),
        ('attachment; filename=\\"notes.pdf\\"', "notes.pdf"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ('attachment; filename="fdp.\u202eexe"', "fdp.exe"),
        ('attachment; filename="a\x1b[2Jb.pdf"', "a[2Jb.pdf"),
        ("attachment; filename*=iso-8859-1''%E9t%E9.pdf", "été.pdf"),
        ("attachment; filename*0*=utf-8''%C3%A9t%; filename*1*=C3%A9.pdf", "été.pdf"),
        ("attachment; filename*0=utf-8'fr'un; filename*1*=%C3%A9t%C3%A9", "unété"),
        ("attachment; filename==?utf-8?q?=C3=A9t=C3=A9;_2.pdf?=", "été; 2.pdf"),
        ("attachment", ""),
    ],
)
def test_a_file_name_is_read_however_it_is_written(disposition: str, name: str) -> None:
    source = whole(
        multipart("mixed", [part(), part(b"x", "application/pdf", Content_Disposition=disposition)])
    )
    assert [one.name for one in mime.parse(source).attachments] == [name]


def test_a_raw_name_in_latin_1_keeps_its_accents() -> None:
    field = "attachment; filename=été.pdf"
    source = whole(
        multipart("mixed", [part(), part(b"x", "application/pdf", Content_Disposition=field)])
    )
    message = mime.parse(source.replace("été".encode(), "été".encode("cp1252")))
    assert message.attachments[0].name == "été.pdf"


def test_the_picture_of_an_html_mail_is_inline() -> None:
    related = multipart(
        "related",
        [
            part('<img src="cid:logo">', "text/html"),
            attached(PNG, "logo.png", "image/png", "inline"),
        ],
        "lien",
    )
    alternative = multipart("alternative", [part("Bonjour"), related], "choix")
    message = mime.parse(whole(multipart("mixed", [alternative, attached(b"x", "a.odt")])))
    assert files(message) == [
        ("logo.png", "image/png", len(PNG), True),
        ("a.odt", "application/octet-stream", 1, False),
    ]
    assert (message.plain, message.html) == ("Bonjour", '<img src="cid:logo">')
    assert [one.section for one in message.attachments] == ["1.2.2", "2"]


def test_a_photograph_between_two_texts_stands_in_the_text() -> None:
    message = mime.parse(
        whole(
            multipart(
                "mixed", [part("un"), attached(PNG, "p.png", "image/png", "inline"), part("deux")]
            )
        )
    )
    assert [(one.number, one.name) for one in message.attachments] == [(1, "p.png")]
    assert message.plain is not None
    assert [line for line in message.plain.split("\n") if "p.png" not in line] == ["un", "deux"]
    assert "p.png" in message.plain


def test_a_text_with_a_name_in_second_place_is_an_attachment() -> None:
    named = part("eleve;note", "text/plain; name=notes.txt")
    message = mime.parse(whole(multipart("mixed", [part("Bonjour"), named])))
    assert message.plain == "Bonjour"
    assert files(message) == [("notes.txt", "text/plain", 10, False)]


def test_a_forwarded_mail_is_one_attachment_with_all_its_bytes() -> None:
    inner = whole(multipart("mixed", [part("dedans"), attached(b"x", "b.pdf")], "autre"))
    message = mime.parse(
        source := whole(multipart("mixed", [part(), part(inner, "message/rfc822")]))
    )
    assert [(one.type, one.size) for one in message.attachments] == [("message/rfc822", len(inner))]
    assert mime.part(source, "2") == inner


def test_winmail_dat_is_one_attachment() -> None:
    tnef = attached(b"\x78\x9f\x3e\x22", "winmail.dat", "application/ms-tnef")
    message = mime.parse(whole(multipart("mixed", [part(), tnef])))
    assert files(message) == [("winmail.dat", "application/ms-tnef", 4, False)]


def test_the_parts_of_a_digest_are_mails() -> None:
    digest = multipart("digest", [b"\r\n" + mail("un"), b"\r\n" + mail("deux")])
    assert [one.type for one in mime.parse(whole(digest)).attachments] == ["message/rfc822"] * 2


def test_a_part_without_a_header_is_a_proper_text() -> None:
    message = mime.parse(whole(multipart("mixed", [b"\r\nBonjour"])))
    assert (message.plain, codes(message)) == ("Bonjour", [])


@pytest.mark.parametrize(
    ("charset", "written", "guessed"),
    [
        ("us-ascii", "utf-8", True),
        ("us-ascii", "cp1252", True),
        ("utf-8", "cp1252", True),
        ("x-inconnu", "utf-8", True),
        ("iso-8859-1", "cp1252", False),
        ("utf-8", "utf-8", False),
        ("utf-16", "utf-16", False),
    ],
)
def test_accents_are_read_whatever_the_charset_says(
    charset: str, written: str, guessed: bool
) -> None:
    message = mime.parse(mail("déjà vu, élève".encode(written), f"text/plain; charset={charset}"))
    assert message.plain == "déjà vu, élève"
    assert ("charset-guessed" in codes(message)) is guessed


def test_an_html_mail_may_name_its_charset_inside() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">l’été'
    message = mime.parse(mail(page.encode("cp1252"), "text/html"))
    assert message.html is not None
    assert message.html.endswith("l’été")


@pytest.mark.parametrize("cut", [1, 2, 3, 5])
def test_base64_that_was_cut_gives_what_is_left(cut: int) -> None:
    source = whole(multipart("mixed", [part(), attached(bytes(300), "a.bin")]))
    end = source.index(b"\r\n--limite--")
    content = mime.part(source[: end - cut], "2")
    assert 290 < len(content) <= 300
    assert set(content) == {0}


def test_a_mail_without_its_last_boundary_was_cut() -> None:
    source = whole(multipart("mixed", [part(), attached(b"abc", "a.bin")]))
    message = mime.parse(source[: source.index(b"--limite--")])
    assert [one.name for one in message.attachments] == ["a.bin"]
    assert set(codes(message)) & {"truncated", "malformed"}


def test_a_multipart_without_a_boundary_shows_its_source() -> None:
    message = mime.parse(mail("--x\r\n\r\nBonjour\r\n--x--", "multipart/mixed"))
    assert message.plain is not None
    assert "Bonjour" in message.plain
    assert "malformed" in codes(message)


def test_a_boundary_that_is_not_the_announced_one_is_found() -> None:
    source = whole(multipart("mixed", [part("Bonjour"), attached(b"abc", "a.bin")]))
    message = mime.parse(source.replace(b'boundary="limite"', b'boundary="autre"'))
    assert message.plain == "Bonjour"
    assert files(message) == [("a.bin", "application/octet-stream", 3, False)]


def test_a_line_among_the_fields_that_is_none_hides_nothing() -> None:
    message = mime.parse(b"Subject: Conseil\r\nn'importe quoi\r\nTo: a@x.example\r\n\r\nBonjour")
    assert (message.subject, message.plain) == ("Conseil", "Bonjour")
    assert [one.address for one in message.to] == ["a@x.example"]
    assert codes(message) == ["malformed"]


def test_the_line_of_an_mbox_is_no_field() -> None:
    message = mime.parse(b"From camille@x.example Mon Nov 23 09:15:00 2026\n" + mail())
    assert (message.subject, message.plain, codes(message)) == ("Conseil de classe", "Bonjour", [])


def test_a_first_field_with_a_space_before_its_colon_is_no_mbox_line() -> None:
    message = mime.parse(b"From : Zo\xc3\xa9 <z@x.example>\nSubject : Conseil\n\ntexte\n")
    assert (message.sender[0].address, message.subject) == ("z@x.example", "Conseil")


@pytest.mark.parametrize(
    "above", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\n \n", b" suite de rien\r\n"], ids=repr
)
def test_what_stands_above_the_header_hides_no_field(above: bytes) -> None:
    message = mime.parse(above + mail("Bonjour"))
    assert (message.subject, message.plain) == ("Conseil de classe", "Bonjour")


def test_a_mail_saved_as_utf_16_is_read() -> None:
    message = mime.parse("Subject: Été\r\n\r\nÀ lundi".encode("utf-16"))
    assert (message.subject, message.plain) == ("Été", "À lundi")


def test_a_header_that_never_ends_loses_no_line_of_the_text() -> None:
    message = mime.parse(b"Subject: Conseil\r\nBonjour,\r\nSalle : B12\r\n")
    assert (message.subject, message.plain) == ("Conseil", "Bonjour,\nSalle : B12\n")


def test_a_multipart_that_names_no_boundary_is_read_from_its_first_line() -> None:
    inside = b"--x\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--x--"
    source = b"Content-Type: multipart/mixed\r\n\r\n" + inside
    assert mime.parse(source).plain == "Bonjour"


def test_carriage_returns_alone_in_the_header_are_line_ends() -> None:
    message = mime.parse(b"Subject: Conseil\r\run\ndeux")
    assert (message.subject, message.plain) == ("Conseil", "un\ndeux")


@pytest.mark.parametrize("encoding", ["quoted-printable (RFC 2045)", "quoted_printable"])
def test_a_transfer_encoding_is_known_however_it_is_spelt(encoding: str) -> None:
    message = mime.parse(mail(b"caf=C3=A9", Content_Transfer_Encoding=encoding))
    assert message.plain == "café"


def test_a_text_that_is_called_base64_and_is_none_is_shown() -> None:
    message = mime.parse(mail(b"Bonjour tout le monde", Content_Transfer_Encoding="base64"))
    assert message.plain == "Bonjour tout le monde"


def test_what_was_encoded_apart_below_base64_is_shown() -> None:
    body = b"Qm9uam91cg==\r\nIGxhIGxpc3Rl\r\n"
    assert mime.parse(mail(body, Content_Transfer_Encoding="base64")).plain == "Bonjour la liste"


def test_a_soft_line_break_may_have_spaces_behind_it() -> None:
    message = mime.parse(mail(b"con= \r\nseil", Content_Transfer_Encoding="quoted-printable"))
    assert message.plain == "conseil"


def test_the_footer_of_a_list_below_base64_is_shown_as_it_is() -> None:
    body = b"Qm9uam91ciBhIHRvdXMh\r\n_______________\r\nListe des professeurs\r\n"
    message = mime.parse(mail(body, Content_Transfer_Encoding="base64"))
    assert message.plain == "Bonjour a tous!\n_______________\nListe des professeurs\n"


def test_a_raw_subject_is_in_the_charset_of_its_text() -> None:
    words = "Собрание".encode("koi8-r")
    source = b"Subject: " + words + b"\nContent-Type: text/plain; charset=koi8-r\n\n" + words
    message = mime.parse(source)
    assert (message.subject, message.plain) == ("Собрание", "Собрание")


def test_a_boundary_below_a_line_of_spaces_begins_the_first_part() -> None:
    source = whole(multipart("mixed", [part("Bonjour"), attached(b"x", "notes.pdf")]))
    message = mime.parse(source.replace(b"\r\n\r\n--", b"\r\n \r\n--", 1))
    assert message.plain == "Bonjour"


def test_a_picture_of_the_text_comes_after_the_attachments_and_can_be_opened() -> None:
    parts = [
        part("un"),
        attached(PNG, "p.png", "image/png", "inline"),
        attached(b"x", "a.odt"),
    ]
    source = whole(multipart("mixed", parts))
    numbered = [(one.number, one.name, one.in_text) for one in mime.parse(source).attachments]
    assert numbered == [(1, "a.odt", False), (2, "p.png", True)]
    assert mime.part(source, "2") == PNG


def test_a_document_beside_a_page_is_no_picture_of_it() -> None:
    """Apple Mail and Zimbra put every file into the same multipart as the pictures."""
    parts = [
        part('<img src="cid:logo">', "text/html"),
        attached(PNG, "logo.png", "image/png", "attachment", Content_ID="<logo>"),
        attached(b"%PDF", "notes.pdf", "application/pdf", "inline"),
    ]
    message = mime.parse(whole(multipart("related", parts)))
    assert [(one.name, one.inline) for one in message.attachments] == [
        ("logo.png", True),
        ("notes.pdf", False),
    ]


def test_an_alternative_inside_a_mixed_mail_leaves_the_rest_its_text() -> None:
    """RFC 8621 §4.1.4: what an alternative leaves aside, it leaves aside for itself alone."""
    related = multipart("related", [part("<p>page</p>", "text/html")], "lien")
    alternative = multipart("alternative", [part("texte"), related], "choix")
    footer = part("Pied de page")
    message = mime.parse(whole(multipart("mixed", [alternative, footer])))
    assert message.plain == "texte\nPied de page"
    assert message.html is not None
    assert "page" in message.html
    assert "Pied de page" in message.html


def test_ten_thousand_recipients_are_all_there() -> None:
    people = ",\r\n ".join(f'"Élève, {one}" <e{one}@x.example>' for one in range(10_000))
    message = mime.parse(mail(To=people))
    assert len(message.to) == 10_000
    assert (message.to[-1].name, message.to[-1].address) == ("Élève, 9999", "e9999@x.example")


def test_what_follows_the_end_of_base64_does_not_count() -> None:
    body = "YWJj\r\nZA==\r\n-- \r\nListe des professeurs"
    piece = part(body, "application/x-a", Content_Transfer_Encoding="base64")
    source = whole(multipart("mixed", [part(), piece]))
    assert mime.part(source, "2") == b"abcd"
    assert mime.parse(source).attachments[0].size == 4


def test_a_program_inside_an_archive_is_told() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "x")
        archive.writestr("facture.pdf.exe", "x")
    source = whole(multipart("mixed", [part(), attached(buffer.getvalue(), "a.zip")]))
    (sign,) = mime.parse(source).signs
    assert sign.code == "dangerous-attachment"
    assert "facture.pdf.exe" in sign.text


def test_uuencode_is_decoded() -> None:
    body = "begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n"
    piece = part(body, "application/x-a", Content_Transfer_Encoding="x-uuencode")
    assert mime.part(whole(multipart("mixed", [part(), piece])), "2") == b"Cat"


def test_two_thousand_multiparts_in_each_other_are_read_to_a_depth() -> None:
    source = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (one, one)
        for one in range(2000)
    )
    deepest = max(one.section.count(".") for one in mimetree.tree(source).walk())
    assert deepest <= mimetree.MAX_DEPTH
    mime.parse(source)


def test_a_hundred_thousand_parts_are_read_to_a_number() -> None:
    source = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000
    assert len(list(mimetree.tree(source).walk())) <= mimetree.MAX_PARTS + 1


def test_ten_thousand_attachments_are_ten_thousand() -> None:
    one = b"--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n"
    source = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + one * 10_000 + b"--b--"
    assert len(mime.parse(source).attachments) == 10_000


def test_a_mail_saved_with_carriage_returns_alone_is_read() -> None:
    source = whole(multipart("mixed", [part(), attached(b"abc", "a.bin")])).replace(b"\r\n", b"\r")
    message = mime.parse(source)
    assert message.subject == "Conseil de classe"
    assert files(message) == [("a.bin", "application/octet-stream", 3, False)]


@pytest.mark.parametrize(
    "kind",
    [
        "text/html charset=iso-8859-2",
        "text/html, charset=iso-8859-2",
        '"text/html"; charset=iso-8859-2',
        "text / html; charset=iso-8859-2",
        "(page) text/html; (so) charset=iso-8859-2",
    ],
)
def test_a_type_is_read_however_carelessly_it_is_written(kind: str) -> None:
    message = mime.parse(mail("<p>Żółć</p>".encode("iso-8859-2"), kind))
    assert (message.html, message.plain) == ("<p>Żółć</p>", None)


def test_a_file_name_without_a_disposition_is_read() -> None:
    file = part(b"x", "application/pdf", Content_Disposition='filename="notes.pdf"')
    assert files(mime.parse(whole(multipart("mixed", [part(), file]))))[0][0] == "notes.pdf"


def test_a_type_that_is_none_is_text_and_shows_nothing_strange() -> None:
    message = mime.parse(mail("Bonjour", "text\x1b]0;x\x07/plain"))
    assert message.plain == "Bonjour"


def test_a_locked_archive_and_a_backward_name_are_told() -> None:
    locked = b"PK\x03\x04\x14\x00\x01\x00" + bytes(30)
    archive = attached(locked, "notes.zip", "application/zip")
    backward = attached(b"x", "fdp.\u202eexe")
    assert set(codes(mime.parse(whole(multipart("mixed", [part(), archive, backward]))))) >= {
        "encrypted-archive",
        "bidi-name",
    }


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c"])
def test_of_an_archive_that_is_cut_after_its_mark_nothing_is_said(head: bytes) -> None:
    archive = attached(head, "notes.zip", "application/zip")
    assert codes(mime.parse(whole(multipart("mixed", [part(), archive])))) == []


@pytest.mark.parametrize("names_too", [False, True])
def test_a_locked_7z_is_told(names_too: bool) -> None:
    archive = sevenzip({"notes.txt": b"12"}, "secret", names=names_too)
    told = mime.parse(whole(multipart("mixed", [part(), attached(archive, "notes.7z")])))
    opened = sevenzip({"notes.txt": b"12"})
    plain = mime.parse(whole(multipart("mixed", [part(), attached(opened, "notes.7z")])))
    assert (codes(told), codes(plain)) == (["encrypted-archive"], [])


def test_a_part_that_is_not_there_is_told_in_words() -> None:
    with pytest.raises(BadData, match=r"7\.7"):
        mime.part(mail(), "7.7")


def test_a_file_that_is_no_mail_shows_as_text() -> None:
    message = mime.parse("Ceci n’est pas un mail.\nDu tout.".encode())
    assert message.plain == "Ceci n’est pas un mail.\nDu tout."
    assert "malformed" in codes(message)


_PIECES = st.sampled_from(
    [
        b"Content-Type: ",
        b"multipart/mixed; boundary=b",
        b"text/html",
        b"\r\n",
        b"\r\n\r\n",
        b"--b",
        b"--b--",
        b"\n",
        b"message/rfc822",
        b"Content-Transfer-Encoding: base64",
        b"=?utf-8?q?",
        b"\xe9",
        b"; name*0*=utf-8''%",
        b'; filename="',
        b"Content-Disposition: attachment",
        b"\x1b[",
        b"From: <",
    ]
)


@given(st.one_of(st.binary(), st.lists(_PIECES, max_size=40).map(b"".join)))
def test_any_bytes_are_a_mail(source: bytes) -> None:
    message = mime.parse(source)
    for one in message.attachments:
        assert len(mime.part(source, one.section)) == one.size


@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        ("text/enriched", "<bold>Conseil</bold>\nde << 3B\n\nà 17 h", "Conseil de < 3B\nà 17 h"),
        ("text/richtext", "<bold>Conseil</bold><nl>de\n<lt> 3B", "Conseil\nde < 3B"),
        ("text/enriched", "<color><param>red</param>Rouge</color>", "Rouge"),
    ],
)
def test_enriched_text_is_read_when_there_is_no_other(kind: str, body: str, shown: str) -> None:
    message = mime.parse(mail(body, f"{kind}; charset=utf-8"))
    assert message.plain == shown
    assert [one[1] for one in files(message)] == [kind]


def test_a_page_that_its_picture_stands_before_is_read() -> None:
    page = part('<img src="cid:logo"> Bonjour', "text/html")
    message = mime.parse(
        whole(multipart("related", [attached(PNG, "a.png", "image/png", "inline"), page]))
    )
    assert message.html == '<img src="cid:logo"> Bonjour'
    assert [one[1] for one in files(message)] == ["text/html"]


def test_two_boundaries_with_nothing_between_hold_no_part() -> None:
    twice = b"--limite\r\n--limite\r\n"
    source = whole(multipart("related", [part("<p>Bonjour", "text/html"), attached(PNG, "a.png")]))
    message = mime.parse(
        source.replace(b"--limite\r\n", twice).replace(b"--limite--", twice[:-2] + b"--")
    )
    assert [one[0] for one in files(message)] == ["a.png"]


def test_a_multipart_of_a_broken_kind_has_its_parts() -> None:
    source = whole(multipart("mix*/ed", [part("Bonjour"), attached(b"%PDF", "a.pdf")]))
    message = mime.parse(source)
    assert message.plain == "Bonjour"
    assert [one[0] for one in files(message)] == ["a.pdf"]


def test_a_sender_whose_colon_stands_on_the_next_line_is_seen() -> None:
    message = mime.parse(b"From\r\n : <a@x.example>\r\nFrom: <b@y.example>\r\n\r\nBonjour")
    assert [one.address for one in message.sender] == ["a@x.example", "b@y.example"]
    assert message.plain == "Bonjour"


def test_one_part_of_many_is_found_without_reading_the_others() -> None:
    inner = multipart("mixed", [part(f"n° {number}") for number in range(300)], "dedans")
    source = whole(multipart("mixed", [part("Bonjour"), inner]))
    assert mime.part(source, "2.120") == "n° 119".encode()
    assert len(list(mimetree.tree(source, "2.120").walk())) == 3
    with pytest.raises(BadData):
        mime.part(source, "2.301")


def test_a_raw_file_name_is_in_the_charset_of_the_text() -> None:
    body = part("你好".encode("gbk"), "text/plain; charset=gb2312")
    file = part(b"x", 'application/pdf; name="文件.pdf"').replace(
        "文件".encode(), "文件".encode("gbk")
    )
    message = mime.parse(whole(multipart("mixed", [body, file])))
    assert [one[0] for one in files(message)] == ["文件.pdf"]
    assert message.sender[0].name == "Camille Lefèvre"


def test_the_charset_that_a_page_names_in_its_first_line_is_read() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-2"?><p>Łódź</p>'.encode("iso-8859-2")
    message = mime.parse(mail(page, "text/html"))
    assert message.html is not None
    assert "Łódź" in message.html
    assert "charset-guessed" not in codes(message)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_multipart_that_was_encoded_as_a_whole_has_its_parts(encoding: str) -> None:
    entity = multipart("mixed", [part("Bonjour"), attached(b"%PDF", "a.pdf")])
    head, _blank, body = entity.partition(b"\r\n\r\n")
    encoded = head + f"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    source = whole(encoded + transfer.encoded(body, encoding))
    message = mime.parse(source)
    assert message.plain == "Bonjour"
    assert files(message) == [("a.pdf", "application/octet-stream", 4, False)]
    assert mime.part(source, "2") == b"%PDF"
