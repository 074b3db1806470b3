"""Pixels made small enough for a terminal."""

from typing import TYPE_CHECKING

from acterm.viewers.view import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

# No terminal shows more of a picture; a page can be read at that size.
MAX_WIDTH, MAX_HEIGHT = 1600, 1600
PAPER = (255, 255, 255)


def picture(image: "Image") -> Picture:
    """A picture of the image, no larger than a terminal needs, on white where it is see-through."""
    from PIL import Image as Images

    if image.width > MAX_WIDTH or image.height > MAX_HEIGHT:
        image.thumbnail((MAX_WIDTH, MAX_HEIGHT))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Images.new("RGBA", image.size, (*PAPER, 255))
        image = Images.alpha_composite(paper, image)
    flat = image.convert("RGB")
    return Picture(flat.tobytes(), flat.width, flat.height)
