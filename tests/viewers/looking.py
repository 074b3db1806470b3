"""Looking into an attachment without a process for each: what the child does, through the wire."""

from acterm.viewers import View, wire
from acterm.viewers.asked import Asked
from acterm.viewers.worker import answered


def look(
    data: bytes | str,
    name: str,
    kind: str = "application/octet-stream",
    width: int = 80,
    page: int = 1,
    password: str = "",
    charset: str = "",
) -> View:
    """The view of a file. Raises BadData with the sentence for one that cannot be shown."""
    content = data.encode() if isinstance(data, str) else data
    asked = Asked(content, name, kind, width, page, password, charset=charset)
    return wire.to_view(b"".join(answered(asked)))


def text(data: bytes | str, name: str, kind: str = "application/octet-stream", **how: int) -> str:
    """Its lines."""
    return "\n".join(line.text.rstrip() for line in look(data, name, kind, **how).lines)


def take(data: bytes, name: str, number: int, password: str = "") -> bytes:
    """The bytes of a file inside."""
    asked = Asked(data, name, "application/octet-stream", password=password)
    return wire.to_member(b"".join(answered(asked, number))).data
