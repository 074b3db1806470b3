"""`acterm sync`: the store in step with the server, once."""

from collections.abc import Sequence
from typing import Any

from acterm.cli.chosen import accounts_for, opened_store
from acterm.cli.options import Parser, print_json
from acterm.engine.once import AccountReport, sync_account, worst
from acterm.i18n import _, ngettext
from acterm.ui.format import folder_path
from acterm.vault.vault import Vault


def run(arguments: Sequence[str]) -> int:
    """Sync every account, or the one asked for."""
    parser = Parser("acterm sync", description=_("Bring the store in step with the server once."))
    parser.add_argument("--account", default="", help=_("address, or its unique beginning"))
    parser.add_argument("--bodies", action="store_true", help=_("also the text of every mail"))
    parser.add_argument("--retry", action="store_true", help=_("answer a refused sign-in"))
    parser.add_argument(
        "--rebuild", action="store_true", help=_("start the store anew, saving what only it knows")
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    store = opened_store(rebuild=options.rebuild)
    vault = Vault()
    reports = [
        sync_account(store, vault, account, with_bodies=options.bodies, retry=options.retry)
        for account in accounts_for(store, options.account)
    ]
    store.close()
    if options.json:
        print_json({"accounts": [_document(report) for report in reports]})
    else:
        for report in reports:
            _print(report)
    return worst(reports)


def _document(report: AccountReport) -> dict[str, Any]:
    return {
        "account": report.account,
        "folders": [
            {
                "name": one.folder.name,
                "role": one.folder.role,
                "messages": one.folder.messages,
                "unread": one.folder.unread,
                "new": one.new,
            }
            for one in report.folders
        ],
        "outbox": report.outbox,
        "error": report.error or None,
    }


def _print(report: AccountReport) -> None:
    import sys

    print(report.account)
    known = [one.folder for one in report.folders]
    for one in report.folders:
        folder = one.folder
        came = ngettext("{count} new", "{count} new ones", one.new).format(count=one.new)
        unread = ngettext("{count} unread", "{count} unread ones", folder.unread)
        counts = f"{folder.messages:>7}  {unread.format(count=folder.unread)}  {came}"
        print(f"  {folder_path(folder, known):<28} {counts}")
    if report.outbox:
        waiting = ngettext("{count} mail waits", "{count} mails wait", report.outbox)
        print(f"  {waiting.format(count=report.outbox)}")
    if report.error:
        print(f"acterm: {report.error}", file=sys.stderr)
