"""A picture as a terminal takes it: kitty's and iTerm2's graphics, sixel, or half blocks.

Bytes and plain values only: who asks knows the terminal, its cells, and writes them to it.
"""

import base64
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from acterm.viewers.view import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

# How many pixels a cell is, where the terminal does not say.
CELL = (10, 20)
# What one picture may take: a terminal has no more cells, and a slow line no more patience.
MAX_COLUMNS, MAX_ROWS = 300, 150
_MAX_PIXELS = (1600, 1200)
# Bytes of base64 in one escape sequence (kitty's graphics protocol).
_CHUNK = 4096
_SIXEL_COLOURS = 64
_SIXEL_RUN = re.compile(rb"(.)\1{3,}", re.DOTALL)
_UPPER_HALF = "▀"

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Half blocks side by side in the same two colours (red, green, blue, 0 to 255).

    Spaces where the two are one.
    """

    text: str
    foreground: Colour
    background: Colour


def fitted(
    picture: Picture, columns: int, rows: int, cell: tuple[int, int] = CELL
) -> tuple[int, int]:
    """Columns and rows that the picture takes: all of it, in its proportions, never enlarged."""
    columns, rows = max(1, min(columns, MAX_COLUMNS)), max(1, min(rows, MAX_ROWS))
    wide, high = picture.width / cell[0], picture.height / cell[1]
    scale = min(columns / wide, rows / high, 1.0)
    return max(1, min(round(wide * scale), columns)), max(1, min(round(high * scale), rows))


def half_blocks(picture: Picture, columns: int, rows: int) -> tuple[tuple[Run, ...], ...]:
    """The picture in so many cells, two points in each: runs, line by line."""
    columns, rows = min(columns, MAX_COLUMNS), min(rows, MAX_ROWS)
    image = _resized(picture, columns, 2 * rows, even=True)
    pixels = image.tobytes()
    return tuple(tuple(_runs(pixels, row, columns)) for row in range(rows))


def kitty(
    picture: Picture, columns: int, rows: int, *, number: int = 1, cell: tuple[int, int] = CELL
) -> bytes:
    """The picture at the cursor, which stays, in so many cells. `number` names it for `remove`."""
    image = _resized(picture, *_pixels(columns, rows, cell))
    data = base64.b64encode(zlib.compress(image.tobytes()))
    pieces = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    head = f"a=T,f=24,o=z,q=2,C=1,i={number},s={image.width},v={image.height},c={columns},r={rows},"
    sequences = []
    for at, piece in enumerate(pieces):
        more = int(at < len(pieces) - 1)
        keys = f"{head if not at else ''}m={more}"
        sequences.append(b"\x1b_G" + keys.encode() + b";" + piece + b"\x1b\\")
    return b"".join(sequences)


def remove(number: int = 1) -> bytes:
    """Take a picture of `kitty` from the screen and out of the terminal's memory."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\".encode()


def iterm(picture: Picture, columns: int, rows: int, *, cell: tuple[int, int] = CELL) -> bytes:
    """The picture at the cursor in so many cells, as iTerm2, WezTerm and others take it."""
    file = png(_resized(picture, *_pixels(columns, rows, cell)))
    head = f"inline=1;size={len(file)};width={columns};height={rows};preserveAspectRatio=0"
    return b"\x1b]1337;File=" + head.encode() + b":" + base64.b64encode(file) + b"\x07"


def sixel(picture: Picture, columns: int, rows: int, *, cell: tuple[int, int] = CELL) -> bytes:
    """The picture at the cursor in the graphics of the VT340, in 64 colours of its own."""
    image = _resized(picture, *_pixels(columns, rows, cell)).quantize(_SIXEL_COLOURS)
    palette = (image.getpalette() or [])[: 3 * _SIXEL_COLOURS]
    head = f'\x1bP0;1q"1;1;{image.width};{image.height}'
    for number in range(len(palette) // 3):
        red, green, blue = (part * 100 // 255 for part in palette[3 * number : 3 * number + 3])
        head += f"#{number};2;{red};{green};{blue}"
    pixels = image.tobytes()
    size = image.width * 6
    bands = (pixels[at : at + size] for at in range(0, len(pixels), size))
    body = b"-".join(b"$".join(_band(band, image.width)) for band in bands)
    return head.encode() + body + b"\x1b\\"


def png(image: "Image") -> bytes:
    """An RGB image as a PNG file (RFC 2083), nothing in it but the pixels."""
    step = 3 * image.width
    pixels = image.tobytes()
    rows = b"".join(b"\0" + pixels[at : at + step] for at in range(0, len(pixels), step))
    size = struct.pack(">IIBBBBB", image.width, image.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _pixels(columns: int, rows: int, cell: tuple[int, int]) -> tuple[int, int]:
    """How many pixels so many cells are, within bounds."""
    wide, high = _MAX_PIXELS
    return max(1, min(columns * cell[0], wide)), max(1, min(rows * cell[1], high))


def _resized(picture: Picture, width: int, height: int, *, even: bool = False) -> "Image":
    """The picture in that size; `even` takes the mean of the points that become one."""
    from PIL import Image

    image = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    how = Image.Resampling.BOX if even else Image.Resampling.BICUBIC
    return image.resize((max(width, 1), max(height, 1)), how, reducing_gap=2.0)


def _runs(pixels: bytes, row: int, columns: int) -> Iterator[Run]:
    """The cells of a row, those alike as one: the upper point in front, the lower behind."""
    step = 3 * columns
    upper = pixels[2 * row * step : (2 * row + 1) * step]
    lower = pixels[(2 * row + 1) * step : (2 * row + 2) * step]
    pairs = ((upper[at : at + 3], lower[at : at + 3]) for at in range(0, step, 3))
    for (front, behind), alike in groupby(pairs):
        count = sum(1 for _cell in alike)
        sign = _UPPER_HALF if front != behind else " "
        yield Run(sign * count, _colour(front), _colour(behind))


def _colour(pixel: bytes) -> Colour:
    red, green, blue = pixel
    return red, green, blue


def _band(band: bytes, width: int) -> Iterator[bytes]:
    """Six rows of pixels: for each colour in them a line of sixels, alike ones counted."""
    rows = [band[at : at + width] for at in range(0, len(band), width)]
    for colour in sorted(set(band)):
        bits = 0
        for at, row in enumerate(rows):
            table = bytearray(256)
            table[colour] = 1 << at
            bits |= int.from_bytes(row.translate(bytes(table)), "big")
        line = bytes(63 + value for value in bits.to_bytes(width, "big")).rstrip(b"?")
        yield b"#%d" % colour + _SIXEL_RUN.sub(_counted, line)


def _counted(found: "re.Match[bytes]") -> bytes:
    return b"!%d%s" % (len(found[0]), found[1])
