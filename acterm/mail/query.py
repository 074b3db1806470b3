"""What is typed into the search box, as a value. Never raises, however half-typed it is.

Words are AND'ed and the last one may be unfinished; `"exact phrase"`, `-word`, `OU`; operators in
both languages: de:/from: à:/a:/to: objet:/subject: dossier:/folder: avec:/has: est:/is:
avant:/before: après:/apres:/after:.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from acterm.mail.fold import fold
from acterm.mail.message import Flag

_TOKEN = re.compile(r'(-?)(?:([^\W\d_]+):)?(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"\w+")
_COLUMNS = {
    "de": "sender",
    "from": "sender",
    "a": "recipients",
    "to": "recipients",
    "objet": "subject",
    "subject": "subject",
}
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%m/%Y", "%Y-%m", "%Y")
_STATES = {
    "lu": (Flag.SEEN, True),
    "read": (Flag.SEEN, True),
    "non-lu": (Flag.SEEN, False),
    "nonlu": (Flag.SEEN, False),
    "unread": (Flag.SEEN, False),
    "suivi": (Flag.FLAGGED, True),
    "starred": (Flag.FLAGGED, True),
    "repondu": (Flag.ANSWERED, True),
    "answered": (Flag.ANSWERED, True),
}


@dataclass(frozen=True, slots=True)
class Query:
    """`match` is an FTS5 expression over sender, recipients, subject, body; empty for none.

    `flags` must be set, `without` must not. Dates are UTC seconds, 0 for none. `excluded` is an
    FTS5 expression whose matches are left out.
    """

    match: str = ""
    excluded: str = ""
    folder: str = ""
    flags: Flag = Flag.NONE
    without: Flag = Flag.NONE
    attachments: bool = False
    after: int = 0
    before: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing at all is asked."""
        return self == Query()


def parse(typed: str) -> Query:
    """The query of a search box's text."""
    words: list[str] = []
    excluded: list[str] = []
    fields: dict[str, object] = {}
    flags, without = Flag.NONE, Flag.NONE
    tokens = list(_TOKEN.finditer(typed[:1000]))[:64]
    for token in tokens:
        minus, name, phrase, word = token.groups()
        value = phrase if phrase is not None else (word or "")
        operator = fold(name or "")
        unfinished = token is tokens[-1] and phrase is None and not typed[-1:].isspace()
        if operator in ("est", "is") and (state := _STATES.get(fold(value))):
            flag, wanted = state
            flags, without = (flags | flag, without) if wanted else (flags, without | flag)
        elif operator in ("avec", "has"):
            fields["attachments"] = True
        elif operator in ("dossier", "folder") and value:
            fields["folder"] = fold(value)
        elif operator in ("avant", "before", "apres", "after"):
            fields["before" if operator in ("avant", "before") else "after"] = _moment(value)
        elif value in ("OU", "OR") and words and not minus and not operator:
            words.append("OR")
        else:
            column = _COLUMNS.get(operator, "")
            text = value if column or not name else f"{name} {value}"
            terms = _terms(text, column, phrase is not None, unfinished)
            (excluded if minus else words).extend(terms)
    return Query(
        match=_joined(words),
        excluded=" OR ".join(excluded),
        flags=flags,
        without=without,
        **fields,  # type: ignore[arg-type]  # the keys above are Query's own
    )


def _terms(text: str, column: str, phrase: bool, unfinished: bool) -> list[str]:
    """FTS5 strings: quoted, so that nothing typed is an operator of FTS5."""
    prefix = f"{column} : " if column else ""
    words = _WORD.findall(fold(text))
    if phrase:
        return [f'{prefix}"{" ".join(words)}"'] if words else []
    terms = [f'{prefix}"{word}"' for word in words]
    if terms and unfinished:
        terms[-1] += " *"
    return terms


def _joined(words: list[str]) -> str:
    """AND by default; an OR that stands between two terms binds them."""
    expression: list[str] = []
    for word in words:
        if word == "OR":
            if expression and expression[-1] != " OR ":
                expression.append(" OR ")
        else:
            if expression and expression[-1] != " OR ":
                expression.append(" AND ")
            expression.append(word)
    if expression and expression[-1] == " OR ":
        expression.pop()
    return "".join(expression)


def _moment(text: str) -> int:
    for form in _DATES:
        try:
            day: date = datetime.strptime(text, form).astimezone()
        except (ValueError, OverflowError, OSError):
            continue
        return max(0, int(datetime(day.year, day.month, day.day).astimezone().timestamp()))
    return 0
