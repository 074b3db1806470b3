"""Before sending: a NUMEN or the password inside, a crowd in To, a forgotten attachment."""

import html
import re
from dataclasses import dataclass

from acterm.academy import numen
from acterm.i18n import _, ngettext
from acterm.mail.draft import Draft, Recipients
from acterm.mail.parsing.mime import parse, part
from acterm.secret import Secret

CROWD = 20
_TAG = re.compile(r"<[^<>]*>")
_ATTACHMENT_WORDS = re.compile(
    r"\b(ci[- ]joint(?:e?s?)|pi[èe]ces? jointes?|en pj\b|(?:je|nous) (?:vous )?joi(?:ns|gnons)"
    r"|attached|enclosed|attachment)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Concern:
    """Something worth a look before sending, in one sentence. `code` names it for the tests."""

    code: str
    text: str


def secrets_in(source: bytes, password: Secret | None) -> list[str]:
    """One sentence for each secret in subject, body or text attachments; none: it may go.

    The account's password is looked for as it is written; a NUMEN in its form (DOMAIN §2.1).
    """
    text = "\n".join(_texts(source))
    found = []
    if numen.find(text):
        found.append(_("The mail contains a NUMEN: it is confidential and never goes into a mail."))
    if password and _contains(text, password.reveal()):
        found.append(_("The mail contains your password: nobody needs it, not even the académie."))
    return found


def concerns(draft: Draft, people: Recipients) -> tuple[Concern, ...]:
    """What a colleague would ask before this mail leaves. None of it forbids sending."""
    found = []
    if not draft.subject.strip():
        found.append(Concern("no-subject", _("The mail has no subject.")))
    if not draft.attachments and _ATTACHMENT_WORDS.search(_own_words(draft.body)):
        found.append(
            Concern("no-attachment", _("You mention an attachment, but none is attached."))
        )
    visible = len(people.to) + len(people.cc)
    if visible > CROWD:
        found.append(
            Concern(
                "crowd",
                ngettext(
                    "{count} person will see everyone’s address; Bcc hides them.",
                    "{count} people will see everyone’s address; Bcc hides them.",
                    visible,
                ).format(count=visible),
            )
        )
    return tuple(found)


def _own_words(body: str) -> str:
    return "\n".join(line for line in body.split("\n") if not line.startswith(">"))


def _contains(text: str, password: str) -> bool:
    """Short passwords only as words of their own, so that "ab" does not hold back every mail."""
    if len(password) >= 8:
        return password in text
    return re.search(rf"(?<!\w){re.escape(password)}(?!\w)", text) is not None


def _texts(source: bytes) -> list[str]:
    """Everything in the mail that a person could read, decoded."""
    message = parse(source)
    texts = [message.subject, message.plain or ""]
    if message.html:
        texts.append(html.unescape(_TAG.sub("", message.html)))
    for attachment in message.attachments:
        if attachment.type.startswith("text/") or attachment.type == "message/rfc822":
            data = part(source, attachment.section)
            if attachment.type == "message/rfc822":
                texts += _texts(data)
            else:
                texts.append(_decoded(data))
    return texts


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
