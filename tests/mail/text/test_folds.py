"""What of a mail is folded, and what the folded line says."""

import pytest

from acterm.mail.message import Fold, FoldKind, Rendered
from acterm.mail.parsing.mime import parse
from acterm.mail.text.render import render
from tests.mail.mails import mail

OWN = "Bonjour,\n\nD’accord pour jeudi.\n\nCamille\n"
SIGNATURE = "-- \nCamille Lefèvre\nProfesseure de SVT\nCollège Jean-Moulin\n"
SAID = "Le 23/11/2026 à 10:28, Amélie Roussel a écrit :\n"
QUOTE = "> Bonjour Camille,\n> Peut-on déplacer le conseil ?\n>\n> Amélie\n"
HTML = "text/html; charset=utf-8"


def read(
    body: str, subject: str = "Re: Conseil", kind: str = "text/plain; charset=utf-8"
) -> Rendered:
    return render(parse(mail(body, kind, Subject=subject)), 72)


def told(rendered: Rendered) -> list[tuple[FoldKind, str, str, bool]]:
    """Each fold: kind, first and last line, whether it starts folded."""
    lines = [line.text for line in rendered.lines]
    return [(one.kind, lines[one.first], lines[one.last], one.folded) for one in rendered.folds]


def test_the_mail_answered_is_one_line_that_names_its_writer() -> None:
    (fold,) = read(OWN + "\n" + SAID + QUOTE).folds
    assert fold == Fold(6, 10, FoldKind.QUOTE, "3 lignes citées · Amélie Roussel")


def test_a_signature_and_a_quotation_are_two_folds() -> None:
    assert told(read(OWN + SIGNATURE + "\n" + SAID + "\n" + QUOTE)) == [
        (FoldKind.SIGNATURE, "--", "Collège Jean-Moulin", True),
        (FoldKind.QUOTE, SAID.strip(), "> Amélie", True),
    ]


@pytest.mark.parametrize(
    "above",
    [
        "De : Luc Petit <luc@x.example>\nEnvoyé : lundi 23 novembre 2026 09:15\nObjet : x\n",
        "From: Luc Petit <luc@x.example>\nSent: Monday\nTo: Camille\nSubject: x\n",
        "-----Message d'origine-----\nDe : Luc Petit\nDate : lundi\n",
        "Le lun. 23 nov. 2026 à 09:15, Luc Petit <luc@x.example> a\nécrit :\n",
    ],
)
def test_what_is_quoted_without_marks_folds_too(above: str) -> None:
    ((kind, first, last, folded),) = told(read(f"{OWN}\n{above}\nBonjour,\nÇa va ?\nLuc\n"))
    assert (kind, first, last, folded) == (FoldKind.QUOTE, above.splitlines()[0], "Luc", True)
    assert read(f"{OWN}\n{above}\nBonjour,\nLuc\n").folds[0].words.endswith("· Luc Petit")


@pytest.mark.parametrize(
    "pointing",
    [
        "Voir mes réponses en rouge dans votre texte.",
        "J’ai répondu plus bas, dans ton mail.",
        "Please find my answers below, in blue.",
        "Lire le mail ci-dessous.",
    ],
)
def test_a_quotation_that_its_writer_answered_in_is_not_folded_away(pointing: str) -> None:
    above = "De : Luc Petit\nEnvoyé : lundi\nObjet : x\n"
    mail_below = f"\n{above}\nPuis-je venir ?\nOui, en train.\n"
    assert [one.folded for one in read(f"Bonjour,\n{pointing}\n{mail_below}").folds] == [False]
    assert [one.folded for one in read(f"Bonjour,\nMerci.\n{mail_below}").folds] == [True]


def test_a_mail_that_apple_passes_on_as_a_quotation_is_there_to_be_read() -> None:
    head = "<b>De: </b>DANE<br><b>Objet: </b>Pix<br><b>Date: </b>lundi<br>"
    passed = f"<div>Début du message transféré :</div><br>{head}<br>Formation le 9."
    html = f"<div>À suivre.</div><blockquote>{passed}</blockquote>"
    ((kind, _first, last, folded),) = told(read(html, "Fwd: Pix", HTML))
    assert (kind, last, folded) == (FoldKind.FORWARD, "> Formation le 9.", False)
    assert told(read(html, "Re: Pix", HTML))[0][3]


def test_the_mail_answered_folds_when_orange_marks_its_headers_alone() -> None:
    head = "> Message du 20/11/26 10:28\n> De : Zoé\n> A : vous\n> Objet : Absence\n> \n"
    ((kind, first, last, _folded),) = told(read(f"{OWN}\n{head}Bonjour,\n\nMerci.\n"))
    assert (kind, first, last) == (FoldKind.QUOTE, "> Message du 20/11/26 10:28", "Merci.")


def test_the_signature_that_zimbra_announces_before_it_begins_folds() -> None:
    html = '<div>Oui.</div><div data-marker="__SIG_POST__">-- </div><div>Zoé<br>SVT<br>Amiens</div>'
    assert told(read(html, kind=HTML)) == [(FoldKind.SIGNATURE, "-- ", "Amiens", True)]


@pytest.mark.parametrize(
    "words",
    [
        "PS : n’oubliez pas vos notes,\nM. Petit veut tout saisir\nen séance.",
        f"{'Je rappelle que le conseil de mardi est avancé à seize heures trente.'}\n" * 3,
    ],
)
def test_words_below_dashes_are_no_signature(words: str) -> None:
    assert read(f"{OWN}--\n{words}").folds == ()


def test_answers_between_the_lines_stay_beside_what_they_answer() -> None:
    rendered = read(SAID + "> Quand ?\n> Dis-moi.\nJeudi.\n> Où ?\nSalle 12.\n" + SIGNATURE)
    assert [kind for kind, *_rest in told(rendered)] == [FoldKind.SIGNATURE]


def test_a_long_quotation_above_an_answer_keeps_its_end() -> None:
    quote = "".join(f"> Ligne {number}\n" for number in range(20))
    ((_kind, first, last, folded),) = told(read(SAID + quote + "Oui.\n"))
    assert (first, last, folded) == (SAID.strip(), "> Ligne 17", True)


@pytest.mark.parametrize("body", [QUOTE, SAID + QUOTE, SIGNATURE])
def test_a_mail_that_is_nothing_else_starts_unfolded(body: str) -> None:
    assert all(not fold.folded for fold in read(body).folds)


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Pour info.\n\n-------- Message transféré --------\nSujet : x\nDe : Luc\n\nBonjour\n", ""),
        (
            "Vu ?\n\n-------- Courriel original --------\nObjet: x\nDate: y\nDe: Luc\n\nBonjour\n",
            "Fwd: x",
        ),
        ("---------- Forwarded message ---------\nDe : Luc\nDate: x\n\nBonjour\n", "Fwd: x"),
        ("Début du message réexpédié :\n\n> De: Luc\n> Objet: x\n>\n> Bonjour\n", "Tr: x"),
        ("Pour info.\n\nDe : Luc\nEnvoyé : lundi\nÀ : Zoé\nObjet : x\n\nBonjour\n", "TR : x"),
        ("Vu ?\n\nDe : Luc\nEnvoyé : lundi\nObjet : x\n\nBonjour\n", "[svt] Fwd: x"),
    ],
)
def test_a_mail_passed_on_can_be_folded_and_starts_unfolded(body: str, subject: str) -> None:
    (fold,) = read(body, subject).folds
    assert (fold.kind, fold.folded) == (FoldKind.FORWARD, False)
    assert fold.words.startswith("mail transféré")
    assert fold.words.endswith("· Luc")


LIST = "_____________________\nSvt mailing list\nSvt@listes.example\nhttps://listes.example/listinfo/svt\n"
GROUP = (
    "-- \nVous recevez ce message, car vous êtes abonné au groupe Google Groupes « svt ».\n"
    "Pour vous désabonner de ce groupe, envoyez un mail à svt+unsubscribe@x.example.\n"
    "Cette discussion : https://groupes.example/1\n"
)
NOTICE = (
    "Ce message et toutes les pièces jointes sont confidentiels et établis à l’intention\n"
    "exclusive de ses destinataires. Toute utilisation est interdite.\n"
    "Si vous l’avez reçu par erreur, merci de le détruire.\n"
)


@pytest.mark.parametrize("footer", [LIST, GROUP, NOTICE], ids=["list", "group", "notice"])
def test_what_a_program_put_below_folds(footer: str) -> None:
    ((kind, first, _last, folded),) = told(read(f"{OWN}\n{footer}"))
    assert (kind, folded) == (FoldKind.FOOTER, True)
    assert footer.startswith(first)


@pytest.mark.parametrize(
    "body",
    [
        "Bonjour,\n\nPour vous désinscrire de la sortie, écrivez-moi.\n\nCamille\nSVT\nCollège\n",
        "Bonjour,\n\n----------\nOrdre du jour\n----------\nBilan\nProjets\nDivers\n",
        "Bonjour,\n\nLe programme :\nhttps://x.example/a\n\nÀ jeudi,\nCamille\n",
        "Bonjour,\n\nCe mail est destiné aux professeurs.\nMerci de remplir\nle tableau.\n",
        "Bonjour,\n\nCe message est confidentiel :\nZoé est absente,\nn’en dites rien en classe.",
    ],
)
def test_own_words_are_never_folded(body: str) -> None:
    assert read(body, "Sortie").folds == ()


@pytest.mark.parametrize(
    "signature",
    [
        '<div class="moz-signature">-- <br>Camille<br>SVT<br>Collège</div>',
        '<div dir="ltr" class="gmail_signature">Camille<br>SVT<br>Collège</div>',
        '-- <br><div class="gmail_signature">SVT<br>Collège</div>',
        '<div id="Signature"><p>Camille</p><p>SVT</p><p>Collège</p></div>',
        '<div data-marker="__SIG_PRE__"><div>Camille</div><div>SVT</div><div>Collège</div></div>',
        '<div id="x_Signature">Camille<br><br>SVT<br>Collège</div>',
    ],
)
def test_a_signature_that_the_page_names_folds(signature: str) -> None:
    ((kind, _first, last, folded),) = told(read(f"<p>Oui.</p>{signature}", kind=HTML))
    assert (kind, last, folded) == (FoldKind.SIGNATURE, "Collège", True)


def test_only_the_last_dashes_begin_a_signature() -> None:
    rendered = read("Vu\n--\nBilan\nProjets\n--\nCamille\nSVT\nAmiens")
    assert [(fold.first, fold.last) for fold in rendered.folds] == [(4, 7)]


def test_words_between_two_signatures_are_not_folded() -> None:
    block = '<div class="gmail_signature">Zoé<br>SVT<br>Collège</div>'
    rendered = read(f"<p>Oui.</p>{block}<p>P.-S. à jeudi</p>{block}", kind=HTML)
    shown = [line.text for at, line in enumerate(rendered.lines) if at > rendered.folds[0].last]
    assert "P.-S. à jeudi" in shown


def test_a_quotation_of_gmail_folds_with_its_table() -> None:
    body = (
        '<div>D’accord.</div><div class="gmail_quote"><div class="gmail_attr">Le lun. 23 nov. 2026'
        " à 09:15, Luc Petit &lt;luc@x.example&gt; a écrit :<br></div><blockquote>Voici :"
        "<table border=1><tr><th>Classe<th>Heure<tr><td>3eD<td>17 h</table>Luc</blockquote></div>"
    )
    rendered = read(body, kind=HTML)
    ((_kind, _first, last, _folded),) = told(rendered)
    assert last == "> Luc"
    assert "> Classe  Heure\n> 3eD     17 h" in rendered.text


def test_folds_never_overlap_and_stay_inside() -> None:
    rendered = read(OWN + SIGNATURE + SAID + QUOTE + "Oui.\n" + QUOTE * 5 + "\n" + LIST)
    assert len(rendered.folds) > 2
    ends = [end for fold in rendered.folds for end in (fold.first, fold.last)]
    assert ends == sorted(ends)
    assert ends[-1] < len(rendered.lines)


def test_the_address_of_a_newsletter_folds_with_its_last_links() -> None:
    last = "<p>Vous ne souhaitez plus recevoir ces mails ? <a href='https://x.example/d'>Partir</a></p>"
    sent = "<p>Foyer socio-éducatif<br>Cet email a été envoyé à camille@x.example</p>"
    ((kind, first, _last, folded),) = told(read(f"<p>Vente de brioches</p>{sent}{last}", kind=HTML))
    assert (kind, first, folded) == (FoldKind.FOOTER, "Foyer socio-éducatif", True)
    own = "<p>Cet email a été envoyé à tous.</p><p>Dites-moi si vous venez, <a href='https://x.example'>ici</a>.</p>"
    assert read(own, kind=HTML).folds == ()
