"""What the signs of a mail are read from: its own words folded, whose domain, where links end."""

import re
from dataclasses import dataclass
from functools import cached_property

from acterm.academy import directory
from acterm.mail.address import Address
from acterm.mail.fold import fold
from acterm.mail.message import Message, Rendered
from acterm.mail.signs import brands, ground
from acterm.mail.signs.authentication import failed_methods
from acterm.mail.signs.bulk import is_bulk, is_through_list
from acterm.mail.signs.offices import is_nameless
from acterm.mail.signs.scripts import plain
from acterm.mail.special.parts import field
from acterm.mail.web.domains import registrable
from acterm.mail.web.links import same_site

# Ten pages: whoever wants something says it before, and fifty searches read all of it.
_MAX_TEXT = 25_000
_MAX_HTML = 2_000_000
_MOST_LINKS = 300
_SHORTEST_NAME = 4
_BUTTON = re.compile(r"[^\W\d_][\w'’ :«»?!-]{1,60}")
_URL = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s/]{1,253}\.\w{2,63}/\S*")
_PROGRAM = re.compile(r"(?:postmaster|mailer-daemon|double-bounce)@", re.IGNORECASE)
# Offices write to themselves, with everybody else in Bcc; people hardly do.
_PERSON = re.compile(r"(?!ce\.)[a-z-]{2,}\.[a-z-]{2,}\d{0,2}@")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")

FREE_MAIL = frozenset(
    [
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr"),
        *("live.fr", "live.com", "msn.com", "yahoo.com", "yahoo.fr", "ymail.com", "laposte.net"),
        *("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr"),
        *("gmx.com", "gmx.fr", "proton.me", "protonmail.com", "icloud.com", "me.com", "aol.com"),
        *("mail.com", "yandex.com", "yandex.ru", "mail.ru", "tutanota.com", "zoho.com", "pm.me"),
        *("gmx.net", "gmx.de", "outlook.be", "hotmail.be", "yahoo.co.uk", "hotmail.co.uk"),
        *("protonmail.ch", "tuta.io", "tuta.com", "inbox.lv", "rocketmail.com", "mailo.com"),
        *("aliceadsl.fr", "club-internet.fr", "cegetel.net", "noos.fr", "zohomail.com"),
    ]
)
# Providers with the same name in every country: outlook.es, yahoo.ca.
_PROVIDERS = frozenset(["gmail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "gmx"])


def is_free(domain: str) -> bool:
    """Whether anybody gets an address of this domain in a minute."""
    name, _dot, ending = domain.partition(".")
    return domain in FREE_MAIL or (name in _PROVIDERS and ending.count(".") < 2)


def is_anybodys(sender: Address) -> bool:
    """Whether anybody gets such an address; nobody gets that of the provider's own programs."""
    return is_free(sender.domain) and not _PROGRAM.match(sender.address)


@dataclass(frozen=True)
class Evidence:
    """A mail with what several signs look at.

    `border` is the own server's authserv-id, `acquainted` whether one has written to the sender.
    """

    message: Message
    rendered: Rendered
    border: str = ""
    acquainted: bool = False

    @cached_property
    def said(self) -> str:
        """Subject and the writer's own words: lower case, no accents, no hidden characters."""
        own = " ".join(line.text for line in self.rendered.lines if not line.quote)
        return " ".join(fold(plain(f"{self.message.subject}. {own[:_MAX_TEXT]}")).split())

    @cached_property
    def text(self) -> str:
        """The same without addresses, whose dots are no ends of sentences."""
        return _ADDRESS.sub("@", self.said)

    @cached_property
    def claimed(self) -> str:
        """That with the sender's name before it."""
        return f"{self._name}. {self.text}"

    @cached_property
    def page(self) -> str:
        """The HTML as written, in lower case."""
        return (self.message.html or "")[:_MAX_HTML].lower()

    @cached_property
    def domain(self) -> str:
        """The domain of the first sender."""
        return sender_of(self.message).domain

    @cached_property
    def free(self) -> bool:
        """Whether the sender's address is one that anybody gets in a minute."""
        return is_anybodys(sender_of(self.message))

    @cached_property
    def bulk(self) -> bool:
        """Whether the mail went to many at once, from somebody who can be told.

        Any mailing service writes the fields of bulk, for swindlers too: they count with a list's
        own address, or with a sender whose domain or links bear the name that writes.
        """
        if not is_bulk(self.message):
            return False
        if directory.is_official_host(self.domain) or is_through_list(self.message):
            return True
        told = self.named_alike or self.spoken_of or brands.is_known_house(self.domain)
        return not self.free and not ground.is_lure(self.label) and (told or not self.strange)

    @cached_property
    def report(self) -> bool:
        """Whether a mail server tells what became of a mail; such text has no buttons."""
        if self.button:
            return False
        kind = field(self.message, "content-type").lower()
        if kind.startswith("multipart/report"):
            return True
        by_itself = field(self.message, "auto-submitted").lower() not in ("", "no")
        by_itself = by_itself or field(self.message, "return-path").strip() == "<>"
        return by_itself and bool(_PROGRAM.match(sender_of(self.message).address))

    @cached_property
    def contradicted(self) -> bool:
        """Whether something else in the mail speaks against the address in From."""
        if failed_methods(self.message, self.border):
            return True
        others = [one.domain for one in self.message.reply_to if one.domain]
        if any(is_free(one) and not same_site(one, self.domain) for one in others):
            return True
        sender = sender_of(self.message).address.lower()
        if _PERSON.match(sender) and sender in (one.address.lower() for one in self.message.to):
            return True
        found = _ADDRESS.search(field(self.message, "return-path"))
        back = found[1].lower() if found else ""
        return bool(back) and not self.bulk and is_free(back) and not self.free

    @cached_property
    def official(self) -> bool:
        """From a domain of the Éducation nationale, with nothing against it."""
        return directory.is_official_host(self.domain) and not self.contradicted

    @cached_property
    def trusted(self) -> bool:
        """Official, or from the domain of a house that writes to many people, in its own name."""
        known = not self.free and brands.is_known_house(self.domain)
        return self.official or (known and not self.contradicted)

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The hosts where the links to the web end, the redirector's when it does not say."""
        links = [link for link in self.rendered.links[:_MOST_LINKS] if _is_web(link.url)]
        return tuple(dict.fromkeys(link.target_host or link.host for link in links))

    @cached_property
    def strange(self) -> tuple[str, ...]:
        """Those of `ends` that are neither official nor a known house's own pages."""
        return tuple(host for host in self.ends if host and is_strange(host))

    @cached_property
    def elsewhere(self) -> tuple[str, ...]:
        """Those of `strange` that are not the sender's own: neither foncia.fr nor myfoncia.fr."""
        return tuple(host for host in self.strange if not self._is_own(host))

    def _is_own(self, host: str) -> bool:
        one, other = sorted((self.label, registrable(host).partition(".")[0]), key=len)
        kin = len(one) > _SHORTEST_NAME and one in other and not self.free
        return kin or same_site(host, self.domain)

    @cached_property
    def label(self) -> str:
        """What the sender's domain is named after: `ac-amiens` of `ac-amiens.fr`."""
        return registrable(self.domain).partition(".")[0] if self.domain else ""

    @cached_property
    def named_alike(self) -> bool:
        """Whether the domain bears the sender's name: Le Monde at lemonde.fr."""
        label, name = self.label.replace("-", ""), re.sub(r"[^a-z0-9]", "", self._name)
        shorter, longer = sorted((label, name), key=len)
        words = [word for word in self.label.split("-") if len(word) >= _SHORTEST_NAME]
        alike = len(shorter) >= _SHORTEST_NAME and shorter in longer
        return not self.free and (alike or (len(words) > 1 and all(w in name for w in words)))

    @cached_property
    def at_home(self) -> bool:
        """Whether the links stay with the sender, whose domain is made of no bait words."""
        honest = not self.free and not ground.is_lure(self.label)
        return honest and not self.elsewhere

    @cached_property
    def bare(self) -> str:
        """The text without the links in it."""
        return _URL.sub(" ", self.text)

    @cached_property
    def spoken_of(self) -> bool:
        """Whether the mail names the sites of its strange links: Digipad, of digipad.app."""
        own = sender_of(self.message).address.partition("@")[0]
        said = re.sub(r"[^a-z0-9]", "", f"{own} {_URL.sub(' ', self.claimed)}".lower())
        names = [registrable(host).partition(".")[0].replace("-", "") for host in self.strange]
        return bool(names) and all(
            len(name) > _SHORTEST_NAME and name in said and not ground.is_lure(name)
            for name in names
        )

    @cached_property
    def nameless(self) -> bool:
        """Whether neither the sender's name nor the text says which house writes."""
        words = re.findall(r"[a-z]{4,}", self.label)
        said = any(word in self.text.split("http")[0] and not is_nameless(word) for word in words)
        return bool(self._name) and is_nameless(self._name) and not said

    @cached_property
    def _name(self) -> str:
        return fold(plain(sender_of(self.message).name[:200])).strip()

    @cached_property
    def button(self) -> bool:
        """Whether a few words, and no address, are the link to a strange page."""
        return any(
            _BUTTON.fullmatch(link.text) is not None
            for link in self.rendered.links[:_MOST_LINKS]
            if (link.target_host or link.host) in self.strange
        )

    @cached_property
    def pages(self) -> bool:
        """Whether a web page is attached."""
        return any(
            item.name.lower().endswith((".html", ".htm", ".shtml", ".xhtml", ".svg"))
            for item in self.message.attachments
        )


def sender_of(message: Message) -> Address:
    """The first sender with a whole address: a comma in a name splits it."""
    people = message.sender or (Address("", ""),)
    return next((one for one in people if one.domain), people[0])


def is_strange(host: str) -> bool:
    """Whether a host is neither official nor a known house's own."""
    if directory.is_official_host(host):
        return False
    return not brands.is_known_house(host) or ground.is_open_ground(host)


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http:", "https:"))
