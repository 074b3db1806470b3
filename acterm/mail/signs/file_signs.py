"""Signs that an attachment can do harm, by its name and type."""

import re
from dataclasses import replace

from acterm.i18n import _
from acterm.mail.message import Level, Sign
from acterm.mail.signs.evidence import Evidence
from acterm.mail.signs.file_danger import MACROS, danger_of

# What teachers send each other: mark sheets with macros, drawings.
_OF_COLLEAGUES = (*MACROS, ".svg")
_LOCKED = ("encrypted-archive", "encrypted-document")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".ace", ".iso", ".img", ".pdf", ".xlsx", ".docx")
_KEY = re.compile(
    r"\b(?:code|mdp|mot de passe|password|pwd)[ :=]{1,3}(?=[a-z]{0,12}\d)\w{4,16}\b|"
    r"\b(?:mot de passe|mdp|code|password|pwd|cle)\b[^.!?]{0,60}?(?:: ?|= ?|\best (?:le )?|\bis )"
    r"[\"'«“ ]*[\w@#$!*+-]{3,24}|\b(?:password|mot de passe|mdp|code) (?:de l'|du |de la |of the "
    r"|for the )"
    r"?(?:archive|zip|fichier|document|piece jointe|dossier|file|attachment)"
)


def signs(evidence: Evidence) -> list[Sign]:
    """One sign an attachment that can run a program, hide a false page or was locked on purpose."""
    official, found = evidence.official, list[Sign]()
    for item in evidence.message.attachments:
        if item.inline and not item.name:
            continue
        danger = danger_of(item.name)
        if danger is None and item.name and item.type == "text/html" and not item.inline:
            danger = Level.VERIFY, _("The attachment “{name}” can hide a false page.")
        if danger is None or (official and item.name.lower().endswith(_OF_COLLEAGUES)):
            continue
        level, words = danger
        found.append(Sign("dangerous-attachment", level, words.format(name=item.name[:80])))
    return [*found, *_key_beside(evidence)]


def of_parsing(evidence: Evidence) -> list[Sign]:
    """What parsing found out; a file that a colleague locked is only noted."""
    found = evidence.message.signs
    if not evidence.official:
        return list(found)
    return [replace(one, level=Level.NOTE) if one.code in _LOCKED else one for one in found]


def _key_beside(evidence: Evidence) -> list[Sign]:
    """A locked archive whose password stands in the mail: locked against the filters only."""
    name = next(
        (
            item.name
            for item in evidence.message.attachments
            if item.name.lower().endswith(_ARCHIVES)
        ),
        "",
    )
    if not name or evidence.official or not _KEY.search(evidence.text):
        return []
    words = _("“{name}” is locked and its password stands in the mail: so no filter looks into it.")
    return [Sign("encrypted-archive", Level.SUSPECT, words.format(name=name[:80]))]
