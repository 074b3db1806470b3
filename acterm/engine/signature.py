"""Whether a mail's signature holds: the only thing in reading that asks the network."""

from functools import partial

from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.mail import WHOLE_MAIL, SignatureVerified, VerifySignature
from acterm.errors import Refused, Unreachable
from acterm.i18n import _
from acterm.store import bodies


class Signatures:
    """Asks in a thread of its own: a name server takes its time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {VerifySignature: self.verify}

    async def verify(self, command: VerifySignature) -> None:
        """Check one mail. Raises Refused when it is not whole, Unreachable without an answer."""
        db = self._desk.store.reader()
        body = bodies.get(db, command.message_id)
        if body is None:
            raise Refused(_("The text of this mail is no longer here."), _("Open it again."))
        source = bodies.part(db, command.message_id, WHOLE_MAIL) if body.skeleton else body.source
        if source is None:
            raise Refused(
                _("This mail is not here whole, so its signature cannot be verified."),
                _("Its attachments are part of what is signed."),
            )
        check = await self._desk.apart("signature", partial(_checked, source))
        self._desk.tell(SignatureVerified(command.message_id, *check))


def _checked(source: bytes) -> tuple[str, bool]:
    """What the keys of this computer say, and what the sender's domain does; whether one holds.

    Raises Unreachable when the domain is all there is to ask, and cannot be asked.
    """
    from acterm.mail.special import signature
    from acterm.net import dkim

    own = signature.verify(source)
    holds = own.state is signature.State.HOLDS
    if own.state is signature.State.UNSIGNED:
        domain = dkim.verify(source)
        return domain.words(), domain.outcome is dkim.Outcome.HOLDS
    try:
        domain = dkim.verify(source)
    except Unreachable as failure:
        return f"{own.words()} {failure.title}", holds
    if domain.outcome is dkim.Outcome.UNSIGNED:
        return own.words(), holds
    return f"{own.words()} {domain.words()}", holds or domain.outcome is dkim.Outcome.HOLDS
