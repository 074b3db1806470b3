"""Invitations read, answered, compared and kept in a calendar file."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from acterm.errors import BadData
from acterm.mail.parsing.mime import parse
from acterm.mail.parsing.mime import part as part_of
from acterm.mail.special.agenda import conflicts
from acterm.mail.special.invitation import Answer, Invitation
from acterm.mail.special.invitation_answer import answer
from acterm.mail.special.invitation_reading import invitations
from acterm.mail.special.special import Special, special
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
        ("DTSTART;TZID=tzone://Microsoft/Utc:20261126T163000", "jeudi 26 novembre 2026, 17:30"),
        (
            "DTSTART;TZID=/mozilla.org/20070129_1/Europe/Paris:20261126T173000",
            "jeudi 26 novembre 2026, 17:30",
        ),
        ("DTSTART;VALUE=DATE:20261126", "jeudi 26 novembre 2026, toute la journée"),
    ],
)
def test_the_time_is_the_one_here(start: str, when: str, recwarn: pytest.WarningsRecorder) -> None:
    assert only(calendar(event(start=start))).when() == when
    assert not recwarn.list


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
        ("FREQ=MONTHLY;BYDAY=2TU", "tous les mois, deuxième mardi"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "tous les mois, deuxième mardi"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "toutes les semaines, du lundi au vendredi"),
        ("FREQ=YEARLY", "tous les ans"),
    ],
)
def test_a_rhythm_is_in_words(rule: str, words: str) -> None:
    assert only(calendar(event(f"RRULE:{rule}"))).recurrence.startswith(words)


def test_changes_and_cancellations_are_recognised() -> None:
    changed = only(calendar(COUNCIL.replace("SEQUENCE:0", "SEQUENCE:2")))
    gone = only(calendar(COUNCIL, method="CANCEL"))
    assert changed.updated and changed.state() == "Modifié par l’organisateur"
    assert gone.cancelled and not gone.answerable and gone.state() == "Annulé par l’organisateur"


LUC = "ATTENDEE;CN=Luc;PARTSTAT={}:mailto:luc.petit@ac-amiens.fr"
ZOE = "ATTENDEE;CN=Zoé;PARTSTAT=NEEDS-ACTION:mailto:zoe@ac-amiens.fr"


@pytest.mark.parametrize(
    ("method", "guests", "words"),
    [
        ("REPLY", [LUC.format("DECLINED")], "Luc ne vient pas"),
        ("REPLY", [LUC.format("DELEGATED"), ZOE], "Luc envoie Zoé à sa place"),
        ("COUNTER", [LUC.format("TENTATIVE")], "Luc propose un autre moment"),
        ("REFRESH", [LUC.format("TENTATIVE")], "Luc demande où en est cet événement"),
        ("DECLINECOUNTER", [ZOE], "L’organisateur garde le moment prévu"),
    ],
)
def test_what_guests_and_organiser_say_is_told(method: str, guests: list[str], words: str) -> None:
    one = only(
        calendar(event("SUMMARY:Accepté : Conseil", "COMMENT:Désolé", *guests), method=method)
    )
    assert one.state() == words
    assert (one.title(), one.comment) == ("Conseil", "Désolé")
    assert not one.answerable and not one.keepable


def test_one_time_of_a_series_is_told_as_that() -> None:
    time = "RECURRENCE-ID;TZID=Europe/Paris:20261126T173000"
    assert only(calendar(event(time, "SEQUENCE:2"))).state() == "Cette fois seulement est modifiée"
    moved = only(calendar(event(time, start="DTSTART;TZID=Europe/Paris:20261127T080000")))
    assert moved.state().endswith("c’était jeudi 26 novembre 2026, 17:30")
    gone = only(calendar(event(time), method="CANCEL"))
    assert gone.state() == "Cette fois seulement est annulée"


def test_a_zone_that_nobody_knows_is_admitted() -> None:
    mars = event(start="DTSTART;TZID=Planète Mars:20261126T173000")
    assert only(calendar(mars)).odd_zone
    assert not only(calendar(event(start="DTSTART:20261126T173000"))).odd_zone
    assert not only(calendar(COUNCIL)).odd_zone


def test_an_answer_that_goes_to_somebody_else_than_the_sender_is_told() -> None:
    def invited(sender: str) -> Special:
        body = multipart("alternative", [part("Réunion"), part(calendar(COUNCIL), "text/calendar")])
        source = whole(body, From=sender)
        return special(parse(source), reader(source))[0]

    own, other = invited("chloe.gerard@ac-amiens.fr"), invited("robot@x.example")
    assert isinstance(own, Invitation) and not own.elsewhere
    assert isinstance(other, Invitation) and other.elsewhere


def test_a_mail_that_is_only_an_event_shows_what_the_event_says() -> None:
    told = event("DESCRIPTION:Venez nombreux.\\nCafé offert.", "URL:https://salle.example/3")
    source = mail(calendar(told).decode(), "text/calendar; charset=utf-8")
    (one,) = special(parse(source), reader(source))
    assert isinstance(one, Invitation)
    assert one.description == "Venez nombreux.\nCafé offert."
    assert one.url == "https://salle.example/3"


def test_of_many_events_it_says_how_many_are_not_shown() -> None:
    many = calendar(*(event(uid=f"{n}") for n in range(8)))
    source = mail(many.decode(), "text/calendar; charset=utf-8")
    shown = [one for one in special(parse(source), reader(source)) if isinstance(one, Invitation)]
    assert [one.more for one in shown] == [0, 0, 0, 0, 3]


def test_the_answer_goes_where_the_calendar_of_the_organiser_listens() -> None:
    apple = COUNCIL.replace(
        "mailto:chloe.gerard@ac-amiens.fr", "mailto:2_GEZ@imip.example"
    ).replace('CN="Chloé Gérard"', 'CN="Chloé Gérard";EMAIL="chloe@nuage.example"')
    own = "ATTENDEE;EMAIL=camille.lefevre@ac-amiens.fr;PARTSTAT=NEEDS-ACTION:/principal/12/"
    apple = apple.replace(COUNCIL.split("\n")[-3], own)
    one = only(calendar(apple))
    built = answer(
        one,
        Answer.TENTATIVE,
        calendar=calendar(apple),
        message=parse(mail()),
        account=ME,
        message_id="r@x",
        now=NOW,
    )
    told = parse(built)
    reply = Calendar.from_ical(part_of(built, told.attachments[0].section).decode())
    (given,) = reply.walk("VEVENT")
    assert one.organizer.address == "chloe@nuage.example"
    assert [person.address for person in told.to] == ["2_GEZ@imip.example"]
    assert str(given["ORGANIZER"]) == "mailto:2_GEZ@imip.example"
    assert str(given["ATTENDEE"]) == "/principal/12/"
    assert given["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


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


@pytest.mark.parametrize(("said", "answerable"), [("; method=REQUEST", True), ("", False)])
def test_what_the_mail_says_of_a_calendar_counts_where_that_says_nothing(
    said: str, answerable: bool
) -> None:
    silent = calendar(COUNCIL).replace(b"METHOD:REQUEST\r\n", b"")
    source = whole(multipart("mixed", [part(), part(silent, f"text/calendar{said}")]))
    (one,) = special(parse(source), reader(source))
    assert isinstance(one, Invitation)
    assert one.answerable is answerable


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
        assert "\x1b" not in one.title() + one.state()
        conflicts(one, [only(calendar(COUNCIL))])
