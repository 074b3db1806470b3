"""A flow that was left: go on there, or from the beginning."""

from acterm.assistant.flow import Choice, Kind, Question
from acterm.i18n import _

GO_ON, AGAIN = "go-on", "again"


def question() -> Question:
    """What is asked before a flow that was left is opened again."""
    return Question(
        _("You left this before its end. Go on there?"),
        Kind.CHOICE,
        why=_("acterm wrote down the step you were at, without any password, NUMEN or code."),
        choices=(
            Choice(GO_ON, _("Resume where I was")),
            Choice(AGAIN, _("Begin again")),
        ),
    )
