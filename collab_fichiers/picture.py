"""Pictures as pages show them: upright, of a reasonable size, and without what the camera wrote in them (the place,
the person, the device)."""

import shutil

from PIL import Image, ImageOps

from .preview import IMAGE_MAX_PIXELS, IMAGES

SIDE_MAX_PIXELS = 1600
QUALITY = 82
# A drawing that moves stays as it is: it carries no place.
MOVING = "image/gif"


class TooLarge(ValueError):
    """A picture that would unfold into too much memory, or that is none."""


def is_picture(mimetype):
    """:return bool: pages show it"""
    return mimetype in IMAGES


def lighten(path, target, mimetype):
    """Write a picture as pages show it.

    :param str path: of the picture
    :param str target: where to write it
    :param str mimetype: of the picture, by content
    :return tuple[str, int, int]: type, width and height of what has been written
    :raises TooLarge: it cannot be shown
    """
    if not is_picture(mimetype):
        # As it is, it would keep what the camera wrote in it.
        raise TooLarge
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > IMAGE_MAX_PIXELS:
                raise TooLarge
            width, height = picture.size
            if mimetype != MOVING:
                # Only for JPEG, which may be unfolded at an eighth, a fourth or half of its size.
                picture.draft("RGB", (SIDE_MAX_PIXELS, SIDE_MAX_PIXELS))
                upright = ImageOps.exif_transpose(picture)
                if upright.has_transparency_data:
                    upright = upright.convert("RGBA")
                upright.thumbnail((SIDE_MAX_PIXELS, SIDE_MAX_PIXELS))
                upright.info.clear()
                width, height = upright.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise TooLarge from error
    if mimetype == MOVING:
        shutil.copyfile(path, target)
    elif mimetype == "image/png":
        # Screenshots stay sharp, and what can be seen through too.
        upright.save(target, "PNG", optimize=True)
    else:
        mimetype = "image/jpeg"
        if upright.mode == "RGBA":
            paper = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(paper, upright)
        upright.convert("RGB").save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return mimetype, width, height
