"""Whom one does not know: what is told of them, and what speaks for them."""

import pytest

from acterm.mail.message import Level
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.lookalike import twin_of
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.render import render
from tests.mail.mails import attached, multipart, part, whole
from tests.mail.swindles import page, text

SOPHIE = "Sophie Delmas"


def codes(source: bytes, **known: tuple[str, ...]) -> set[str]:
    book = {name.replace("_", " "): addresses for name, addresses in known.items()}
    message = parse(source)
    found = signs(
        message, render(message, 80), known_addresses=lambda name: book.get(name, ()), fill=40
    )
    return {sign.code for sign in found if sign.level is not Level.NOTE}


def test_an_office_of_nowhere_with_a_page_to_open_is_told() -> None:
    body = '<p>Un document vous attend.</p><a href="https://x9.example/d">Ouvrir</a>'
    assert "nameless-sender" in codes(page("Service courrier <a@x9.example>", "Avis", body))
    assert codes(page("Mairie de Corbie <accueil@corbie.example>", "Avis", body)) == set()


def test_an_office_whose_mail_says_for_whom_it_writes_is_left_alone() -> None:
    body = '<p>Le dossier du cinéma est en ligne.</p><a href="https://cinema-x.example/">Lire</a>'
    assert codes(page("Contact <contact@cinema-x.example>", "Cinéma", body)) == set()


PAYMENT = (
    "<p>Votre paiement a été refusé, votre abonnement sera suspendu sous 48 h.</p>"
    '<a href="https://compte.{domain}/">Mettre à jour</a>'
)


def test_a_house_that_writes_from_the_domain_of_its_name_is_believed_longer() -> None:
    own = PAYMENT.format(domain="grandjournal.example")
    assert codes(page("Le Grand Journal <abo@grandjournal.example>", "Abonnement", own)) == set()
    assert "several-marks" in codes(page("Le Grand Journal <abo@k4.example>", "Abonnement", own))


FIELDS = {"List_Unsubscribe": "<https://u.example/u>", "Precedence": "bulk"}


def test_the_fields_of_a_newsletter_hide_no_swindle() -> None:
    own = PAYMENT.format(domain="k4.example")
    assert "several-marks" in codes(
        page("Service client <a@k4.example>", "Abonnement", own, **FIELDS)
    )
    assert "asks-money" in codes(
        text("Jean <j@gmail.com>", "Prêt", "J’offre un prêt de 9 000 €.", **FIELDS)
    )


def test_a_mail_server_has_no_button_to_press() -> None:
    body = '<p>Votre boîte est pleine.</p><a href="https://k4.example/">Augmenter</a>'
    fields = {"Auto_Submitted": "auto-generated", "Return_Path": "<>"}
    told = codes(page("Postmaster <postmaster@k4.example>", "Quota", body, **fields))
    assert "quota-pressure" in told


@pytest.mark.parametrize("brings", ["message/delivery-status", "application/zip"])
def test_a_returned_mail_brings_no_files(brings: str) -> None:
    said = "Votre message n’a pas été remis : la boîte du destinataire est bloquée."
    returned = whole(
        multipart("report", [part(said), part(b"Status: 5.2.2", brings)]),
        From="Microsoft Outlook <postmaster@college-jean-moulin.example>",
    )
    assert codes(returned) == (set() if brings.startswith("message/") else {"spoofed-sender"})


def test_a_newsletter_in_its_own_name_may_hurry() -> None:
    last = '<p>Dernier jour : confirmez et payez.</p><a href="https://lumiere.example/">Payer</a>'
    assert codes(page("Revue Lumière <abo@lumiere.example>", "Abonnement", last, **FIELDS)) == set()


def test_a_list_may_pass_on_what_hurries() -> None:
    words = "Votez avant ce soir pour votre compte : https://x9.example/"
    fields = {"List_Id": "<profs.listes.example>", "Reply_To": "profs@listes.example"}
    assert codes(text("Luc <luc@free.fr>", "[profs] Vote", words, **fields)) == set()


@pytest.mark.parametrize("name", [SOPHIE, "DELMAS Sophie", "sophie delmas", "Delmas SOPHIE"])
def test_the_name_of_a_colleague_is_known_however_it_is_written(name: str) -> None:
    source = text(f"{name} <k44@x.example>", "Bonjour", "À demain")
    assert codes(source, Sophie_Delmas=("sophie.delmas@ac-amiens.fr",)) == {"spoofed-sender"}
    assert codes(source, Sophie_Delmas=("sophie.delmas@ac-amiens.fr", "k44@x.example")) == set()


def test_storage_that_is_not_the_mailbox_is_not_compared_with_it() -> None:
    full = "Your account storage is 95% full. Upgrade: https://lessons.example/plans"
    assert codes(text("Lessons <no-reply@lessons.example>", "Storage", full)) == set()
    mailbox = "Your mailbox storage is 95% full. Upgrade: https://lessons.example/plans"
    assert "quota-pressure" in codes(text("Mail <no-reply@lessons.example>", "Full", mailbox))


def test_a_mailbox_that_is_not_the_readers_is_not_compared_with_hers() -> None:
    full = "Mailbox {} is full, upgrade: https://panel.webhost.example/"
    shared, own = full.format("club@asso.example"), full.format("camille@ac-amiens.fr")
    host = "Webhost <no-reply@webhost.example>"
    assert codes(text(host, "Full", shared, To="camille@ac-amiens.fr")) == set()
    assert "quota-pressure" in codes(text(host, "Full", own, To="camille@ac-amiens.fr"))


def test_an_official_sender_whose_answers_go_to_a_free_address_is_very_suspect() -> None:
    answer = {"Reply_To": "recteur80@gmail.com"}
    message = parse(text("Recteur <recteur@ac-amiens.fr>", "Mission", "Répondez.", **answer))
    found = signs(message, render(message, 80))
    assert [(one.code, one.level) for one in found] == [("reply-to-elsewhere", Level.SUSPECT)]


def test_what_is_told_louder_is_not_told_twice() -> None:
    body = "Votre compte sera suspendu ce soir, confirmez votre mot de passe : https://x9.example/"
    told = codes(text("Service technique <a@x9.example>", "Avis", body))
    assert "asks-secret" in told and "nameless-sender" not in told


def test_the_program_of_a_provider_is_not_anybody() -> None:
    body = "La boîte paul@free.fr atteint 95 % de son quota."
    assert codes(text("Free Zimbra <postmaster@free.fr>", "Quota", body)) == set()


@pytest.mark.parametrize("host", ["tc-amiens.fr", "fc-metz.fr", "rc-lille.fr"])
def test_a_club_of_the_town_imitates_nobody(host: str) -> None:
    assert twin_of(host, ["ac-amiens.fr", "ac-lille.fr", "ac-metz.fr"]) == ""


def test_an_address_of_a_provider_in_another_country_is_anybodys() -> None:
    body = "Un héritage de 9,3 M€ vous revient, contactez-moi."
    assert "asks-money" in codes(text("Maria <maria.f@outlook.es>", "Succession", body))


def test_a_regional_bank_is_of_its_house() -> None:
    body = '<p>Un document vous attend.</p><a href="https://www.ca-val-somme.fr/">Mon espace</a>'
    assert codes(page("Crédit Agricole <info@ca-val-somme.fr>", "Document", body)) == set()
    false = body.replace("ca-val-somme", "ca-secure")
    assert "spoofed-sender" in codes(page("Crédit Agricole <a@ca-secure.fr>", "Document", false))


def test_the_name_of_a_house_on_the_page_of_another_is_told() -> None:
    body = '<p>Une absence est à justifier.</p><a href="https://clg-x.example/p">Pronote</a>'
    assert "link-mismatch" in codes(page("Vie scolaire <v@clg-x.example>", "Absence", body))


def test_a_file_that_is_a_page_is_told_when_it_is_said_to_be_secure() -> None:
    body = '<p>Document sécurisé :</p><a href="https://s.example/v">Primes.pdf</a>'
    assert "link-mismatch" in codes(page("Luc Petit <luc.petit@ac-amiens.fr>", "Primes", body))
    own = body.replace("s.example/v", "s.example/Primes.pdf")
    assert codes(page("Luc Petit <luc.petit@ac-amiens.fr>", "Primes", own)) == set()


def test_a_picture_that_bears_an_official_address_is_told() -> None:
    body = '<a href="{}"><img src="cid:1" alt="https://portail.ac-amiens.fr/"></a> Bonjour'
    assert "link-mismatch" in codes(page("Luc <luc@x.example>", "Lien", body.format("//x.example")))
    own = body.format("https://www.ac-amiens.fr/portail")
    assert codes(page("Luc <luc@x.example>", "Lien", own)) == set()


def test_the_office_of_a_known_house_is_that_house() -> None:
    body = '<p>Vos congés sont à valider.</p><a href="https://x9.example/">Valider</a>'
    assert "spoofed-sender" in codes(page("Arena RH <a@x9.example>", "Congés", body))
    assert codes(page("Arena Dupuis <arena.dupuis@x9.example>", "Congés", "À demain")) == set()


def test_one_house_under_two_endings_is_one_house() -> None:
    body = '<p>Répondez sur <a href="https://fr.brocante.com/l">brocante.fr</a></p>'
    assert codes(page("Brocante <aide@brocante.fr>", "Litige", body)) == set()


def test_a_file_that_a_colleague_locked_is_only_noted() -> None:
    locked = b"PK\x03\x04\x14\x00\x01\x00\x08\x00" + bytes(40)
    pieces = [part("Le mot de passe suit."), attached(locked, "pai.zip", "application/zip")]
    colleague = whole(multipart("mixed", pieces), From="Luc Petit <luc.petit@ac-amiens.fr>")
    stranger = whole(multipart("mixed", pieces), From="Luc Petit <luc@x.example>")
    assert codes(colleague) == set()
    assert codes(stranger) == {"encrypted-archive"}


@pytest.mark.parametrize(
    "body",
    [
        "Fiche à retourner par voie hiérarchique, NUMEN compris.",
        "Merci de renvoyer le formulaire (nom, NUMEN) par courrier au bureau 12.",
        "Envoyez-nous votre fiche, NUMEN masqué.",
    ],
)
def test_a_numen_wanted_on_paper_raises_no_alarm(body: str) -> None:
    assert codes(text("DPE <ce.dpe@ac-amiens.fr>", "Dossier", body)) == set()
