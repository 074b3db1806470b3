"""The application: starts, passes events on, stops. Screens decide everything else.

`AcTerm(store=…, start_engine=…)` runs on any store and any engine: `start_engine` is called after
the first paint, in a thread, with a function that takes the engine's events.
"""

import datetime
import gc
import os
import time
from collections.abc import Awaitable, Mapping
from dataclasses import replace

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.events import Key, Resize
from textual.screen import Screen
from textual.timer import Timer

from acterm.engine.messages.base import Event, Undone
from acterm.engine.messages.mail import Refresh, Undo
from acterm.engine.messages.writing import OutboxChanged, SendingChanged, SendNow
from acterm.i18n import _, ngettext
from acterm.mail.draft import Draft
from acterm.store import accounts, drafts, outbox, settings
from acterm.store.db import Store
from acterm.ui import errors, palettes, themes
from acterm.ui.account_ways import AccountWays
from acterm.ui.bridge import Bridge, EngineEvent, StartEngine
from acterm.ui.command import Place, named
from acterm.ui.driver import TakenOver, sparing
from acterm.ui.glyphs import marks
from acterm.ui.keys import Keyboard, Valid, press
from acterm.ui.locking import Locking
from acterm.ui.presets import PRESETS
from acterm.ui.screens.boite import BoiteScreen
from acterm.ui.screens.too_small import TooSmall, is_too_small
from acterm.ui.situation import Situation, banner_words, connection_words
from acterm.ui.telling import SECONDS, Departures, notice
from acterm.ui.widgets.lines import Banner, NoticeLine

# How many new objects before the collector looks: opening a mail makes thousands, none in cycles.
_GARBAGE = 50_000


class AcTerm(Locking, AccountWays, App[None], inherit_bindings=False):
    """The mail client on one store and one engine."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "acterm"
    CSS_PATH = "screens/mail.tcss"
    places = (Place.ANYWHERE,)

    def __init__(
        self,
        *,
        store: Store,
        start_engine: StartEngine,
        first_draft: Draft | None = None,
        terminal: TakenOver | None = None,
        known_pin: str = "",
    ) -> None:
        """`first_draft` opens the composer at once; `terminal` has the mailbox on it already.

        `known_pin` opens the locked screen and is said there: nothing of a demo is secret.
        """
        self._terminal = terminal
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        self.store = store
        self.bridge = Bridge(start_engine, self._deliver)
        self.situation = Situation()
        self.known_pin = known_pin
        self._first_draft = first_draft
        self._departures = Departures()
        self._ticking: Timer | None = None
        self._quitting = False
        db = store.reader()
        self.keyboard = Keyboard(settings.get(db, "keys", ""), settings.get(db, "rebound", {}))
        for theme in themes.THEMES:
            self.register_theme(theme)
        wanted = palettes.ANSI if self.no_color else settings.get(db, "theme", "")
        self.theme = palettes.choose(wanted, self.console.color_system)

    def get_driver_class(self) -> type[Driver]:
        """The terminal's, sparing with bytes."""
        return sparing(super().get_driver_class(), self._terminal)

    def get_default_screen(self) -> Screen[None]:
        """The mailbox, without an empty screen before it."""
        return BoiteScreen()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our names have a value in Textual's own themes too."""
        return dict.fromkeys(themes.VARIABLES, "ansi_default")

    def on_ready(self) -> None:
        """The mailbox is on screen: now the slow things."""
        gc.freeze()
        gc.set_threshold(_GARBAGE, 50, 100)
        gc.enable()
        self._read_refusals()
        self.bridge.start()
        if not accounts.all_accounts(self.store.reader()):
            self.connect_account()
            self.propose_shared()
        elif self._first_draft:
            self.compose_draft(self._first_draft)
        else:
            self._offer_draft()

    def _offer_draft(self) -> None:
        """A mail whose writing was cut short is only here: say where."""
        db = self.store.reader()
        left = [one for one in drafts.all_drafts(db) if not any(drafts.server_copy(db, one.id))]
        if left:
            words = _("A draft is kept: “{subject}”. {key}: go on with it")
            subject = left[0].subject or _("(no subject)")
            self.tell(words.format(subject=subject, key=self._key("go_outbox")), 30)

    def on_resize(self, event: Resize) -> None:
        """A sentence takes the place of the screens while there is no room for them."""
        if isinstance(self.screen, TooSmall):
            if not is_too_small(event.size):
                self.pop_screen()
        elif is_too_small(event.size):
            self.push_screen(TooSmall())

    async def on_event(self, event: events.Event) -> None:
        """Keys are commands first; the rest goes Textual's way."""
        if isinstance(event, Key) and not event.is_forwarded and await press(self.screen, event):
            return
        await super().on_event(event)

    def tell(self, words: str, seconds: float = SECONDS) -> None:
        """Say in a sentence what happened, on the nearest screen that has a line for it."""
        for screen in reversed(self.screen_stack):
            for line in screen.query(NoticeLine):
                line.tell(words, seconds)
                return

    def status_words(self, account_id: int) -> str:
        """How the account stands, and the mail that is about to leave."""
        leaving = self._departures.words(time.time(), self._key("undo"))
        waiting = max(0, self.situation.waiting - len(self._departures))
        situation = replace(self.situation, waiting=waiting)
        words = connection_words(situation, account_id, datetime.date.today())
        return f" {marks.dot} ".join(part for part in (leaving, words) if part)

    def _key(self, command: str) -> str:
        return self.keyboard.shown(named(command))

    def compose_draft(self, draft: Draft) -> Awaitable[None]:
        """Open the composer on a draft; awaited, it takes the keys typed from then on."""
        from acterm.ui.screens.compose import ComposeScreen

        return self.push_screen(ComposeScreen(draft))

    def _deliver(self, event: Event) -> None:
        """Take an event from any thread."""
        self.post_message(EngineEvent(event))

    def on_engine_event(self, message: EngineEvent) -> None:
        """Say what concerns everyone, then hand the event to every node that wants it."""
        event = message.event
        with errors.guarded(self.tell):
            self.situation = self.situation.after(event)
            self._say(event)
            self._show_banner()
        for screen in self.screen_stack:
            for node in screen.walk_children(with_self=True):
                if hasattr(node, "on_engine_event"):
                    node.post_message(EngineEvent(event))

    def _say(self, event: Event) -> None:
        said = notice(event, undo=self._key("undo"), outbox=self._key("go_outbox"))
        if said:
            self.tell(said.words, said.seconds)
        if isinstance(event, SendingChanged):
            self._sending(event)
        elif isinstance(event, OutboxChanged):
            waiting = {mail.id for mail in outbox.unsettled(self.store.reader())}
            self._depart(self._departures.staying(waiting))
        elif isinstance(event, Undone) and event.draft_id:
            draft = drafts.get(self.store.reader(), event.draft_id)
            if draft:
                self.compose_draft(draft)

    def _sending(self, event: SendingChanged) -> None:
        """Count down to a mail's departure; leave when it was the last one waited for."""
        mail = outbox.get(self.store.reader(), event.outbox_id)
        self._depart(self._departures.after(event, mail, time.time()))

    def _depart(self, departures: Departures) -> None:
        self._departures = departures
        self._tick()
        if self._quitting and not departures:
            self.exit()

    def _tick(self) -> None:
        """Once a second while a mail is about to leave, and not at all otherwise."""
        if self._ticking:
            self._ticking.stop()
        self._departures = self._departures.leaving(time.time())
        self._ticking = self.set_timer(1.0, self._tick) if self._departures.at else None
        for screen in self.screen_stack:
            if isinstance(screen, BoiteScreen):
                screen.update_status()

    def _read_refusals(self) -> None:
        """A refused sign-in stays refused over a restart."""
        db = self.store.reader()
        refused = {
            account.id: found.words
            for account in accounts.all_accounts(db)
            if (found := accounts.refusal(db, account.id))
        }
        self.situation = Situation(refused=refused, waiting=outbox.waiting(db))
        self._show_banner()

    def _show_banner(self) -> None:
        _account, words = banner_words(self.situation, self._key("my_account"))
        for screen in self.screen_stack:
            for banner in screen.query(Banner):
                if banner.words != words:
                    banner.words = words
                    screen.refresh_bindings()

    def action_undo(self) -> None:
        """Take back the newest change."""
        self.bridge.submit(Undo())

    def action_refresh(self) -> None:
        """Ask every server now."""
        self.bridge.submit(Refresh())

    async def action_help(self) -> None:
        """Every command with its key."""
        from acterm.ui.screens.help import HelpScreen

        await self.push_screen(HelpScreen(self.screen.focused or self.screen), self._run)

    async def action_palette(self) -> None:
        """Find a command by its name."""
        from acterm.ui.palette import Palette

        await self.push_screen(Palette(self.screen.focused or self.screen), self._run)

    async def _run(self, chosen: Valid | None) -> None:
        if chosen:
            await chosen.node.do(chosen.command)

    def action_next_theme(self) -> None:
        """Other colours, kept for the next time."""
        self.theme = palettes.after(self.theme)
        self._remember("theme", self.theme)

    def action_next_keys(self) -> None:
        """The other letters, kept for the next time."""
        at = PRESETS.index(self.keyboard.preset)
        self.keyboard.use(PRESETS[(at + 1) % len(PRESETS)])
        self._remember("keys", self.keyboard.preset)
        self.rebind({})

    def rebind(self, rebound: Mapping[str, str]) -> None:
        """The person's own keys, by the names of the commands, kept for the next time."""
        self.keyboard.use(self.keyboard.preset, rebound)
        self._remember("rebound", dict(rebound))
        self.screen.refresh_bindings()

    def _remember(self, key: str, value: str | dict[str, str]) -> None:
        with errors.guarded(self.tell), self.store.write() as db:
            settings.put(db, key, value)

    async def action_quit(self) -> None:
        """Leave, after what waits in its ten seconds has left now; a second time, at once."""
        count = len(self._departures)
        if not count or self._quitting:
            self.exit()
            return
        self._quitting = True
        self.bridge.submit(SendNow())
        words = ngettext(
            "Sending {count} mail… {key} again: it leaves at the next start.",
            "Sending {count} mails… {key} again: they leave at the next start.",
            count,
        )
        self.tell(words.format(count=count, key=self._key("quit")), 60)

    def get_system_commands(self, screen: Screen[object]) -> list[SystemCommand]:
        """None: the palette is our own."""
        return []

    def _fatal_error(self) -> None:
        """A bug that cannot be survived: one sentence instead of a page of values."""
        error = self._exception
        if error is not None:
            self.panic(Text(errors.sentence(errors.record(error))))
