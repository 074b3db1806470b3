"""Names of offices that every house has: they tell nobody which house writes."""

import re

_WORDS = (
    *("services?", "support", "equipe", "bureau", "direction", "departement", "department", "dept"),
    *("centre", "center", "secretariat", "accueil", "contact", "infos?", "information", "staff"),
    *("team", "desk", "help", "help-?desk", r"admin\w*", "assistance", r"compta\w*", "accounting"),
    *("facturation", "billing", "invoices?", "factures?", "finances?", "paiements?", "payments?"),
    *("recouvrement", "litiges?", r"gestion\w*", "ressources", "humaines", "human", "resources"),
    *("rh", "hr", "paie", "payroll", "primes?", "inspection", "syndicat", "notifications?"),
    *("notice", "alertes?", "alerts?", "avis", "messagerie", "messages?", "web", "webmail"),
    *("e-?mail", "mail", "mailbox", "serveur", "server", "systeme?", "informatique", "it", "tech"),
    *("technique", "securite", "security", "comptes?", "accounts?", r"client\w*", "customer"),
    *("portail", "portal", "documents?", r"scan\w*", "fax", "no-?_?reply", r"general\w*", "voice"),
    *("voicemail", "livraisons?", "colis", "delivery", "fraude?", "social", "personnel"),
    *("dossiers?", "courriers?", "evaluations?", "cabinet", "litige"),
    *("assurances?", "banque", "bank", "mutuelle", "formation"),
    *("d", "de", "la", "le", "du", "des", "l", "et", "the", "of", "votre", "your", "notre", "our"),
)
_NAME = re.compile(rf"(?:(?:{'|'.join(_WORDS)})[ ,.'/&()_:-]*)+")


def is_nameless(name: str) -> bool:
    """Whether a folded name is made of such words alone: « Service messagerie »."""
    return _NAME.fullmatch(name.strip()) is not None
