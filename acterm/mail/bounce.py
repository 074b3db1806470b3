"""A mail that came back: for whom, why, whether trying again helps (RFC 3464)."""

from dataclasses import dataclass

from acterm.i18n import _, ngettext

_MOST_NAMED = 3


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
