"""`acterm send`: a message through the outbox, delivered now."""

import sys
from collections.abc import Sequence
from pathlib import Path

from acterm.cli.chosen import account_of_sender, accounts_for, opened_store
from acterm.cli.options import Parser, print_json
from acterm.engine import once
from acterm.engine.once import SendReport
from acterm.errors import ActermError, NoInput, reason
from acterm.i18n import _
from acterm.mail import compose
from acterm.vault.vault import Vault


def run(arguments: Sequence[str]) -> int:
    """Send the message in FILE, or on stdin."""
    parser = Parser("acterm send", description=_("Send an RFC 5322 message through the outbox."))
    parser.add_argument("file", nargs="?", default="-", metavar="FILE")
    parser.add_argument("--account", default="", help=_("address, or its unique beginning"))
    parser.add_argument(
        "--force", action="store_true", help=_("send even with a NUMEN or the password inside")
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    source = _source(options.file)
    store = opened_store()
    known = accounts_for(store, options.account)
    try:
        account = account_of_sender(known, compose.envelope(source)[0])
        report = once.send(store, Vault(), account, source, force=options.force)
    except ActermError as failure:
        if options.json:
            print_json(
                {
                    "message_id": compose.message_id_of(source) or None,
                    "state": "refused",
                    "refused": [],
                    "error": str(failure),
                }
            )
        raise
    finally:
        store.close()
    _tell(report, as_json=options.json)
    return report.exit_code


def _source(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise NoInput(
            _("{file} cannot be read: {reason}.").format(file=name, reason=reason(error))
        ) from error


def _tell(report: SendReport, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "message_id": report.message_id,
                "state": report.state,
                "refused": list(report.refused),
                "error": report.error or None,
            }
        )
    else:
        words = {
            "sent": _("Sent."),
            "queued": _("Queued: it leaves at the next sync."),
            "unsure": _("It may have been sent: look in Sent before sending it again."),
            "refused": _("Refused: it was not sent."),
        }
        print(words.get(report.state, report.state))
    for address in report.refused:
        print(_("refused: {address}").format(address=address), file=sys.stderr)
    if report.error:
        print(f"acterm: {report.error}", file=sys.stderr)
