"""The parts of a mail that say more than its text, as far as they are here."""

import re
from collections.abc import Callable, Iterator

from acterm.mail.message import Attachment, Message
from acterm.mail.parsing.header import decode_bytes

PartOf = Callable[[str], bytes | None]
"""The decoded bytes of a section (RFC 9051 §6.4.5), None while they are not here."""

MAX_READ = 1 << 20
_FIELD = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:(.*(?:\n[ \t]+.*)*)", re.MULTILINE)


def of_type(message: Message, *types: str) -> Iterator[Attachment]:
    """The attachments of these types, in order."""
    return (item for item in message.attachments if item.type in types)


def text_of(item: Attachment, part: PartOf) -> str | None:
    """The beginning of a part as text, not yet cleaned; None while it is not here."""
    data = part(item.section)
    return None if data is None else decode_bytes(data[:MAX_READ])[0]


def field(message: Message, *names: str) -> str:
    """The first header field of one of these names (lower case), empty without one."""
    for wanted in names:
        for name, value in message.headers:
            if name.lower() == wanted and value:
                return value
    return ""


def fields_of(text: str) -> dict[str, str]:
    """The fields of a report's group by their names in lower case, the first of each."""
    found = _FIELD.findall(text.replace("\r", ""))
    return {name.lower(): value.strip() for name, value in reversed(found)}
