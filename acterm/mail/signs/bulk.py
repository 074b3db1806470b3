"""Whether a mail went to many at once, as newsletters, lists and programs send."""

from acterm.mail.message import Message
from acterm.mail.special.parts import field

_FIELDS = frozenset(["list-unsubscribe", "list-id", "list-post", "feedback-id", "x-mailer-recptid"])


def is_bulk(message: Message) -> bool:
    """By the fields that the senders of such mail must write, and others may forge."""
    for name, value in message.headers:
        field = name.lower()
        if field in _FIELDS or (field == "precedence" and value.lower() in ("bulk", "list")):
            return True
        if field == "auto-submitted" and value.lower() != "no":
            return True
    return False


def is_through_list(message: Message) -> bool:
    """Whether a discussion list passed the mail on: its address is among the mail's own."""
    named = field(message, "list-id").lower()
    people = (*message.to, *message.cc, *message.reply_to, *message.sender)
    return any(one.domain and one.domain in named for one in people)
