"""What reaches a teacher's mailbox: campaigns that are told, and school mail that is left alone."""

import time

import pytest

from acterm.mail.message import Level
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.lookalike import twin_of
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.render import render
from tests.mail.mails import mail

HTML = "text/html; charset=utf-8"
OFFICIAL = ("ac-amiens.fr", "ac-lille.fr", "ac-rouen.fr", "education.gouv.fr", "cned.fr")


def loud(source: bytes) -> dict[str, Level]:
    """The signs that are more than a note."""
    message = parse(source)
    found = signs(message, render(message, 80))
    return {sign.code: sign.level for sign in found if sign.level is not Level.NOTE}


def written(sender: str, subject: str, body: str, kind: str = "", **fields: str) -> bytes:
    return mail(body, kind or "text/plain; charset=utf-8", From=sender, Subject=subject, **fields)


CAMPAIGNS = {
    "full mailbox": (
        written(
            "Service Quota <quota@messagerie-securite.example>",
            "Votre boîte est pleine, validez votre compte",
            'Votre quota est dépassé. <a href="https://messagerie-securite.example/">'
            "https://portail.ac-amiens.fr</a> pour confirmer votre mot de passe sous 24 h.",
            HTML,
        ),
        {"link-mismatch", "asks-secret", "spoofed-sender"},
    ),
    "false help desk": (
        written(
            "Assistance informatique du rectorat <assistance.rectorat@gmail.com>",
            "Mise à jour",
            "Merci de confirmer votre mot de passe sur http://www.ac-rouen.tk/",
        ),
        {"spoofed-sender", "lookalike-domain", "asks-secret"},
    ),
    "NUMEN by return": (
        written(
            "Gestion <gestion@ac-amiens.fr>",
            "Dossier",
            "Merci de nous communiquer par retour votre NUMEN et votre date de naissance.",
        ),
        {"asks-secret"},
    ),
    "NUMEN on a page": (
        written("RH <rh@service.example>", "Dossier", "Saisissez votre NUMEN sur notre page."),
        {"asks-secret"},
    ),
    "passcode": (
        written("OTP <otp@x.example>", "Clé", "Répondez avec votre code PIN et le passcode."),
        {"asks-secret"},
    ),
    "suspension": (
        written(
            "Messagerie <m@x.example>",
            "Votre messagerie expire",
            "Votre compte sera suspendu aujourd’hui. Entrez vos identifiants ici.",
        ),
        {"asks-secret"},
    ),
    "in English": (
        written(
            "IT Helpdesk <desk@x.example>",
            "Mailbox full",
            "Your mailbox is full. Verify your password or your account will be deactivated.",
        ),
        {"asks-secret", "spoofed-sender"},
    ),
    "reply with": (
        written("HR <hr@x.example>", "Payroll", "Please reply with your username and password."),
        {"asks-secret"},
    ),
    "a page that warns of itself": (
        written(
            "Convergence <noreply@x.example>",
            "Message en attente",
            "Ne donnez jamais votre mot de passe. Votre compte est bloqué : "
            "pour lire le message, validez votre mot de passe.",
        ),
        {"asks-secret"},
    ),
    "head of school": (
        written("Le Principal <principal.hugo@gmail.com>", "Urgent", "Êtes-vous là ?"),
        {"spoofed-sender"},
    ),
    "answer elsewhere": (
        written(
            "Luc Petit <luc.petit@ac-amiens.fr>", "Urgent", "Êtes-vous là ?", Reply_To="l@proton.me"
        ),
        {"reply-to-elsewhere"},
    ),
    "password field after a form": (
        written("X <x@x.example>", "x", '<form><input name=a><input type="password"></form>', HTML),
        {"html-form"},
    ),
}


@pytest.mark.parametrize(("source", "codes"), CAMPAIGNS.values(), ids=CAMPAIGNS.keys())
def test_a_campaign_is_told(source: bytes, codes: set[str]) -> None:
    assert codes <= loud(source).keys()


def test_a_password_field_is_louder_than_a_form() -> None:
    assert loud(CAMPAIGNS["password field after a form"][0])["html-form"] is Level.SUSPECT
    assert loud(written("X <x@x.example>", "x", "<form></form>", HTML))["html-form"] is Level.VERIFY


SCHOOL = {
    "security advice": written(
        "DSI <dsi@ac-amiens.fr>",
        "Sécurité",
        "L’académie ne vous demandera jamais votre mot de passe ni votre NUMEN par mail.",
    ),
    "asked-for reset": written(
        "Pix <ne-pas-repondre@pix.example>",
        "Réinitialisation de mot de passe",
        "Cliquez ici pour saisir votre nouveau mot de passe. Ce lien expire dans 24 heures.",
    ),
    "official sign-in": written(
        "Gestion <gestion@ac-amiens.fr>",
        "Mouvement",
        "Sur I-Prof, saisissez votre identifiant et votre mot de passe, puis validez vos vœux.",
    ),
    "enrolment": written(
        "Association <contact@asso.example>",
        "Sortie",
        "Merci d’indiquer le nom, le prénom et la date de naissance de chaque élève.",
    ),
    "video call": written(
        "Zoom <no-reply@zoom.example>", "Réunion", "Saisissez le code secret : 1234."
    ),
    "a pupil's lost password": written(
        "Zoé Martin <zoe.martin@laposte.net>",
        "ENT",
        "Madame, pouvez-vous m’envoyer un nouveau mot de passe ?",
    ),
    "school of music": written("Académie de musique <info@musique.example>", "Concert", "Venez !"),
    "bounce": written(
        "Mail Administrator <postmaster@x.example>", "Undelivered", "The mailbox is full."
    ),
    "calendar": written(
        "Luc (Agenda) <notification@agenda.example>",
        "Invitation",
        "Conseil",
        Reply_To="luc@gmail.com",
        Auto_Submitted="auto-generated",
    ),
    "answer to nobody": written(
        "Boutique <info@x.example>", "Commande", "Merci", Reply_To="no-reply@y.example"
    ),
    "newsletter": written(
        "Lettre <lettre@x.example>",
        "Lettre",
        "".join(f'<a href="https://r.y.example/{one}">www.x.example</a> ' for one in range(3)),
        HTML,
        List_Unsubscribe="<https://r.y.example/u>",
    ),
    "link protection": written(
        "Luc <luc@x.example>",
        "Lien",
        '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.x.example%2F">'
        "https://www.x.example/</a>",
        HTML,
    ),
    "new account": written(
        "ENT <no-reply@ent.example>",
        "Compte",
        "Votre identifiant est clefevre. Vous choisirez votre mot de passe à la connexion.",
    ),
    "full for real": written(
        "Messagerie <postmaster@ac-amiens.fr>", "Quota", "Votre boîte est pleine à 90 %."
    ),
}


@pytest.mark.parametrize("source", SCHOOL.values(), ids=SCHOOL.keys())
def test_school_mail_raises_no_alarm(source: bytes) -> None:
    assert loud(source) == {}


@pytest.mark.parametrize(
    "host",
    [
        "ac-amien.fr",
        "ac-amlens.fr",
        "ac-аmiens.fr",
        "xn--ac-miens-36g.fr",
        "ac-arniens.fr",
        "ac-amiens.tk",
        "ac-amiens-fr.com",
        "ac-amiens.fr.secure.example",
        "portail-ac-amiens.com",
        "academie-amiens.com",
        "education-gouv.fr",
        "education.gouv.fr.connexion.example",
        "www.ac-rouen.tk",
    ],
)
def test_a_domain_that_imitates_is_known(host: str) -> None:
    assert twin_of(host, OFFICIAL)


@pytest.mark.parametrize(
    "host",
    [
        "ac-amiens.fr",
        "portail.ac-amiens.fr",
        "www.education.gouv.fr",
        "ac-lille.fr",
        "amiens.fr",
        "snes.example",
        "mac-amiens.example",
        "education.example",
        "cned-formation.example",
        "gouv.example",
        "gmail.com",
        "",
    ],
)
def test_a_domain_of_its_own_is_left_alone(host: str) -> None:
    assert twin_of(host, OFFICIAL) == ""


@pytest.mark.parametrize(
    "text",
    [
        "www." * 200_000,
        "votre " * 8000,
        "confirmez votre " * 3000,
        "votre mot de " * 4000,
        "compte suspen " * 4000,
        "1" * 60_000,
        "12 345 " * 9000,
        "carte cadeau acheter " * 3000,
        "€ 1 $ " * 10_000,
        "document partagé signer " * 3000,
        "https://a.example/ " * 3000,
    ],
)
def test_text_made_to_keep_the_reader_busy_costs_little(text: str) -> None:
    message = parse(mail(text))
    rendered = render(message, 80)
    begun = time.process_time()
    signs(message, rendered)
    assert time.process_time() - begun < 1
