"""A mail fetched without its attachments reads as the whole one does."""

import pytest

from acterm.mail.parsing import mime, mimetree, structure
from acterm.mail.parsing.mimetree import Part
from tests.mail.mails import attached, mail, multipart, part, whole

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


def bodystructure(item: Part) -> tuple[object, ...]:
    """What an IMAP server says of a part (RFC 9051 §7.5.2)."""
    if item.children:
        return (*map(bodystructure, item.children), item.type.partition("/")[2].encode())
    main, _slash, sub = item.type.partition("/")
    shown, values = item.disposition
    encoding = item.field("content-transfer-encoding").strip() or b"7bit"
    return (
        main.encode(),
        sub.encode(),
        flat(item.parameters.items()),
        item.field("content-id").strip() or None,
        None,
        encoding,
        len(item.raw),
        *((item.raw.count(b"\n"),) if main == "text" else ()),
        None,
        (shown.encode(), flat(values.items())) if shown else None,
        None,
    )


def flat(pairs: object) -> tuple[bytes, ...] | None:
    words = tuple(word.encode() for pair in pairs for word in pair)  # type: ignore[attr-defined]  # dict items
    return words or None


MAILS = {
    "text": mail("Bonjour à tous"),
    "html": mail("<p>Bonjour</p>", "text/html; charset=utf-8"),
    "file": whole(
        multipart("mixed", [part("Bonjour"), attached(bytes(5000), "notes.pdf", "application/pdf")])
    ),
    "related": whole(
        multipart(
            "alternative",
            [
                part("Bonjour"),
                multipart(
                    "related",
                    [
                        part("<p>Bonjour</p>", "text/html; charset=utf-8"),
                        attached(
                            PNG, "logo.png", "image/png", "inline", Content_ID="<logo@x.example>"
                        ),
                    ],
                    "lien",
                ),
            ],
        )
    ),
    "named first text": whole(
        multipart(
            "mixed",
            [
                part("Bonjour", "text/plain; charset=utf-8; name=a.txt"),
                attached(b"x" * 99, "b.odt"),
            ],
        )
    ),
    "named second text": whole(
        multipart("mixed", [part("Bonjour"), part("x", "text/plain; name=a.txt")])
    ),
    "forwarded": whole(multipart("mixed", [part("Voir"), part(mail("dedans"), "message/rfc822")])),
    "only a file": whole(attached(bytes(400), "été.pdf", "application/pdf")),
}


@pytest.mark.parametrize("source", MAILS.values(), ids=MAILS.keys())
def test_the_skeleton_reads_as_the_whole_mail(source: bytes) -> None:
    root = mimetree.tree(source)
    described = bodystructure(root)
    header = source[: source.index(b"\r\n\r\n") + 4]
    fetched = structure.text_sections(described)
    raw = {item.section: item.raw for item in root.walk() if item.section in fetched}
    light = mime.parse(structure.skeleton(header, described, raw), skeleton=True)
    full = mime.parse(source)

    assert (light.subject, light.sender, light.plain, light.html) == (
        full.subject,
        full.sender,
        full.plain,
        full.html,
    )
    for mine, other in zip(light.attachments, full.attachments, strict=True):
        assert (mine.name, mine.type, mine.section, mine.inline, mine.content_id) == (
            other.name,
            other.type,
            other.section,
            other.inline,
            other.content_id,
        )
        assert abs(mine.size - other.size) <= 3


def test_a_left_out_part_can_be_put_back() -> None:
    source = MAILS["file"]
    root = mimetree.tree(source)
    header = source[: source.index(b"\r\n\r\n") + 4]
    light = structure.skeleton(header, bodystructure(root), {"1": b"Bonjour"})
    back = structure.filled(light, {"2": bytes(5000)})
    assert mime.part(back, "2") == bytes(5000)
    assert mime.parse(back).attachments[0].size == 5000


@pytest.mark.parametrize("encoding", ["BASE64;", "Quoted-Printable", "x-uuencode", "8bit"])
def test_a_part_is_put_back_in_its_own_encoding(encoding: str) -> None:
    described = (b"application", b"pdf", None, None, None, encoding.encode(), 400)
    light = structure.skeleton(b"Subject: x\r\n\r\n", described, {})
    assert mime.part(structure.filled(light, {"1": bytes(range(256))}), "1") == bytes(range(256))


def test_a_server_cannot_slip_a_header_line_into_the_mail() -> None:
    described = (b"text", b"plain\r\nBcc: espion@x.example", None, None, None, b"7bit", 2, 1)
    light = structure.skeleton(b"Subject: x\r\n\r\n", described, {"1": b"ab"})
    assert mime.parse(light, skeleton=True).bcc == ()


@pytest.mark.parametrize("described", [None, (), ((),), b"junk", (1, 2), ((b"text",),)])
def test_a_structure_that_makes_no_sense_is_a_mail_without_parts(described: object) -> None:
    assert (
        mime.parse(structure.skeleton(b"Subject: x\r\n\r\n", described, {}), skeleton=True).subject
        == "x"
    )
