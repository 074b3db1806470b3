"""`acterm doctor`: everything that can be checked without signing in, for the help desk.

The page names the address and the servers; no login, no secret, no mail.
"""

from collections.abc import Sequence

from acterm.cli import doctor_local, doctor_network
from acterm.cli.doctor_checks import FAILED, Check
from acterm.cli.options import Parser, print_json
from acterm.errors import Exit
from acterm.i18n import N_, _

_STATES = {"ok": N_("ok"), "note": N_("note"), "failed": N_("PROBLEM")}


def run(arguments: Sequence[str]) -> int:
    """Print the checks; the exit code is that of the first problem."""
    parser = Parser(
        "acterm doctor",
        description=_("Check everything; a page for the help desk without a secret in it"),
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    checks, accounts = doctor_local.look()
    checks += doctor_network.checks(accounts)
    if options.json:
        rows = [{"name": one.name, "state": one.state, "text": one.text} for one in checks]
        print_json({"checks": rows})
    else:
        _print(checks)
    return next((one.exit_code for one in checks if one.state == FAILED), Exit.DONE)


def _print(checks: Sequence[Check]) -> None:
    for check in checks:
        print(f"{_(_STATES[check.state]):<9} {check.text}")
