"""What is special about a mail, above its text, and what can be done about it by name."""

from pathlib import Path

import pytest

from acterm.engine.messages.base import Undone
from acterm.engine.messages.mail import (
    WHOLE_MAIL,
    BodyArrived,
    FetchBody,
    FetchPart,
    Move,
    PartArrived,
    SetFlag,
    SignatureVerified,
    VerifySignature,
)
from acterm.engine.messages.writing import SendSource
from acterm.mail.account import Account
from acterm.mail.folder import Role
from acterm.mail.parsing.mime import parse, part
from acterm.mail.special.invitation_reading import invitations
from acterm.store import bodies, messages
from acterm.store.db import Store
from tests.ui.box import LARGE, MIDDLE, SMALL, opened

CALENDAR = """\
BEGIN:VCALENDAR
METHOD:{method}
PRODID:-//x//x//FR
VERSION:2.0
BEGIN:VEVENT
UID:{uid}@college.test
SEQUENCE:{sequence}
DTSTART:{start}
DTEND:{end}
SUMMARY:{title}
LOCATION:Salle 204
ORGANIZER;CN=Chloé Gérard:mailto:chloe.gerard@ac-amiens.fr
ATTENDEE;RSVP=TRUE:mailto:camille.lefevre@ac-amiens.fr
{more}END:VEVENT
END:VCALENDAR
"""
INVITATION = """\
From: Chloé Gérard <chloe.gerard@ac-amiens.fr>
To: camille.lefevre@ac-amiens.fr
Subject: Invitation
Message-ID: <{uid}@ac-amiens.fr>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Vous êtes invitée.
--b
Content-Type: text/calendar; charset=utf-8; method={method}

{calendar}--b--
"""


def _invitation(
    uid: str = "r1",
    title: str = "Réunion 3eD",
    *,
    start: str = "20261127T113000Z",
    end: str = "20261127T123000Z",
    method: str = "REQUEST",
    sequence: int = 0,
    more: str = "",
) -> str:
    calendar = CALENDAR.format(
        uid=uid, title=title, start=start, end=end, method=method, sequence=sequence, more=more
    )
    return INVITATION.format(uid=uid, method=method, calendar=calendar)


def _keep(store: Store, *mails: str, skeleton: bool = False) -> list[int]:
    """Give the newest mails of the inbox these texts."""
    rows = [row.id for row in messages.first_page(store.reader(), 1)[: len(mails)]]
    with store.write() as db:
        for row, mail in zip(rows, mails, strict=True):
            bodies.keep(db, row, mail.encode(), skeleton)
    return rows


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_an_invitation_is_a_card_and_is_accepted_through_the_outbox(
    store: Store, account: Account, inbox: int, size: tuple[int, int]
) -> None:
    _keep(store, _invitation())
    async with opened(store, size) as box:
        await box.press("enter")
        await box.sees("│ Réunion 3eD")
        assert "vendredi 27 novembre 2026" in box.text
        assert "Salle 204" in box.text
        await box.press("enter")
        await box.sees("Accepter l'invitation")
        await box.press("enter")
        await box.sees("Vous avez accepté.")
        (sent,) = [one for one in box.submitted if isinstance(one, SendSource)]
        answer = parse(sent.source)
        assert answer.to[0].address == "chloe.gerard@ac-amiens.fr"
        assert b"METHOD:REPLY" in sent.source or any(
            b"METHOD:REPLY" in part(sent.source, item.section) for item in answer.attachments
        )


async def test_an_answer_that_is_taken_back_was_not_given(store: Store, inbox: int) -> None:
    _keep(store, _invitation())
    async with opened(store) as box:
        await box.press("enter", "enter", "enter")
        await box.sees("Vous avez accepté.")
        await box.tell(Undone("Envoi annulé", answer=True))
        await box.until(lambda: "Vous avez accepté." not in box.text, "no answer")


async def test_two_answers_are_taken_back_one_after_the_other(store: Store, inbox: int) -> None:
    _keep(store, _invitation())
    async with opened(store) as box:
        await box.press("enter", "enter", "enter")
        await box.sees("Vous avez accepté.")
        await box.press("enter", "down", "down", "enter")
        await box.sees("Vous avez décliné.")
        await box.tell(Undone("Envoi annulé", answer=True))
        await box.sees("Vous avez accepté.")
        await box.tell(Undone("Envoi annulé", answer=True))
        await box.until(lambda: "Vous avez accepté." not in box.text, "no answer")


async def test_another_appointment_at_the_same_time_is_told(store: Store, inbox: int) -> None:
    other = _invitation("r2", "Conseil 4eC", start="20261127T120000Z", end="20261127T140000Z")
    _keep(store, _invitation(), other)
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Au même moment : Conseil 4eC")


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        (_invitation(sequence=2), "Modifié par l'organisateur"),
        (_invitation(method="CANCEL"), "Annulé par l'organisateur"),
    ],
)
async def test_updates_and_cancellations_are_recognised(
    store: Store, inbox: int, mail: str, words: str
) -> None:
    _keep(store, mail)
    async with opened(store) as box:
        await box.press("enter")
        await box.sees(words)


async def test_an_update_says_what_it_was_before_and_the_old_mail_that_it_is_no_longer_true(
    store: Store, inbox: int
) -> None:
    moved = _invitation(sequence=1, start="20261128T113000Z", end="20261128T123000Z")
    _keep(store, moved, _invitation())
    async with opened(store, LARGE) as box:
        await box.press("enter")
        await box.sees("Avant : vendredi 27 novembre 2026")
        await box.press("j")
        await box.sees("N'est plus d'actualité : un mail plus récent dit samedi 28 novembre")


async def test_a_meeting_of_one_s_own_is_not_answered(store: Store, inbox: int) -> None:
    _keep(store, _invitation().replace("chloe.gerard", "camille.lefevre"))
    async with opened(store, LARGE) as box:
        await box.press("enter")
        await box.sees("Vous en êtes l'organisateur")
        await box.press("enter")
        await box.sees("Ajouté à ")


async def test_an_optional_guest_is_told_so(store: Store, inbox: int) -> None:
    _keep(store, _invitation().replace("RSVP=TRUE", "ROLE=OPT-PARTICIPANT;RSVP=TRUE"))
    async with opened(store, LARGE) as box:
        await box.press("enter")
        await box.sees("Votre présence est facultative.")


async def test_an_invitation_to_what_is_over_says_so(store: Store, inbox: int) -> None:
    _keep(store, _invitation(start="20251127T113000Z", end="20251127T123000Z"))
    async with opened(store, LARGE) as box:
        await box.press("enter")
        await box.sees("C'est passé.")


async def test_who_is_not_invited_is_told_so(store: Store, inbox: int) -> None:
    other = "RSVP=TRUE:mailto:luc.petit@ac-amiens.fr"
    _keep(store, _invitation().replace("RSVP=TRUE:mailto:camille.lefevre@ac-amiens.fr", other))
    async with opened(store, LARGE) as box:
        await box.press("enter")
        await box.sees("Votre adresse ne figure pas parmi les personnes invitées.")


async def test_a_suspect_invitation_warns_of_answering(store: Store, inbox: int) -> None:
    lure = "Votre boîte est pleine : donnez votre mot de passe et votre NUMEN sous 24 h."
    _keep(
        store,
        _invitation().replace("Vous êtes invitée.", lure).replace("ac-amiens.fr", "vol.example"),
    )
    async with opened(store, LARGE) as box:
        await box.press("enter")
        await box.sees("Répondre apprendrait à l'expéditeur")
        assert "que faire ?" not in box.text
        await box.press("enter", "enter")
        assert not [one for one in box.submitted if isinstance(one, SendSource)]


async def test_an_invitation_goes_into_one_s_own_calendar_file_and_out_again(
    store: Store, inbox: int, home: Path
) -> None:
    _keep(store, _invitation(), _invitation(method="CANCEL"))
    async with opened(store, LARGE) as box:
        await box.press("enter", "enter", "j", "j", "j", "enter")
        await box.sees("Ajouté à ")
        (calendar,) = home.rglob("agenda.ics")
        assert [one.summary for one in invitations(calendar.read_bytes())] == ["Réunion 3eD"]
        assert "acterm/agenda.ics" in box.text
        await box.press("j", "enter")
        await box.sees("Retiré de ")
        assert not invitations(calendar.read_bytes())


async def test_a_part_that_tells_more_is_fetched_and_shown(store: Store, inbox: int) -> None:
    whole = _invitation()
    (row,) = _keep(store, whole.partition("BEGIN:VCALENDAR")[0] + "--b--\n", skeleton=True)
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Vous êtes invitée.")
        (wanted,) = [one for one in box.submitted if isinstance(one, FetchPart)]
        with store.write() as db:
            bodies.keep_part(db, row, wanted.section, part(whole.encode(), wanted.section))
        await box.tell(PartArrived(row, wanted.section))
        await box.sees("│ Réunion 3eD")


async def test_a_code_is_shown_large_and_copied_with_one_key(store: Store, inbox: int) -> None:
    _keep(
        store,
        "From: Authentification <ne-pas-repondre@ac-amiens.fr>\n"
        "Subject: Votre code a usage unique (ODA)\n\nVotre code : 482 913\n",
    )
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Entrée copier le code")
        assert sum("▀" in line for line in box.lines) >= 3
        await box.press("enter")
        assert box.app.clipboard == "482913"


async def test_a_receipt_leaves_only_when_asked_for(store: Store, inbox: int) -> None:
    _keep(
        store,
        "From: Chloé Gérard <chloe.gerard@ac-amiens.fr>\nSubject: Lu ?\nMessage-ID: <q@x>\n"
        "Disposition-Notification-To: chloe.gerard@ac-amiens.fr\n\nBonjour\n",
    )
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Entrée envoyer l'accusé")
        assert not [one for one in box.submitted if isinstance(one, SendSource)]
        await box.press("enter")
        (sent,) = [one for one in box.submitted if isinstance(one, SendSource)]
        assert b"disposition-notification" in sent.source
        await box.sees("L'accusé de lecture est envoyé.")
        assert "Entrée" not in box.text
        await box.tell(Undone("Envoi annulé", answer=True))
        await box.sees("Entrée envoyer l'accusé")


async def test_one_s_own_mail_wants_no_receipt_of_oneself(store: Store, inbox: int) -> None:
    _keep(
        store,
        "From: camille.lefevre@ac-amiens.fr\nSubject: Lu ?\nMessage-ID: <q@x>\n"
        "Disposition-Notification-To: camille.lefevre@ac-amiens.fr\n\nBonjour\n",
    )
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("C'est votre propre mail.")
        assert "envoyer l'accusé" not in box.text


async def test_a_receipt_that_came_leads_to_the_mail_that_was_sent(
    store: Store, inbox: int
) -> None:
    rows = messages.first_page(store.reader(), 1)
    known = messages.headers_of(store.reader(), rows[2].id)
    assert known
    _keep(
        store,
        "From: Luc <luc@ecole.example>\nSubject: Lu : Sortie\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nLu.\n"
        "--b\nContent-Type: message/disposition-notification\n\n"
        f"Final-Recipient: rfc822;luc@ecole.example\nOriginal-Message-ID: <{known.message_id}>\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n--b--\n",
    )
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("luc@ecole.example a ouvert votre mail.")
        await box.press("enter")
        await box.sees(rows[2].subject)


async def test_leaving_a_list_shows_the_whole_address(store: Store, inbox: int) -> None:
    _keep(
        store,
        "From: La lettre <lettre@cafe.example>\nSubject: Lettre 84\n"
        "List-Id: La lettre <lettre.cafe.example>\n"
        "List-Unsubscribe: <mailto:sortie@cafe.example?subject=STOP%20lettre>,"
        " <https://cafe.example/sortie?id=42>\n\nBonjour\n",
    )
    async with opened(store) as box:
        await box.press("enter", "enter")
        await box.sees("mailto:sortie@cafe.example?subject=STOP%20lettre")
        await box.press("j")
        await box.sees("https://cafe.example/sortie?id=42")
        await box.press("k", "enter")
        await box.sees("sortie@cafe.example")
        await box.sees("STOP lettre")


async def test_a_bounce_says_why_and_leads_to_the_mail_that_came_back(
    store: Store, inbox: int
) -> None:
    rows = messages.first_page(store.reader(), 1)
    known = messages.headers_of(store.reader(), rows[2].id)
    assert known
    bounce = (
        "From: Mail Delivery System <MAILER-DAEMON@ac-amiens.fr>\nSubject: Undelivered Mail\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.ac-amiens.fr\n\n"
        "Final-Recipient: rfc822; zoe@ecole.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown user\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID: <{known.message_id}>\n"
        "--b--\n"
    )
    _keep(store, bounce)
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Le mail pour zoe@ecole.example")
        assert "550 5.1.1 unknown user" in box.text
        await box.press("enter")
        await box.sees(rows[2].subject)


async def test_the_reason_of_a_warning_stands_below_it(store: Store, inbox: int) -> None:
    _keep(
        store,
        "Subject: Quota\nContent-Type: text/html\n\n"
        '<p>Validez <a href="http://vol.example/x">portail.ac-amiens.fr</a></p>\n',
    )
    async with opened(store) as box:
        await box.press("enter", "P")
        await box.sees("seule son adresse compte")
        await box.press("P")
        await box.until(lambda: "seule son adresse compte" not in box.text, "no reason")


async def test_a_mail_is_reported_as_an_attachment(store: Store, inbox: int) -> None:
    (row,) = _keep(store, "From: x@vol.example\nSubject: Quota\n\nCliquez.\n")
    async with opened(store) as box:
        await box.press("enter", "S")
        await box.sees("Signal Spam")
        at = next(n for n, line in enumerate(box.lines) if "indésirables" in line)
        await box.press(*["j"] * (at - 1), "enter")
        assert box.submitted[-1] == Move((row,), Role.JUNK)
        await box.press("S")
        first = next(n for n, line in enumerate(box.lines) if "à quelqu'un" in line)
        await box.press(*["j"] * (first - 1), "enter")
        await box.sees("+ Quota.eml")


async def test_a_mail_is_reported_from_the_list_unopened(store: Store, inbox: int) -> None:
    (row,) = _keep(store, "From: x@vol.example\nSubject: Quota\n\nCliquez.\n")
    async with opened(store) as box:
        await box.press("S")
        await box.sees("Signaler ce mail")
        at = next(n for n, line in enumerate(box.lines) if "indésirables" in line)
        await box.press(*["j"] * (at - 1), "enter")
        assert box.submitted[-1] == Move((row,), Role.JUNK)
        assert not [one for one in box.submitted if isinstance(one, SetFlag)]


async def test_a_mail_whose_text_is_not_here_yet_is_reported_when_it_has_come(
    store: Store, inbox: int
) -> None:
    async with opened(store) as box:
        await box.press("S")
        await box.sees("arrive")
        (fetch,) = [one for one in box.submitted if isinstance(one, FetchBody)]
        with store.write() as db:
            bodies.keep(db, fetch.message_id, b"From: x@vol.example\n\nCliquez.\n", False)
        await box.tell(BodyArrived(fetch.message_id))
        await box.sees("Signaler ce mail")


async def test_a_signature_is_verified_only_by_its_name(store: Store, inbox: int) -> None:
    (row,) = _keep(store, "From: x@example.test\nSubject: Lu\n\nBonjour\n")
    async with opened(store) as box:
        await box.press("enter")
        assert not [one for one in box.submitted if isinstance(one, VerifySignature)]
        await box.press("colon")
        await box.type_ahead("verifier la signature")
        await box.press("enter")
        assert box.submitted[-1] == VerifySignature(row)
        await box.tell(SignatureVerified(row, "example.test répond de ce mail.", True))
        await box.sees("example.test répond de ce mail.")


async def test_what_came_of_the_check_stands_in_place_of_the_card(store: Store, inbox: int) -> None:
    signed = "-----BEGIN PGP SIGNED MESSAGE-----\n\nBonjour\n-----BEGIN PGP SIGNATURE-----\n"
    (row,) = _keep(store, f"From: x@example.test\nSubject: Lu\n\n{signed}")
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("pas encore vérifiée")
        await box.press("enter")
        assert box.submitted[-1] == VerifySignature(row)
        await box.tell(SignatureVerified(row, "La signature de Luc est valable.", True))
        await box.sees("La signature de Luc est valable.")
        assert "pas encore vérifiée" not in box.text


async def test_a_large_mail_is_fetched_whole_before_its_signature_is_verified(
    store: Store, inbox: int
) -> None:
    (row,) = _keep(store, "From: x@example.test\nSubject: Lu\n\nBonjour\n", skeleton=True)
    async with opened(store) as box:
        await box.press("enter", "colon")
        await box.type_ahead("verifier la signature")
        await box.press("enter")
        assert box.submitted[-1] == FetchPart(row, WHOLE_MAIL)
        await box.sees("Le mail entier arrive d'abord")
        with store.write() as db:
            bodies.keep_part(db, row, WHOLE_MAIL, b"From: x@example.test\n\nBonjour\n")
        await box.tell(PartArrived(row, WHOLE_MAIL))
        assert box.submitted[-1] == VerifySignature(row)


async def test_the_way_of_a_mail_is_told_with_its_delays(store: Store, inbox: int) -> None:
    _keep(
        store,
        "Received: from mx.example by imap.ac-amiens.fr with ESMTPS;"
        " Mon, 23 Nov 2026 12:30:00 +0000\n"
        "Received: from poste.example by mx.example with ESMTP; Mon, 23 Nov 2026 11:00:00 +0000\n"
        "From: x@example.test\nSubject: Lent\n\nBonjour\n",
    )
    async with opened(store, LARGE) as box:
        await box.press("enter", "h")
        await box.sees("poste.example → mx.example")
        assert "mx.example → imap.ac-amiens.fr, après 1 h 30" in box.text or "1 h" in box.text


async def test_the_other_version_of_a_mail_is_one_key_away(store: Store, inbox: int) -> None:
    _keep(
        store,
        'Subject: x\nContent-Type: multipart/alternative; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nLe texte brut, tel quel.\n"
        "--b\nContent-Type: text/html\n\n<p>La <b>belle</b> version avec "
        "beaucoup plus de mots et <a href='https://x.example/y'>un lien</a>.</p>\n--b--\n",
    )
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("La belle version")
        await box.press("A")
        await box.sees("Le texte brut, tel quel.")
        await box.sees("A revenir à la première")
        await box.press("A")
        await box.sees("La belle version")
