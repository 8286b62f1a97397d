"""Colours that can be read: WCAG 2.2, criterion 1.4.3, level AA."""

import colorsys
import re

# Between a text and its ground. White is both: the ground of coloured words, and the words on a coloured ground.
CONTRAST_MIN = 4.5
HEXADECIMAL = re.compile(r"#[0-9a-f]{6}")
STEPS = 256


def _channels(colour):
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def contrast(colour):
    """:param str colour: as #rrggbb
    :return float: its contrast with white, from 1 to 21"""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable(colour):
    """:param str colour: as #rrggbb
    :return str: the same when it is read on white, and white on it; otherwise the nearest of its hue that is"""
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    for step in range(STEPS + 1):
        parts = colorsys.hls_to_rgb(hue, light * (1 - step / STEPS), saturation)
        found = colour if step == 0 else "#" + "".join(f"{round(part * 255):02x}" for part in parts)
        if contrast(found) >= CONTRAST_MIN:
            break
    return found
