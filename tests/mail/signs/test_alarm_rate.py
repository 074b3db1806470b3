"""How often a warning is wrong, and how often one is missing, on mails nobody chose for a rule."""

import datetime

import pytest

from acterm.demo.sample import Sample
from acterm.mail.message import Level, Sign
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.render import render
from tests.mail.ordinary_houses import ORDINARY
from tests.mail.swindles_of_everybody import SWINDLES

# The mails of the sample mailbox that are there to be warned of, by the start of their subject.
WARNED_OF = (
    "J'ai piraté",
    "Facture impayée",
    "Confirmez votre NUMEN",
    "Votre colis est retenu",
    "Vous êtes disponible",
    "Votre boîte est pleine",
)


def alarms(source: bytes) -> list[Sign]:
    message = parse(source)
    found = signs(message, render(message, 80))
    return [sign for sign in found if sign.level is not Level.NOTE]


@pytest.mark.parametrize("source", ORDINARY.values(), ids=ORDINARY.keys())
def test_an_ordinary_mail_raises_no_alarm(source: bytes) -> None:
    assert alarms(source) == []


@pytest.mark.parametrize("source", SWINDLES.values(), ids=SWINDLES.keys())
def test_a_swindle_is_told(source: bytes) -> None:
    assert alarms(source)


def test_the_sample_mailbox_warns_of_what_it_should_and_of_nothing_else() -> None:
    sample = Sample(datetime.datetime.now().astimezone())
    made = [*sample.mails(), *(sample.made(entry) for entry in sample.arrivals())]
    told = [parse(mail.source).subject for mail in made if alarms(mail.source)]
    assert len(made) > 100
    assert sorted(told) == sorted(one for one in told if one.startswith(WARNED_OF))
    assert len(told) == len(WARNED_OF)
