"""The sample mailbox: reads `mails/*.toml` and makes mails whose dates are relative to now.

The files are meant to be edited: `mails/README.md` tells what an entry may hold.
"""

import datetime
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import cached_property
from importlib.resources import files
from itertools import count
from typing import Any

from acterm.demo import building, event, moments
from acterm.demo.building import Piece
from acterm.demo.files import make
from acterm.demo.mailbox import Mailbox
from acterm.demo.quoting import STYLES, Quoted

ME = "Camille Lefèvre"
_FLAGS = {
    "suivi": "\\Flagged",
    "répondu": "\\Answered",
    "transféré": "$Forwarded",
    "brouillon": "\\Draft",
}
_NAMED = re.compile(r"\{\{id ([\w-]+)\}\}")
_MAILS = files("acterm.demo") / "mails"


@dataclass(frozen=True)
class Entry:
    """One `[[mail]]` of a file. Names of people stand for their addresses."""

    folder: str
    sender: str = ME
    subject: str = ""
    when: str = "0 min"
    to: tuple[str, ...] = (ME,)
    cc: tuple[str, ...] = ()
    id: str = ""
    re: str = ""
    quote: str = ""
    text: str = ""
    html: str = ""
    source: str = ""
    charset: str = "utf-8"
    declared: str = ""
    flowed: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    attach: tuple[dict[str, str], ...] = ()
    event: dict[str, str] = field(default_factory=dict)
    state: str = ""
    after: int = 0
    number: int = 0

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that the words of `state` mean; a mail is read when they do not say more."""
        words = [word.strip() for word in self.state.split(",") if word.strip()]
        seen = () if "non lu" in words else ("\\Seen",)
        return (*seen, *(_FLAGS[word] for word in words if word != "non lu"))


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready for a folder."""

    folder: str
    source: bytes
    flags: tuple[str, ...]
    received: float


class Sample:
    """All entries, as of `now`."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now

    @cached_property
    def folders(self) -> dict[str, str]:
        """Folder names in order, each with its special use."""
        return {self._filled(name): use for name, use in self._tables["folders"].items()}

    @cached_property
    def entries(self) -> list[Entry]:
        """Those of every file."""
        return list(self._read())

    @cached_property
    def _tables(self) -> dict[str, Any]:
        return tomllib.loads((_MAILS / "people.toml").read_text("utf-8"))

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries if entry.id}

    def mails(self) -> list[Mail]:
        """The mails that are there from the start, oldest first."""
        there = [self.made(entry) for entry in self.entries if not entry.after]
        return sorted(there, key=lambda mail: mail.received)

    def arrivals(self) -> list[Entry]:
        """The entries that come later, the soonest first."""
        return sorted((each for each in self.entries if each.after), key=lambda each: each.after)

    def made(self, entry: Entry) -> Mail:
        """The mail of an entry."""
        moment = self._moment(entry)
        if entry.source:
            written = entry.source.replace("{{moment}}", format_datetime(moment))
            written = _NAMED.sub(lambda found: self._message_id(self._by_id[found[1]]), written)
            source = self._filled(written).lstrip("\n").replace("\n", "\r\n").encode()
        else:
            body = self._body(entry)
            source = Piece((*self._fields(entry), *body.fields), body.body).octets
        return Mail(self._filled(entry.folder), source, entry.flags, moment.timestamp())

    def _read(self) -> Iterator[Entry]:
        numbers = count()
        for file in sorted(_MAILS.iterdir(), key=lambda each: each.name):
            if not file.name.endswith(".toml") or file.name == "people.toml":
                continue
            tables = tomllib.loads(file.read_text("utf-8"))
            for table in tables["mail"]:
                sender = table.pop("from", ME)
                number = next(numbers)
                usual = {"folder": tables["folder"], "sender": sender, "number": number}
                yield Entry(**usual | table)

    def _filled(self, text: str) -> str:
        return moments.filled(text, self.now.date())

    def _moment(self, entry: Entry) -> datetime.datetime:
        return moments.ago(entry.when, self.now)

    def _address(self, name: str) -> tuple[str, str]:
        """Name and address; people of the académie have theirs from their name."""
        if found := re.fullmatch(r"(.*?) ?<(.*)>", name):
            return found[1], found[2]
        if name in self._tables["people"]:
            return name, self._tables["people"][name]
        folded = unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode()
        return name, ".".join(folded.replace("'", "").split()) + "@ac-amiens.fr"

    def _people(self, names: tuple[str, ...], charset: str) -> str:
        groups = self._tables["groups"]
        everyone = [one for name in names for one in groups.get(name, [name])]
        people = [building.person(*self._address(name), charset) for name in everyone]
        return ",\r\n ".join(people)

    def _message_id(self, entry: Entry) -> str:
        moment, domain = self._moment(entry), self._address(entry.sender)[1].partition("@")[2]
        number = entry.id or f"{entry.number:03}"
        return f"<{number}.{moment:%Y%m%d%H%M}@{domain}>"

    def _references(self, entry: Entry) -> list[str]:
        if not entry.re:
            return []
        parent = self._by_id[entry.re]
        return [*self._references(parent), self._message_id(parent)]

    def _subject(self, entry: Entry) -> str:
        if entry.subject or not entry.re:
            return self._filled(entry.subject)
        before = self._subject(self._by_id[entry.re])
        return before if before[:2].lower() == "re" else f"Re: {before}"

    def _fields(self, entry: Entry) -> list[tuple[str, str]]:
        moment, charset = self._moment(entry), entry.charset
        fields = [
            ("Return-Path", f"<{self._address(entry.sender)[1]}>"),
            ("Received", _received(moment)),
            ("Date", format_datetime(moment)),
            ("From", self._people((entry.sender,), charset)),
            ("To", self._people(entry.to, charset)),
            ("Subject", building.words(self._subject(entry), charset)),
            ("Message-ID", self._message_id(entry)),
            ("MIME-Version", "1.0"),
        ]
        if entry.cc:
            fields.insert(5, ("Cc", self._people(entry.cc, charset)))
        if references := self._references(entry):
            fields += [("In-Reply-To", references[-1]), ("References", "\r\n ".join(references))]
        kept = [each for each in fields if each[0] not in entry.headers and each[1]]
        given = [(name, self._filled(value)) for name, value in entry.headers.items() if value]
        return kept + [(name, building.words(value)) for name, value in given]

    def _text(self, entry: Entry) -> str:
        """What the person wrote, then what the mail program quoted."""
        written = self._filled(entry.text).strip("\n")
        if not entry.quote:
            return written
        parent = self._by_id[entry.re]
        quoted = Quoted(
            *self._address(parent.sender),
            to="; ".join(parent.to),
            subject=self._subject(parent),
            moment=self._moment(parent),
            text=self._text(parent),
        )
        return f"{written}\n\n{STYLES[entry.quote](quoted)}"

    def _body(self, entry: Entry) -> Piece:
        charset, declared = entry.charset, entry.declared
        faces = []
        if entry.text or not entry.html:
            written = self._text(entry) + "\n"
            kind = "text/plain; format=flowed" if entry.flowed else "text/plain"
            faces.append(building.text(written, kind, charset=charset, declared=declared))
        if entry.html:
            page = self._page(entry.html)
            faces.append(building.text(page, "text/html", charset=charset, declared=declared))
        if entry.event:
            kind = f"text/calendar; method={event.method(entry.event)}"
            faces.append(building.text(self._calendar(entry), kind, charset="utf-8"))
        attached = [self._attachment(each) for each in entry.attach]
        inline = [piece for piece, shown in attached if shown]
        body = building.multipart("related", [building.multipart("alternative", faces), *inline])
        apart = [piece for piece, shown in attached if not shown]
        return building.multipart("mixed", [body, *apart])

    def _page(self, html: str) -> str:
        """The HTML itself, or the file that `@name.html` names."""
        page = (_MAILS / html[1:].strip()).read_text("utf-8") if html.startswith("@") else html
        return self._filled(page)

    def _attachment(self, table: dict[str, str]) -> tuple[Piece, bool]:
        name, inline = self._filled(table["name"]), table.get("inline", "")
        text = self._filled(table.get("text", ""))
        kind, content = make(name, self._filled(table.get("title", "")), text)
        piece = building.attachment(name, table.get("type", kind), content, inline=inline)
        return piece, bool(inline)

    def _calendar(self, entry: Entry) -> str:
        """An invitation; `event` has title, day (« +6 »), start, end, place."""
        day = self._filled("{{compact " + entry.event["day"] + "}}")
        return event.calendar(
            entry.event,
            uid=entry.event.get("uid") or entry.id or day,
            day=day,
            stamp=self._moment(entry),
            organiser=self._address(entry.sender),
            guest=self._address(ME),
        )


def _received(moment: datetime.datetime) -> str:
    return (
        f"from relais.ac-amiens.fr (relais.ac-amiens.fr [192.0.2.25])\r\n"
        f" by imap.ac-amiens.fr with ESMTPS id {moment:%H%M%S%d};\r\n {format_datetime(moment)}"
    )


def fill(mailbox: Mailbox, sample: Sample) -> None:
    """Put folders and mails into an empty mailbox."""
    for name, use in sample.folders.items():
        mailbox.create(name, use)
    for mail in sample.mails():
        mailbox.folders[mail.folder].append(mail.source, mail.flags, mail.received)
