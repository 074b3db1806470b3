"""A mail that came back: for whom, why, whether trying again helps (RFC 3464)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from acterm.i18n import _, ngettext
from acterm.mail.clean import clean, clean_name
from acterm.mail.message import Message
from acterm.mail.parsing.header import decode, message_id
from acterm.mail.special.bounce_reasons import reason
from acterm.mail.special.parts import PartOf, field, fields_of, of_type, text_of

_MOST_NAMED = 3
_MOST_RECIPIENTS = 200
_MAX_SAID = 500
_FROM_SERVER = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|bounces?|double-bounce|maildelivery"
    r"|microsoftexchange\w*|post_master|mail[. ]delivery[. ](?:system"
    r"|subsystem))(?:[+_.-][^@]*)?(?:@|$)",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"undeliver|error sending your mail|return(?:ed|ing) (?:mail|to sender)"
    r"|delivery (?:status(?: notification)?|failure|failed|has failed"
    r"|problem|error|report)|failure notice|mail (?:delivery|system) (?:failed|error|failure)"
    r"|could ?n.t be delivered|not be delivered|non remis|non distribu|echec de (?:la )?remise"
    r"|échec de (?:la )?(?:remise|distribution)|impossible de remettre|retour de courrier"
    r"|message (?:delayed|undeliverable)|warning: (?:could not send|message .{1,40} delayed)"
    r"|delayed mail|remise diff[ée]r[ée]e|unzustellbar",
    re.IGNORECASE,
)
# A person's own answering machine, whatever the subject that it repeats.
_AWAY = re.compile(
    r"^(?:r[ée]ponse automatique|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|absen[ct]"
    r"|out of (?:the )?office|abwesenheit)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"delay|will (?:be )?retr|will keep trying|still being|not yet been|warning|sera retent", re.I
)
_GIVEN_UP = re.compile(
    r"giving up|given up|not going to try again|in the queue too long|permanent (?:error|failure)"
    r"|cannot send message for|abandon",
    re.I,
)
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# Where old servers put the mail itself, whose words are not theirs.
_COPY = re.compile(
    r"^-{2,} *(?:this is a copy|below this line|original message|message d.origine).*",
    re.IGNORECASE | re.MULTILINE,
)
# Of several recipients the worst outcome is told.
_ORDER = {"failed": 0, "delayed": 2, "relayed": 3, "expanded": 4, "delivered": 5}


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a server reports of a mail one sent.

    `reason` is a sentence in the person's language, `said` the server's own words, `code` the
    enhanced status (RFC 3463) when it gives one. `permanent` tells that nothing more is tried;
    `delivered` that the report is good news. `message_id` names the mail it is about.
    """

    recipients: tuple[str, ...]
    reason: str
    code: str = ""
    permanent: bool = True
    said: str = ""
    delivered: bool = False
    message_id: str = ""
    subject: str = ""

    def words(self) -> str:
        """One sentence for a card."""
        people = ", ".join(self.recipients[:_MOST_NAMED]) or _("the recipient")
        more = len(self.recipients) - _MOST_NAMED
        if more > 0:
            words = ngettext("{people} and {count} more", "{people} and {count} more", more)
            people = words.format(people=people, count=more)
        if self.delivered:
            return _("The mail to {people} has arrived.").format(people=people)
        if self.permanent:
            words = _("The mail to {people} did not arrive: {reason}")
        else:
            words = _("The mail to {people} has not arrived yet, the server tries again: {reason}")
        return words.format(people=people, reason=self.reason)


def read(message: Message, part: PartOf) -> Bounce | None:
    """The report in a mail, None when it is none; without its machine-readable part, its text."""
    sent = _original(message, part)
    for item in of_type(message, "message/delivery-status", "message/global-delivery-status"):
        text = text_of(item, part)
        found = _from_status(text, sent) if text else None
        if found is not None:
            return found
    return _from_text(message, sent) if _looks_returned(message) else None


def _from_status(text: str, sent: tuple[str, str]) -> Bounce | None:
    """From the groups of fields, one a recipient (RFC 3464 §2)."""
    groups = [group for group in _groups(text) if "action" in group or "status" in group]
    if not groups:
        return None
    worst = min(groups, key=_outcome)
    action = _word(worst, "action")
    same = [group for group in groups if _outcome(group) == _outcome(worst)]
    said = " ".join(worst.get("diagnostic-code", "").partition(";")[2].split())
    said = clean(said or worst.get("diagnostic-code", ""), line=True)[:_MAX_SAID].strip()
    status = _CODE.search(worst.get("status", ""))
    better = _CODE.search(said)
    code = status[1] if status else ""
    if better and (not code or code.endswith(".0.0")):
        code = better[1]
    return Bounce(
        recipients=_people(same),
        reason=reason(code, said, waits=action == "delayed"),
        code=code,
        permanent=action == "failed" or (action not in _ORDER and not code.startswith("4")),
        said=said,
        delivered=action in ("delivered", "relayed", "expanded"),
        message_id=sent[0],
        subject=sent[1],
    )


def _outcome(group: Mapping[str, str]) -> int:
    return _ORDER.get(_word(group, "action"), 1)


def _people(groups: list[Mapping[str, str]]) -> tuple[str, ...]:
    found = []
    for group in groups[:_MOST_RECIPIENTS]:
        value = group.get("original-recipient") or group.get("final-recipient", "")
        address = clean_name(value.partition(";")[2] or value).strip("<> ")
        if address:
            found.append(address)
    return tuple(dict.fromkeys(found))


def _from_text(message: Message, sent: tuple[str, str]) -> Bounce:
    """From the words alone, as old servers report."""
    text = _COPY.split((message.plain or message.html or "")[:20_000])[0]
    code, reply = _CODE.search(text), _REPLY.search(text)
    line = next(
        (line for line in text.split("\n") if _CODE.search(line) or _REPLY.search(line)), ""
    )
    klass = code[1][0] if code else (reply[1] if reply else "")
    told = f"{message.subject}\n{text}"
    final = klass == "5" or bool(_GIVEN_UP.search(told))
    waits = not final and (klass == "4" or bool(_LATER.search(told)))
    return Bounce(
        recipients=_people_named(message, text, sent[0]),
        reason=reason(code[1] if code else "", line or text[:4000], waits=waits),
        code=code[1] if code else "",
        permanent=not waits,
        said=clean(line, line=True).strip()[:_MAX_SAID],
        message_id=sent[0],
        subject=sent[1],
    )


def _people_named(message: Message, text: str, sent: str) -> tuple[str, ...]:
    """Those of X-Failed-Recipients, else the first stranger of the text."""
    if failed := _ADDRESS.findall(field(message, "x-failed-recipients")):
        return tuple(dict.fromkeys(failed[:_MOST_RECIPIENTS]))
    known = {one.address.lower() for one in (*message.sender, *message.to)}
    named = (clean_name(one) for one in _ADDRESS.findall(text))
    return tuple(one for one in named if one.lower() not in known and one != sent)[:1]


def _looks_returned(message: Message) -> bool:
    kind = field(message, "content-type").lower()
    if "delivery-status" in kind and kind.startswith("multipart/report"):
        return True
    server = any(_FROM_SERVER.match(one.address or one.name) for one in message.sender)
    empty = field(message, "return-path").strip() == "<>"
    failed = bool(field(message, "x-failed-recipients"))
    returned = bool(_RETURNED.search(message.subject)) and not _AWAY.search(message.subject)
    return failed or ((server or empty) and returned)


def _original(message: Message, part: PartOf) -> tuple[str, str]:
    """Message-ID and subject of the mail that came back."""
    for item in of_type(
        message, "text/rfc822-headers", "message/rfc822", "message/rfc822-headers", "message/global"
    ):
        data = part(item.section)
        if data is None:
            continue
        fields = fields_of(data[: 1 << 16].decode("latin-1"))
        raw = fields.get("message-id", "").encode("latin-1", "replace")
        return message_id(raw) if raw else "", decode(fields.get("subject", "").encode("latin-1"))
    return "", ""


def _groups(text: str) -> Iterator[Mapping[str, str]]:
    for block in re.split(r"\n[ \t]*\n", text.replace("\r", "")):
        fields = fields_of(block)
        if fields:
            yield fields


def _word(group: Mapping[str, str], name: str) -> str:
    return group.get(name, "").strip().lower().split(" ")[0]
