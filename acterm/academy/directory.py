"""Who serves this address, how sure that is, and which hosts are official."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from acterm.academy.facts import (
    Academy,
    Confidence,
    Contact,
    KnownServer,
    LoginForm,
    Profile,
    Servers,
    weakest,
)
from acterm.server import Security, Server

ACADEMIC, NATIONAL = "academique", "nationale"
_PLAIN_URL = re.compile(
    r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[0-9]+)?(?:[/?#]|\Z)",
    re.IGNORECASE | re.ASCII,
)


def official_domains() -> frozenset[str]:
    """The registered domains of the Éducation nationale, lower case."""
    return frozenset(_facts()["official"]["domains"])


@lru_cache(maxsize=4096)
def is_official_host(host: str) -> bool:
    """Whether the host is one of the official domains or lies below one of them."""
    name = host.lower().rstrip(".")
    if name.endswith(tuple(_facts()["official"]["suffixes"])):
        return True
    official = _facts()["official"]["domains"]
    return any(name == domain or name.endswith("." + domain) for domain in official)


def is_national(host: str) -> bool:
    """Whether this receiving server is that of the national mail."""
    known = profiles()[NATIONAL].imap
    return known is not None and host.lower() == known.server.host


def is_official_page(url: str) -> bool:
    """Whether a browser goes to an official host by this address, however it reads it.

    Nothing before the host, no sign that browsers and libraries read differently (WHATWG URL).
    """
    match = _PLAIN_URL.match(url)
    return match is not None and is_official_host(match["host"])


def academy_of(address: str) -> Academy | None:
    """The académie of an address, by its domain."""
    return academies().get(_domain(address))


def in_charge(domain: str) -> Academy | None:
    """The académie that serves a domain today, which may be the one that took an old one over."""
    academy = academies().get(domain)
    return academies()[academy.replaced_by] if academy and academy.replaced_by else academy


def academy_of_code(code: str) -> Academy | None:
    """The académie whose number a NUMEN begins with; None for one that no source names."""
    return next((one for one in academies().values() if code and one.numen == code), None)


def academy_named(words: str) -> Academy | None:
    """The académie that a person names, by its name, its domain or an address."""
    if (found := academy_of(words) or academies().get(words.strip().lower())) is not None:
        return found
    wanted = _folded(words)
    for academy in academies().values():
        name = _folded(academy.name)
        if wanted in (name, _folded(academy.domain.removeprefix("ac-").removesuffix(".fr"))):
            return academy
        if wanted.endswith(" " + name) and wanted.startswith("academie "):
            return academy
    return None


def servers_for(address: str, profile: str = "") -> Servers:
    """Who serves an address, in the mail system that is chosen, else in that of its académie."""
    academy = in_charge(_domain(address))
    chosen = profiles()[profile or (academy.profile if academy else ACADEMIC)]
    if chosen.key == NATIONAL:
        imap, smtp, form = chosen.imap, chosen.smtp, chosen.login
    elif academy is None:
        imap, smtp, form = None, None, _usual_form(address)
    else:
        imap, smtp, form = academy.imap, academy.smtp, academy.login or chosen.login
    return Servers(
        imap=imap.server if imap else None,
        smtp=smtp.server if smtp else None,
        login_form=form,
        confidence=weakest([known.confidence for known in (imap, smtp) if known]),
        profile=chosen,
    )


def profiles() -> Mapping[str, Profile]:
    """The two mail systems by key: `academique` and `nationale`."""
    return _profiles()


def academies() -> Mapping[str, Academy]:
    """Every académie that is known, by its domain."""
    return _academies()


def probe_hosts(domain: str) -> tuple[tuple[Server, ...], tuple[Server, ...]]:
    """(IMAP, SMTP) servers worth a trial for a domain, the likeliest first. Not facts."""
    academy = in_charge(domain.lower())
    return _candidates("imap", domain, academy), _candidates("smtp", domain, academy)


def _candidates(kind: str, domain: str, academy: Academy | None) -> tuple[Server, ...]:
    """The usual hosts; for IMAP also that of a webmail which no pattern covers."""
    rules = _facts()["probe"]
    hosts = [host.format(domain=academy.domain if academy else domain) for host in rules[kind]]
    if kind == "imap" and academy:
        hosts += [host for host in _webmails(academy) if host not in hosts]
    return tuple(
        Server(host, entry["port"], Security(entry["security"]))
        for host in hosts
        for entry in rules[f"{kind}_ports"]
    )


def _webmails(academy: Academy) -> list[str]:
    pages = [contact.value for contact in academy.contacts if contact.kind == "webmail"]
    return [page.split("/")[2] for page in pages]


def _usual_form(address: str) -> LoginForm:
    """Outside the Éducation nationale a login is mostly the address."""
    return LoginForm.IDENTIFIANT if _domain(address).startswith("ac-") else LoginForm.ADDRESS


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip().lower().rstrip(".") if "@" in address else ""


def _folded(words: str) -> str:
    """Words in lower case, without accents, hyphens and apostrophes."""
    plain = "".join(
        character if character.isalnum() else " "
        for character in unicodedata.normalize("NFD", words.lower())
        if not unicodedata.combining(character)
    )
    return " ".join(plain.split())


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("academies.toml").read_text("utf-8"))


@cache
def _profiles() -> Mapping[str, Profile]:
    return {
        key: Profile(
            key=key,
            login=LoginForm(table["login"]),
            application_password=table.get("application_password", False),
            confidence=Confidence(table["confidence"]),
            source=table["source"],
            imap=_server(table.get("imap")),
            smtp=_server(table.get("smtp")),
            contacts=_contacts(table),
        )
        for key, table in _facts()["profiles"].items()
    }


@cache
def _academies() -> Mapping[str, Academy]:
    return {domain: _academy(domain, table) for domain, table in _facts()["academies"].items()}


def _academy(domain: str, table: Mapping[str, Any]) -> Academy:
    return Academy(
        domain=domain,
        name=table["name"],
        confidence=Confidence(table["confidence"]),
        source=table["source"],
        login=LoginForm(table["login"]) if "login" in table else None,
        profile=table.get("profile", ACADEMIC),
        numen=table.get("numen", ""),
        replaced_by=table.get("replaced_by", ""),
        reset_steps=tuple(table.get("reset_steps", ())),
        activation=table.get("activation", ""),
        imap=_server(table.get("imap")),
        smtp=_server(table.get("smtp")),
        contacts=_contacts(table),
    )


def _server(table: Mapping[str, Any] | None) -> KnownServer | None:
    if table is None:
        return None
    return KnownServer(
        Server(table["host"], table["port"], Security(table["security"])),
        Confidence(table["confidence"]),
        table["source"],
    )


def _contacts(table: Mapping[str, Any]) -> tuple[Contact, ...]:
    return tuple(
        Contact(
            entry["kind"],
            entry["value"],
            Confidence(entry["confidence"]),
            entry["source"],
            entry.get("week", ""),
        )
        for entry in table.get("contacts", ())
    )
