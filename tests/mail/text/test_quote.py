"""Where the mail that is answered begins, in the words of the mailers that teachers use."""

import time

import pytest

from acterm.mail.parsing.mime import parse
from acterm.mail.text.quote import original_at
from acterm.mail.text.render import render
from tests.mail.mails import mail

OWN = "Bonjour,\n\nD’accord pour jeudi : salle 12.\n\nCamille\n\n"
ORIGINAL = "Bonjour Camille,\nPouvons-nous déplacer le conseil à jeudi ?\nLuc"

# Each stands above the mail answered, which follows without marks.
ABOVE = {
    "Outlook": "De : Luc Petit <luc.petit@ac-amiens.fr>\nEnvoyé : lundi 23 novembre 2026 09:15\n"
    "À : Camille Lefèvre <camille.lefevre@ac-amiens.fr>\nObjet : Conseil de classe\n\n",
    "Outlook with a rule": "________________________________\nDe : Luc Petit\n"
    "Envoyé : lundi 23 novembre 2026 09:15\nÀ : Camille Lefèvre\nObjet : Conseil de classe\n\n",
    "Outlook before 2010": "-----Message d'origine-----\nDe : Luc Petit\nEnvoyé : lundi\n\n",
    "typographic apostrophe": "-----Message d’origine-----\nDe : Luc Petit\n",
    "English Outlook": "From: Luc Petit\nSent: Monday, November 23, 2026 9:15 AM\n"
    "To: Camille Lefèvre\nSubject: Conseil de classe\n\n",
    "Zimbra": '----- Mail original -----\nDe: "Luc Petit" <luc@x.example>\nÀ: camille@x.example\n'
    "Envoyé: Lundi 23 Novembre 2026 09:15:00\nObjet: Conseil de classe\n\n",
    "newer Zimbra": 'De: "Luc Petit" <luc@x.example>\nÀ: "Camille" <camille@x.example>\n'
    "Envoyé: Lundi 23 Novembre 2026 09:15:00\nObjet: Conseil de classe\n\n",
    "no-break spaces": "De\u00a0: Luc Petit\nEnvoyé\u00a0: lundi\nÀ\u00a0: Camille\n\n",
    "bold in plain text": "*De :* Luc Petit\n*Envoyé :* lundi\n*À :* Camille\n*Objet :* x\n\n",
    "a telephone": "-------- Message d’origine --------\nDe : Luc Petit\nDate : 23/11/2026\n\n",
    "German Outlook": "Von: Luc Petit\nGesendet: Montag, 23. November 2026\nAn: Camille\n"
    "Betreff: Austausch\n\n",
    "Spanish Outlook": "De: Luc Petit\nEnviado el: lunes\nPara: Camille\nAsunto: Viaje\n\n",
    "Italian Outlook": "Da: Luc Petit\nInviato: lunedì\nA: Camille\nOggetto: Viaggio\n\n",
    "German separator": "-----Ursprüngliche Nachricht-----\nVon: Luc Petit\n",
    "an attribution": "Le lun. 23 nov. 2026 à 09:15, Luc Petit <luc@x.example> a écrit :\n\n",
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE.keys())
def test_the_mail_answered_is_quoted_though_its_lines_are_not_marked(above: str) -> None:
    lines = (OWN + above + ORIGINAL).split("\n")
    assert original_at(lines, "Re: Conseil de classe") == OWN.count("\n")


def test_the_lines_below_are_told_as_quoted() -> None:
    body = OWN + ABOVE["Outlook"] + ORIGINAL
    rendered = render(parse(mail(body, Subject="RE : Conseil de classe")), 80)
    quoted = [line.text for line in rendered.lines if line.quote]
    assert quoted[0].startswith("De : Luc Petit")
    assert quoted[-1] == "Luc"
    assert rendered.lines[0].text == "Bonjour,"
    assert not rendered.lines[0].quote


def test_an_answer_of_outlook_in_html_is_told_from_what_it_answers() -> None:
    body = (
        "<p>D’accord.</p><hr><div><b>De :</b> Luc Petit<br><b>Envoyé :</b> lundi<br>"
        "<b>À :</b> Camille<br><b>Objet :</b> Conseil</div><p>Peut-on déplacer ?</p>"
    )
    rendered = render(parse(mail(body, "text/html; charset=utf-8", Subject="Re: Conseil")), 80)
    own = [line.text for line in rendered.lines if not line.quote and line.text]
    assert own == ["D’accord."]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (OWN + ABOVE["Outlook"] + ORIGINAL, "TR : Conseil de classe"),
        (OWN + ABOVE["Outlook"] + ORIGINAL, "Fwd: Conseil de classe"),
        (
            "Voir.\n\n-------- Message transféré --------\nDe : Luc\nPour : Zoé\nDate : y",
            "",
        ),
        ("Pour info.\n\n---------- Forwarded message ---------\nDe : Luc\nDate : y\nTo: Zoé\n", ""),
        ("Début du message réexpédié :\n\nDe : Luc\nÀ : Zoé\nObjet : x\nDate : y\n", ""),
    ],
)
def test_a_mail_passed_on_is_there_to_be_read(text: str, subject: str) -> None:
    lines = text.split("\n")
    assert original_at(lines, subject) == len(lines)


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil :\n\nDe : 17 h\nÀ : 19 h\nObjet : bilan\nCordialement",
        "La sortie :\n\nDe : Amiens\nÀ : Paris\nDate : 4 décembre\nObjet : musée\n\nVenez.",
        "Le 12 juin, le principal a écrit une circulaire.\nElle est en salle des profs.",
        "Le 23/11/2026 à 09:15, Luc Petit a écrit :\n> Peut-on déplacer ?\n\nOui.",
        "--------------\nUn titre\n--------------\nUn texte",
        ABOVE["Outlook"] + ORIGINAL,
    ],
)
def test_what_only_resembles_is_no_quotation(text: str) -> None:
    lines = text.split("\n")
    assert original_at(lines, "") == len(lines)


REPORT = (
    "This report relates to a message you sent:\n\n  From: Luc <luc@x.example>\n"
    "  To: zoe@x.example\n  Subject: Conseil\n\nYour message cannot be delivered.\n"
)


def test_what_a_server_reports_is_no_quotation() -> None:
    rendered = render(parse(mail(REPORT, From="MAILER-DAEMON@x.example", Subject="Échec")), 80)
    assert not any(line.quote for line in rendered.lines)
    raw = "Voici :\n\nFrom: Luc\nTo: zoe\nSubject: x\nMIME-Version: 1.0\n\nBonjour\n"
    assert original_at(raw.split("\n"), "") == raw.count("\n") + 1


def test_sixty_thousand_lines_that_resemble_cost_little() -> None:
    lines = ["Le 1 " + "9" * 380 + " wrote:", "De : x", "________"] * 20_000
    begun = time.process_time()
    original_at(lines, "")
    assert time.process_time() - begun < 2
