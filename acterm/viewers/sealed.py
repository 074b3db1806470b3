"""What an opaque S/MIME signature holds, a mail or a file: signed, not locked."""

from dataclasses import replace

from acterm.mail.parsing.opaque import TYPES, signed_content
from acterm.viewers.asked import Asked
from acterm.viewers.described import type_of
from acterm.viewers.nature import nature

_ENDING = ".p7m"
# The name that mailers give to a mail, which says nothing of what is inside.
_MAIL = "smime"


def unsealed(asked: Asked) -> Asked:
    """The attachment without the signature around it; as it is where there is none."""
    if asked.kind not in TYPES and not asked.name.lower().endswith(_ENDING):
        return asked
    content = signed_content(asked.data)
    if content is None:
        return asked
    name = asked.name[: -len(_ENDING)] if asked.name.lower().endswith(_ENDING) else asked.name
    promised = type_of(name) if "." in name and name.lower() != _MAIL else ""
    kind = nature(content) or promised or "message/rfc822"
    return replace(asked, data=content, name=name, kind=kind)
