"""Whoever leaves before the engine is there loses nothing."""

import threading

from acterm.engine.messages.base import Command
from acterm.engine.messages.writing import KeepDraft
from acterm.mail.draft import Draft
from acterm.ui.bridge import Bridge
from tests.ui.conftest import Recorder

DRAFT = KeepDraft(Draft(1, body="fin"))


def test_the_engine_comes_before_the_end_when_something_waits_for_it() -> None:
    come, stopped_with = threading.Event(), list[tuple[Command, ...]]()

    class Late(Recorder):
        def start(self) -> None:
            come.wait(10)
            super().start()

        def stop(self, seconds: float = 0.3) -> None:
            stopped_with.append(tuple(self.submitted))

    bridge = Bridge(Late, lambda _event: None)
    bridge.start()
    bridge.submit(DRAFT)
    threading.Timer(0.05, come.set).start()
    bridge.stop()
    assert stopped_with == [(DRAFT,)]


def test_an_engine_that_was_never_wanted_is_not_waited_for() -> None:
    bridge = Bridge(Recorder, lambda _event: None)
    bridge.submit(DRAFT)
    ending = threading.Thread(target=bridge.stop)
    ending.start()
    ending.join(1)
    assert not ending.is_alive()
