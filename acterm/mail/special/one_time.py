"""A code to type once, sent by mail: the ODA code of an académie, that of any site."""

import re
from dataclasses import dataclass

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.fold import fold
from acterm.mail.message import Message
from acterm.mail.signs.evidence import sender_of

_MAX_TEXT = 6000
_LONGEST_MAIL = 4000
_MAX_PAGE = 200_000
_HINT = re.compile(r"code|passcode|otp|passe", re.IGNORECASE)
_CODE = (
    r"(?P<code>[0-9](?: [0-9]){3,7}|[0-9]{3}[ -]?[0-9]{3,5}|[0-9]{4,8}|[A-Z]-?[0-9]{4,8}"
    r"|(?=[A-Z]*[0-9])[A-Z0-9]{6,8})"
)
_NAMED = (
    r"(?:code (?:oda|a usage unique|d'authentification|de verification|de securite|de connexion"
    r"|de validation"
    r"|de confirmation|d'acces temporaire|d'identification|temporaire|otp|unique|pin temporaire)"
    r"|votre code|mot de passe (?:a usage unique|temporaire|unique)|(?:verification|security"
    r"|login|sign-?in|one-?time|access"
    r"|confirmation|authentication) (?:code|passcode|password)|passcode|tokencode|otp|your code"
    r"|code oda)"
)
_BEFORE = re.compile(
    rf"\b{_NAMED}\b[^.0-9]{{0,80}}?(?:est|is|:|=|\s)\s*(?:le\s+)?[\"«“']?\s*{_CODE}(?![\w/-])",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\w/.-]){_CODE}\s*(?:est|is)\s+(?:le|votre|your|the)\s+[^.]{{0,40}}?(?:code|passcode)",
    re.IGNORECASE,
)
# « Votre code photocopieur est 4821 »: no sign-in, it serves all year.
_LASTING = re.compile(
    r"^(?:votre|your) code (?:(?:de|du|pour|of|for|la|le|les|the) |d'|l')*"
    r"(?:photocop|copieur|copier|imprim|print|porte|door|portail|gate|alarm|cles?\b|wi-?fi|cadenas|lock|casier|salle|room"
    r"|reduction|promo|parrainage|client|customer|postal|etablissement)",
    re.IGNORECASE,
)
_ODA = re.compile(r"\boda\b|on[- ]demand authentication|\btokencode\b")


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """The code as one types it. `oda`: it goes behind one's PIN, as the académies want it."""

    code: str
    oda: bool = False

    def words(self) -> str:
        """One sentence for a card, without the code."""
        if self.oda:
            return _("One-time code: type your PIN, then these digits. Give it to nobody.")
        return _("One-time code, asked for by a sign-in. Give it to nobody.")


def read(message: Message) -> OneTimeCode | None:
    """The code of a short mail that names one; None when it names none, or sells something."""
    body = message.plain if message.plain and message.plain.strip() else _page_text(message)
    if len(body) > _LONGEST_MAIL:
        return None
    # Folded without changing case: a code of letters is told from a word by its capitals.
    text = " ".join(_bare(f"{message.subject}. {body[:_MAX_TEXT]}").split())
    found = _BEFORE.search(text) or _AFTER.search(text)
    if found is None or _LASTING.search(found[0]):
        return None
    code = re.sub(r"[ -]", "", found["code"])
    if not any(letter.isdigit() for letter in code) or code != code.upper():
        return None
    official = directory.is_official_host(sender_of(message).domain)
    return OneTimeCode(clean_name(code), official and bool(_ODA.search(text.lower())))


def _page_text(message: Message) -> str:
    """The text of a web page that may hold a code."""
    page = message.html or ""
    if len(page) > _MAX_PAGE or not _HINT.search(page):
        return ""
    from acterm.mail.text.render import render

    return render(message, 200).text


def _bare(text: str) -> str:
    """Without accents and typographic apostrophes, capitals kept."""
    return "".join(
        letter.upper() if kept.isupper() and len(letter) == 1 else letter
        for kept in text
        for letter in fold(kept)
    )
