"""Absence and filters as a Sieve script (RFC 5228, 5230, 5260): written, and read back.

What acterm writes stands between its own marks, and in a comment as JSON, from which it is read
again on any machine. Nothing outside the marks is ever changed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from acterm.mail.folder import Role

NAME = "acterm"
_PARIS = "Europe/Paris"
_BEGIN_REQUIRE, _END_REQUIRE = "# acterm:begin require\r\n", "# acterm:end require\r\n"
_BEGIN_RULES, _END_RULES = "# acterm:begin rules ", "# acterm:end rules\r\n"
_HEADERS = {"from": ["From"], "to": ["To", "Cc"], "subject": ["Subject"], "list": ["List-Id"]}


class Where(StrEnum):
    """What a rule looks at. The values stand in scripts and stay."""

    FROM = "from"
    TO = "to"
    SUBJECT = "subject"
    LIST = "list"


class Action(StrEnum):
    """What a rule does. BIN files in the bin, where the mail can be found again."""

    FILE = "file"
    FLAG = "flag"
    READ = "read"
    BIN = "bin"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that mail can be filed in: its `name` in a script, and its label for a person."""

    name: str
    label: str
    role: Role = Role.NONE


@dataclass(frozen=True, slots=True)
class Rule:
    """When `where` contains `words`, in any case, do it. `folder` is for FILE and BIN."""

    where: Where
    words: str
    action: Action
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """The automatic answer, once in `every` days to each correspondent.

    `first` and `last` are days in Paris, both included; None: until it is turned off.
    """

    text: str
    subject: str = ""
    first: date | None = None
    last: date | None = None
    on: bool = True
    every: int = 7
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What the marks hold. `former` is the script that was active before, which stays as it was.

    `beside` says whether it still works, after these rules.
    """

    rules: tuple[Rule, ...] = ()
    absence: Absence | None = None
    former: str = ""
    beside: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the rules in a script: kept byte for byte."""

    head: str = ""
    tail: str = ""


def needs(rules: Rules) -> frozenset[str]:
    """The extensions that these rules take, in the words of `require`."""
    found = set()
    for rule in rules.rules:
        found.add("fileinto" if rule.action in (Action.FILE, Action.BIN) else "imap4flags")
    if rules.absence and rules.absence.on:
        found.add("vacation")
        if rules.absence.first or rules.absence.last:
            found |= {"date", "relational"}
    return frozenset(found)


def written(rules: Rules, frame: Frame, also: Iterable[str] = ()) -> str:
    """The whole script; `also` are extensions that the frame takes and does not require itself."""
    names = sorted({*needs(rules), *also})
    require = f"require [{', '.join(map(_string, names))}];\r\n" if names else ""
    return (
        f"{_BEGIN_REQUIRE}{require}{_END_REQUIRE}{frame.head}"
        f"{_BEGIN_RULES}{_kept(rules)}\r\n{_code(rules)}{_END_RULES}{frame.tail}"
    )


def read(script: str) -> tuple[Rules, Frame] | None:
    """The rules of a script of ours and what stands around them, None for another's."""
    start, begun, rest = script.partition(_BEGIN_REQUIRE)
    _require, required, rest = rest.partition(_END_REQUIRE)
    head, marked, rest = rest.partition(_BEGIN_RULES)
    kept, _line_end, rest = rest.partition("\r\n")
    _code, ended, tail = rest.partition(_END_RULES)
    if start or not (begun and required and marked and ended):
        return None
    try:
        rules = _rules(json.loads(kept))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return rules, Frame(head, tail)


def _code(rules: Rules) -> str:
    lines: list[str] = []
    if rules.absence and rules.absence.on:
        lines += _absence(rules.absence)
    for rule in rules.rules:
        lines += _rule(rule)
    return "".join(f"{line}\r\n" for line in lines)


def _absence(absence: Absence) -> list[str]:
    tests = ['not header :is "X-Spam-Flag" "YES"']
    if absence.first:
        tests.append(_day_test("ge", absence.first))
    if absence.last:
        tests.append(_day_test("le", absence.last))
    options = f":days {absence.every}"
    if absence.subject:
        options += f" :subject {_string(absence.subject)}"
    if absence.addresses:
        options += f" :addresses {_strings(absence.addresses)}"
    text = absence.text.replace("\r\n", "\n").replace("\n", "\r\n")
    return [f"if allof ({', '.join(tests)}) {{", f"  vacation {options} {_string(text)};", "}"]


def _day_test(order: str, day: date) -> str:
    """RFC 5260 §5: the zone is the offset of Paris on that very day, in winter or in summer."""
    from zoneinfo import ZoneInfo

    noon = datetime.combine(day, time(12), ZoneInfo(_PARIS))
    return f'currentdate :zone "{noon:%z}" :value "{order}" "date" "{day.isoformat()}"'


def _rule(rule: Rule) -> list[str]:
    """A mail that is filed is settled: neither later rules nor the former script move it again."""
    headers = _strings(_HEADERS[rule.where])
    if rule.action in (Action.FILE, Action.BIN):
        body = [f"  fileinto {_string(rule.folder)};", "  stop;"]
    else:
        flag = "\\Flagged" if rule.action is Action.FLAG else "\\Seen"
        body = [f"  addflag {_string(flag)};"]
    return [f"if header :contains {headers} {_string(rule.words)} {{", *body, "}"]


def _string(text: str) -> str:
    """A quoted string in which nothing is more than text: no end, no variable, no mark of ours.

    `${` would begin a variable where a script around it requires `variables` (RFC 5229 §3).
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "")
    return '"' + escaped.replace("${", "$ {").replace("# acterm:", "# acterm :") + '"'


def _strings(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_string, texts))}]"


def _kept(rules: Rules) -> str:
    return json.dumps(asdict(rules), default=date.isoformat, separators=(",", ":"))


def _rules(kept: dict[str, Any]) -> Rules:
    """What `_kept` wrote; raises what a foreign hand in it makes Python raise."""
    absence = kept["absence"]
    return Rules(
        rules=tuple(
            Rule(
                Where(rule["where"]),
                str(rule["words"]),
                Action(rule["action"]),
                str(rule["folder"]),
            )
            for rule in kept["rules"]
        ),
        absence=replace(
            Absence(str(absence["text"]), str(absence["subject"])),
            first=_day(absence["first"]),
            last=_day(absence["last"]),
            on=bool(absence["on"]),
            every=int(absence["every"]),
            addresses=tuple(map(str, absence["addresses"])),
        )
        if absence
        else None,
        former=str(kept["former"]),
        beside=bool(kept["beside"]),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
