"""The live checklist of a connection, on the command line."""

import sys
from typing import Any

from acterm.assistant.connect.words import state_label, step_label
from acterm.engine.messages.account import AccountChecked, CheckStep, Step, StepState
from acterm.engine.messages.base import Event
from acterm.errors import Exit


class Checklist:
    """Hears the events of a check, and prints each line as it ends unless it is `quiet`."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._ended: list[CheckStep] = []

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if not isinstance(event, CheckStep) or event.state is StepState.RUNNING:
            return
        self._ended.append(event)
        if not self._quiet:
            line = f"{step_label(event.step):<16} {state_label(event.state)}"
            print(f"{line}  {event.words}".rstrip(), flush=True)

    @property
    def sign_in_refused(self) -> str:
        """The server's words when it refused the sign-in, else empty."""
        return next(
            (
                one.words or state_label(one.state)
                for one in self._ended
                if one.step is Step.SIGN_IN and one.state is StepState.FAILED
            ),
            "",
        )

    def document(self, outcome: AccountChecked) -> dict[str, Any]:
        """The check for `--json`."""
        return {
            "accepted": outcome.accepted,
            "steps": [
                {"step": one.step, "state": one.state, "words": one.words} for one in self._ended
            ],
            "error": complaint(outcome) or None,
        }


def tell(outcome: AccountChecked) -> int:
    """Say on stderr why a check did not succeed, and return the exit code."""
    if not outcome.accepted:
        print(f"acterm: {complaint(outcome)}", file=sys.stderr)
    return Exit(outcome.exit_code)


def complaint(outcome: AccountChecked) -> str:
    """What went wrong and what to do, empty when all went well."""
    return f"{outcome.title} {outcome.advice}".strip()
