"""The QR code of a passcode's key, read from a picture file."""

from pathlib import Path

import pytest
import segno
from PIL import Image

from acterm.errors import BadData, NoInput
from acterm.vault import otp, qr

URI = "otpauth://totp/Acad%C3%A9mie:clefevre?secret=JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("name", ["code.png", "code.jpg", "code.gif"])
def test_the_key_in_a_picture_is_read(tmp_path: Path, name: str) -> None:
    drawn = tmp_path / "drawn.png"
    segno.make(URI).save(str(drawn), scale=6)
    picture = tmp_path / name
    Image.open(drawn).convert("RGB").save(picture)
    assert otp.parse(qr.read(picture)).label == "Académie:clefevre"


def test_a_transparent_picture_and_a_large_one_are_read(tmp_path: Path) -> None:
    clear, large = tmp_path / "clear.png", tmp_path / "large.png"
    segno.make(URI).save(str(clear), scale=4, light=None)
    segno.make(URI).save(str(large), scale=120)
    assert qr.read(clear) == qr.read(large)


def test_of_several_codes_the_passcode_is_taken(tmp_path: Path) -> None:
    page = Image.new("RGB", (900, 400), "white")
    for at, text in enumerate(("https://exemple.invalid/", URI)):
        drawn = tmp_path / f"{at}.png"
        segno.make(text).save(str(drawn), scale=6)
        page.paste(Image.open(drawn).convert("RGB"), (20 + at * 430, 20))
    page.save(tmp_path / "page.png")
    assert qr.read(tmp_path / "page.png").reveal() == URI


@pytest.mark.parametrize("content", [b"rien", b"\x89PNG\r\n\x1a\nabc", b"", b"GIF89a\xff\xff\xff"])
def test_what_is_no_picture_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.png").write_bytes(content)
    with pytest.raises(BadData, match=r"x\.png ne peut pas servir"):
        qr.read(tmp_path / "x.png")


def test_a_picture_without_a_code_and_a_missing_file_are_told(tmp_path: Path) -> None:
    Image.new("RGB", (50, 50), "white").save(tmp_path / "blank.png")
    with pytest.raises(BadData, match="aucun QR code"):
        qr.read(tmp_path / "blank.png")
    with pytest.raises(NoInput):
        qr.read(tmp_path / "absent.png")


def test_a_picture_that_would_fill_the_memory_is_not_opened(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    with pytest.raises(BadData, match="trop de points"):
        qr.read(tmp_path / "bomb.png")
