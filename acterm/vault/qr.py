"""A QR code in a picture file, as a portal shows it to enrol the key of a passcode."""

from pathlib import Path

from acterm.errors import BadData, NoInput, reason
from acterm.i18n import _
from acterm.secret import Secret

_MOST_BYTES = 20_000_000
_MOST_PIXELS = 50_000_000
_WIDEST = 2_000  # a code that fills a page is read well from less
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")


def read(path: Path) -> Secret:
    """What the QR code in the picture says. Raises NoInput or BadData.

    A picture with several codes gives the one that is a passcode's.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unreadable(path, _("the file is too large for a picture of a code"))
        found = _codes(path)
    except OSError as error:
        raise NoInput(
            _("{file} cannot be opened: {reason}.").format(file=path.name, reason=reason(error)),
            _("Take the picture of the QR code: a PNG or JPEG file."),
        ) from error
    if not found:
        raise _unreadable(path, _("there is no QR code in it that can be read"))
    keys = [text for text in found if text.lower().startswith("otpauth")]
    return Secret((keys or found)[0])


def _codes(path: Path) -> list[str]:
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _unreadable(path, _("the picture has too many points"))
            picture.thumbnail((_WIDEST, _WIDEST))
            flat = Image.new("L", picture.size, 255)
            shown = picture.convert("RGBA")
            flat.paste(shown.convert("L"), mask=shown.getchannel("A"))
    except UnidentifiedImageError as error:
        raise _unreadable(path, _("it is not a picture")) from error
    except Image.DecompressionBombError as error:
        raise _unreadable(path, _("the picture has too many points")) from error
    except (SyntaxError, ValueError) as error:
        raise _unreadable(path, _("the picture is damaged")) from error
    codes = zxingcpp.read_barcodes(flat, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return [one.text for one in codes if one.text]


def _unreadable(path: Path, words: str) -> BadData:
    return BadData(
        _("{file} cannot be used: {reason}.").format(file=path.name, reason=words),
        _("Take a picture of the whole code, straight and sharp, or type the key."),
    )
