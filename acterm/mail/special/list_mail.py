"""Mail of a list or newsletter: its name, the ways out of it (RFC 2369, RFC 2919, RFC 8058)."""

import re
from dataclasses import dataclass

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.message import Message
from acterm.mail.signs.evidence import sender_of
from acterm.mail.special.parts import field

_MAX_FIELD = 8192
_MOST = 10
_ADDRESS = re.compile(r"<\s*((?:https?|mailto):[^<>]{1,2000}?)\s*>", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)
_ID = re.compile(r"<([^<>]{1,255})>\s*$")


@dataclass(frozen=True, slots=True)
class ListMail:
    """What the List-* fields say. `unsubscribe` and `post` are https: and mailto: addresses.

    `one_click`: the first https address leaves the list when it is posted to (RFC 8058).
    """

    name: str
    unsubscribe: tuple[str, ...] = ()
    post: str = ""
    archive: str = ""
    one_click: bool = False

    def words(self) -> str:
        """One sentence for a card."""
        if self.post:
            words = _("Sent through the list “{name}”: an answer to all goes to everybody on it.")
        elif self.unsubscribe:
            words = _("Sent to everybody on the list “{name}”, which can be left.")
        else:
            words = _("Sent to everybody on the list “{name}”.")
        return words.format(name=self.name)


def read(message: Message) -> ListMail | None:
    """What the List-* fields say; None for mail that has none."""
    identity, post = field(message, "list-id"), _addresses(field(message, "list-post"))
    unsubscribe = _addresses(field(message, "list-unsubscribe"))
    if not identity and not post and not unsubscribe:
        return None
    one_click = "one-click" in field(message, "list-unsubscribe-post").lower()
    archive = _addresses(field(message, "list-archive"))
    return ListMail(
        name=_name(identity) or sender_of(message).label,
        unsubscribe=unsubscribe,
        post=next((one for one in post if one.lower().startswith("mailto:")), ""),
        archive=archive[0] if archive else "",
        one_click=one_click and any(one.lower().startswith("https:") for one in unsubscribe),
    )


def _addresses(value: str) -> tuple[str, ...]:
    """The addresses between angle brackets, those that can be followed."""
    found = (clean_name("".join(one.split())) for one in _ADDRESS.findall(value[:_MAX_FIELD]))
    return tuple(dict.fromkeys(found))[:_MOST]


def _name(identity: str) -> str:
    """« La lettre », else the first label of the id (RFC 2919 §3); empty for a mere number."""
    found = _ID.search(identity[:_MAX_FIELD])
    phrase = identity[: found.start()].strip(' "') if found else identity.strip(' "<>')
    if _NUMBER.search(phrase or identity):
        return ""
    return clean_name(phrase or (found[1].partition(".")[0] if found else ""))[:200]
