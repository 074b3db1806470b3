"""What the commands share: an argument parser that exits 64, and one way to print JSON."""

import argparse
import json
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from acterm.errors import Exit
from acterm.i18n import N_, _

# What argparse says, and how acterm says it.
_PROBLEMS = (
    (r"the following arguments are required: (?P<names>.+)", N_("missing: {names}")),
    (r"unrecognized arguments: (?P<words>.+)", N_("not understood: {words}")),
    (r"argument (?P<name>.+): expected one argument", N_("{name} needs a value")),
    (r"argument (?P<name>.+): invalid int value: (?P<word>.+)", N_("{name}: not a number: {word}")),
    (
        r"argument (?P<name>.+): invalid choice: (?P<word>.+) \(choose from (?P<values>.+)\)",
        N_("{name} takes one of: {values}; not {word}"),
    ),
)


class _Formatter(argparse.HelpFormatter):
    """argparse's, with its one word in the interface's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse in the interface's language, with acterm's exit code for wrong usage: 64."""

    def __init__(self, prog: str | None = None, **options: Any) -> None:
        options = {"formatter_class": _Formatter, "add_help": False, **options}
        super().__init__(prog, **options)
        self._positionals.title, self._optionals.title = _("arguments"), _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this page"))

    def error(self, message: str) -> NoReturn:
        """Print usage and the problem on stderr, then exit 64."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {_problem(message)}", file=sys.stderr)
        raise SystemExit(int(Exit.USAGE))


def _problem(message: str) -> str:
    for pattern, words in _PROBLEMS:
        found = re.fullmatch(pattern, message)
        if found:
            return _(words).format(**found.groupdict())
    return message


def print_json(document: Any) -> None:
    """One JSON document on one line of stdout, in UTF-8 whatever the locale."""
    line = json.dumps(document, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
