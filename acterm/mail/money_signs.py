"""Signs that a mail is after money: gift cards, account numbers, fees, threats, fortunes."""

import re

from acterm.i18n import _
from acterm.mail.evidence import Evidence
from acterm.mail.message import Level, Sign

_NOTHING = (Level.NOTE, "")
_SHORT = 700
_NEAR = r"[^.!?]{0,80}?"
_CARDS = (
    r"(?:cartes? (?:cadeaux?|prepayees?|pcs|google play|itunes|apple|steam|amazon)"
    r"|cheques? cadeaux?"
    r"|gift ?cards?|coupons? (?:pcs|recharge|transcash|neosurf)|transcash|neosurf|recharges? pcs)"
)
_BUY = (
    r"(?:achet\w+|achat\w*|procur\w+|purchas\w+|buy|get|pick up|envo[yi]\w+|prendre|acquerir"
    r"|trouver|besoin de|need)"
)
_GIFT_CARDS = re.compile(rf"\b{_BUY}\b{_NEAR}\b{_CARDS}|\b{_CARDS}\b{_NEAR}\b{_BUY}\b")
_SECRETLY = re.compile(
    r"\b(?:discr\w+|confidenti\w+|surprise|urgent\w*|rembours\w+|reimburse\w*|codes?|photos?"
    r"|gratt\w+"
    r"|scratch\w*|vite|rapidement|quickly|reunion|meeting|en personne)\b"
)
_ARE_YOU_THERE = re.compile(
    r"\b(?:(?:etes|es)[- ](?:vous|tu)[^.!?]{0,20}(?:disponibles?|la|libres?|occupee?|joignable"
    r"|devant)"
    r"|vous etes (?:disponible|libre|la)|t'es (?:la|dispo)|tu es (?:la|dispo\w*|libre)"
    r"|are you (?:available|free|there|at your desk|busy|around)|avez-vous (?:un moment"
    r"|un instant|une minute))\b"
)
_SMALL_FAVOUR = re.compile(
    r"\b(?:ne peux pas (?:parler|appeler|telephoner|prendre)|pas (?:d'appels?"
    r"|joignable par telephone)"
    r"|can'?t (?:talk|call)|repond\w+ (?:moi )?(?:par|a ce|ici|des que)|whatsapp|discret\w*"
    r"|numero (?:de )?(?:portable|whatsapp|telephone|mobile)|confidentiel\w*|en reunion"
    r"|in a meeting"
    r"|personal cell|cell ?phone number|email me back"
    r"|(?:rapide|urgente?|discrete?|confidentiel\w*|quick|small|urgent) (?:service|tache|faveur"
    r"|favou?r|task|mission)"
    r"|(?:service|tache|faveur|task|mission|favou?r)[^.!?]{0,30}\b(?:rapid\w+|urgen\w+|vite"
    r"|maintenant|tout de suite|now|quickly))"
)
_STRANDED = re.compile(
    r"\b(?:western union|moneygram|mandat cash|pcs mastercard|(?:bloquee?|coincee?|stuck"
    r"|stranded) (?:a l'etranger|abroad|in|au|en)"
    r"|vole (?:mes|mon|tous mes) (?:papiers|sac|passeport|affaires))\b"
)
_LEND = re.compile(
    r"\b(?:envo[yi]\w+|pret\w+|avanc\w+|send|lend|wire|rembours\w+|pay (?:you )?back)\b"
)
_INVEST = re.compile(
    r"\b(?:plac\w+|invest\w+|trading|crypto\w*|bitcoins?)\b[^!?]{0,120}?\b(?:gagn\w+|rendement"
    r"|revenus?|profits?|earn\w*)\b"
    r"[^!?]{0,60}?\b(?:par (?:mois|jour|semaine)|garanti\w*|a (?:day|week|month)|guaranteed"
    r"|sans risque)\b"
)
_ACCOUNT_NUMBER = re.compile(
    rf"\b(?:nouveau|nouvelles?|chang\w+|modifi\w+|actualis\w+|update|new|mettre a jour)\b{_NEAR}"
    r"\b(?:rib|iban|coordonnees bancaires|compte bancaire|domiciliation|bank (?:account|details)"
    r"|direct deposit)\b"
)
_WAGES = re.compile(
    r"\b(?:salaire|paie|paye|virement|traitement|remuneration|payroll|salary|facture|reglement"
    r"|invoice|fournisseur)\b"
)
_EXTORTION = re.compile(r"\b(?:bitcoins?|btc|crypto\w*|portefeuille numerique|usdt|monero)\b")
_SPIED = re.compile(
    r"\b(?:pirat\w+|hack\w*|webcam|camera|enregistre\w*|intimes?|recorded|malware|trojan"
    r"|cheval de troie"
    r"|logiciel espion|sites? pour adultes|adult (?:sites?|videos?)|masturb\w+|pornograph\w+"
    r"|compromettant\w*)\b"
)
_POLICE = re.compile(
    r"\b(?:europol|interpol|brigade (?:de protection des mineurs|des mineurs)|police judiciaire"
    r"|cyber-?(?:pornographie|infiltration|criminalite)|pedo-?(?:pornographi\w+|phili\w+)"
    r"|exhibitionnisme)\b"
)
_ACCUSED = re.compile(
    r"\b(?:poursuites?|convo(?:cation|quer|que)|procureur|mandat d'arret|infractions?"
    r"|justifications?|delits?|plainte)\b"
)
_FEE = (
    r"(?:frais|taxes?|droits? de douane|douanes?|affranchissement|amendes?|contraventions?"
    r"|montant|solde|impaye\w*"
    r"|fees?|fine|customs|forfait|peages?|facture)"
)
_PAY = (
    r"(?:regl(?:er|ez|ement)|pay(?:er|ez|ement)|paiement|acquitt\w+|regularis\w+|pay|verser"
    r"|versez|settle|du(?:e|s)?"
    r"|majoration|majoree?)"
)
_FEES = re.compile(rf"\b{_FEE}\b{_NEAR}\b{_PAY}\b|\b{_PAY}\b{_NEAR}\b{_FEE}\b")
_WAITING = re.compile(
    r"\b(?:colis|livraison|paquet|package|parcel|delivery|shipment|amendes?|contravention"
    r"|infraction|stationnement"
    r"|peage|vignette|certificat qualite|douanes?|customs)\b"
)
_BACK = (
    r"(?:rembours\w+|trop-?percu|credit d'impot|refund|indemni\w+|prime|aide exceptionnelle|bonus"
    r"|cheque energie|droits (?:cpf|a la formation)|droits)"
)
_MONEY_BACK = re.compile(
    rf"\b(?:votre|vos|vous|your?|un)\b[^.!?]{{0,60}}?\b{_BACK}\b"
    rf"|\b{_BACK}\b[^.!?]{{0,60}}?\b(?:vous|you)\b"
)
_CLAIM = re.compile(
    r"\b(?:reclam\w+|recuper\w+|percevoir|beneficier|claim|coordonnees bancaires|carte bancaire"
    r"|rib|iban|formulaire"
    r"|cliqu\w+|activ(?:er|ez)|verif\w+|confirm\w+|complet(?:er|ez))\b"
)
_SUM = re.compile(r"\d[\d .,]*(?:€|eur\b|euros?\b|usd\b|\$|£|dollars?\b|millions?\b)|[€$£] ?\d")
_PUBLIC_NAME = re.compile(
    r"\b(?:impots?|dgfip|tresor public|ameli|assurance maladie|cpam|caf|carte vitale|cpf"
    r"|mon ?compte ?formation"
    r"|finances publiques|cheque energie|aide exceptionnelle|prime exceptionnelle|antai|tax|hmrc"
    r"|edf|gouvernement|ministere)\b"
)
_FORTUNE = (
    re.compile(
        r"\b(?:heritage|heriti\w+|inherit\w*|succession|loter\w+|lotter\w+|donation|don de|legs"
        r"|legu\w+"
        r"|next of kin|jackpot|tirage au sort"
        r"|fonds|funds?|beneficiar\w*|beneficiaire|cancer en phase|gagnante?|winner"
        r"|compensation fund)\b"
    ),
    re.compile(r"\b(?:million\w*|[0-9][0-9., ]{5,}|euros?|dollars?|usd)\b"),
    re.compile(
        r"\b(?:confiden\w+|contact\w*|repond\w+|reply|avocat|notaire|barrister|banqu\w+|bank\w*"
        r"|transfer\w*|coordonnees|claim|percentage"
        r"|veuve|widow|mourant\w*)\b"
    ),
)
_PRIZE = re.compile(
    r"\b(?:(?:avez|as) (?:gagne|ete (?:selectionne|tire|choisi)\w*)|you(?:'ve| have)? (?:won"
    r"|been selected)|votre (?:cadeau|gain|lot|recompense)"
    r"|felicitations|congratulations)\b"
)
_PRIZES = re.compile(
    r"\b(?:iphone|samsung galaxy|ipad|smart ?tv|carte cadeau|gift card|voucher|bon d'achat"
    r"|airpods|perceuse|air ?fryer|aspirateur|playstation)\b"
)


def signs(evidence: Evidence) -> list[Sign]:
    """One sign at most: what the mail is after."""
    level, words = _found(evidence)
    return [Sign("asks-money", level, words)] if words else []


def _found(evidence: Evidence) -> tuple[Level, str]:
    if evidence.bulk:
        return _NOTHING
    if _EXTORTION.search(evidence.text) and _SPIED.search(evidence.text):
        return Level.SUSPECT, _("The mail threatens and wants to be paid: such threats are empty.")
    if evidence.trusted:
        return _NOTHING
    found = _by_word_of_mouth(evidence)
    return found if found[1] else _lured(evidence)


def _by_word_of_mouth(evidence: Evidence) -> tuple[Level, str]:
    """What needs no link: it is done by answering, in a shop or at the bank."""
    text = evidence.text
    if _POLICE.search(text) and _ACCUSED.search(text):
        return Level.SUSPECT, _("No police accuses anybody by mail, nor asks for an answer by it.")
    if _GIFT_CARDS.search(text) and _SECRETLY.search(text):
        words = _("The mail wants gift cards or their codes, which nobody gives back.")
        return (Level.SUSPECT if evidence.free else Level.VERIFY), words
    if len(text) < _SHORT and _ARE_YOU_THERE.search(text) and _SMALL_FAVOUR.search(text):
        return Level.VERIFY, _("Somebody asks for a small favour in haste, as swindlers begin.")
    if _ACCOUNT_NUMBER.search(text) and _WAGES.search(text):
        words = _("The mail changes an account number: ring the person before you pay.")
        return Level.VERIFY, words
    if _STRANDED.search(text) and _LEND.search(text):
        return Level.VERIFY, _("Somebody in need wants money at once: ring the person first.")
    return _riches(text)


def _riches(text: str) -> tuple[Level, str]:
    if _INVEST.search(text):
        return Level.VERIFY, _("The mail promises gains that no honest investment makes.")
    if all(one.search(text) for one in _FORTUNE) and _SUM.search(text):
        return Level.VERIFY, _("A stranger promises a large sum of money.")
    return _NOTHING


def _lured(evidence: Evidence) -> tuple[Level, str]:
    """A strange page on which one pays fees, fetches money or a prize."""
    text = evidence.text
    if not evidence.strange and not evidence.pages:
        return _NOTHING
    if _WAITING.search(text) and _FEES.search(text):
        return Level.VERIFY, _("A small sum is to be paid on a page that you did not look for.")
    promised = _PUBLIC_NAME.search(evidence.claimed) and _MONEY_BACK.search(text)
    if promised and _CLAIM.search(text) and (_SUM.search(text) or "rembours" in text):
        return Level.VERIFY, _("Money is promised in the name of a public body, on a strange page.")
    if _PRIZE.search(text) and _PRIZES.search(text):
        return Level.VERIFY, _("A prize is promised that you did not play for.")
    return _NOTHING
