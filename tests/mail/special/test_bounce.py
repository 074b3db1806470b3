"""A mail that came back, told in words."""

import pytest

from acterm.mail.parsing.mime import parse
from acterm.mail.special.bounce import Bounce, read
from tests.mail.mails import attached, mail, multipart, part, whole
from tests.mail.special.test_special import reader

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"


def report(status: str, **fields: str) -> bytes:
    original = (
        b"Message-ID: <sortie@ac-amiens.fr>\r\nSubject: =?utf-8?q?Sortie_d=C3=A9cal=C3=A9e?=\r\n"
    )
    pieces = [
        part("Votre message n’a pas pu être remis."),
        part(status, "message/delivery-status"),
        attached(original, "original.eml", "text/rfc822-headers"),
    ]
    given = {"From": DAEMON, "Subject": "Undelivered Mail Returned to Sender"} | fields
    return whole(multipart("report", pieces), **given)


def returned(source: bytes) -> Bounce:
    found = read(parse(source), reader(source))
    assert found is not None
    return found


def status(action: str, code: str, said: str, person: str = "luc@x.example") -> str:
    return (
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {person}\r\nAction: {action}\r\nStatus: {code}\r\n"
        f"Diagnostic-Code: smtp; {said}\r\n"
    )


@pytest.mark.parametrize(
    ("code", "said", "reason"),
    [
        ("5.1.1", "550 5.1.1 User unknown", "cette adresse n’existe pas"),
        ("5.0.0", "550 5.1.1 User unknown", "cette adresse n’existe pas"),
        ("5.2.2", "552 5.2.2 Over quota", "est pleine"),
        ("5.0.0", "552 Message size exceeds fixed limit", "trop gros"),
        ("5.7.1", "554 5.7.1 Listed by Spamhaus", "indésirable"),
        ("5.7.26", "550 5.7.26 Unauthenticated", "vérifier l’expéditeur"),
        ("5.7.1", "554 5.7.1 Relay denied", "refusé d’après ses règles"),
        ("5.4.4", "Host or domain name not found", "le domaine après l’@"),
        ("5.0.0", "boum", "ne dit pas clairement"),
        ("5.1.10", "550 RESOLVER.ADR.RecipientNotFound", "cette adresse n’existe pas"),
        ("5.1.1", "552 mailbox is over quota", "est pleine"),
        ("5.2.0", "550 Boite du destinataire pleine", "est pleine"),
        ("5.5.0", "550 Le compte est bloque. The account is blocked. LPN007_426", "fermée"),
        ("5.2.1", "550 This mailbox has been blocked due to inactivity", "fermée"),
        ("4.4.7", "delivery time expired", "plusieurs jours"),
    ],
)
def test_the_reason_is_in_words(code: str, said: str, reason: str) -> None:
    found = returned(report(status("failed", code, said)))
    assert found.permanent
    assert reason in found.reason and found.reason in found.words()
    assert found.recipients == ("luc@x.example",)


def test_the_mail_that_came_back_is_named() -> None:
    found = returned(report(status("failed", "5.1.1", "550 no such user")))
    assert (found.message_id, found.subject) == ("sortie@ac-amiens.fr", "Sortie décalée")


def test_a_delay_is_no_failure_and_a_delivery_is_good_news() -> None:
    late = returned(report(status("delayed", "4.4.1", "connection timed out")))
    there = returned(report(status("delivered", "2.1.5", "250 ok")))
    assert not late.permanent and "réessaie" in late.words()
    assert there.delivered and "est arrivé" in there.words()


def test_a_delay_is_not_told_as_days_without_success() -> None:
    late = returned(report(status("delayed", "4.4.7", "Message delayed")))
    assert not late.permanent and "jours" not in late.words()


def test_of_several_recipients_the_worst_outcome_is_told_of_those_it_befell() -> None:
    both = (
        status("delayed", "4.4.1", "timeout")
        + "\r\n"
        + status("failed", "5.1.1", "unknown user", "zoe@x.example").partition("\r\n\r\n")[2]
    )
    found = returned(report(both))
    assert found.permanent and found.recipients == ("zoe@x.example",)


def test_an_old_report_is_read_from_its_text() -> None:
    found = returned(
        mail(
            "Impossible de remettre à luc@x.example\r\n550 5.2.2 mailbox full",
            From=DAEMON,
            Subject="Undelivered Mail",
        )
    )
    assert (found.recipients, found.code) == (("luc@x.example",), "5.2.2")
    assert "pleine" in found.reason


@pytest.mark.parametrize(
    ("subject", "body", "permanent"),
    [
        (
            "Warning: message 1ab delayed 24 hours",
            "luc@x.example\r\nDelay reason: timed out",
            False,
        ),
        ("Warning: could not send message for past 4 hours", "Will keep trying", False),
        (
            "failure notice",
            "<luc@x.example>:\r\nRemote host said: 451 4.7.1 Unavailable\r\n"
            "I'm not going to try again; this message has been in the queue too long.",
            True,
        ),
        ("Returned mail: Cannot send message for 4 days", "421 Deferred: timed out", True),
        (
            "Mail delivery failed",
            "550 no such user\r\n\r\n------ This is a copy of the message ------\r\n"
            "We are still being delayed",
            True,
        ),
    ],
)
def test_an_old_report_says_whether_it_is_over(subject: str, body: str, permanent: bool) -> None:
    assert returned(mail(body, From=DAEMON, Subject=subject)).permanent is permanent


def test_the_recipients_are_those_that_the_header_names() -> None:
    source = mail("a=b@y.example", From=DAEMON, X_Failed_Recipients="luc@x.example")
    assert returned(source).recipients == ("luc@x.example",)


@pytest.mark.parametrize(
    "source",
    [
        mail(
            "Absent", From="Luc <luc@x>", Subject="Réponse automatique : Échec de la remise"
        ).replace(b"From:", b"Return-Path: <>\r\nFrom:", 1),
        mail("Absent", From=DAEMON, Subject="Automatic reply: Undeliverable"),
        mail("La boîte est pleine.", Subject="Undelivered Mail Returned to Sender"),
        mail("Bonjour", From=DAEMON, Subject="Bonjour"),
    ],
)
def test_what_no_server_reports_is_no_bounce(source: bytes) -> None:
    assert read(parse(source), reader(source)) is None


def test_a_report_cannot_draw_on_the_terminal() -> None:
    found = returned(report(status("failed", "5.1.1", "550 \x1b]0;x\x07 unknown", "a\x1b[31m@x")))
    assert "\x1b" not in repr(found) and "\\x1b" not in repr(found)
