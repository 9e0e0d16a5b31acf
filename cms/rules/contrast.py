"""Can people read it? Contrast between colours by the WCAG 2.2 formula, and the checks a council's colours pass."""

import re
from dataclasses import dataclass
from fractions import Fraction

WHITE = "#ffffff"
INK = "#11231e"
GROUND = "#f4f6f1"
TEXT = Fraction(9, 2)
SHAPE = Fraction(3)

_HEX = re.compile(r"^#[0-9a-f]{6}$", re.IGNORECASE)


class NotAColour(ValueError):
    """The text is not a colour like #0a4a3c."""


@dataclass(frozen=True, slots=True)
class TooFaint:
    """`against` could not be read or told apart: `ratio` is what it is, `wanted` what it must be at least."""

    field: str
    against: str
    ratio: float
    wanted: float


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white). Raises NotAColour."""
    if not _HEX.match(colour):
        raise NotAColour(colour)
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), whichever comes first."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """White or ink, whichever reads better on it."""
    return max((WHITE, INK), key=lambda text: ratio(text, colour))


def faults(brand: str, accent: str) -> list[TooFaint]:
    """What a person could not read or tell apart if the site wore these colours.

    The brand colour carries white text and is the colour of links on the page's ground; the accent carries text
    of its own and must stand out from the brand, beside which it marks the money that is left.
    """
    checks = [
        ("colour", "text", ratio(brand, WHITE), float(TEXT)),
        ("colour", "link", ratio(brand, GROUND), float(TEXT)),
        ("accent", "text", ratio(accent, text_on(accent)), float(TEXT)),
        ("accent", "brand", ratio(accent, brand), float(SHAPE)),
    ]
    return [TooFaint(*check) for check in checks if check[2] < check[3]]
