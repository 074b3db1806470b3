"""`acterm doctor`: everything checked, one line each, for the help desk."""

from collections.abc import Sequence

from acterm.cli.chosen import opened_store
from acterm.cli.options import Parser, print_json
from acterm.engine import doctor
from acterm.engine.doctor import Check
from acterm.engine.signin import Keys
from acterm.errors import ActermError, ConfigError, Exit
from acterm.i18n import _
from acterm.store.db import Store, open_store
from acterm.vault import Vault


def run(arguments: Sequence[str]) -> int:
    """Print the checks; the exit code is that of the first problem."""
    parser = Parser(
        "acterm doctor",
        description=_("Check everything; a page for the help desk without a secret in it"),
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    store = _opened()
    try:
        checks = _told(store, aloud=not options.json)
    finally:
        if isinstance(store, Store):
            store.close()
    if options.json:
        rows = [{"name": one.name, "state": one.state, "text": one.text} for one in checks]
        print_json({"checks": rows})
    return next((one.exit_code for one in checks if one.state == doctor.FAILED), Exit.DONE)


def _told(store: Store | ActermError, *, aloud: bool) -> list[Check]:
    """The checks, each printed as soon as it is made."""
    made = []
    for check in doctor.examine(store, Keys(Vault())):
        made.append(check)
        if aloud:
            print(doctor.line(check), flush=True)
    return made


def _opened() -> Store | ActermError:
    """The store, its accounts those of config.toml unless that file is not usable."""
    try:
        try:
            return opened_store()
        except ConfigError:
            return open_store()
    except ActermError as problem:
        return problem
