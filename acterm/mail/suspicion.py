"""What is worth telling about a mail, each sign with its reason in one sentence.

Never « sûr »: nothing, a plain note, « À vérifier » or « Très suspect ». Decided offline, from the
mail alone and from what is passed in.
"""

from collections.abc import Callable, Iterable

from acterm.mail import file_signs, link_signs, secret_signs, sender_signs
from acterm.mail.message import Level, Message, Rendered, Sign

_ORDER = (Level.SUSPECT, Level.VERIFY, Level.NOTE)


def signs(
    message: Message,
    rendered: Rendered,
    *,
    known_addresses: Callable[[str], Iterable[str]] | None = None,
    border: str = "",
) -> tuple[Sign, ...]:
    """Every sign, the loudest first, each code once.

    `known_addresses` gives the addresses a display name is known under; `border` is the
    authserv-id of one's own server, the only one whose Authentication-Results count.
    """
    found = [
        *message.signs,
        *rendered.signs,
        *sender_signs.signs(message, known_addresses),
        *link_signs.signs(message, rendered),
        *secret_signs.signs(message, rendered),
        *file_signs.signs(message),
        *sender_signs.authentication(message, border),
    ]
    once: dict[str, Sign] = {}
    for sign in sorted(found, key=lambda one: _ORDER.index(one.level)):
        once.setdefault(sign.code, sign)
    return tuple(once.values())
