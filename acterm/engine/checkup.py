"""The doctor in the open app: each check told as it is made, then the page."""

from acterm.engine import doctor
from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.assistant import DoctorDone, DoctorLine, RunDoctor


class Checkup:
    """Runs on the engine's loop; the checks are made in a thread of their own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {RunDoctor: self.run}

    async def run(self, _command: RunDoctor) -> None:
        """Check everything."""
        page = await self._desk.apart("doctor", self._examine)
        self._desk.tell(DoctorDone(page))

    def _examine(self) -> str:
        made = []
        for check in doctor.examine(self._desk.store, self._desk.keys):
            made.append(check)
            self._desk.tell(DoctorLine(check.name, check.state, check.text))
        return doctor.page(made)
