"""What is typed into the search box, as a value. Never raises, however half-typed it is.

Words are AND'ed and the last one may be unfinished; `"exact phrase"`, `-word`, `OU` between two
words; operators in both languages, each also with `-` before: de:/from: à:/to: objet:/subject:
dossier:/folder: avec:/has:pj est:/is:lu|non-lu|suivi|répondu; avant:/before: (until the day
before), après:/after: (from that day on) a day, a month or a year. An operator whose value is
not yet typed asks nothing.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from acterm.mail.fold import fold, spelled_out
from acterm.mail.message import Flag

MAX_CHARACTERS = 1000
MAX_TOKENS = 64

_TOKEN = re.compile(r'(-?)(?:([^\W\d_]+):)?(?:"([^"]*)"?|([^\s"]\S*)?)')
_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w)", re.IGNORECASE)
_COLUMNS = {
    "de": "sender",
    "from": "sender",
    "a": "recipients",
    "to": "recipients",
    "objet": "subject",
    "subject": "subject",
}
_FOLDER = ("dossier", "folder")
_HAS = ("avec", "has")
_ATTACHMENT = ("pj", "piece-jointe", "pieces-jointes", "attachment")
_STATE = ("est", "is")
_STATES = {
    "lu": (Flag.SEEN, True),
    "read": (Flag.SEEN, True),
    "non-lu": (Flag.SEEN, False),
    "unread": (Flag.SEEN, False),
    "suivi": (Flag.FLAGGED, True),
    "starred": (Flag.FLAGGED, True),
    "repondu": (Flag.ANSWERED, True),
    "answered": (Flag.ANSWERED, True),
}
_BEFORE = ("avant", "before")
_AFTER = ("apres", "after")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%m/%Y", "%Y-%m", "%Y")


@dataclass(frozen=True, slots=True)
class Query:
    """`match` is an FTS5 expression over sender, recipients, subject, body; empty for none.

    `excluded` is one whose matches are left out. `flags` must be set, `without` must not.
    `folder` and `not_folder` are folded parts of a name. Dates are UTC seconds, 0 for none.
    """

    match: str = ""
    excluded: str = ""
    folder: str = ""
    not_folder: str = ""
    flags: Flag = Flag.NONE
    without: Flag = Flag.NONE
    attachments: bool | None = None
    after: int = 0
    before: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing at all is asked."""
        return self == Query()


@dataclass(slots=True)
class _Asked:
    """A query while it is being read. Each group of `words` is alternatives."""

    words: list[list[str]] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    either: bool = False
    folder: str = ""
    not_folder: str = ""
    flags: Flag = Flag.NONE
    without: Flag = Flag.NONE
    attachments: bool | None = None
    after: int = 0
    before: int = 0

    def add_term(self, term: str) -> None:
        """One more word to find, or one more way to say the last one after OU."""
        if self.either and self.words:
            self.words[-1].append(term)
        else:
            self.words.append([term])
        self.either = False

    def query(self) -> Query:
        """All that was asked."""
        groups = [" OR ".join(group) for group in self.words]
        return Query(
            match=" AND ".join(f"({group})" for group in groups),
            excluded=" OR ".join(self.excluded),
            folder=self.folder,
            not_folder=self.not_folder,
            flags=self.flags,
            without=self.without,
            attachments=self.attachments,
            after=self.after,
            before=self.before,
        )


def parse(typed: str) -> Query:
    """The query of a search box's text."""
    asked = _Asked()
    text = typed[:MAX_CHARACTERS]
    tokens = [token for token in _TOKEN.finditer(text) if token[0]][:MAX_TOKENS]
    for token in tokens:
        minus, name, phrase, word = token.groups(default="")
        exact = token[3] is not None
        unfinished = token is tokens[-1] and not exact and not text[-1].isspace()
        operator = fold(name)
        value = phrase or word
        if not _filter(asked, operator, value, minus == "-"):
            column = _COLUMNS.get(operator, "")
            words = value if column or not name else f"{name}:{value}"
            _word(asked, words, column, exact=exact, minus=minus == "-", unfinished=unfinished)
    return asked.query()


def _word(
    asked: _Asked, text: str, column: str, *, exact: bool, minus: bool, unfinished: bool
) -> None:
    if text in ("OU", "OR") and not (column or exact or minus):
        asked.either = True
        return
    term = _term(text, column, exact=exact, unfinished=unfinished)
    if term and minus:
        asked.excluded.append(term)
    elif term:
        asked.add_term(term)


def _term(text: str, column: str, *, exact: bool, unfinished: bool) -> str:
    """An FTS5 string: quoted, so that nothing typed is an operator of FTS5.

    A word with marks inside, like an address, is a phrase. The article of « l'école » is left
    out. One letter is too little to begin a word with; « CA » and a space is what it says.
    """
    plain = spelled_out(text)
    words = _WORD.findall(plain if exact else _ELISION.sub("", plain))
    if not words:
        return ""
    star = ""
    if unfinished and plain.endswith(words[-1]):
        if len(words[-1]) > 1:
            star = " *"
        elif len(words) > 1:
            words.pop()
    prefix = f"{column} : " if column else ""
    return f'{prefix}"{" ".join(words)}"{star}'


def _filter(asked: _Asked, operator: str, value: str, minus: bool) -> bool:
    """Whether the token was a condition on the mail itself; noted in `asked`."""
    wanted = fold(value)
    if operator in _FOLDER:
        if minus:
            asked.not_folder = wanted
        else:
            asked.folder = wanted
    elif operator in _HAS:
        if wanted and any(name.startswith(wanted) for name in _ATTACHMENT):
            asked.attachments = not minus
    elif operator in _STATE:
        if wanted in _STATES:
            flag, on = _STATES[wanted]
            if on != minus:
                asked.flags |= flag
            else:
                asked.without |= flag
    elif operator in _BEFORE:
        asked.before = _moment(value)
    elif operator in _AFTER:
        asked.after = _moment(value)
    else:
        return False
    return True


def _moment(text: str) -> int:
    """When a day, month or year begins here, in UTC seconds; 0 when it cannot be read."""
    for form in _DATES:
        try:
            return max(0, int(datetime.strptime(text, form).astimezone().timestamp()))
        except (ValueError, OverflowError, OSError):
            continue
    return 0
