"""What all invitations say together: which version counts, what collides, what a file holds."""

import time

import pytest
from icalendar import Calendar

from acterm.errors import BadData
from acterm.mail.special.agenda import appointments, conflicts, newer, older
from acterm.mail.special.calendar_file import merged
from acterm.mail.special.invitation import Invitation
from tests.mail.special.test_invitation import COUNCIL, calendar, event, only

SERIES = event(
    "DURATION:PT1H",
    "SUMMARY:Chorale",
    "RRULE:FREQ=WEEKLY;BYDAY=TH",
    "SEQUENCE:1",
    uid="a",
    start="DTSTART;TZID=Europe/Paris:20260903T180000",
)
ONCE = "RECURRENCE-ID;TZID=Europe/Paris:20261126T180000"


def _version(sequence: int, day: int, *, method: str = "REQUEST") -> Invitation:
    moved = COUNCIL.replace("SEQUENCE:0", f"SEQUENCE:{sequence}").replace(
        "20261126", f"202611{day}"
    )
    return only(calendar(moved, method=method))


def test_the_latest_version_of_an_event_counts_whatever_came_last() -> None:
    first, second = _version(0, 26), _version(1, 27)
    gone = _version(1, 27, method="CANCEL")
    assert newer(first, [second, first]) == second and newer(second, [first]) is None
    assert older(second, [first, second]) == first and older(first, [second]) is None
    assert appointments([second, first]) == (second,)
    assert newer(second, [gone, first]) == gone
    assert appointments([gone, second, first]) == ()


def test_an_answer_to_an_event_is_no_version_of_it() -> None:
    mine, proposed = _version(0, 26), _version(0, 28, method="COUNTER")
    assert newer(mine, [proposed]) is None
    assert appointments([mine, proposed]) == (mine,)


@pytest.mark.parametrize(
    "change",
    [
        calendar(event(ONCE, "SEQUENCE:2", uid="a"), method="CANCEL"),
        calendar(
            event(
                *(ONCE, "SEQUENCE:2", "DURATION:PT1H"),
                uid="a",
                start="DTSTART;TZID=Europe/Paris:20261126T080000",
            )
        ),
        calendar(SERIES.replace("SEQUENCE:1", "EXDATE;TZID=Europe/Paris:20261126T180000")),
    ],
    ids=["cancelled", "moved", "left out"],
)
def test_one_time_of_a_series_that_does_not_take_place_collides_with_nothing(
    change: bytes,
) -> None:
    council, series = only(calendar(COUNCIL)), only(calendar(SERIES))
    assert [one.summary for one in conflicts(council, appointments([series]))] == ["Chorale"]
    known = [only(change), series] if b"RECURRENCE" in change else [only(change)]
    there = appointments(known)
    assert conflicts(council, there) == ()
    (met,) = conflicts(_version(0, 19), there)
    assert met.when() == "jeudi 19 novembre 2026, 18:00 – 19:00"


def test_a_series_collides_also_later_than_its_first_time() -> None:
    series = only(calendar(SERIES.replace("20260903", "20261119")))
    (met,) = conflicts(series, [only(calendar(COUNCIL))])
    assert met.when() == "jeudi 26 novembre 2026, 17:30 – 19:00"
    assert conflicts(only(calendar(COUNCIL)), [series])[0].when().startswith("jeudi 26 novembre")


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


def _file(*calendars: bytes) -> str:
    file = ""
    for each in calendars:
        file = merged(file, each)
    return file


def test_one_cancelled_time_goes_out_of_the_file_and_the_series_stays() -> None:
    gone = event(ONCE, "SEQUENCE:2", uid="a")
    (one,) = Calendar.from_ical(_file(calendar(SERIES), calendar(gone, method="CANCEL"))).events
    (left_out,) = one["EXDATE"].dts
    assert left_out.dt.isoformat() == "2026-11-26T18:00:00+01:00"
    assert "RRULE" in one


def test_a_new_version_of_a_series_replaces_what_was_changed_of_the_old_one() -> None:
    moved = calendar(event(ONCE, "SEQUENCE:2", "SUMMARY:Chorale au CDI", uid="a"))
    again = calendar(SERIES.replace("SEQUENCE:1", "SEQUENCE:3").replace("T180000", "T170000"))
    assert _file(calendar(SERIES), moved).count("BEGIN:VEVENT") == 2
    assert _file(calendar(SERIES), moved, again).count("BEGIN:VEVENT") == 1


def test_one_more_date_is_no_new_version_of_the_series() -> None:
    more = event("SEQUENCE:2", uid="a", start="DTSTART;TZID=Europe/Paris:20261127T180000")
    series, added = only(calendar(SERIES)), only(calendar(more, method="ADD"))
    assert newer(series, [added]) is None
    assert set(appointments([series, added])) == {series, added}


def test_one_more_date_leaves_the_series_in_the_file() -> None:
    more = event("SEQUENCE:2", uid="a", start="DTSTART;TZID=Europe/Paris:20261127T180000")
    file = _file(calendar(SERIES), calendar(more, method="ADD"))
    assert file.count("BEGIN:VEVENT") == 2 and "RRULE" in file


def test_of_two_versions_with_the_same_number_the_later_one_is_kept() -> None:
    early = COUNCIL.replace("Salle 12", "Salle 12\nDTSTAMP:20261120T080000Z")
    late = COUNCIL.replace("Salle 12", "Salle 204\nDTSTAMP:20261121T080000Z")
    assert "Salle 204" in _file(calendar(late), calendar(early))


def test_a_rule_that_never_ends_costs_little() -> None:
    rule = event(
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", uid="a", start="DTSTART:19700101T000000Z"
    )
    begun = time.process_time()
    assert conflicts(only(calendar(COUNCIL)), [only(calendar(rule))]) == ()
    assert time.process_time() - begun < 1
