"""Rules as a script and back, and where they go among other scripts."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sievelib.parser import Parser

from acterm.mail.sieve.plan import Script, answering, current, own, plan, working
from acterm.mail.sieve.reading import Deed, deeds, required
from acterm.mail.sieve.script import (
    Absence,
    Action,
    Frame,
    Rule,
    Rules,
    Where,
    needs,
    read,
    written,
)

RULE = Rule(Where.SUBJECT, "conseil", Action.FILE, "Conseils de classe")
ABSENCE = Absence(
    "Bonjour,\nje reviens.", "Absence", date(2026, 10, 20), date(2026, 11, 2), addresses=("a@b.fr",)
)
ALL = frozenset(["include", "fileinto", "vacation", "date", "relational", "imap4flags"])
FORMER = b'require ["fileinto"];\r\nif header :is "x" "y" { fileinto "z"; }\r\n'

texts = st.text(max_size=60)


@given(texts, texts, st.sampled_from(list(Where)), st.sampled_from(list(Action)), texts, texts)
def test_whatever_is_typed_comes_back_and_stays_text(
    words: str, folder: str, where: Where, action: Action, text: str, tail: str
) -> None:
    rules = Rules((Rule(where, words, action, folder),), Absence(text, words))
    script = written(rules, Frame(tail=tail))
    assert read(script) == (rules, Frame(tail=tail))
    assert {deed.name for deed in deeds(script.removesuffix(tail))} <= {"vacation"}


@pytest.mark.parametrize(
    "text",
    [
        '"; redirect "pirate@ailleurs.example"; keep "',
        '\\"; discard; #',
        "# acterm:end rules\r\ndiscard;\r\n",
        ".\r\n; discard;",
        "${unicode: 22}",
    ],
)
def test_no_text_becomes_a_command(text: str) -> None:
    script = written(
        Rules((Rule(Where.FROM, text, Action.BIN, text),), Absence(text, text)), Frame()
    )
    assert [deed.name for deed in deeds(script)] == ["vacation"]
    assert "${" not in script.partition("rules {")[2].partition("\r\n")[2]


def test_another_parser_reads_what_is_written() -> None:
    parser = Parser()
    script = written(Rules((RULE, Rule(Where.LIST, "l", Action.READ)), ABSENCE), Frame())
    assert parser.parse(script), parser.error


def test_the_days_are_those_of_paris_in_summer_and_in_winter() -> None:
    script = written(Rules(absence=ABSENCE), Frame())
    assert 'currentdate :zone "+0200" :value "ge" "date" "2026-10-20"' in script
    assert 'currentdate :zone "+0100" :value "le" "date" "2026-11-02"' in script


def test_only_what_is_used_is_required() -> None:
    assert needs(Rules()) == frozenset()
    assert needs(Rules((RULE,))) == {"fileinto"}
    assert needs(Rules((Rule(Where.TO, "x", Action.FLAG),))) == {"imap4flags"}
    assert needs(Rules(absence=Absence("x"))) == {"vacation"}
    assert needs(Rules(absence=ABSENCE)) == {"vacation", "date", "relational"}


@pytest.mark.parametrize(
    "script",
    [
        "",
        "keep;",
        "# acterm:begin require\r\n",
        written(Rules(), Frame()).replace("{", "[", 1),
        written(Rules((RULE,)), Frame()).replace('"subject"', '"banane"'),
        written(Rules((RULE,)), Frame()).replace('"words"', '"mots"'),
        "keep;\r\n" + written(Rules(), Frame()),
        written(Rules(), Frame()).replace("{", "[" * 100_000, 1),
    ],
)
def test_a_script_of_another_is_not_ours(script: str) -> None:
    assert read(script) is None


def test_without_any_script_ours_is_the_only_one() -> None:
    made = plan(Rules((RULE,)), (), ALL)
    assert (made.name, made.copy) == ("acterm", None)
    scripts = (Script("acterm", made.source, True),)
    assert current(scripts) == Rules((RULE,))
    assert working(scripts)


def test_the_active_script_of_another_is_included_after_the_rules() -> None:
    scripts = (Script('web "mail"', FORMER, True), Script("vieux", b"keep;", False))
    made = plan(Rules((RULE,)), scripts, ALL)
    assert made.source.endswith(b'include :personal :optional "web \\"mail\\"";\r\n')
    assert b'require ["fileinto", "include"];' in made.source
    after = (Script(made.name, made.source, True), Script('web "mail"', FORMER, False))
    assert current(after).former == 'web "mail"'
    assert plan(current(after), after, ALL).source == made.source


def test_without_include_the_other_text_stands_around_the_rules_unchanged() -> None:
    made = plan(Rules((RULE,)), (Script("w", FORMER, True),), ALL - {"include"})
    found = read(made.source.decode())
    assert found is not None
    head, tail = found[1].head, found[1].tail
    assert (head.removesuffix("\r\n") + tail).encode() == FORMER
    assert required(made.source.decode())[0] == {"fileinto"}


def test_bytes_that_are_no_utf_8_survive() -> None:
    former = FORMER + b"# caf\xe9\r\n"
    made = plan(Rules(), (Script("w", former, True),), ALL - {"include"})
    assert b"caf\xe9" in made.source


def test_an_inactive_script_of_ours_that_says_more_is_left_alone() -> None:
    ours = written(Rules((RULE,)), Frame(tail="discard;\r\n")).encode()
    scripts = (Script("acterm", ours, False), Script("w", FORMER, True))
    assert own(scripts) == scripts[0]
    assert plan(Rules(), scripts, ALL).name == "acterm 2"


def test_the_former_script_can_be_set_aside_and_taken_up_again() -> None:
    first = plan(Rules((RULE,)), (Script("w", FORMER, True),), ALL)
    scripts = (Script("acterm", first.source, True), Script("w", FORMER, False))
    aside = plan(Rules((RULE,), beside=False), scripts, ALL)
    assert b"include" not in aside.source
    scripts = (Script("acterm", aside.source, True), Script("w", FORMER, False))
    assert plan(Rules((RULE,)), scripts, ALL).source == first.source


def test_an_answer_of_the_former_script_is_seen() -> None:
    vacation = Script("w", b'require "vacation";\r\nvacation "x";', True)
    assert answering((vacation,)) == "w"
    assert answering((Script("w", FORMER, True),)) == ""


def test_what_a_script_does_is_read_past_comments_and_strings() -> None:
    script = (
        'require ["copy", "redirect"]; # redirect "non@non.example";\n'
        '/* discard; */ if header :contains "subject" "redirect \\"x\\";" { keep; }\n'
        'redirect :copy "pirate@ailleurs.example";\n'
        'vacation :days 7 text:\nredirect "non@non.example";\n.\n;\n'
        'if true { DISCARD; } elsif false { notify "mailto:autre@ailleurs.example"; }\n'
    )
    assert deeds(script) == (
        Deed("redirect", "pirate@ailleurs.example"),
        Deed("vacation", 'redirect "non@non.example";'),
        Deed("discard"),
        Deed("notify", "mailto:autre@ailleurs.example"),
    )


def test_what_a_script_names_is_cleaned_for_a_terminal() -> None:
    (deed,) = deeds('redirect "a\x1b]52;c;x\x07@b\u202e.example";')
    assert deed.what == "a]52;c;x@b.example"


@pytest.mark.parametrize(
    "hostile",
    [
        "text:\n",
        '"',
        "/*",
        "\\",
        '"\\',
        "{",
        "text:\n.",
        "redirect ",
        'redirect "x";',
        "#\r",
        "/**",
    ],
)
def test_a_hostile_script_costs_no_time(hostile: str) -> None:
    script = hostile * (1_000_000 // len(hostile))
    started = time.perf_counter()
    deeds(script)
    required(script)
    read("# acterm:begin require\r\n" + script)
    assert time.perf_counter() - started < 6
