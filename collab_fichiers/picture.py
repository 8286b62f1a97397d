"""Prepares pictures for pages: turned upright, reduced, and without what the camera wrote in them (place, person,
device)."""

import shutil

from PIL import Image, ImageOps

from .preview import IMAGE_MAX_PIXELS, IMAGES

SIDE_MAX_PIXELS = 1600
QUALITY = 82
# GIF pictures, which may be animated, are kept as they are: they do not say where they were made.
MOVING = "image/gif"


class TooLarge(ValueError):
    """The picture would take too much memory once decoded, or is not a picture that pages can show."""


def is_picture(mimetype):
    """:return bool: pages show files of this type as pictures"""
    return mimetype in IMAGES


def lighten(path, target, mimetype):
    """Write a picture as pages show it.

    :param str path: of the picture
    :param str target: path of the file to write
    :param str mimetype: media type of the picture, found from its content
    :return tuple[str, int, int]: media type, width and height (in pixels) of the picture written
    :raises TooLarge: it cannot be shown
    """
    if not is_picture(mimetype):
        # Copied as it is, it could still contain what the camera wrote in it.
        raise TooLarge
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > IMAGE_MAX_PIXELS:
                raise TooLarge
            width, height = picture.size
            if mimetype != MOVING:
                # Saves memory. Acts on JPEG only, which can be decoded at a half, a quarter or an eighth of its size.
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
        # Still a PNG: screenshots stay sharp, and transparent parts stay transparent.
        upright.save(target, "PNG", optimize=True)
    else:
        mimetype = "image/jpeg"
        if upright.mode == "RGBA":
            paper = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(paper, upright)
        upright.convert("RGB").save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return mimetype, width, height
