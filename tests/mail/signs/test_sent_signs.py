"""What somebody else sends, by hour, number and repetition in Paris."""

from datetime import datetime
from zoneinfo import ZoneInfo

from acterm.mail.signs.sent_signs import SentMail, signs


def _mail(number: int, when: str, people: int = 1, subject: str = "") -> SentMail:
    moment = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo("Europe/Paris"))
    return SentMail(number, int(moment.timestamp()), people, subject or f"Sujet {number}")


def test_the_night_is_that_of_paris() -> None:
    found = signs(
        [_mail(1, "2026-11-24T03:10"), _mail(2, "2026-11-24T23:50"), _mail(3, "2026-07-14T04:59")]
    )
    assert {mail.id for mail in found.night} == {1, 3}


def test_a_crowd_is_told() -> None:
    found = signs([_mail(1, "2026-11-24T10:00", 30), _mail(2, "2026-11-24T11:30", 29)])
    assert [mail.id for mail in found.crowd] == [1]


def test_ten_in_an_hour_are_a_burst_and_nine_are_not() -> None:
    nine = [_mail(number, f"2026-11-24T10:0{number}") for number in range(9)]
    assert signs(nine).burst == ()
    assert len(signs([*nine, _mail(9, "2026-11-24T10:50")]).burst) == 10
    assert signs([*nine, _mail(9, "2026-11-24T11:30")]).burst == ()


def test_the_same_subject_again_and_again_is_told() -> None:
    mails = [
        _mail(number, f"2026-11-{10 + number}T10:00", subject="Facture") for number in range(5)
    ]
    assert len(signs(mails).repeated) == 5
    assert signs(mails[:4]).repeated == ()


def test_a_mail_that_is_strange_twice_is_listed_once_newest_first() -> None:
    found = signs([_mail(1, "2026-11-23T02:00", 50), _mail(2, "2026-11-24T02:00", 50)])
    assert [mail.id for mail in found.all] == [2, 1]
    assert found.looked == 2


def test_ordinary_days_are_left_alone() -> None:
    mails = [_mail(number, f"2026-11-{10 + number}T1{number}:00", number) for number in range(8)]
    assert signs(mails).all == ()
