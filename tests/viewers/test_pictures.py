"""Images: bounded, upright, described; and what terminals are sent of them."""

import base64
import io
import re
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from acterm.demo import files
from acterm.errors import BadData
from acterm.viewers import Picture, terminal_picture
from tests.viewers.looking import look

RED, BLUE = (255, 0, 0), (0, 0, 255)


def image(mode: str = "RGB", size: tuple[int, int] = (40, 20), colour: object = RED) -> Image.Image:
    return Image.new(mode, size, colour)  # type: ignore[arg-type]


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **how)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "ICO"])
def test_a_picture_is_shown_and_described(kind: str) -> None:
    shown = look(saved(image(size=(32, 32)), kind), f"a.{kind.lower()}")
    assert shown.lines[0].text.startswith(f"Image {kind}, 32 × 32 pixels, ")
    assert shown.picture
    assert (shown.picture.width, shown.picture.height) == (32, 32)
    red, green, _blue = shown.picture.pixels[:3]
    assert red > 250
    assert green < 5


def test_a_photograph_is_turned_upright_and_tells_its_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F], exif[0x0110] = "Fabricant", "Modèle 3"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:24 09:30:12"
    exif.get_ifd(0x8825)[1] = "N"
    shown = look(saved(image(), "JPEG", exif=exif), "a.jpg")
    assert shown.picture
    assert (shown.picture.width, shown.picture.height) == (20, 40)
    assert "24/11/2026 09:30" in shown.lines[1].text
    assert shown.note == "Elle contient la position GPS de la prise de vue."


def test_of_a_moving_picture_the_first_is_shown() -> None:
    data = saved(image(), "GIF", save_all=True, append_images=[image(colour=BLUE)])
    shown = look(data, "a.gif")
    assert shown.lines[1].text == "2 images\u00a0: la première est montrée."
    assert shown.picture
    assert shown.picture.pixels[:3] == bytes(RED)


def test_what_is_see_through_stands_on_white() -> None:
    shown = look(saved(image("RGBA", colour=(0, 0, 0, 0)), "PNG"), "a.png")
    assert shown.picture
    assert set(shown.picture.pixels) == {255}


def test_a_picture_that_another_program_would_draw_is_not_given_to_it() -> None:
    data = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"
    assert look(data, "a.eps", "image/x-eps").picture is None
    with pytest.raises(BadData, match="abîmé"):
        look(data, "a.png", "image/png")


def huge(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def test_a_picture_of_billions_of_points_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadData, match="L’image fait 50000 × 50000 pixels"):
        look(huge(50_000), "a.png")


def test_a_large_photograph_is_made_small() -> None:
    shown = look(saved(image(size=(6000, 4000)), "JPEG"), "a.jpg")
    assert shown.picture
    assert (shown.picture.width, shown.picture.height) == (1600, 1067)
    assert "6000 × 4000" in shown.lines[0].text


def test_of_a_picture_that_was_cut_off_there_is_what_there_is() -> None:
    data = saved(Image.effect_noise((400, 300), 60).convert("RGB"), "JPEG")
    shown = look(data[: len(data) // 2], "a.jpg")
    assert shown.picture
    assert shown.note == "L’image est abîmée, ou il en manque la fin."
    with pytest.raises(BadData, match="abîmé"):
        look(b"\xff\xd8\xff\xe0rien", "a.jpg")


def two_colours(width: int = 40, height: int = 40) -> Picture:
    """Red above, blue below."""
    half = width * height // 2
    return Picture(bytes(RED) * half + bytes(BLUE) * half, width, height)


@pytest.mark.parametrize(
    ("size", "room", "cells"),
    [
        ((40, 40), (80, 24), (4, 2)),
        ((1600, 1600), (80, 24), (48, 24)),
        ((1600, 20), (80, 24), (80, 1)),
        ((1, 1600), (80, 24), (1, 24)),
    ],
)
def test_a_picture_keeps_its_proportions(
    size: tuple[int, int], room: tuple[int, int], cells: tuple[int, int]
) -> None:
    assert terminal_picture.fitted(Picture(b"", *size), *room) == cells


def test_half_blocks_are_runs_of_two_colours() -> None:
    rows = terminal_picture.half_blocks(two_colours(), 4, 1)
    assert rows == ((terminal_picture.Run("▀▀▀▀", RED, BLUE),),)


def test_kitty_gets_the_pixels_in_pieces() -> None:
    photograph = look(files.png("", "640 420"), "a.png").picture
    assert photograph
    sent = terminal_picture.kitty(photograph, 40, 13, number=7)
    pieces = re.findall(rb"\x1b_G([^;]*);([^\x1b]*)\x1b\\", sent)
    assert b"".join(b"\x1b_G%s;%s\x1b\\" % piece for piece in pieces) == sent
    assert all(len(data) <= 4096 for _keys, data in pieces)
    assert b"i=7,s=400,v=260,c=40,r=13,m=" in pieces[0][0]
    assert pieces[-1][0].endswith(b"m=0")
    pixels = zlib.decompress(base64.b64decode(b"".join(data for _keys, data in pieces)))
    assert len(pixels) == 400 * 260 * 3
    assert b"i=7" in terminal_picture.remove(7)


def test_iterm_gets_a_png() -> None:
    sent = terminal_picture.iterm(two_colours(), 4, 2)
    head, _colon, data = sent.removesuffix(b"\x07").partition(b":")
    assert head.startswith(b"\x1b]1337;File=inline=1;")
    shown = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (shown.size, shown.getpixel((0, 0)), shown.getpixel((39, 39))) == ((40, 40), RED, BLUE)


def test_sixel_draws_every_point_once() -> None:
    sent = terminal_picture.sixel(two_colours(), 4, 2)
    assert sent.startswith(b'\x1bP0;1q"1;1;40;40#')
    assert sent.endswith(b"\x1b\\")
    drawn = sum(
        int(count or 1) * (sign[0] - 63).bit_count()
        for count, sign in re.findall(rb"(?:!(\d+))?([?-~])", sent.split(b"#", 3)[3])
    )
    assert drawn >= 40 * 40


def test_no_picture_floods_the_terminal() -> None:
    noise = Picture(Image.effect_noise((1600, 1600), 90).convert("RGB").tobytes(), 1600, 1600)
    assert len(terminal_picture.kitty(noise, 1000, 1000)) < 8 << 20
    assert len(terminal_picture.half_blocks(noise, 1000, 1000)) == terminal_picture.MAX_ROWS


def test_a_picture_without_its_end_is_shown_as_far_as_it_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)  # as a child begins
    buffer = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(buffer, "PNG")
    shown = look(buffer.getvalue()[:20_000], "a.png")
    assert shown.note == "L’image est abîmée, ou il en manque la fin."
    assert shown.picture
