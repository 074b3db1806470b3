"""Mails that are after money, and those of people who only speak of it."""

import pytest

from acterm.mail.message import Level
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.render import render
from tests.mail.swindles import text

FREE, FIRM = "Jean Roux <jean.roux@gmail.com>", "Cars Roux <jean@roux-cars.example>"


def asks_money(sender: str, body: str, subject: str = "Bonjour") -> bool:
    message = parse(text(sender, subject, body))
    found = signs(message, render(message, 80))
    return any(one.code == "asks-money" and one.level is not Level.NOTE for one in found)


@pytest.mark.parametrize(
    ("sender", "body"),
    [
        (FIRM, "Notre RIB a changé, merci de faire le prochain virement sur le nouveau."),
        (FREE, "Pour la paie de décembre, envoyez-nous votre RIB."),
        (FREE, "Je suis bloqué à l’étranger, peux-tu me prêter 300 € ?"),
        (FREE, "Je voudrais vous demander un service en privé."),
        (FREE, "Vous êtes là ?"),
        (FREE, "Nous faisons don de notre orgue, seuls les frais de transport restent à payer."),
        (FREE, "I am a lonely lady, write me."),
        (FIRM, "Nous accordons des prêts de 8 000 € sans justificatif."),
        (FIRM, "Assistant à distance, 300 € par semaine, sans expérience."),
        (FIRM, "Placez votre épargne : 9 % par mois."),
        (FIRM, "0,1 BTC à bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh, sinon tout est publié."),
        (FIRM, "Un achat suspect de 749 € : rappelez le 01 99 00 00 00."),
        (FIRM, "Un client sans héritier laisse 4,2 M€, discrétion absolue, contactez le notaire."),
    ],
)
def test_a_lure_is_told(sender: str, body: str) -> None:
    assert asks_money(sender, body)


@pytest.mark.parametrize(
    ("sender", "body"),
    [
        (FIRM, "Notre compte a changé en mai, le RIB à jour figure sur la facture jointe."),
        (FREE, "Je n’ai pas été payée, à qui dois-je envoyer mon RIB pour la paie ?"),
        (FREE, "Le virement n’est pas arrivé. Mon IBAN n’a pas changé, merci de régulariser."),
        (FREE, "Lina a perdu son chèque, je vous envoie 18 € demain."),
        (FREE, "J’aurais un petit service à vous demander : remettre le cahier à sa sœur ?"),
        (FREE, "Êtes-vous disponible après 17 h ? Mon numéro de téléphone est sur la fiche."),
        (FREE, "Avez-vous un moment pour parler de Yanis ? Je suis en réunion jusqu’à midi."),
        (FREE, "Je passe demain, êtes-vous là ?"),
        (FIRM, "Nous offrons des ordinateurs au collège, le transport est à notre charge."),
        (FIRM, "Pour annuler votre visite (45 €), appelez le 03 22 00 00 00."),
        (FIRM, "Aide aux devoirs à domicile, 20 € de l’heure, 2 fois par semaine."),
        (FIRM, "Dépôt des dossiers avant mardi ; le centre coûte 8 € par jour."),
    ],
)
def test_who_only_speaks_of_money_raises_no_alarm(sender: str, body: str) -> None:
    assert not asks_money(sender, body)


def test_somebody_one_has_written_to_may_be_in_haste() -> None:
    message = parse(text(FREE, "Vous êtes là ?", "Appelle-moi quand tu veux."))
    known = {"Jean Roux": ["jean.roux@gmail.com"]}
    shown = render(message, 80)
    assert signs(message, shown)
    assert not signs(message, shown, known_addresses=lambda name: known.get(name, []))
