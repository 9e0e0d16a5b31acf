"""A brush for flat pictures: everything is drawn at twice the size and then made smaller, so that edges are soft."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageColor, ImageDraw

WIDTH, HEIGHT, SCALE = 1200, 800, 2

type Colour = str
type Spot = tuple[float, float]


class Brush:
    """Shapes in points of a 1200 × 800 canvas. `rng` depends on the picture's name alone."""

    def __init__(self, name: str) -> None:
        self.rng = Random(name)
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "#dfeee9")
        self.pen = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.reduce(SCALE)

    def shade(self, x: float, y: float, w: float, h: float, top: Colour, bottom: Colour) -> None:
        """A box whose colour runs from `top` to `bottom`."""
        size = (max(1, round(w * SCALE)), max(1, round(h * SCALE)))
        # One column is mixed and then stretched: the same picture for a thousandth of the work.
        tall = (1, size[1])
        mask = Image.linear_gradient("L").resize(tall)
        column = Image.composite(Image.new("RGB", tall, bottom), Image.new("RGB", tall, top), mask)
        self.image.paste(column.resize(size, Image.Resampling.NEAREST), (round(x * SCALE), round(y * SCALE)))

    def box(self, x: float, y: float, w: float, h: float, colour: Colour, r: float = 0) -> None:
        """A rectangle, with round corners when `r` is given."""
        edges = [v * SCALE for v in (x, y, x + w, y + h)]
        if w > 0 and h > 0:
            self.pen.rounded_rectangle(edges, radius=min(r, w / 2, h / 2) * SCALE, fill=colour)

    def round(self, x: float, y: float, rx: float, colour: Colour, ry: float | None = None) -> None:
        """A circle or an ellipse around a middle."""
        ry = rx if ry is None else ry
        self.pen.ellipse([v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)], fill=colour)

    def arc(self, x: float, y: float, r: float, start: float, end: float, colour: Colour, w: float) -> None:
        """Part of a circle's edge; degrees run clockwise from three o'clock."""
        edges = [v * SCALE for v in (x - r, y - r, x + r, y + r)]
        self.pen.arc(edges, start, end, fill=colour, width=round(w * SCALE))

    def half(self, x: float, y: float, rx: float, ry: float, colour: Colour, start: float = 180) -> None:
        """Half an ellipse: the upper half unless `start` says otherwise."""
        edges = [v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)]
        self.pen.pieslice(edges, start, start + 180, fill=colour)

    def shape(self, spots: Sequence[Spot], colour: Colour) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in spots], fill=colour)

    def line(self, spots: Sequence[Spot], colour: Colour, w: float) -> None:
        """A line with round joints and ends."""
        self.pen.line([(x * SCALE, y * SCALE) for x, y in spots], colour, round(w * SCALE), "curve")
        if w > 2:
            for x, y in (spots[0], spots[-1]):
                self.round(x, y, w / 2, colour)

    def curve(self, a: Spot, bend: Spot, b: Spot, colour: Colour, w: float) -> None:
        """From `a` to `b`, pulled towards `bend`."""
        self.line([bezier(a, bend, b, step / 24) for step in range(25)], colour, w)

    def wave(self, y: float, height: float, colour: Colour, *, length: float = 420, phase: float = 0) -> None:
        """Everything below a rolling line."""
        top = [
            (
                x,
                y
                + height * math.sin(x / length * math.tau + phase)
                + height * 0.4 * math.sin(x / length * 2.3 * math.tau + phase * 1.7),
            )
            for x in range(-10, WIDTH + 11, 10)
        ]
        self.shape([*top, (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)], colour)

    def pick(self, colours: Sequence[Colour]) -> Colour:
        return self.rng.choice(colours)


def bezier(a: Spot, bend: Spot, b: Spot, t: float) -> Spot:
    u = 1 - t
    return (
        u * u * a[0] + 2 * u * t * bend[0] + t * t * b[0],
        u * u * a[1] + 2 * u * t * bend[1] + t * t * b[1],
    )


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` of `other` stirred in."""
    first, second = ImageColor.getrgb(one), ImageColor.getrgb(other)
    return "#" + "".join(f"{round(p + (q - p) * share):02x}" for p, q in zip(first, second, strict=False))
