"""What the border server found out, and what a sender can write to look as if it had."""

import pytest

from acterm.mail.message import Level
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.render import render
from tests.mail.mails import mail

BORDER = "mx1.ac-amiens.fr"


def level_of(*results: str, border: str = BORDER) -> Level | None:
    """How loud it is that the sender was not confirmed; `results` from the topmost down."""
    head = "".join(f"Authentication-Results: {one}\r\n" for one in results).encode()
    message = parse(head + mail(From="Rectorat <ce.rectorat@ac-amiens.fr>"))
    found = signs(message, render(message, 80), border=border)
    return next((sign.level for sign in found if sign.code == "auth-failed"), None)


def test_a_failure_at_the_own_border_is_told() -> None:
    assert level_of(f"{BORDER}; spf=fail; dkim=none; dmarc=fail") is Level.SUSPECT
    assert level_of(f"{BORDER}; spf=pass; dkim=pass; dmarc=pass") is None


@pytest.mark.parametrize(
    "written",
    [
        "spf=fail smtp.mailfrom=dmarc=pass@x.example; dmarc=fail",
        "dmarc=fail; spf=fail smtp.mailfrom=dmarc=pass@x.example",
        'dmarc=fail; spf=fail smtp.mailfrom="a; dmarc=pass"@x.example',
        "dmarc=fail (policy; dmarc=pass); spf=fail",
        "dmarc=fail; dmarc=pass",
    ],
)
def test_what_the_sender_writes_into_a_result_does_not_change_it(written: str) -> None:
    assert level_of(f"{BORDER}; {written}") is Level.SUSPECT


def test_results_below_those_of_the_border_count_for_nothing() -> None:
    forged = f"{BORDER}; spf=pass; dkim=pass; dmarc=pass"
    assert level_of(f"{BORDER}; dmarc=fail", forged) is Level.SUSPECT
    assert level_of("mx.elsewhere.example; dmarc=fail", f"{BORDER}; dmarc=fail") is None
    assert level_of("ac-amiens.fr.x.example; dmarc=fail", border="") is None


def test_one_of_two_signatures_that_holds_is_enough() -> None:
    assert level_of(f"{BORDER}; spf=none; dkim=fail; dkim=pass; dmarc=none") is None
