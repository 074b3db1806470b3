"""Invitations read, answered, compared and kept in a calendar file."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from acterm.errors import BadData
from acterm.mail.parsing.mime import parse
from acterm.mail.parsing.mime import part as part_of
from acterm.mail.special.calendar_file import merged
from acterm.mail.special.invitation import Answer, Invitation, Method
from acterm.mail.special.invitation_answer import answer, conflicts
from acterm.mail.special.invitation_reading import invitations
from acterm.mail.special.special import special
from tests.mail.mails import mail, multipart, part, whole
from tests.mail.special.test_special import ME, NOW, reader

ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.fixture(autouse=True)
def _paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def event(*lines: str, uid: str = "conseil@x.example", start: str = "") -> str:
    begins = start or "DTSTART;TZID=Europe/Paris:20261126T173000"
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", begins, *lines, "END:VEVENT"])


def calendar(*events: str, method: str = "REQUEST") -> bytes:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:{method}\n{ZONE}"
    return (text + "\n".join(events) + "\nEND:VCALENDAR\n").replace("\n", "\r\n").encode()


COUNCIL = event(
    "DTEND;TZID=Europe/Paris:20261126T190000",
    "SUMMARY:Conseil de classe\\, 3eD",
    "LOCATION:Salle 12",
    "SEQUENCE:0",
    'ORGANIZER;CN="Chloé Gérard":mailto:chloe.gerard@ac-amiens.fr',
    "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:camille.lefevre@ac-amiens.fr",
    "ATTENDEE;CN=Luc;PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT:mailto:luc.petit@ac-amiens.fr",
)


def only(data: bytes) -> Invitation:
    (one,) = invitations(data)
    return one


def test_an_invitation_is_read_with_everything_one_asks_about() -> None:
    one = only(calendar(COUNCIL))
    assert one.summary == "Conseil de classe, 3eD"
    assert one.when() == "jeudi 26 novembre 2026, 17:30 – 19:00"
    assert (one.place, one.organizer.name) == ("Salle 12", "Chloé Gérard")
    assert [guest.answer for guest in one.guests] == [Answer.NONE, Answer.ACCEPTED]
    assert one.guests[1].optional
    assert one.answerable and not one.updated and not one.cancelled
    own = one.own("Camille.Lefevre@ac-amiens.fr")
    assert own is not None and own.answer is Answer.NONE


@pytest.mark.parametrize(
    ("start", "when"),
    [
        ("DTSTART:20261126T163000Z", "jeudi 26 novembre 2026, 17:30"),
        ("DTSTART:20261126T173000", "jeudi 26 novembre 2026, 17:30"),
        ("DTSTART;TZID=Romance Standard Time:20261126T173000", "jeudi 26 novembre 2026, 17:30"),
        ("DTSTART;TZID=America/New_York:20261126T113000", "jeudi 26 novembre 2026, 17:30"),
        ("DTSTART;VALUE=DATE:20261126", "jeudi 26 novembre 2026, toute la journée"),
    ],
)
def test_the_time_is_the_one_here(start: str, when: str) -> None:
    assert only(calendar(event(start=start))).when() == when


def test_days_without_an_end_and_lengths_are_understood() -> None:
    days = event("DTEND;VALUE=DATE:20261129", start="DTSTART;VALUE=DATE:20261127")
    hour = event("DURATION:PT1H30M")
    assert only(calendar(days)).when() == "vendredi 27 novembre 2026 – samedi 28 novembre 2026"
    assert only(calendar(hour)).when() == "jeudi 26 novembre 2026, 17:30 – 19:00"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270630",
            "toutes les semaines, mardi, jeudi, jusqu’au mercredi 30",
        ),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=10", "toutes les 2 semaines, 10 fois"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "tous les mois, dernier vendredi"),
        ("FREQ=MONTHLY;BYDAY=2TU", "tous les mois, mardi n° 2"),
        ("FREQ=YEARLY", "tous les ans"),
    ],
)
def test_a_rhythm_is_in_words(rule: str, words: str) -> None:
    assert only(calendar(event(f"RRULE:{rule}"))).recurrence.startswith(words)


def test_changes_and_cancellations_are_recognised() -> None:
    changed = only(calendar(COUNCIL.replace("SEQUENCE:0", "SEQUENCE:2")))
    gone = only(calendar(COUNCIL, method="CANCEL"))
    assert changed.updated and changed.words().startswith("Modifié\u00a0: Conseil")
    assert gone.cancelled and not gone.answerable and gone.words().startswith("Annulé\u00a0: ")


def test_the_answer_of_a_guest_is_told() -> None:
    line = "ATTENDEE;CN=Luc;PARTSTAT=DECLINED:mailto:luc.petit@ac-amiens.fr"
    one = only(calendar(event("SUMMARY:Conseil", line), method="REPLY"))
    assert one.method is Method.REPLY
    assert one.words() == "Luc ne vient pas\u00a0: Conseil."


def test_an_invitation_is_found_in_a_mail_and_answered() -> None:
    source = whole(
        multipart(
            "alternative",
            [part("Conseil"), part(calendar(COUNCIL), "text/calendar; method=REQUEST")],
        ),
        Message_ID="<invit@x.example>",
    )
    message = parse(source)
    (one,) = special(message, reader(source))
    assert isinstance(one, Invitation)
    built = answer(
        one,
        Answer.ACCEPTED,
        calendar=part_of(source, one.section),
        message=message,
        account=ME,
        message_id="r@ac-amiens.fr",
        now=NOW,
        comment="J’apporte les bulletins.",
    )
    told = parse(built)
    assert told.subject == "Accepté\u00a0: Conseil de classe, 3eD"
    assert [person.address for person in told.to] == ["chloe.gerard@ac-amiens.fr"]
    assert told.in_reply_to == "invit@x.example"
    assert "J’apporte les bulletins." in (told.plain or "")
    (leaf,) = told.attachments
    assert leaf.type == "text/calendar"
    reply = Calendar.from_ical(part_of(built, leaf.section).decode())
    (given,) = reply.walk("VEVENT")
    assert str(reply["METHOD"]) == "REPLY"
    assert (str(given["UID"]), int(given["SEQUENCE"])) == (one.uid, 0)
    assert given["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(given["ATTENDEE"]) == "mailto:camille.lefevre@ac-amiens.fr"
    assert str(given["ORGANIZER"]) == "mailto:chloe.gerard@ac-amiens.fr"
    assert str(given["COMMENT"]) == "J’apporte les bulletins."
    assert given["DTSTART"].dt == datetime(2026, 11, 26, 16, 30, tzinfo=UTC)


def test_what_nobody_asked_is_not_answered() -> None:
    one = only(calendar(COUNCIL, method="CANCEL"))
    with pytest.raises(BadData):
        answer(
            one,
            Answer.DECLINED,
            calendar=b"",
            message=parse(mail()),
            account=ME,
            message_id="r@x",
            now=NOW,
        )


def test_what_takes_place_at_the_same_time_is_told() -> None:
    one = only(calendar(COUNCIL))
    lesson = event(
        "DURATION:PT1H",
        "SUMMARY:Chorale",
        "RRULE:FREQ=WEEKLY;BYDAY=TH",
        uid="a",
        start="DTSTART;TZID=Europe/Paris:20260903T180000",
    )
    before = event("DURATION:PT1H", uid="b", start="DTSTART:20261126T153000Z")
    holiday = event(uid="c", start="DTSTART;VALUE=DATE:20261126")
    others = [only(calendar(each)) for each in (lesson, before, holiday, COUNCIL)]
    assert [other.summary for other in conflicts(one, others)] == ["Chorale"]


def test_an_invitation_goes_into_a_calendar_file_once() -> None:
    first = merged("", calendar(COUNCIL))
    changed = COUNCIL.replace("Salle 12", "Salle 204").replace("SEQUENCE:0", "SEQUENCE:1")
    again = merged(merged(first, calendar(COUNCIL)), calendar(changed))
    assert again.count("BEGIN:VEVENT") == 1 and "Salle 204" in again
    assert again.count("BEGIN:VTIMEZONE") == 1
    assert "METHOD" not in again
    assert "Salle 204" in merged(again, calendar(COUNCIL))
    gone = merged(again, calendar(changed, method="CANCEL"))
    assert "BEGIN:VEVENT" not in gone


def test_events_that_are_not_concerned_stay_in_the_file() -> None:
    file = merged("", calendar(event("SUMMARY:Anniversaire", uid="z"), method="PUBLISH"))
    both = merged(file, calendar(COUNCIL))
    assert "Anniversaire" in both and "Salle 12" in both
    assert "Anniversaire" in merged(both, calendar(COUNCIL, method="CANCEL"))


def test_a_file_that_cannot_be_read_is_not_overwritten() -> None:
    with pytest.raises(BadData):
        merged("ceci n’est pas un agenda", calendar(COUNCIL))
    with pytest.raises(BadData):
        merged("", b"rien")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff" * 500,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:99999999T999999\nEND:VEVENT\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\n" * 3000,
        calendar(event("RRULE:FREQ=SECONDLY;INTERVAL=0", "ATTENDEE:x", "DURATION:P9999999999D")),
        calendar(event("DTEND:00010101T000000Z", start="DTSTART:00010101T000000Z")),
        calendar(event("SUMMARY:\x1b]0;x\x07 a")),
    ],
)
def test_a_broken_calendar_raises_nothing(data: bytes) -> None:
    for one in invitations(data):
        assert "\x1b" not in one.words()
        conflicts(one, [only(calendar(COUNCIL))])


def test_a_rule_that_never_ends_costs_little() -> None:
    rule = event(
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", uid="a", start="DTSTART:19700101T000000Z"
    )
    begun = time.process_time()
    assert conflicts(only(calendar(COUNCIL)), [only(calendar(rule))]) == ()
    assert time.process_time() - begun < 1
