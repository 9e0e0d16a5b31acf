"""What the scenes are made of. Positions are in points; `y` of a thing that stands is the ground under it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from engage.demo.pictures.brush import HEIGHT, WIDTH, Brush, Colour, bezier, mix

PINE, LEAF, MOSS, MEADOW, LIME = "#0a4a3c", "#2f7d5b", "#5b9a62", "#8fbf6f", "#b9d884"
GOLD, CORAL, BRICK, CREAM, STONE, SAND = "#ffc53d", "#e4715a", "#b9533f", "#fff4dc", "#cfc8b8", "#f0d9a8"
INK, SLATE, SEA, LAKE, ICE, PLUM = "#22313a", "#52646e", "#2b7f95", "#6db6c1", "#cfe9ee", "#6d4a7c"
WOOD, DARK_WOOD, WHITE, DENIM, ROSE = "#b07f4f", "#7d5636", "#ffffff", "#3f5f8f", "#eaa79a"

SKINS = ["#f3cfb3", "#e0ac84", "#c68a5d", "#9c6640", "#6f4529", "#f6dcc6"]
HAIRS = ["#2c211d", "#5a3b26", "#8d5a2b", "#c9a25e", "#1b1b22", "#a34a28", "#3a2a22"]
GREY = "#d9d4cc"
COATS = [CORAL, GOLD, SEA, PLUM, LEAF, DENIM, ROSE, "#d9574f", "#f08a3c", "#3aa08a"]

SKIES = {
    "day": ("#8fcfe3", "#e9f6f2"),
    "morning": ("#f6c99a", "#fff3df"),
    "evening": ("#35557f", "#f4a98b"),
    "night": ("#10233c", "#35557f"),
    "grey": ("#b9ccd3", "#eef2ef"),
}


def sky(b: Brush, kind: str = "day", *, sun: tuple[float, float] | None = None) -> None:
    top, bottom = SKIES[kind]
    b.shade(0, 0, WIDTH, HEIGHT * 0.72, top, bottom)
    b.box(0, HEIGHT * 0.719, WIDTH, HEIGHT, bottom)
    if sun:
        disc = "#fdf3cf" if kind == "night" else GOLD
        b.round(*sun, 74, mix(bottom, disc, 0.35))
        b.round(*sun, 54, disc)
    if kind == "night":
        for _ in range(46):
            b.round(b.rng.uniform(0, WIDTH), b.rng.uniform(0, 380), b.rng.uniform(1, 2.6), "#dfe8f2")


def cloud(b: Brush, x: float, y: float, size: float = 1, colour: Colour = "#ffffff") -> None:
    for dx, dy, r in ((-52, 6, 30), (-18, -12, 40), (26, -4, 34), (58, 8, 24)):
        b.round(x + dx * size, y + dy * size, r * size, colour)
    b.box(x - 80 * size, y + 4 * size, 160 * size, 32 * size, colour, 16 * size)


def hills(b: Brush, y: float = 420, colours: Sequence[Colour] = (LIME, MEADOW, MOSS)) -> None:
    for index, colour in enumerate(colours):
        b.wave(
            y + index * 58,
            30 - index * 6,
            colour,
            length=520 - index * 60,
            phase=b.rng.uniform(0, 6),
        )


def ground(b: Brush, y: float, colour: Colour = MOSS) -> None:
    b.wave(y, 7, colour, length=700, phase=b.rng.uniform(0, 6))


def path(
    b: Brush, x_far: float, y_far: float, x_near: float, width: float = 190, colour: Colour = SAND
) -> None:
    """A path that widens towards the reader."""
    bend = ((x_far + x_near) / 2 + 90, (y_far + HEIGHT) / 2 - 40)
    far_w = width * 0.12
    left = [bezier((x_far - far_w, y_far), bend, (x_near - width, HEIGHT), t / 20) for t in range(21)]
    right = [bezier((x_far + far_w, y_far), (bend[0] + width * 0.5, bend[1]), (x_near + width, HEIGHT), t / 20)
             for t in range(21)]  # fmt: skip
    b.shape([*left, *reversed(right)], colour)


def tree(b: Brush, x: float, y: float, size: float = 1, leaf: Colour = LEAF, kind: str = "round") -> None:
    b.box(x - 7 * size, y - 74 * size, 14 * size, 76 * size, DARK_WOOD, 5 * size)
    if kind == "pine":
        for step in range(3):
            half, top = (62 - step * 14) * size, y - (60 + step * 48) * size
            b.shape([(x - half, top), (x + half, top), (x, top - 84 * size)], mix(leaf, WHITE, step * 0.06))
        return
    if kind == "tall":
        b.round(x, y - 128 * size, 34 * size, leaf, 96 * size)
        b.round(x + 9 * size, y - 140 * size, 18 * size, mix(leaf, WHITE, 0.12), 70 * size)
        return
    b.round(x, y - 124 * size, 64 * size, leaf)
    b.round(x - 42 * size, y - 96 * size, 42 * size, leaf)
    b.round(x + 44 * size, y - 98 * size, 44 * size, leaf)
    b.round(x + 16 * size, y - 144 * size, 36 * size, mix(leaf, WHITE, 0.13))


def bush(b: Brush, x: float, y: float, size: float = 1, leaf: Colour = LEAF) -> None:
    for dx, r in ((-30, 26), (0, 36), (32, 27)):
        b.round(x + dx * size, y - r * 0.62 * size, r * size, leaf)


def flowers(b: Brush, y_from: float, y_to: float, count: int = 60) -> None:
    for _ in range(count):
        x, y = b.rng.uniform(0, WIDTH), b.rng.uniform(y_from, y_to)
        b.round(x, y, b.rng.uniform(3, 6), b.pick([GOLD, CREAM, CORAL, ROSE, WHITE]))


def reeds(b: Brush, x_from: float, x_to: float, y: float, count: int = 40) -> None:
    for _ in range(count):
        x, tall = b.rng.uniform(x_from, x_to), b.rng.uniform(50, 120)
        lean = b.rng.uniform(-14, 14)
        b.curve((x, y), (x, y - tall * 0.6), (x + lean, y - tall), b.pick([MOSS, LEAF, MEADOW]), 4)
        if b.rng.random() < 0.3:
            b.line([(x + lean, y - tall - 14), (x + lean, y - tall + 10)], DARK_WOOD, 8)


def water(b: Brush, y: float, top: Colour = LAKE, bottom: Colour = SEA, until: float = HEIGHT) -> None:
    b.shade(0, y, WIDTH, until - y, top, bottom)
    for _ in range(34):
        x, at = b.rng.uniform(-40, WIDTH), b.rng.uniform(y + 8, until - 6)
        b.line([(x, at), (x + b.rng.uniform(30, 110), at)], mix(top, WHITE, 0.45), 2.4)


def house(
    b: Brush,
    x: float,
    y: float,
    w: float,
    h: float,
    wall: Colour = CREAM,
    roof: Colour = BRICK,
    *,
    lit: bool = False,
) -> None:
    """A gabled front with a door and windows."""
    b.box(x, y - h, w, h, wall)
    b.box(x + w * 0.74, y - h - w * 0.44, w * 0.1, w * 0.3, mix(roof, INK, 0.25))
    b.shape([(x - w * 0.07, y - h), (x + w / 2, y - h - w * 0.42), (x + w * 1.07, y - h)], roof)
    pane = GOLD if lit else "#a9d3dc"
    for column in (0.16, 0.64):
        b.box(x + w * column, y - h * 0.82, w * 0.2, h * 0.28, WHITE, 3)
        b.box(x + w * (column + 0.02), y - h * 0.79, w * 0.16, h * 0.22, pane, 2)
    b.box(x + w * 0.41, y - h * 0.46, w * 0.18, h * 0.46, mix(roof, PINE, 0.55), 4)


def terrace(b: Brush, y: float, x_from: float = -20, x_to: float = WIDTH, *, lit: bool = False) -> None:
    x = x_from
    while x < x_to:
        w = b.rng.uniform(92, 128)
        wall = b.pick([CREAM, "#f6d9c4", "#dfe7d2", "#cfe0e6", "#f2e3b7", ROSE])
        house(b, x, y, w, b.rng.uniform(112, 150), wall, b.pick([BRICK, SLATE, "#8a4636"]), lit=lit)
        x += w + 2


def hall(b: Brush, x: float, y: float, w: float, h: float, wall: Colour = STONE, roof: Colour = SLATE,
         *, lit: bool = False) -> None:  # fmt: skip
    """A village hall seen from the side: long roof, porch, tall windows."""
    b.shape(
        [(x - 24, y - h), (x + w * 0.06, y - h * 1.62), (x + w * 0.94, y - h * 1.62), (x + w + 24, y - h)],
        roof,
    )
    b.box(x, y - h, w, h, wall)
    count = max(3, int(w // 110))
    for index in range(count):
        left = x + w * (index + 0.5) / count - 20
        if abs(left + 20 - (x + w / 2)) < w * 0.12:
            continue
        b.box(left - 4, y - h * 0.8, 48, h * 0.54, WHITE, 20)
        b.box(left, y - h * 0.77, 40, h * 0.48, GOLD if lit else "#9fcbd6", 18)
    b.shape(
        [(x + w / 2 - 74, y - h * 0.72), (x + w / 2, y - h * 1.2), (x + w / 2 + 74, y - h * 0.72)],
        mix(roof, INK, 0.2),
    )
    b.box(x + w / 2 - 60, y - h * 0.72, 120, h * 0.72, mix(wall, WHITE, 0.35))
    b.box(x + w / 2 - 32, y - h * 0.54, 64, h * 0.54, PINE, 6)
    b.line([(x + w / 2, y - h * 0.52), (x + w / 2, y)], mix(PINE, WHITE, 0.3), 2.4)


def church(b: Brush, x: float, y: float, size: float = 1, wall: Colour = STONE) -> None:
    b.box(x, y - 90 * size, 150 * size, 90 * size, wall)
    b.shape(
        [(x - 8 * size, y - 88 * size), (x + 75 * size, y - 140 * size), (x + 158 * size, y - 88 * size)],
        SLATE,
    )
    b.box(x - 54 * size, y - 190 * size, 62 * size, 190 * size, mix(wall, INK, 0.07))
    b.shape(
        [(x - 58 * size, y - 188 * size), (x - 23 * size, y - 268 * size), (x + 12 * size, y - 188 * size)],
        SLATE,
    )
    b.round(x - 23 * size, y - 150 * size, 15 * size, CREAM)


def bench(b: Brush, x: float, y: float, size: float = 1, colour: Colour = WOOD) -> None:
    for lift in (82, 66, 44):
        b.box(x - 92 * size, y - lift * size, 184 * size, 11 * size, colour, 5 * size)
    for side in (-74, 66):
        b.box(x + side * size, y - 84 * size, 10 * size, 86 * size, INK, 4 * size)
    for side in (-96, 86):
        b.box(x + side * size, y - 58 * size, 12 * size, 8 * size, INK, 4 * size)


def lamp(b: Brush, x: float, y: float, size: float = 1, *, lit: bool = False) -> None:
    if lit:
        for r, share in ((86, 0.1), (58, 0.22)):
            glow = mix(SKIES["night"][1], GOLD, share)
            b.round(x, y - 214 * size, r * size, glow)
    b.box(x - 4 * size, y - 204 * size, 8 * size, 204 * size, INK, 3)
    b.shape([(x - 20 * size, y - 232 * size), (x + 20 * size, y - 232 * size), (x + 13 * size, y - 198 * size),
             (x - 13 * size, y - 198 * size)], GOLD if lit else CREAM)  # fmt: skip
    b.shape([(x - 26 * size, y - 230 * size), (x, y - 250 * size), (x + 26 * size, y - 230 * size)], INK)


def fence(b: Brush, y: float, x_from: float = 0, x_to: float = WIDTH, colour: Colour = WOOD) -> None:
    for rail in (58, 30):
        b.box(x_from, y - rail, x_to - x_from, 8, colour, 3)
    x = x_from
    while x <= x_to:
        b.box(x, y - 74, 12, 78, mix(colour, INK, 0.12), 4)
        x += 76


def person(
    b: Brush,
    x: float,
    y: float,
    tall: float = 190,
    *,
    coat: Colour = "",
    skin: Colour = "",
    hair: Colour = "",
    legs: Colour = INK,
    arms: str = "down",
    sits: bool = False,
    facing: int = 1,
) -> None:
    """A rounded figure. `arms`: down, up, out (forward), wave; colours not given are picked."""
    coat, skin, hair = coat or b.pick(COATS), skin or b.pick(SKINS), hair or b.pick(HAIRS)
    k = tall / 190
    hip = y - 84 * k if not sits else y - 46 * k
    shoulder, sleeve = hip - 60 * k, mix(coat, INK, 0.12)
    if sits:
        knee = x + facing * 46 * k
        for gap in (0, 10):
            b.line(
                [(x + gap * k, hip - 6 * k), (knee + gap * k, hip - 4 * k), (knee + gap * k, y)], legs, 19 * k
            )
            b.line(
                [(knee + gap * k, y), (knee + (gap + facing * 12) * k, y)], mix(legs, "#000000", 0.4), 11 * k
            )
    else:
        for side in (-11, 11):
            b.line([(x + side * k, hip - 6 * k), (x + side * k, y - 6 * k)], legs, 19 * k)
            b.line(
                [(x + side * k, y - 4 * k), (x + (side + facing * 9) * k, y - 4 * k)],
                mix(legs, "#000000", 0.4),
                11 * k,
            )
    reach = {
        "down": [(24, 26), (25, 60)],
        "up": [(36, -22), (34, -62)],
        "out": [(30, 22), (58, 14)],
        "wave": [(38, -8), (40, -52)],
    }
    for side in (-1, 1):
        pose = arms
        if arms == "wave" and side != facing:
            pose = "down"
        elbow, hand = reach[pose]
        way = facing if pose == "out" else side
        start = (x + side * 19 * k, shoulder + 10 * k)
        joint = (x + way * elbow[0] * k, shoulder + elbow[1] * k)
        end = (x + way * hand[0] * k, shoulder + hand[1] * k)
        b.line([start, joint, end], sleeve, 14 * k)
        b.round(end[0], end[1], 8 * k, skin)
    b.box(x - 28 * k, shoulder - 2 * k, 56 * k, 74 * k, coat, 22 * k)
    b.box(x - 7 * k, shoulder - 14 * k, 14 * k, 20 * k, mix(skin, INK, 0.12), 5 * k)
    head = shoulder - 32 * k
    b.round(x, head, 24 * k, skin, 26 * k)
    b.half(x, head - 3 * k, 26 * k, 27 * k, hair)
    b.round(x - facing * 17 * k, head + 1 * k, 10 * k, hair, 16 * k)
    b.round(x + facing * 9 * k, head + 2 * k, 2.4 * k, INK)
    b.arc(x + facing * 8 * k, head + 7 * k, 7 * k, 20, 160, mix(skin, BRICK, 0.6), 2 * k)


def crowd(
    b: Brush, y: float, count: int, x_from: float = 60, x_to: float = WIDTH - 60, tall: float = 150
) -> None:
    step = (x_to - x_from) / max(1, count - 1)
    for index in range(count):
        x = x_from + index * step + b.rng.uniform(-9, 9)
        facing = 1 if x < WIDTH / 2 else -1
        person(b, x, y + b.rng.uniform(-8, 8), tall * b.rng.uniform(0.9, 1.06), legs=b.pick([INK, DENIM, SLATE]),
               arms=b.rng.choice(["down", "down", "wave", "down"]), facing=facing)  # fmt: skip


def table(b: Brush, x: float, y: float, w: float, cloth: Colour = WHITE, high: float = 96) -> None:
    b.box(x, y - high, w, 18, mix(cloth, INK, 0.08), 6)
    b.shape(
        [
            (x + 6, y - high + 14),
            (x + w - 6, y - high + 14),
            (x + w - 18, y - high * 0.42),
            (x + 18, y - high * 0.42),
        ],
        cloth,
    )
    for leg in (x + 26, x + w - 38):
        b.box(leg, y - high * 0.5, 12, high * 0.5, DARK_WOOD, 4)


def mug(b: Brush, x: float, y: float, colour: Colour = CORAL) -> None:
    b.arc(x + 12, y - 14, 9, 270, 90, colour, 4)
    b.box(x - 12, y - 27, 24, 27, colour, 5)
    b.curve((x - 3, y - 34), (x - 10, y - 44), (x - 2, y - 54), "#ffffff", 3)


def boat(
    b: Brush, x: float, y: float, size: float = 1, hull: Colour = CORAL, sail: Colour | None = CREAM
) -> None:
    b.shape([(x - 92 * size, y - 30 * size), (x + 96 * size, y - 30 * size), (x + 62 * size, y + 10 * size),
             (x - 66 * size, y + 10 * size)], hull)  # fmt: skip
    b.box(x - 92 * size, y - 34 * size, 188 * size, 8 * size, mix(hull, WHITE, 0.5), 3)
    if sail:
        b.box(x - 3 * size, y - 210 * size, 6 * size, 180 * size, DARK_WOOD, 3)
        b.shape(
            [(x + 8 * size, y - 206 * size), (x + 88 * size, y - 48 * size), (x + 8 * size, y - 48 * size)],
            sail,
        )
        b.shape(
            [(x - 9 * size, y - 190 * size), (x - 66 * size, y - 48 * size), (x - 9 * size, y - 48 * size)],
            GOLD,
        )


def bird(b: Brush, x: float, y: float, size: float = 1, colour: Colour = INK) -> None:
    b.curve((x - 18 * size, y - 6 * size), (x - 8 * size, y - 14 * size), (x, y), colour, 3 * size)
    b.curve((x, y), (x + 8 * size, y - 14 * size), (x + 18 * size, y - 6 * size), colour, 3 * size)


def bunting(b: Brush, y: float, sag: float = 46, x_from: float = 0, x_to: float = WIDTH) -> None:
    flags = int((x_to - x_from) // 62)
    spots = [
        bezier((x_from, y), ((x_from + x_to) / 2, y + sag * 2), (x_to, y), t / flags)
        for t in range(flags + 1)
    ]
    b.line(spots, CREAM, 3)
    for index, (start, end) in enumerate(pairwise(spots)):
        colour = [GOLD, CORAL, WHITE, LAKE, MEADOW][index % 5]
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 46)
        b.shape([(start[0] + 5, start[1]), (end[0] - 5, end[1]), middle], colour)


def room(
    b: Brush, wall: Colour = "#f3e2c6", floor: Colour = WOOD, y: float = 560, *, windows: int = 3
) -> None:
    """Inside: wall, skirting, boards, windows with the day outside."""
    b.shade(0, 0, WIDTH, y, mix(wall, WHITE, 0.25), wall)
    b.shade(0, y, WIDTH, HEIGHT - y, floor, mix(floor, INK, 0.14))
    for index in range(-8, 21):
        off = index * 90 - 600
        b.line([(600 + off * 0.72, y), (600 + off * 1.5, HEIGHT)], mix(floor, INK, 0.16), 2)
    b.box(0, y - 12, WIDTH, 14, mix(wall, INK, 0.16))
    for index in range(windows):
        x = WIDTH * (index + 0.5) / windows - 78
        b.box(x - 10, 96, 176, 262, WHITE, 10)
        b.shade(x, 106, 156, 242, "#9fd4e4", "#e5f4ee")
        b.round(x + 40, 336, 46, MEADOW)
        b.box(x, 316, 156, 32, MEADOW)
        b.box(x + 74, 106, 8, 242, WHITE)
        b.box(x, 220, 156, 8, WHITE)
        b.box(x - 18, 356, 192, 12, mix(wall, WHITE, 0.6), 4)


def wheel(b: Brush, x: float, y: float, r: float, tyre: Colour = INK) -> None:
    b.round(x, y, r, tyre)
    b.round(x, y, r * 0.55, STONE)
    b.round(x, y, r * 0.2, INK)


def bicycle(b: Brush, x: float, y: float, size: float = 1, colour: Colour = CORAL) -> None:
    for dx in (-62, 62):
        b.arc(x + dx * size, y - 44 * size, 44 * size, 0, 360, INK, 6 * size)
        for spoke in range(0, 180, 30):
            c, s = math.cos(math.radians(spoke)) * 40 * size, math.sin(math.radians(spoke)) * 40 * size
            b.line(
                [(x + dx * size - c, y - 44 * size - s), (x + dx * size + c, y - 44 * size + s)], STONE, 1.6
            )
    frame = [(-62, -44), (-22, -104), (44, -104), (-2, -44), (-62, -44)]
    b.line([(x + dx * size, y + dy * size) for dx, dy in frame], colour, 8 * size)
    b.line([(x - 22 * size, y - 104 * size), (x - 2 * size, y - 44 * size)], colour, 8 * size)
    b.line(
        [(x + 62 * size, y - 44 * size), (x + 42 * size, y - 128 * size), (x + 64 * size, y - 136 * size)],
        INK,
        7 * size,
    )
    b.line([(x - 22 * size, y - 104 * size), (x - 26 * size, y - 120 * size)], INK, 6 * size)
    b.box(x - 48 * size, y - 128 * size, 42 * size, 11 * size, INK, 5 * size)
