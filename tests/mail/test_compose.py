"""Replies, forwards, and the bytes that are sent."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from acterm.errors import BadData, NoInput
from acterm.mail import compose
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.draft import Draft, DraftAttachment, Kind
from acterm.mail.message import Envelope, Flag, Message
from acterm.mail.parsing.mime import parse
from acterm.server import Server

NOW = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)
ACCOUNT = Account(
    address="camille.lefevre@ac-amiens.fr",
    login="clefevre",
    name="Camille Lefèvre",
    imap=Server("localhost", 993),
    smtp=Server("localhost", 465),
    id=1,
)
ENVELOPE = Envelope(7, 1, 12, 0, Address("", ""), "", "", Flag.NONE, 0, False)

SOURCE = """\
From: =?utf-8?q?Chlo=C3=A9_G=C3=A9rard?= <chloe.gerard@ac-amiens.fr>
To: Camille =?utf-8?q?Lef=C3=A8vre?= <camille.lefevre@ac-amiens.fr>,
 "Roussel, Amélie" <amelie.roussel@ac-amiens.fr>
Cc: clefevre@ac-amiens.fr, vie.scolaire@college.example
Subject: RE : Re: Conseil de classe
Date: Mon, 23 Nov 2026 09:15:00 +0100
Message-ID: <second@college.example>
References: <first@college.example>
Content-Type: text/plain; charset=utf-8

Bonjour,
le conseil est à 17 h.

> Quand est le conseil ?
"""


@pytest.fixture
def received() -> Message:
    return parse(SOURCE.encode())


def _built(draft: Draft, original: bytes | None = None):  # type: ignore[no-untyped-def]
    source = compose.build(
        draft, ACCOUNT, message_id="sent@ac-amiens.fr", now=NOW, original=original
    )
    assert source.isascii()
    assert b"\n" not in source.replace(b"\r\n", b"")
    return message_from_bytes(source, policy=policy.default)


def test_a_reply_goes_to_the_sender_in_the_same_thread(received: Message) -> None:
    draft = compose.reply(received, ENVELOPE, ACCOUNT)
    assert draft.to == "Chloé Gérard <chloe.gerard@ac-amiens.fr>"
    assert draft.cc == ""
    assert draft.kind is Kind.REPLY
    assert draft.subject == "Re: Conseil de classe"
    assert draft.in_reply_to == "second@college.example"
    assert draft.references == ("first@college.example", "second@college.example")
    assert draft.original_id == 7


def test_a_reply_quotes_below_a_french_attribution_line(
    received: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = compose.reply(received, ENVELOPE, ACCOUNT).body.split("\n")
    assert lines[:2] == ["", ""]
    assert lines[2].startswith("Le 23/11/2026 à ")
    assert lines[2].endswith(", Chloé Gérard a écrit\u00a0:")
    assert lines[3:] == [
        "> Bonjour,",
        "> le conseil est à 17 h.",
        ">",
        ">> Quand est le conseil ?",
        "",
    ]


def test_a_reply_to_all_leaves_oneself_and_one_s_alias_out(received: Message) -> None:
    draft = compose.reply(received, ENVELOPE, ACCOUNT, everyone=True)
    assert draft.to == "Chloé Gérard <chloe.gerard@ac-amiens.fr>"
    assert [entry.address for entry in compose.recipients(draft).cc] == [
        "amelie.roussel@ac-amiens.fr",
        "vie.scolaire@college.example",
    ]


def test_a_reply_follows_reply_to() -> None:
    source = SOURCE.replace("Subject:", "Reply-To: secretariat@college.example\nSubject:", 1)
    draft = compose.reply(parse(source.encode()), ENVELOPE, ACCOUNT)
    assert draft.to == "secretariat@college.example"


def test_a_reply_to_one_s_own_mail_goes_to_the_same_people() -> None:
    source = b"From: camille.lefevre@ac-amiens.fr\nTo: parents@liste.example\nSubject: x\n\nx\n"
    assert compose.reply(parse(source), ENVELOPE, ACCOUNT).to == "parents@liste.example"


def test_a_mail_without_anything_can_be_answered() -> None:
    draft = compose.reply(parse(b"\n\nBonjour\n"), ENVELOPE, ACCOUNT)
    assert (draft.to, draft.subject, draft.in_reply_to) == ("", "Re:", "")
    assert "> Bonjour" in draft.body


def test_a_forward_carries_the_headers_and_the_attachments() -> None:
    original = _built(Draft(1, to="x@college.example", subject="TR : Sortie", body="Voir\n"))
    original.add_attachment(b"\x00\xff", maintype="application", subtype="pdf", filename="été.pdf")
    source = original.as_bytes(policy=policy.SMTP)
    draft = compose.forward(parse(source), ENVELOPE, ACCOUNT)
    assert draft.subject == "TR\u00a0: Sortie"
    assert "-------- Message original --------\nObjet\u00a0: TR : Sortie\n" in draft.body
    assert [item.name for item in draft.attachments] == ["été.pdf"]
    forwarded = parse(
        compose.build(
            Draft(1, to="y@college.example", attachments=draft.attachments),
            ACCOUNT,
            message_id="a@b.invalid",
            now=NOW,
            original=source,
        )
    )
    assert [(item.name, item.size) for item in forwarded.attachments] == [("été.pdf", 2)]


def test_the_message_sent_is_plain_rfc_5322(tmp_path: Path) -> None:
    notes = tmp_path / "Évaluation 6ème.csv"
    notes.write_text("élève;note\n")
    mail = _built(
        Draft(
            1,
            to='"Roussel, Amélie" <amelie.roussel@ac-amiens.fr>, b@exämple.example',
            bcc="cachee@college.example",
            subject="Évaluation\r\nBcc: injectee@attaque.example",
            body="Bonjour,\n" + "très long " * 200,
            references=("a@x.example",),
            in_reply_to="a@x.example",
            attachments=(DraftAttachment(notes.name, "text/csv", 12, notes),),
        )
    )
    assert mail["From"] == "Camille Lefèvre <camille.lefevre@ac-amiens.fr>"
    assert [entry.addr_spec for entry in mail["To"].addresses] == [
        "amelie.roussel@ac-amiens.fr",
        "b@xn--exmple-cua.example",
    ]
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Évaluation Bcc: injectee@attaque.example"
    assert mail["Message-ID"] == "<sent@ac-amiens.fr>"
    assert mail["In-Reply-To"] == "<a@x.example>"
    assert mail.get_body().get_content().startswith("Bonjour,\r\ntrès long")
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "Évaluation 6ème.csv"
    assert attached.get_content() == "élève;note\n"


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(BadData, match=r"chloe\.gerard"):
        _built(Draft(1, to="chloe.gerard"))


def test_a_missing_attachment_is_named(tmp_path: Path) -> None:
    gone = DraftAttachment("notes.ods", "application/ods", 1, tmp_path / "notes.ods")
    with pytest.raises(NoInput, match=r"notes\.ods.*il n’existe pas"):
        _built(Draft(1, to="a@b.example", attachments=(gone,)))


def test_a_given_message_is_completed_and_otherwise_kept() -> None:
    given = b"To: a@b.example\nBcc: c@d.example,\n e@f.example\nX-Kept:  as is\n\nBonjour\n.\n"
    source = compose.complete(given, ACCOUNT, NOW)
    assert source.startswith(b"To: a@b.example\r\nX-Kept:  as is\r\n")
    assert source.endswith(b"\r\n\r\nBonjour\r\n.\r\n")
    mail = message_from_bytes(source, policy=policy.default)
    assert mail["Bcc"] is None
    assert mail["From"] == "camille.lefevre@ac-amiens.fr"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"].endswith("@ac-amiens.fr>")


def test_a_given_message_id_and_date_are_kept() -> None:
    given = (
        b"Message-id: <mine@x.example>\r\nDATE: Mon, 23 Nov 2026 09:15:00 +0100\r\n"
        b"From: a@b.example\r\nTo: c@d.example\r\n\r\nx\r\n"
    )
    assert compose.complete(given, ACCOUNT, NOW) == given
    assert compose.message_id_of(given) == "mine@x.example"


def test_the_envelope_holds_everyone_once() -> None:
    given = (
        b"From: Me <a@b.example>\nTo: undisclosed:;, C <c@d.example>\n"
        b"Cc: c@d.example,\n\te@f.example\nBcc: g@h.example\n\nx"
    )
    assert compose.envelope(given) == (
        "a@b.example",
        ("c@d.example", "e@f.example", "g@h.example"),
    )


@pytest.mark.parametrize("given", [b"", b"\n\nno header\n", b"pas un mail", b"\x00\xff\n\n"])
def test_what_is_no_mail_is_refused(given: bytes) -> None:
    with pytest.raises(BadData):
        compose.envelope(given)


def test_a_message_without_recipient_is_refused() -> None:
    with pytest.raises(BadData, match="destinataire"):
        compose.envelope(b"From: a@b.example\nSubject: x\n\nx\n")
