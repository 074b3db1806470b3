"""Pixels made small enough for a terminal."""

from typing import TYPE_CHECKING

from acterm.viewers.view import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

# No terminal shows more of a picture; a page can be read at that size.
MAX_WIDTH, MAX_HEIGHT = 1600, 1600
PAPER = (255, 255, 255)
# Modes that need no copy before the picture is made smaller.
_SMALLER_AS_THEY_ARE = ("RGB", "RGBA", "L", "LA", "CMYK")


def picture(image: "Image") -> Picture:
    """A picture of the image: small, the right way up, on white where it is see-through."""
    from PIL import Image as Images
    from PIL import ImageOps

    if image.mode not in _SMALLER_AS_THEY_ARE:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((MAX_WIDTH, MAX_HEIGHT))
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in ("RGBA", "LA"):
        image = image.convert("RGBA")
        paper = Images.new("RGBA", image.size, (*PAPER, 255))
        image = Images.alpha_composite(paper, image)
    flat = image.convert("RGB")
    return Picture(flat.tobytes(), flat.width, flat.height)
