"""Line ends as mail protocols want them."""

import re

_ENDS = re.compile(rb"\r\n|\r|\n")


def crlf(text: bytes) -> bytes:
    """The text with every line end as CR LF, the last line's too (RFC 5322 §2.1)."""
    lines = _ENDS.sub(b"\r\n", text)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
