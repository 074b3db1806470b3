"""The pictures of the README, from the demo at a fixed moment, so that they come out the same.

    python -m tests.screenshots [NAME …]            draw them
    python -m tests.screenshots --check [NAME …]    compare the screens with those on record

Writes `screenshots/<name>-<columns>x<rows>.svg`, what people see first: look at them. The same
screens as text are in `tests/snapshots/`; that no change alters one unseen is a test.
"""

import argparse
import asyncio
import difflib
import gc
import html
import os
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

from acterm import i18n
from acterm.demo.servers import Servers
from acterm.secret import Secret
from acterm.store import accounts, bodies, messages, settings
from acterm.store.db import Store, open_store
from acterm.vault.vault import Vault

FOLDER = Path(__file__).parent.parent / "screenshots"
SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (100, 30), (160, 50))
NOW = datetime(2026, 11, 18, 14, 12, 5)
_CELL = 12.2
_RUN = re.compile(
    r'<text (class="[^"]*-r\d+") x="([\d.]+)" (y="[\d.]+") textLength="[\d.]+"'
    r' (clip-path="[^"]*")>(.*?)</text>',
    re.DOTALL,
)
_real_time = time.time
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

Steps = Callable[[Pilot[None]], Awaitable[None]]


async def _boite(pilot: Pilot[None]) -> None:
    await _in_step(pilot)


async def _lecture(pilot: Pilot[None]) -> None:
    await _open(pilot, "Votre boîte est pleine", "Très suspect")
    await _shown(pilot, "8 non lus")


async def _lettre(pilot: Pilot[None]) -> None:
    await _open(pilot, "La lettre n° 84", "Bonjour Camille")


async def _conversation(pilot: Pilot[None]) -> None:
    await _open(pilot, "Re : Sortie scolaire 4eC", "autorisation")
    await pilot.press("c")
    await _shown(pilot, "mails dans la conversation")


async def _convocation(pilot: Pilot[None]) -> None:
    await _open(pilot, "Conseil de classe 3eD – ordre du jour", "Bonjour à toutes")
    await pilot.press("p")
    await _shown(pilot, "convocation.pdf")
    await pilot.press("enter")
    await _shown(pilot, "Professeure principale")


async def _compte(pilot: Pilot[None]) -> None:
    await _in_step(pilot)
    await pilot.press("f2", "enter")
    await _shown(pilot, "Mot de passe perdu")
    await pilot.press("enter")
    await _shown(pilot, "page officielle")


async def _redaction(pilot: Pilot[None]) -> None:
    await _open(pilot, "Conseil de classe 3eD – ordre du jour", "Bonjour à toutes")
    await pilot.press("r")
    await _shown(pilot, "a écrit")
    await pilot.press(*"Bonjour Chloé,")
    await pilot.press("enter", "enter")
    await pilot.press(*"C'est noté pour jeudi. Mes appréciations seront saisies demain soir.")


async def _recherche(pilot: Pilot[None]) -> None:
    await _in_step(pilot)
    await pilot.press("slash")
    await pilot.press(*"batellerie")
    await _shown(pilot, "Recherche · 6 mails")


async def _connexion(pilot: Pilot[None]) -> None:
    await pilot.press(*"camille.lefevre@ac-amiens.fr")
    await pilot.press("enter")
    await _shown(pilot, "imap.ac-amiens.fr")


PICTURES: dict[str, Steps] = {
    "boite": _boite,
    "lecture": _lecture,
    "lettre": _lettre,
    "conversation": _conversation,
    "convocation": _convocation,
    "redaction": _redaction,
    "recherche": _recherche,
    "connexion": _connexion,
    "compte": _compte,
}


async def _in_step(pilot: Pilot[None]) -> None:
    """Wait until every text is here and looked at, and the list says what was found in them."""
    await _shown(pilot, "connecté")
    from acterm.ui.screens.boite import BoiteScreen

    screen = pilot.app.screen
    assert isinstance(screen, BoiteScreen)
    assert screen.folder
    db, folder = screen.acterm.store.reader(), screen.folder.id
    while (
        bodies.missing(db, folder, 1)
        or messages.unjudged(db, folder, 200)
        or messages.first_page(db, folder)
        != [screen.mails.envelope(row) for row in range(screen.mails.count)]
    ):
        await pilot.pause(0.02)


async def _shown(pilot: Pilot[None], words: str) -> None:
    """Wait until the words stand on the screen."""
    deadline = time.monotonic() + 15
    while words not in _text(pilot):
        await pilot.pause(0.02)
        if time.monotonic() > deadline:
            raise AssertionError(f"{words!r} did not come:\n{_text(pilot)}")


def _text(pilot: Pilot[None]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip) for strip in strips)
    return "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")


async def _open(pilot: Pilot[None], subject: str, words: str) -> None:
    """Move down to the mail and open it."""
    await _in_step(pilot)
    for _row in range(40):
        marked = [line for line in _text(pilot).splitlines() if "▌" in line]
        if marked and subject[:18] in marked[0]:
            break
        await pilot.press("j")
    await pilot.press("enter")
    await _shown(pilot, words)


async def _shoot(name: str, size: tuple[int, int]) -> tuple[str, str]:
    """One screen as a picture and as text, from a demo of its own."""
    from acterm.engine.engine import Engine
    from acterm.ui import palettes
    from acterm.ui.app import AcTerm
    from acterm.ui.bridge import Deliver, EngineLike

    with tempfile.TemporaryDirectory(prefix="acterm-pictures-") as home:
        os.environ["ACTERM_HOME"] = home
        servers, store = Servers(time.time, arrivals=False), open_store()
        vault = Vault(session_only=True)
        with store.write() as db:
            settings.put(db, "theme", palettes.ARDOISE)
        if name != "connexion":
            _sign_in(servers, store, vault)

        def engine(deliver: Deliver) -> EngineLike:
            servers.start()
            return Engine(store, vault, deliver)

        app = AcTerm(store=store, start_engine=engine)
        async with app.run_test(size=size) as pilot:
            await PICTURES[name](pilot)
            await pilot.pause()
            picture, text = app.export_screenshot(title=f"acterm · {name}"), _text(pilot)
        app.bridge.stop()
        servers.stop()
        store.close()
    return tidied(picture), _trimmed(text)


def _trimmed(text: str) -> str:
    """The lines without the spaces at their ends."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def tidied(picture: str) -> str:
    """The picture without a font from the network, each word at its own column.

    Browsers and viewers measure fallback glyphs and leading spaces each in their own way.
    """
    plain = _FONT_FACE.sub("", picture).replace("Fira Code", "DejaVu Sans Mono")
    plain = plain.replace("font-size: 20px", "font-size: 20.26px")  # as wide as the cells
    return _RUN.sub(_words, plain)


def _words(run: re.Match[str]) -> str:
    """One run of text as runs without wide gaps."""
    kind, start, line, clip, content = run.groups()
    text, place, made = html.unescape(content), float(start), []
    for piece in re.split("(\u00a0{2,}|^\u00a0+|\u00a0+$)", text):
        width = round(cell_len(piece) * _CELL, 1)
        if piece.strip("\u00a0"):
            shown = html.escape(piece, quote=False)
            made.append(
                f'<text {kind} x="{place:g}" {line} textLength="{width:g}" {clip}>{shown}</text>'
            )
        place = round(place + width, 1)
    return "".join(made)


def _sign_in(servers: Servers, store: Store, vault: Vault) -> None:
    with store.write() as db:
        account = accounts.keep(db, servers.account)
    vault.remember(account, Secret(servers.mailbox.password))


def _sit_down() -> None:
    """At a computer with a browser and a good terminal; every clock starts at NOW, in Paris."""
    for name in ("SSH_CONNECTION", "SSH_TTY", "NO_COLOR", "COLUMNS", "LINES"):
        os.environ.pop(name, None)
    os.environ |= {"BROWSER": "true", "TERM": "xterm-256color", "LC_ALL": "fr_FR.UTF-8"}
    os.environ["TZ"] = "Europe/Paris"
    time.tzset()
    ahead = NOW.timestamp() - _real_time()
    time.time = lambda: _real_time() + ahead


def _screens(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """The name with its size, the picture and the text of every screen."""
    i18n.set_language("fr")
    for name in names or PICTURES:
        for columns, rows in SIZES:
            _sit_down()
            yield f"{name}-{columns}x{rows}", *asyncio.run(_shoot(name, (columns, rows)))
            gc.collect()


def draw(names: list[str]) -> int:
    """Make the pictures and put the screens on record, all without a name."""
    for name, picture, text in _screens(names):
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
        (SNAPSHOTS / f"{name}.txt").write_text(text, encoding="utf-8")
        print(name)
    return 0


def check(names: list[str]) -> int:
    """Print what differs from the screens on record; 1 when anything does."""
    differing = 0
    for name, _picture, text in _screens(names):
        record = SNAPSHOTS / f"{name}.txt"
        known = record.read_text(encoding="utf-8") if record.exists() else ""
        if text != known:
            differing = 1
            lines = (one.splitlines(keepends=True) for one in (known, text))
            sys.stdout.writelines(difflib.unified_diff(*lines, f"on record {name}", f"now {name}"))
    return differing


def main() -> int:
    """Draw or check."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("--check", action="store_true", help="compare, draw nothing")
    parser.add_argument("names", nargs="*", help=", ".join(PICTURES))
    chosen = parser.parse_args()
    return (check if chosen.check else draw)(chosen.names)


if __name__ == "__main__":
    sys.exit(main())
