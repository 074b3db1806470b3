"""Takes the terminal over from the skeleton without clearing it."""

from textual.driver import Driver

_ALTERNATE_SCREEN = "\x1b[?1049h"


def taking_over(base: type[Driver]) -> type[Driver]:
    """The driver, but it does not switch again to the screen the skeleton stands on.

    Some terminals clear the alternate screen when they are told a second time.
    """
    switched = False

    def write(self: Driver, data: str) -> None:
        nonlocal switched
        if data == _ALTERNATE_SCREEN and not switched:
            switched = True
            return
        base.write(self, data)

    return type("TakingOver", (base,), {"write": write})
