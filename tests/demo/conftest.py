"""The demo's servers, running."""

from collections.abc import Iterator

import pytest

from acterm.demo.servers import Servers
from tests.servers.waiting import until


@pytest.fixture
def servers() -> Iterator[Servers]:
    """Both servers with the sample mailbox."""
    running = Servers()
    running.start()
    until(lambda: "INBOX" in running.mailbox.folders, "the sample is there")
    yield running
    running.stop()
