"""Head and shoulders of the invented councillors, in the same flat manner as the scenes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import SCALE, Brush, Colour, mix

SIDE = 800  # of the square that is cut from the middle of the canvas
LEFT = 200
WIDE = 600  # pixels of the finished portrait


def draw_portrait(name: str, looks: dict[str, Any]) -> bytes:
    """A JPEG of 600 × 600 pixels. `looks`: skin (0–5), hair, cut, coat, extra (glasses, beard or nothing)."""
    b = Brush(name)
    skin, hair, coat = p.SKINS[looks["skin"]], looks["hair"], looks["coat"]
    _background(b, coat)
    if looks["cut"] in {"long", "curls"}:
        _behind(b, looks["cut"], hair)
    _body(b, skin, coat)
    if looks["cut"] == "scarf":
        _scarf(b, hair)
    else:
        _ears(b, skin)
    _face(b, skin, mix(hair, p.INK, 0.5))
    _hair(b, looks["cut"], hair, skin)
    if looks["extra"] == "beard":
        _beard(b, hair if looks["cut"] != "bald" else "#3a2a22")
        _mouth(b, skin)
    if looks["extra"] == "glasses":
        _glasses(b)
    whole = b.image.crop((LEFT * SCALE, 0, (LEFT + SIDE) * SCALE, SIDE * SCALE))
    out = BytesIO()
    # Rows of pixels are averaged first, as in the other pictures, and only what is left is filtered.
    small = whole.resize((WIDE, WIDE), Image.Resampling.LANCZOS, reducing_gap=1)
    small.save(out, "JPEG", quality=88)
    return out.getvalue()


def _background(b: Brush, coat: Colour) -> None:
    tint = b.pick(["#dfeee9", "#f6e7cd", "#dbe8f0", "#efe0ea", "#e6efd6"])
    b.box(0, 0, 1200, 800, tint)
    b.round(600, 420, 330, mix(tint, coat, 0.18))


def _behind(b: Brush, cut: str, hair: Colour) -> None:
    if cut == "curls":
        for x, y in (
            (440, 330),
            (420, 420),
            (450, 500),
            (760, 330),
            (780, 420),
            (750, 500),
            (600, 220),
            (510, 250),
            (690, 250),
        ):
            b.round(x, y, 84, hair)
        return
    b.box(436, 260, 328, 350, hair, 150)


def _scarf(b: Brush, colour: Colour) -> None:
    b.round(600, 400, 196, colour, 214)
    b.shape([(430, 470), (770, 470), (800, 700), (600, 770), (400, 700)], colour)
    b.curve((470, 600), (600, 700), (740, 590), mix(colour, p.INK, 0.2), 7)
    b.curve((450, 650), (610, 750), (760, 650), mix(colour, p.INK, 0.2), 7)


def _ears(b: Brush, skin: Colour) -> None:
    for x in (456, 744):
        b.round(x, 410, 28, mix(skin, p.INK, 0.06), 38)


def _body(b: Brush, skin: Colour, coat: Colour) -> None:
    b.round(600, 850, 330, coat, 260)
    b.box(548, 520, 104, 130, mix(skin, p.INK, 0.13), 40)
    b.shape([(520, 610), (600, 700), (680, 610), (640, 600), (600, 640), (560, 600)], p.WHITE)
    b.shape([(470, 622), (540, 604), (600, 720), (560, 800), (470, 800)], mix(coat, p.INK, 0.1))
    b.shape([(730, 622), (660, 604), (600, 720), (640, 800), (730, 800)], mix(coat, p.INK, 0.1))


def _face(b: Brush, skin: Colour, brow: Colour) -> None:
    b.round(600, 400, 148, skin, 172)
    for x in (540, 660):
        b.round(x, 396, 12, p.INK, 14)
        b.arc(x, 372, 30, 215, 325, brow, 8)
        b.round(x + (36 if x > 600 else -36), 456, 28, mix(skin, p.CORAL, 0.2), 20)
    b.arc(600, 420, 24, 20, 130, mix(skin, p.INK, 0.22), 7)
    _mouth(b, skin)


def _mouth(b: Brush, skin: Colour) -> None:
    b.half(600, 474, 48, 34, mix(skin, p.BRICK, 0.75), 0)
    b.box(566, 474, 68, 12, p.WHITE, 6)


def _hair(b: Brush, cut: str, hair: Colour, skin: Colour) -> None:
    if cut == "bald":
        b.arc(600, 400, 150, 150, 200, mix(skin, p.INK, 0.14), 14)
    if cut in {"bald", "scarf"}:
        return
    b.half(600, 352, 160, 152, hair)
    if cut == "short":
        for x in (448, 718):
            b.box(x, 330, 34, 70, hair, 14)
        b.shape([(450, 340), (540, 262), (750, 300), (752, 350), (640, 322), (500, 352)], hair)
        return
    b.shape([(446, 380), (470, 280), (620, 250), (560, 330), (480, 380)], hair)
    b.shape([(754, 380), (730, 280), (600, 250), (660, 330), (722, 380)], hair)
    _length(b, cut, hair)


def _length(b: Brush, cut: str, hair: Colour) -> None:
    if cut == "bun":
        b.round(600, 188, 66, hair)
        b.arc(600, 188, 50, 20, 160, mix(hair, p.INK, 0.2), 6)
    elif cut == "curls":
        for x, y in ((480, 280), (560, 246), (640, 246), (720, 280)):
            b.round(x, y, 62, hair)
    else:
        reach = 300 if cut == "long" else 200
        for x in (428, 718):
            b.box(x, 330, 54, reach, hair, 27)


def _beard(b: Brush, hair: Colour) -> None:
    b.half(600, 452, 142, 134, hair, 0)
    b.round(600, 452, 100, hair, 24)


def _glasses(b: Brush) -> None:
    for x in (540, 660):
        b.arc(x, 398, 44, 0, 360, p.INK, 7)
    b.arc(600, 392, 20, 190, 350, p.INK, 7)
