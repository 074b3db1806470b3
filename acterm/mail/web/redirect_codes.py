"""How the services that pass links on write the next address into their own."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, unquote

_MAX_CODE = 8192
_RUN = re.compile(r"\*(\*.)?")
# A run of replaced characters is two asterisks and a letter that counts from 2 on.
_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def unpacked(code: str) -> bytes:
    """Base64 in either alphabet, padded or not; empty when it is none."""
    code = code[:_MAX_CODE].strip().translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError):
        return b""


def readable(code: str) -> str:
    """Base64 as text."""
    return unpacked(code).decode("utf-8", "replace")


def proofpoint_2(_parts: SplitResult, query: Mapping[str, str]) -> str:
    """`http-3A__www.example.org_page`: hyphens stand for %, underscores for slashes."""
    return unquote(query.get("u", "").translate(str.maketrans("-_", "%/")))


def proofpoint_3(parts: SplitResult, _query: Mapping[str, str]) -> str:
    """`/v3/__https://www.example.org/*page__;…!!`: asterisks stand for characters listed behind."""
    found = re.search(r"/v3/__(.+?)__;([\w=-]*)!", parts.geturl())
    if not found:
        return ""
    # One slash after the scheme may have been lost on the way.
    address = re.sub(r"^(https?):/+", r"\1://", found[1])
    replaced, at = unpacked(found[2]).decode("utf-8", "replace"), 0

    def put_back(run: re.Match[str]) -> str:
        nonlocal at
        count = _LENGTHS.find(run[1][1]) + 2 if run[1] else 1
        at += count
        return replaced[at - count : at]

    return _RUN.sub(put_back, address)


def mandrill(_parts: SplitResult, query: Mapping[str, str]) -> str:
    """JSON in base64, with JSON in its `p`."""
    return _member(_member(readable(query.get("p", "")), "p"), "url")


def customer_io(parts: SplitResult, _query: Mapping[str, str]) -> str:
    """JSON in base64 in the path."""
    return _member(readable(parts.path.rpartition("/e/c/")[2].partition("/")[0]), "href")


def substack(parts: SplitResult, _query: Mapping[str, str]) -> str:
    """JSON in base64, then a signature."""
    return _member(readable(parts.path.rpartition("/")[2].partition(".")[0]), "e")


def mailgun(parts: SplitResult, _query: Mapping[str, str]) -> str:
    """Parameters, deflated, in base64."""
    try:
        data = zlib.decompressobj().decompress(unpacked(parts.path.rpartition("/")[2]), _MAX_CODE)
        return parse_qs(data.decode("utf-8", "replace"), max_num_fields=50).get("l", [""])[0]
    except (zlib.error, ValueError):
        return ""


def _member(text: str, name: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    value = found.get(name, "") if isinstance(found, dict) else ""
    return value if isinstance(value, str) else ""
