"""What a fact about an académie is: a value, how sure it is, and who says so."""

from dataclasses import dataclass
from enum import StrEnum

from acterm.i18n import _
from acterm.server import Server


class Confidence(StrEnum):
    """How sure a fact is. Anything but CONFIRMED is shown with « à vérifier »."""

    CONFIRMED = "confirmed"
    SINGLE = "single"
    GUESS = "guess"

    @property
    def mark(self) -> str:
        """The words that go beside the fact; empty when several sources agree."""
        return "" if self is Confidence.CONFIRMED else _("to be checked")


def weakest(confidences: list[Confidence]) -> Confidence:
    """How sure one is of facts that are used together; GUESS when there is none."""
    order = list(Confidence)
    return max(confidences, key=order.index, default=Confidence.GUESS)


class LoginForm(StrEnum):
    """What a server takes as the login: the identifiant (clefevre) or the full address."""

    IDENTIFIANT = "identifiant"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class KnownServer:
    """A server that somebody has written down."""

    server: Server
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to get help. `kind` is stable, see `acterm.academy.helpdesk`.

    `week` says opening hours so that they can be reckoned with, see `acterm.academy.opening`.
    """

    kind: str
    value: str
    confidence: Confidence
    source: str
    week: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A mail system: `academique` or `nationale`.

    `application_password`: it takes one made in the webmail, not the person's own. A server that
    is None is in no source: it is asked, or probed.
    """

    key: str
    login: LoginForm
    confidence: Confidence
    source: str
    imap: KnownServer | None = None
    smtp: KnownServer | None = None
    contacts: tuple[Contact, ...] = ()
    application_password: bool = False

    @property
    def name(self) -> str:
        """The name of the mail system, for a list to choose from."""
        return _("National mail") if self.key == "nationale" else _("Academic mail")


@dataclass(frozen=True, slots=True)
class Academy:
    """One académie, known by the domain of its addresses. `confidence` is that of the whole.

    `replaced_by` is the domain of the académie that took over an old one's mailboxes.
    `reset_steps` are what its page for a lost password asks, after it is open: `link`, `identity`
    (NUMEN and birth date), `picture`, `mail`; empty when no source tells. `activation` is what the
    portal's menu calls the activation of a mailbox, by one source.
    """

    domain: str
    name: str
    confidence: Confidence
    source: str
    login: LoginForm | None = None
    profile: str = "academique"
    numen: str = ""
    replaced_by: str = ""
    reset_steps: tuple[str, ...] = ()
    activation: str = ""
    imap: KnownServer | None = None
    smtp: KnownServer | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Servers:
    """What serves an address, as far as it is known; None is to be asked or probed."""

    imap: Server | None
    smtp: Server | None
    login_form: LoginForm
    confidence: Confidence
    profile: Profile
