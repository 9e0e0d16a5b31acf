"""The demo council's pictures: drawn, not photographed, and the same every time.

brush.py    shapes on a canvas of 1200 × 800 points
parts.py    what scenes are made of: skies, hills, trees, houses, boats, people
scenes/     one function for each picture, with the sentence that says what it shows; one file per kind
"""

from __future__ import annotations

from io import BytesIO

from engage.demo.pictures.brush import Brush
from engage.demo.pictures.scenes import SCENES

__all__ = ["SCENES", "alt_text", "draw"]


def draw(name: str) -> bytes:
    """The picture of that name as a JPEG of 1200 × 800 pixels."""
    brush = Brush(name)
    SCENES[name](brush)
    out = BytesIO()
    brush.finished().save(out, "JPEG", quality=88)
    return out.getvalue()


def alt_text(name: str) -> str:
    """One sentence for people who cannot see it."""
    return (SCENES[name].__doc__ or "").strip()
