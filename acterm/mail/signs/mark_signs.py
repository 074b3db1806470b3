"""Signs that weigh little alone: a mail that bears several of them is told, each named."""

import re

from acterm.i18n import N_, _
from acterm.mail.message import Level, Sign
from acterm.mail.signs import ground, pressure_signs
from acterm.mail.signs.evidence import Evidence
from acterm.mail.signs.secret_signs import asks_for_itself
from acterm.mail.web.domains import registrable

_ENOUGH, _PLENTY = 5, 7
_SHORT = 600
_SALUTATION = re.compile(
    r"\b(?:chere?s? (?:client\w*|utilisat\w+|abonne\w*|membre|usager\w*|titulaire|contribuable)"
    r"|dear (?:user|customer|client|member|sir|account|email|webmail)|cher\(e\)|attention ?:)"
)
_ACCOUNT = re.compile(
    r"\b(?:comptes?|acces|identifiants?|messagerie|webmail|boites? (?:mail|aux lettres)|profil"
    r"|dossier"
    r"|abonnement|carte (?:vitale|bancaire)|espace (?:client|personnel)|account|mailbox|e-?mail"
    r"|mot de passe|password|session|colis|livraison|parcel|beneficiaire|votre ligne"
    r"|authentification|mfa|2fa|stockage|storage|portefeuille|wallet|vos droits|fiche)\b"
)
_DATA = re.compile(
    r"\b(?:(?:vos|votre|your) (?:donnees|informations?|coordonnees|identite|identity|details"
    r"|personal|moyen de paiement|adresse)|rib|iban|date de naissance|piece d'identite"
    r"|numero de (?:securite sociale|telephone|portable)|carte bancaire|credit card"
    r"|verification de (?:vos|votre))\b"
)
_MONEY = re.compile(
    r"\b(?:rembours\w+|refund|frais|paiement|payment|facture|invoice|impaye\w*|amende|contravention"
    r"|montant|virement|salary|salaire|payroll|prime|solde|prelevement|beneficiaire|bancaire"
    r"|purchase|achat"
    r"|trop[- ]percu|indu|taxe|douane|pay(?:er|ez)?|regl(?:er|ez)|cheque|redevable|depot|peage"
    r"|stationnement|gagn\w+)\b|[€$]"
)
_PUBLIC = re.compile(
    r"\b(?:rectorat|dsden|academie|ministere|education nationale|i-?prof|arena|ensap|numen|impots?"
    r"|ameli|assurance maladie|carte vitale|caf|cpf|antai|france travail|tresor public|gendarmerie"
    r"|d[rd]fip|finances publiques|pensions|retraite|prefecture|tribunal|urssaf|ants|franceconnect"
    r"|la poste|colissimo|chronopost|dpd|mgen|webmail|office ?365|microsoft|sharepoint)\b"
)
_PROGRAM = re.compile(r"\.(?:exe|scr|msi|bat|cmd|js|jse|vbs|hta|lnk|iso|img|apk|jar|ps1)$")
_NAMES = (
    N_("it addresses nobody by name"),
    N_("it wants something confirmed or updated"),
    N_("it speaks of an account"),
    N_("it threatens"),
    N_("it hurries"),
    N_("it wants personal data"),
    N_("it speaks of money"),
    N_("it names an administration or a known company"),
    N_("its domain is made of words like “security” or “account”"),
    N_("its link leads elsewhere"),
    N_("it says little more than its link"),
    N_("it does not say who writes"),
)

# Of which one at least must be there: nobody is caught by a link alone.
_LURES = (0, 3, 4, 5, 6, 7, 11)
# The order in which they are told, the first few of them.
_TELLING = tuple(_NAMES[at] for at in (3, 4, 6, 5, 8, 7, 11, 0, 9, 1, 2, 10))
_MOST_TOLD = 4


def marks(evidence: Evidence) -> list[Sign]:
    """One sign that names the marks, when there are enough."""
    untold = evidence.trusted or evidence.report
    if untold or not (evidence.strange or evidence.pages):
        return []
    found = _found(evidence)
    weight = sum(found.values())
    asked_for = asks_for_itself(evidence.text) and not evidence.elsewhere
    lured = any(found[_NAMES[at]] for at in _LURES)
    wanted = pressure_signs.opens(evidence.text) or evidence.button
    if weight < _ENOUGH + 2 * asked_for + _credit(evidence) or not lured or not wanted:
        return []
    told = sorted((name for name in _NAMES if found[name]), key=_TELLING.index)[:_MOST_TOLD]
    words = _("The mail bears several marks of a swindle: {marks}.")
    words = words.format(marks=", ".join(_(name) for name in told))
    return [Sign("several-marks", Level.SUSPECT if weight >= _PLENTY else Level.VERIFY, words)]


def _found(evidence: Evidence) -> dict[str, int]:
    """What each mark weighs in this mail."""
    text = evidence.text
    domains = {registrable(host) for host in (evidence.domain, *evidence.strange) if host}
    made = any(ground.is_lure(domain) for domain in domains)
    cheap = any(domain.rpartition(".")[2] in ground.CHEAP_ENDINGS for domain in domains)
    weights = (
        bool(_SALUTATION.search(text)),
        pressure_signs.acts(text),
        bool(_ACCOUNT.search(text)),
        pressure_signs.threatens(text),
        pressure_signs.hurries(text),
        bool(_DATA.search(text)),
        bool(_MONEY.search(text)),
        bool(_PUBLIC.search(evidence.claimed)),
        2 * made + cheap,
        bool(evidence.elsewhere),
        len(text) < _SHORT and len(evidence.strange) == 1,
        2 * evidence.nameless,
    )
    return {name: int(weight) for name, weight in zip(_NAMES, weights, strict=True)}


def _credit(evidence: Evidence) -> int:
    """What speaks for a sender: many readers, a name that is its domain's, mail of one's own."""
    named = (evidence.named_alike or evidence.spoken_of) and not ground.is_lure(evidence.label)
    return 3 * evidence.bulk + 2 * named + evidence.at_home + 2 * evidence.acquainted


def programs(evidence: Evidence) -> list[Sign]:
    """A link that fetches a program."""
    if evidence.trusted:
        return []
    for link in evidence.rendered.links[:300]:
        path = link.url.partition("?")[0].lower()
        if _PROGRAM.search(path) and path.count("/") > 2 and not evidence.bulk:
            words = _("The link to {host} fetches a program: opening it runs it.")
            return [Sign("dangerous-link", Level.VERIFY, words.format(host=link.host))]
    return []
