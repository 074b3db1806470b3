"""Whether a domain vouches for a mail: its DKIM signature, checked with the key in DNS (RFC 6376).

The only action of reading that asks the network, and only when the person calls it: the domain
that signed learns that its key was asked for.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from acterm.errors import BadData, Unreachable
from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.parsing.header import addresses, unfolded
from acterm.mail.web.domains import registrable

if TYPE_CHECKING:
    from dns.resolver import Resolver

MAX_SOURCE = 64 << 20
_MOST_SIGNATURES = 5
_DEADLINE = 8.0
_WEAKEST_KEY = 1024
_MAX_HEADER = 1 << 20
_KEY = re.compile(rb"(?:^|;)\s*p\s*=\s*[^;\s]")


class Outcome(StrEnum):
    """What came of a check, the best first."""

    HOLDS = "holds"
    OTHER_DOMAIN = "other-domain"
    BROKEN = "broken"
    NO_KEY = "no-key"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class DkimCheck:
    """`domain` is who signed, `sender` the domain of From; `partly`: not the whole text is."""

    outcome: Outcome
    domain: str = ""
    sender: str = ""
    partly: bool = False

    def words(self) -> str:
        """One sentence, with what it does and does not prove."""
        words = {
            Outcome.HOLDS: _(
                "{domain} vouches for this mail: it comes from there and was not changed. "
                "Whether the person is honest, it does not say."
            ),
            Outcome.OTHER_DOMAIN: _(
                "The signature holds, but is that of {domain}, not of the sender’s {sender}: "
                "newsletters do so, and so do swindlers."
            ),
            Outcome.BROKEN: _(
                "The signature of {domain} does not hold: the mail was changed on its way, as "
                "lists and redirections do, or is a forgery."
            ),
            Outcome.NO_KEY: _(
                "{domain} publishes no key for this signature: it can neither be confirmed nor "
                "refuted."
            ),
            Outcome.UNSIGNED: _("This mail carries no signature of a domain: nothing to verify."),
        }[self.outcome]
        sentence = words.format(domain=self.domain, sender=self.sender)
        partly = _("Only the beginning of its text is signed.")
        return f"{sentence} {partly}" if self.partly else sentence


def verify(
    source: bytes, *, resolver: "Resolver | None" = None, deadline: float = _DEADLINE
) -> DkimCheck:
    """Check the signatures of a whole mail, byte for byte as it came; the best outcome counts.

    Asks DNS, `deadline` seconds a signature at most. Raises Unreachable when DNS does not answer,
    BadData for a mail that is too large.
    """
    if len(source) > MAX_SOURCE:
        raise BadData(_("The mail is too large for its signature to be verified."))
    import dkim

    sender = _sender(source)
    try:
        mail = dkim.DKIM(source, minkey=_WEAKEST_KEY)
    except (dkim.DKIMException, ValueError):
        return DkimCheck(Outcome.UNSIGNED, sender=sender)
    count = sum(1 for name, _value in mail.headers if name.lower() == b"dkim-signature")
    keys = _Keys(resolver, deadline)
    found = [_check(mail, number, keys, sender) for number in range(min(count, _MOST_SIGNATURES))]
    order = list(Outcome)
    nothing = DkimCheck(Outcome.UNSIGNED, sender=sender)
    return min(found, key=lambda one: order.index(one.outcome), default=nothing)


class _Keys:
    """The TXT records of keys, and whether the last one asked for was there."""

    def __init__(self, resolver: "Resolver | None", deadline: float) -> None:
        self._resolver = resolver
        self._deadline = deadline
        self.missing = False

    def record(self, name: bytes | str, timeout: float = 0) -> bytes | None:
        """The record as dkimpy wants it, None without one. Raises Unreachable."""
        import dns.exception
        import dns.resolver

        text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
        self.missing = True
        try:
            resolver = self._resolver or dns.resolver.Resolver()
            answer = resolver.resolve(text, "TXT", lifetime=self._deadline, search=False)
        except (
            dns.exception.Timeout,
            dns.resolver.NoNameservers,
            dns.resolver.NoResolverConfiguration,
            OSError,
        ) as problem:
            raise Unreachable(
                _("The domain name service does not answer."),
                _("Check the network, then verify again."),
            ) from problem
        except (dns.exception.DNSException, ValueError):
            return None
        record = next((b"".join(one.strings) for one in answer), b"")
        # Without a key it is withdrawn (RFC 6376 §3.6.1); Ed25519 ones dkimpy cannot use alone.
        self.missing = not _KEY.search(record) or b"ed25519" in record
        return record


def _check(mail: Any, number: int, keys: _Keys, sender: str) -> DkimCheck:
    """One signature. What dkimpy cannot work with does not hold."""
    import dkim

    try:
        holds = mail.verify(idx=number, dnsfunc=keys.record)
    except (dkim.DKIMException, ValueError, TypeError, LookupError):
        holds = False
    domain = clean_name((mail.domain or b"").decode("utf-8", "replace"))[:253].lower()
    if not holds:
        return DkimCheck(Outcome.NO_KEY if keys.missing else Outcome.BROKEN, domain, sender)
    own = bool(sender) and registrable(domain) == registrable(sender)
    outcome = Outcome.HOLDS if own else Outcome.OTHER_DOMAIN
    return DkimCheck(outcome, domain, sender, partly=b"l" in (mail.signature_fields or {}))


def _sender(source: bytes) -> str:
    """The domain of From; empty when there are several, of which a reader may show any."""
    head = source[:_MAX_HEADER].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    fields = re.findall(rb"(?im)^from[ \t]*:(.*(?:\n[ \t].*)*)", head)
    people = [one.domain for value in fields for one in addresses(unfolded(value))]
    return people[0] if len(people) == 1 else ""
