"""What the flow of a lost password says while it waits for the mail with the link."""

from acterm.assistant.flow import Kind, Page, Question
from acterm.assistant.lost_password.state import State
from acterm.engine.messages.assistant import ResetMail
from acterm.i18n import _


def mail(state: State) -> Question:
    """Which boxes are looked into, and the candidates."""
    boxes = ", ".join(state.watched)
    reads = (
        _("acterm looks into: {boxes}").format(boxes=boxes)
        if boxes
        else _("acterm can read no other mailbox: look where you read your private mail.")
    )
    unknown = _("No source tells whether your académie’s page sends one: follow what it says.")
    return Question(
        _("Choose the mail") if state.candidates else _("Waiting for the mail with the link…"),
        Kind.CHOICE if state.candidates else Kind.WAIT,
        facts=(
            *(() if state.knows_steps else (unknown,)),
            reads,
            _(
                "It may go to a personal address you once gave: no source says where. The locked"
                " mailbox itself cannot be read. Look among the junk too."
            ),
        ),
        then=_("Nothing is opened by itself. acterm shows where each link really leads."),
    )


def verdict(found: ResetMail) -> str:
    """The real host of the mail's link, and whether it is official."""
    if not found.read:
        return _("its text is coming")
    if not found.host:
        return _("no link, to be checked")
    mark = _("official") if found.official else _("to be checked")
    return f"{found.host} · {mark}"


def candidate(state: State) -> Question:
    """Where its link really leads."""
    found = state.candidate
    if found is None:
        return Question(_("This mail is gone"), Kind.CHOICE)
    facts = [
        _("From: {sender}").format(sender=found.sender or "?"),
        _("Subject: {subject}").format(subject=found.subject),
        _("Link: {verdict}").format(verdict=verdict(found)),
    ]
    if found.junk:
        facts.append(_("It lies among the junk mails."))
    if found.official:
        return Question(
            _("Its link leads to an official site"),
            Kind.CHOICE,
            facts=tuple(facts),
            why=_("Did you ask for it a moment ago? If not, do not follow it: call (F1)."),
            page=Page(found.url),
        )
    return Question(
        _("Do not follow this link before you have checked it"),
        Kind.CHOICE,
        facts=tuple(facts),
        why=_("Its site is not among the official ones; a genuine mail may use another one."),
        then=_("Call first (F1), or go back to the official page. acterm does not open this link."),
    )


def nothing_came(_state: State) -> Question:
    """What to do then."""
    return Question(
        _("Nothing comes"),
        Kind.CHOICE,
        facts=(
            _("1. Look among the junk of your private mailbox."),
            _("2. Wait a quarter of an hour; asking again can make the first link useless."),
            _(
                "3. Without a registered personal address the mail has nowhere to go: then only"
                " the help desk can give a new password (F1)."
            ),
            _("4. New contract staff may have no page (to be checked): ask your secretariat."),
        ),
        why=_("The lost password is no fault of yours, and the help desk is used to it."),
    )
