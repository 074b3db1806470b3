"""How values that are more than a number or a text stand in one column or parameter."""

import json
from collections.abc import Iterable, Sequence

from acterm.mail.address import Address
from acterm.mail.message import Level

# By the number that stands for it; one below stands for a mail nobody has looked at.
ALARMS = (None, Level.VERIFY, Level.SUSPECT)

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def packed(people: Sequence[Address]) -> str:
    """Addresses as one column holds them."""
    if not people:
        return ""
    return _encoded([(person.name, person.address) for person in people])


def unpacked(column: str) -> tuple[Address, ...]:
    """The addresses of a column made by `packed`."""
    return tuple(Address(*pair) for pair in json.loads(column)) if column else ()


def words(column: str, most: int) -> str:
    """The names and addresses of a column made by `packed`, one after the other."""
    if not column:
        return ""
    return " ".join([f"{name} {address}" for name, address in json.loads(column)[:most]])


def labels(column: str, most: int = 8) -> str:
    """The addresses of a column made by `packed` as a list shows them."""
    if not column:
        return ""
    return ", ".join([name or address for name, address in json.loads(column)[:most]])


def listed(values: Iterable[int] | Iterable[str]) -> str:
    """A set of values as the one parameter of `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(values))
