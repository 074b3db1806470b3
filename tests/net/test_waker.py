"""Waking a thread that waits on a socket."""

import select

from acterm.net.waker import Waker


def _readable(waker: Waker) -> bool:
    return bool(select.select([waker.fileno()], [], [], 0)[0])


def test_a_waker_stays_awake_until_it_is_drained() -> None:
    waker = Waker()
    assert not _readable(waker)
    for _again in range(100_000):
        waker.wake()
    assert _readable(waker)
    waker.drain()
    assert not _readable(waker)
    waker.close()
    waker.wake()
