"""What is special about a mail: codes, lists, receipts, reports, signatures."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from acterm.errors import BadData
from acterm.mail.account import Account
from acterm.mail.parsing.mime import parse
from acterm.mail.parsing.mime import part as part_of
from acterm.mail.special.receipt import receipt
from acterm.mail.special.special import (
    Bounce,
    ListMail,
    OneTimeCode,
    Quarantine,
    ReceiptAsked,
    ReceiptCame,
    Seal,
    Signed,
    Special,
    special,
    wanted,
)
from acterm.server import Security, Server
from tests.mail.mails import mail, multipart, part, whole

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SERVER = Server("127.0.0.1", 993, Security.TLS)
ME = Account("camille.lefevre@ac-amiens.fr", "clefevre", SERVER, SERVER, name="Camille Lefèvre")


def reader(source: bytes) -> Callable[[str], bytes | None]:
    def read(section: str) -> bytes | None:
        try:
            return part_of(source, section)
        except BadData:
            return None

    return read


def found(source: bytes) -> tuple[Special, ...]:
    return special(parse(source), reader(source))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Votre code ODA est 483920. Il est valable 10 minutes.", "483920"),
        ("Code de vérification : 482 913", "482913"),
        (
            "Votre code d’authentification est le\r\n\r\n  4829\r\n\r\nNe le donnez à personne.",
            "4829",
        ),
        ("Your verification code is G-482913", "G482913"),
        ("482913 est votre code Pix.", "482913"),
        ("Utilisez le mot de passe à usage unique : 7K2M9Q", "7K2M9Q"),
        ("Voici votre code à usage unique :\r\n\r\n4 8 3 9 2 0\r\n", "483920"),
        ("Votre code de connexion à l’espace client est 482913.", "482913"),
    ],
)
def test_a_code_is_found_as_one_types_it(body: str, code: str) -> None:
    (one,) = found(mail(body))
    assert isinstance(one, OneTimeCode)
    assert one.code == code
    assert code not in one.words()


def test_a_code_in_a_web_page_is_found() -> None:
    html = "<style>p{color:#123456}</style><p>Votre code de connexion&nbsp;:</p><h1>482913</h1>"
    (one,) = found(mail(html, "text/html; charset=utf-8"))
    assert isinstance(one, OneTimeCode) and one.code == "482913"


def test_the_code_of_an_academy_goes_behind_the_pin() -> None:
    (one,) = found(mail("Code ODA : 483920", From="ODA <oda@ac-amiens.fr>"))
    assert isinstance(one, OneTimeCode) and one.oda


@pytest.mark.parametrize(
    "body",
    [
        "Le code postal est 80000, rue du Code.",
        "Le code de la classe Zoom : https://zoom.us/j/482913",
        "Salle 204 à 17 h 30, 24/11/2026.",
        "Votre code est celui de l’an dernier.",
        "Votre code photocopieur est 4821, il sert toute l’année.",
        "Votre code de la porte : 1234.",
        "Votre code promo SOLDES10. " + "Lisez nos offres. " * 400,
    ],
)
def test_other_numbers_are_no_code(body: str) -> None:
    assert found(mail(body)) == ()


def test_a_list_says_how_to_write_to_it_and_how_to_leave_it() -> None:
    (one,) = found(
        mail(
            List_Id="Histoire-géo <hg.listes.example>",
            List_Post="<mailto:hg@listes.example>",
            List_Unsubscribe="<mailto:sympa@listes.example?subject=x>, <https://listes.example/u>",
            List_Unsubscribe_Post="List-Unsubscribe=One-Click",
        )
    )
    assert one == ListMail(
        name="Histoire-géo",
        unsubscribe=("mailto:sympa@listes.example?subject=x", "https://listes.example/u"),
        post="mailto:hg@listes.example",
        one_click=True,
    )


def test_only_addresses_that_can_be_followed_leave_a_list() -> None:
    (one,) = found(mail(List_Unsubscribe="<javascript:alert(1)>, <https://x.example/\x1b[2Ju>"))
    assert isinstance(one, ListMail)
    assert one.unsubscribe == ("https://x.example/[2Ju",)
    assert not one.one_click


def test_a_receipt_is_asked_for_and_where_it_would_go_is_told() -> None:
    (own,) = found(mail(Disposition_Notification_To="Camille <camille.lefevre@ac-amiens.fr>"))
    (other,) = found(mail(Disposition_Notification_To="<espion@x.example>"))
    assert isinstance(own, ReceiptAsked) and not own.elsewhere
    assert isinstance(other, ReceiptAsked) and other.elsewhere
    assert "espion@x.example" in other.words()


def test_a_receipt_for_several_people_names_them_all() -> None:
    source = mail(
        From="luc@x.example", Disposition_Notification_To="luc@x.example, Zoé <zoe@x.example>"
    )
    (asked,) = found(source)
    assert isinstance(asked, ReceiptAsked) and asked.elsewhere
    assert "luc@x.example, zoe@x.example" in asked.words()
    built = parse(receipt(parse(source), asked, ME, message_id="b@x", now=NOW))
    assert [one.address for one in built.to] == ["luc@x.example", "zoe@x.example"]


@pytest.mark.parametrize(
    ("done", "words"),
    [("displayed", "a ouvert"), ("deleted", "sans l’ouvrir")],
)
def test_a_receipt_that_came_says_what_became_of_the_mail(done: str, words: str) -> None:
    told = (
        "Final-Recipient: rfc822;luc@x.example\r\nOriginal-Message-ID: <sent@x>\r\n"
        f"Disposition: automatic-action/MDN-sent-automatically; {done}\r\n"
    )
    body = multipart("report", [part("Lu"), part(told, "message/disposition-notification")])
    (came,) = found(whole(body, From="Luc <luc@x.example>", Subject="Lu : Sortie"))
    assert isinstance(came, ReceiptCame)
    assert came.message_id == "sent@x"
    assert came.words().startswith("luc@x.example") and words in came.words()


def test_a_receipt_is_built_as_the_standard_wants_it() -> None:
    source = mail(Message_ID="<a@x.example>", Disposition_Notification_To="<luc@x.example>")
    message = parse(source)
    (asked,) = found(source)
    assert isinstance(asked, ReceiptAsked)
    built = receipt(message, asked, ME, message_id="b@ac-amiens.fr", now=NOW)
    told = parse(built)
    assert told.to[0].address == "luc@x.example"
    assert "report-type" in dict(told.headers)["Content-Type"]
    assert [item.type for item in told.attachments] == ["message/disposition-notification"]
    fields = part_of(built, told.attachments[0].section).decode()
    assert "Final-Recipient: rfc822;camille.lefevre@ac-amiens.fr" in fields
    assert "Original-Message-ID: <a@x.example>" in fields
    assert "manual-action/MDN-sent-manually; displayed" in fields


def test_a_quarantine_report_lists_what_is_held() -> None:
    (one,) = found(
        mail(
            "2 messages ont été retenus :\r\n"
            "  promo@literie.example     -70 % sur les matelas\r\n"
            "  23/11/2026 08:12  Luc <luc@x.example>  Projet de sortie\r\n",
            From="Filtre <quarantaine@relais.example>",
            Subject="Rapport de quarantaine : 2 messages retenus",
        )
    )
    assert isinstance(one, Quarantine)
    assert one.count == 2
    assert [(held.sender, held.subject) for held in one.held] == [
        ("promo@literie.example", "-70 % sur les matelas"),
        ("luc@x.example", "Projet de sortie"),
    ]
    assert one.held[1].date == "23/11/2026 08:12"


def test_a_report_of_labelled_lines_is_read_too() -> None:
    (one,) = found(
        mail(
            "2 messages are being held.\r\n\r\nSender: a@b.example\r\nSubject: Invoice\r\n",
            From="Filter <q@x.example>",
            Subject="You have messages in quarantine",
        )
    )
    assert isinstance(one, Quarantine)
    assert [(held.sender, held.subject) for held in one.held] == [("a@b.example", "Invoice")]


@pytest.mark.parametrize(
    "kept",
    [
        "Ils seront supprimés automatiquement après 14 jours.",
        "Les messages sont conservés 14 jours.",
        "After 14 days they will be deleted.",
    ],
)
def test_a_report_says_until_when_one_may_look(kept: str) -> None:
    (one,) = found(
        mail(
            f"2 messages retenus :\r\n a@b.example  Devis\r\n{kept}",
            Subject="Rapport de quarantaine",
            Date="Tue, 24 Nov 2026 07:00:00 +0100",
        )
    )
    assert isinstance(one, Quarantine)
    assert one.words().endswith("le mardi 8 décembre 2026.")


def test_sick_pupils_are_no_report_of_a_filter() -> None:
    told = "2 élèves sont en quarantaine. Les cours : infirmerie@ac-amiens.fr"
    assert found(mail(told, Subject="Covid : quarantaine de deux élèves")) == ()


def test_a_list_that_is_called_by_a_number_has_the_name_of_its_sender() -> None:
    number = "8d777f385d3dfec8815d20f7496026dc"
    (one,) = found(mail(From="La lettre <a@x.example>", List_Id=f"{number} <{number}.x.example>"))
    assert isinstance(one, ListMail) and one.name == "La lettre"


def test_signatures_and_locks_are_named() -> None:
    pgp = whole(
        multipart("signed", [part(), part("x", "application/pgp-signature; name=a.asc")]),
        Autocrypt="addr=luc@x.example; keydata=AAAA",
    )
    inline = mail("-----BEGIN PGP SIGNED MESSAGE-----\r\n\r\nBonjour")
    locked = mail("-----BEGIN PGP MESSAGE-----\r\n\r\nhQ\r\n-----END PGP MESSAGE-----")
    enveloped = mail("MIIB", "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")
    assert found(pgp) == (Signed(Seal.PGP, "luc@x.example"),)
    assert found(inline) == (Signed(Seal.PGP),)
    assert found(locked) == (Signed(Seal.PGP, encrypted=True),)
    assert found(enveloped) == (Signed(Seal.SMIME, encrypted=True),)


def test_what_is_not_here_yet_is_told_as_wanted() -> None:
    status = "Final-Recipient: rfc822; a@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    report = multipart("report", [part("Non remis"), part(status, "message/delivery-status")])
    source = whole(report, From="MAILER-DAEMON <mailer-daemon@x.example>", Subject="Undelivered")
    message = parse(source)
    assert wanted(message) == ("2",)
    (early,) = special(message, lambda _section: None)
    (late,) = special(message, reader(source))
    assert isinstance(early, Bounce) and isinstance(late, Bounce)
    assert (early.recipients, late.recipients) == ((), ("a@x.example",))


@pytest.mark.parametrize("name", ["empty", "noise", "boundary"])
def test_broken_mail_raises_nothing(name: str) -> None:
    broken = {
        "empty": b"",
        "noise": bytes(range(256)) * 40,
        "boundary": b"Content-Type: multipart/x",
    }
    assert isinstance(found(broken[name]), tuple)
