"""Every picture of the demo council. A scene's docstring says what it shows, for people who cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import HEIGHT, WIDTH, Brush, mix

SCENES: dict[str, Callable[[Brush], None]] = {}


def scene(draw: Callable[[Brush], None]) -> Callable[[Brush], None]:
    SCENES[draw.__name__.replace("_", "-")] = draw
    return draw


# --- parks, paths and the open air --------------------------------------------------------------------------


@scene
def library_garden(b: Brush) -> None:
    """Children sit on the grass of a walled garden while a librarian reads to them under a tree."""
    p.sky(b, "day")
    p.cloud(b, 930, 120)
    b.box(0, 250, WIDTH, 240, "#c98a6b")
    for row in range(8):
        for column in range(-1, 16):
            b.box(
                column * 82 + (row % 2) * 41,
                256 + row * 30,
                76,
                25,
                mix("#c98a6b", p.BRICK, 0.14 + 0.05 * ((row + column) % 3)),
                3,
            )
    for x in (110, 380, 1040):
        p.bush(b, x, 490, 1.5, p.LEAF)
        for _ in range(12):
            b.round(
                x + b.rng.uniform(-60, 60), b.rng.uniform(420, 486), 6, b.pick([p.ROSE, p.CORAL, p.CREAM])
            )
    p.ground(b, 486, p.MEADOW)
    p.tree(b, 800, 520, 2.3, p.LEAF)
    p.bench(b, 790, 560, 1.2)
    p.person(b, 760, 560, 210, coat=p.PLUM, sits=True, facing=-1, arms="out")
    b.shape([(668, 460), (702, 448), (702, 486), (668, 498)], p.CREAM)
    b.shape([(702, 448), (730, 458), (730, 494), (702, 486)], p.WHITE)
    for x, y in ((250, 690), (370, 640), (470, 700), (580, 650), (330, 740), (560, 750)):
        p.person(b, x, y, 150, sits=True, facing=1)
    p.flowers(b, 740, 800, 36)


@scene
def cliff_bench(b: Brush) -> None:
    """An older couple rest on a bench on a green cliff above a calm sea."""
    p.sky(b, "morning", sun=(880, 190))
    p.water(b, 380, "#f4cfa5", p.SEA)
    p.boat(b, 930, 430, 0.5)
    b.shape([(0, 430), (420, 452), (700, 540), (760, 640), (700, 800), (0, 800)], mix(p.SAND, p.BRICK, 0.22))
    b.shape([(0, 420), (420, 440), (720, 530), (600, 580), (700, 800), (0, 800)], p.MOSS)
    b.shape([(0, 620), (300, 600), (560, 800), (150, 800)], p.SAND)
    p.bench(b, 330, 590, 1.35)
    p.person(b, 292, 590, 214, coat=p.SEA, hair=p.GREY, sits=True)
    p.person(b, 356, 590, 204, coat=p.GOLD, hair=p.GREY, sits=True)
    for x, y in ((700, 150), (760, 190), (640, 210)):
        p.bird(b, x, y, 1.3)
    p.flowers(b, 480, 560, 14)


@scene
def friendly_bench(b: Brush) -> None:
    """Two neighbours talk on a bright yellow bench outside a row of shops."""
    p.sky(b, "day")
    b.box(0, 130, WIDTH, 480, "#e9c8ae")
    for index, (wall, awning) in enumerate(((p.CREAM, p.CORAL), ("#dfe7d2", p.LEAF), ("#cfe0e6", p.PLUM))):
        x = index * 400
        b.box(x + 8, 90, 384, 520, wall)
        b.box(x + 44, 380, 190, 170, p.WHITE, 6)
        b.shade(x + 52, 388, 174, 154, "#a9d3dc", "#e8f3ee")
        b.box(x + 270, 370, 96, 240, mix(awning, p.INK, 0.35), 6)
        b.box(x + 284, 388, 68, 120, "#bfe0e4", 4)
        for stripe in range(8):
            b.box(x + 24 + stripe * 44, 318, 44, 58, awning if stripe % 2 else p.WHITE, 0)
            b.half(x + 46 + stripe * 44, 376, 22, 16, awning if stripe % 2 else p.WHITE, 0)
        b.box(x + 24, 262, 352, 56, mix(awning, p.INK, 0.2), 6)
        for window in (70, 240):
            b.box(x + window, 130, 92, 104, p.WHITE, 4)
            b.box(x + window + 8, 138, 76, 88, "#a9d3dc", 2)
    b.box(0, 608, WIDTH, 200, p.STONE)
    for x in range(-60, 1260, 150):
        b.line([(x, 610), (x - 70, 800)], mix(p.STONE, p.INK, 0.12), 3)
    p.bench(b, 560, 704, 1.7, p.GOLD)
    p.person(b, 500, 704, 240, coat=p.CORAL, hair=p.GREY, sits=True, facing=1)
    p.person(b, 640, 704, 236, coat=p.SEA, sits=True, facing=-1)
    for x in (250, 890):
        b.box(x, 650, 90, 60, p.DARK_WOOD, 6)
        p.bush(b, x + 45, 656, 1, p.LEAF)
        for _ in range(10):
            b.round(
                x + 45 + b.rng.uniform(-40, 40), b.rng.uniform(606, 650), 6, b.pick([p.ROSE, p.GOLD, p.WHITE])
            )


@scene
def boardwalk(b: Brush) -> None:
    """A boardwalk winds between tall trees over still water, with a kingfisher on the rail."""
    p.sky(b, "morning")
    for x in range(-40, 1260, 74):
        p.tree(b, x + b.rng.uniform(-20, 20), 430, 1.5, mix(p.MOSS, p.SKIES["morning"][1], 0.45), "tall")
    p.water(b, 430, "#cfe2c4", mix(p.SEA, p.PINE, 0.4))
    for x in (70, 210, 980, 1130):
        p.tree(b, x, 520, 2.2, b.pick([p.LEAF, p.PINE]), "tall")
    b.shape([(640, 430), (672, 430), (880, 800), (300, 800)], p.WOOD)
    for step in range(19):
        y = 436 + step * step * 1.05
        spread = (y - 430) / 370
        b.line([(640 - 340 * spread, y), (672 + 208 * spread, y)], p.DARK_WOOD, 2 + spread * 5)
    b.line([(674, 412), (900, 660)], p.DARK_WOOD, 9)
    for t in (0.1, 0.4, 0.8):
        b.line([(674 + 226 * t, 412 + 248 * t), (674 + 226 * t, 470 + 290 * t)], p.DARK_WOOD, 9)
    b.round(800, 530, 20, p.SEA, 15)
    b.shape([(816, 526), (846, 532), (816, 538)], p.INK)
    b.round(796, 538, 13, "#f08a3c", 9)
    p.person(b, 610, 620, 190, coat=p.CORAL)
    p.person(b, 552, 640, 140, coat=p.GOLD, arms="wave", facing=-1)
    p.reeds(b, 0, 280, 800)
    p.reeds(b, 920, 1200, 800)


@scene
def river_path(b: Brush) -> None:
    """A woman pushes a pram and a man rolls his wheelchair along a new riverside path under a stone bridge."""
    p.sky(b, "day")
    p.terrace(b, 330)
    p.water(b, 400, p.LAKE, p.SEA)
    b.shape([(0, 560), (1200, 430), (1200, 800), (0, 800)], p.MEADOW)
    b.shape([(0, 650), (1200, 480), (1200, 640), (0, 800)], p.SAND)
    stone = mix(p.STONE, p.INK, 0.12)
    b.box(690, 190, 510, 130, stone)
    b.box(690, 176, 510, 22, mix(stone, p.WHITE, 0.3))
    b.box(700, 300, 74, 230, stone)
    b.half(960, 330, 190, 130, mix(stone, p.INK, 0.35))
    b.box(770, 326, 380, 90, mix(p.LAKE, p.INK, 0.3))
    p.person(b, 330, 690, 220, coat=p.GOLD, arms="out")
    b.half(430, 616, 50, 46, p.PLUM, 0)
    b.half(430, 612, 50, 52, mix(p.PLUM, p.INK, 0.2), 200)
    p.wheel(b, 398, 684, 18)
    p.wheel(b, 464, 676, 18)
    p.person(b, 680, 640, 200, coat=p.SEA, sits=True, arms="out")
    b.arc(676, 600, 48, 0, 360, p.INK, 8)
    b.box(640, 520, 12, 84, p.INK, 5)
    p.bush(b, 90, 640, 1.2)
    p.lamp(b, 1090, 520, 1.1)


@scene
def pond(b: Brush) -> None:
    """Volunteers with spades stand round a new pond in front of an old abbey arch."""
    p.sky(b, "day", sun=(210, 140))
    p.hills(b, 360)
    wall = mix(p.STONE, p.SAND, 0.3)
    b.box(760, 170, 250, 300, wall)
    b.half(885, 300, 80, 100, p.SKIES["day"][1])
    b.box(805, 298, 160, 172, mix(p.MEADOW, p.SKIES["day"][1], 0.5))
    b.shape([(760, 170), (800, 130), (850, 175), (930, 150), (1010, 190), (1010, 210), (760, 210)], wall)
    p.ground(b, 466, p.MOSS)
    b.round(560, 640, 390, mix(p.SAND, p.DARK_WOOD, 0.35), 112)
    b.round(560, 634, 360, p.LAKE, 96)
    for x, y in ((430, 640), (690, 664), (560, 600)):
        b.round(x, y, 44, p.LEAF, 13)
        b.round(x + 8, y - 8, 12, p.ROSE, 8)
    p.reeds(b, 180, 330, 640, 24)
    for x, y, tool in ((160, 700, 1), (330, 760, -1), (930, 650, -1), (1040, 720, -1)):
        p.person(b, x, y, 220, facing=tool, arms="out")
        b.line([(x + tool * 64, y - 190), (x + tool * 70, y - 14)], p.DARK_WOOD, 8)
        b.shape([(x + tool * 70 - 16, y - 34), (x + tool * 70 + 16, y - 34), (x + tool * 70, y + 8)], p.SLATE)
    b.line([(600, 420), (640, 420)], p.SEA, 5)
    b.round(646, 420, 6, p.SEA)


@scene
def bird_hide(b: Brush) -> None:
    """A wooden hide at the end of a boardwalk looks out over an estuary full of birds."""
    p.sky(b, "evening", sun=(260, 330))
    for _ in range(24):
        p.bird(b, b.rng.uniform(80, 900), b.rng.uniform(80, 300), b.rng.uniform(0.7, 1.3))
    p.water(b, 400, "#f4b995", mix(p.SEA, p.PLUM, 0.4))
    for y, w in ((440, 500), (500, 320), (470, 240)):
        b.round(b.rng.uniform(200, 700), y, w / 2, mix(p.SAND, p.PLUM, 0.3), 11)
    p.ground(b, 640, mix(p.MOSS, p.PLUM, 0.25))
    p.reeds(b, 0, 620, 720, 60)
    b.box(760, 330, 330, 220, p.DARK_WOOD)
    for y in range(350, 550, 26):
        b.line([(760, y), (1090, y)], mix(p.DARK_WOOD, p.INK, 0.25), 2.4)
    b.shape([(730, 336), (770, 270), (1080, 270), (1120, 336)], mix(p.DARK_WOOD, p.INK, 0.45))
    b.box(790, 392, 120, 34, p.INK, 4)
    b.box(940, 430, 120, 34, p.INK, 4)
    b.shape([(690, 560), (1200, 548), (1200, 650), (560, 800), (300, 800)], p.WOOD)
    for step in range(12):
        b.line([(700 - step * 36, 566 + step * 20), (1200, 560 + step * 16)], p.DARK_WOOD, 3)
    p.person(b, 660, 680, 200, coat=p.GOLD, arms="out")
    p.person(b, 560, 740, 210, coat=p.CORAL, sits=True, arms="out")
    b.arc(552, 694, 50, 0, 360, p.INK, 8)


@scene
def dunes(b: Brush) -> None:
    """Families plant tufts of grass in rows on a sandy dune beside the sea."""
    p.sky(b, "day", sun=(980, 130))
    p.cloud(b, 240, 130)
    p.water(b, 330, p.LAKE, p.SEA, until=520)
    b.wave(440, 46, p.SAND, length=900, phase=0.6)
    b.wave(560, 40, mix(p.SAND, p.WOOD, 0.16), length=760, phase=2.6)
    for row in range(5):
        for column in range(16):
            x, y = 30 + column * 76 + (row % 2) * 38, 560 + row * 52
            for lean in (-12, -4, 5, 13):
                b.curve((x, y), (x + lean * 0.3, y - 20), (x + lean, y - 38), b.pick([p.MOSS, p.LEAF]), 3.4)
    for x, y, tall in (
        (200, 620, 190),
        (330, 640, 130),
        (620, 590, 185),
        (760, 690, 190),
        (860, 700, 120),
        (1040, 610, 190),
    ):
        p.person(b, x, y, tall, arms=b.rng.choice(["out", "down", "wave"]), facing=b.rng.choice([-1, 1]))
    for x in range(0, 1200, 50):
        b.box(x, 470 - (x % 100) * 0.1, 8, 62, p.DARK_WOOD, 3)


@scene
def lake_landing(b: Brush) -> None:
    """A man in a wheelchair looks at a sailing boat from a floating landing on a wide lake."""
    p.sky(b, "morning", sun=(300, 180))
    b.wave(360, 34, mix(p.MOSS, p.SKIES["morning"][1], 0.45), length=620, phase=1)
    b.wave(400, 20, p.MOSS, length=420, phase=4)
    p.water(b, 440, "#f0d9b4", p.LAKE)
    p.boat(b, 930, 560, 1.4, p.SEA)
    p.boat(b, 520, 480, 0.5)
    b.shape([(0, 640), (640, 610), (760, 690), (0, 760)], p.WOOD)
    for x in range(20, 700, 52):
        b.line([(x, 640 - x * 0.04), (x + 40, 758 - x * 0.09)], p.DARK_WOOD, 3)
    for x in (90, 330, 570):
        b.box(x, 540 - x * 0.02, 12, 110, p.INK, 4)
    b.line([(90, 550), (582, 540)], p.INK, 8)
    p.person(b, 430, 690, 220, coat=p.CORAL, sits=True, arms="wave")
    b.arc(424, 644, 54, 0, 360, p.INK, 9)
    b.box(378, 560, 12, 92, p.INK, 5)
    p.person(b, 250, 696, 230, coat=p.LEAF, arms="wave")
    p.reeds(b, 960, 1200, 800, 40)


@scene
def river_clean(b: Brush) -> None:
    """Volunteers in a flat boat lift rubbish out of the river with pickers, below brick warehouses."""
    p.sky(b, "grey")
    for x, w, h, wall in (
        (40, 260, 280, p.BRICK),
        (310, 220, 220, "#c98a6b"),
        (700, 300, 300, "#a8583f"),
        (1010, 200, 230, "#c98a6b"),
    ):
        b.box(x, 400 - h, w, h, wall)
        b.shape([(x - 10, 400 - h), (x + w / 2, 340 - h), (x + w + 10, 400 - h)], p.SLATE)
        for column in range(3):
            for row in range(int(h // 84)):
                b.box(x + 26 + column * (w - 60) / 2.6, 424 - h + row * 80, 36, 48, "#bcd7dc", 3)
    b.box(0, 396, WIDTH, 40, p.STONE)
    p.water(b, 432, p.LAKE, p.SEA)
    b.shape([(250, 610), (900, 610), (840, 690), (320, 690)], p.LEAF)
    b.box(242, 600, 666, 16, mix(p.LEAF, p.WHITE, 0.3), 6)
    for x, facing in ((380, -1), (560, 1), (760, 1)):
        p.person(b, x, 640, 220, coat=b.pick([p.GOLD, "#f08a3c"]), arms="out", facing=facing)
        b.line([(x + facing * 60, 510), (x + facing * 150, 640)], p.INK, 6)
    for x, y in ((450, 590), (500, 600), (670, 596)):
        b.round(x, y, 38, p.INK, 42)
        b.shape([(x - 12, y - 36), (x, y - 58), (x + 12, y - 36)], p.INK)
    b.round(930, 654, 22, p.WHITE, 10)
    b.box(200, 660, 44, 20, p.CORAL, 8)


@scene
def river_gauge(b: Brush) -> None:
    """A stone bridge with a tall painted board of numbers shows how high the river has risen."""
    p.sky(b, "grey")
    p.cloud(b, 300, 120, 1.3, "#d4dfe2")
    p.cloud(b, 900, 90, 1.1, "#d4dfe2")
    p.hills(b, 330, (mix(p.MEADOW, p.SLATE, 0.3), mix(p.MOSS, p.SLATE, 0.2)))
    stone = mix(p.STONE, p.SLATE, 0.25)
    b.box(0, 330, WIDTH, 210, stone)
    b.box(0, 316, WIDTH, 24, mix(stone, p.WHITE, 0.35))
    p.water(b, 520, "#9aaea0", mix(p.SEA, p.DARK_WOOD, 0.35))
    for x in (250, 620, 990):
        b.half(x, 524, 130, 130, mix(p.INK, p.SEA, 0.3))
        b.box(x - 130, 520, 260, 30, mix(p.INK, p.SEA, 0.3))
    b.box(408, 330, 54, 330, p.WHITE, 4)
    for mark in range(9):
        b.box(408, 344 + mark * 34, 54 if mark % 2 else 30, 12, p.CORAL if mark < 3 else p.SEA)
    b.box(760, 258, 18, 90, p.INK)
    b.box(728, 228, 84, 44, p.GOLD, 8)
    b.arc(770, 236, 30, 200, 340, p.INK, 5)
    p.person(b, 560, 330, 170, coat=p.CORAL, hair=p.GREY, arms="out", facing=-1)
    p.person(b, 860, 330, 165, coat=p.SEA, facing=-1)
    p.reeds(b, 0, 150, 800, 22)
    p.reeds(b, 1060, 1200, 800, 22)


@scene
def farm(b: Brush) -> None:
    """A farmer and a nurse talk over mugs of tea at a gate, with sheep on the hill behind."""
    p.sky(b, "morning", sun=(960, 170))
    p.hills(b, 340)
    for _ in range(14):
        x, y = b.rng.uniform(80, 1120), b.rng.uniform(400, 500)
        b.round(x, y, 20, p.CREAM, 14)
        b.round(x + 18, y - 6, 8, p.INK)
        b.line([(x - 8, y + 10), (x - 8, y + 20)], p.INK, 3)
        b.line([(x + 8, y + 10), (x + 8, y + 20)], p.INK, 3)
    p.house(b, 130, 420, 150, 110, p.STONE, p.SLATE)
    p.tree(b, 330, 430, 1.1)
    p.ground(b, 560, p.MEADOW)
    p.fence(b, 640)
    p.person(b, 520, 730, 290, coat=p.LEAF, hair="#5a3b26", legs=p.DENIM, arms="out")
    p.person(b, 760, 730, 280, coat=p.SEA, arms="out", facing=-1)
    p.mug(b, 614, 578, p.CREAM)
    p.mug(b, 668, 578, p.CORAL)
    b.box(700, 548, 20, 6, p.WHITE)
    b.box(1000, 690, 70, 34, p.INK, 14)
    b.round(1072, 676, 22, p.INK, 20)
    b.round(1060, 690, 14, p.WHITE)
    for x in (1010, 1026, 1050):
        b.line([(x, 716), (x, 742)], p.INK, 8)


@scene
def runners(b: Brush) -> None:
    """Runners of all ages climb a green hill towards a beacon at sunrise."""
    p.sky(b, "morning", sun=(300, 230))
    p.water(b, 400, "#f2cfa6", p.LAKE, until=520)
    b.shape(
        [(0, 560), (300, 520), (760, 380), (960, 300), (1080, 300), (1200, 360), (1200, 800), (0, 800)],
        p.MOSS,
    )
    b.shape(
        [(0, 700), (480, 600), (900, 360), (940, 330), (970, 330), (700, 600), (460, 800), (0, 800)], p.SAND
    )
    b.box(1012, 170, 14, 140, p.INK)
    b.shape([(990, 150), (1048, 150), (1036, 196), (1002, 196)], p.SLATE)
    b.shape([(996, 150), (1008, 96), (1019, 126), (1030, 84), (1042, 150)], "#f08a3c")
    for x, y, tall in (
        (150, 740, 230),
        (310, 690, 220),
        (440, 720, 150),
        (560, 620, 190),
        (690, 540, 170),
        (800, 460, 140),
    ):
        coat, skin = b.pick(p.COATS), b.pick(p.SKINS)
        k = tall / 190
        b.line([(x - 6, y - 80 * k), (x + 34 * k, y - 50 * k), (x + 26 * k, y - 8 * k)], p.INK, 18 * k)
        b.line([(x, y - 80 * k), (x - 22 * k, y - 40 * k), (x - 54 * k, y - 34 * k)], p.INK, 18 * k)
        b.line(
            [(x - 14 * k, y - 128 * k), (x - 40 * k, y - 104 * k), (x - 24 * k, y - 84 * k)],
            mix(coat, p.INK, 0.14),
            14 * k,
        )
        b.box(x - 26 * k, y - 146 * k, 54 * k, 72 * k, coat, 22 * k)
        b.line(
            [(x + 18 * k, y - 128 * k), (x + 42 * k, y - 106 * k), (x + 60 * k, y - 128 * k)],
            mix(coat, p.INK, 0.14),
            14 * k,
        )
        b.round(x + 10 * k, y - 172 * k, 24 * k, skin, 26 * k)
        b.half(x + 9 * k, y - 175 * k, 26 * k, 27 * k, b.pick(p.HAIRS))


@scene
def lime_kilns(b: Brush) -> None:
    """Visitors in helmets look up at tall stone arches of old lime kilns in a green hillside."""
    p.sky(b, "day")
    p.cloud(b, 880, 120)
    b.wave(230, 26, p.MOSS, length=700, phase=1)
    wall = mix(p.STONE, p.SAND, 0.35)
    b.box(60, 280, 1080, 330, wall)
    for row in range(9):
        b.line([(60, 290 + row * 36), (1140, 290 + row * 36)], mix(wall, p.INK, 0.1), 2)
    for x in (230, 530, 830):
        b.half(x + 60, 470, 100, 130, mix(p.INK, p.DARK_WOOD, 0.3))
        b.box(x - 40, 468, 200, 142, mix(p.INK, p.DARK_WOOD, 0.3))
        b.half(x + 60, 520, 56, 74, "#0e171e")
        b.box(x + 4, 518, 112, 92, "#0e171e")
    b.box(60, 262, 1080, 20, mix(wall, p.WHITE, 0.4))
    for x in range(70, 1140, 90):
        b.box(x, 212, 8, 54, p.INK, 3)
    b.line([(70, 216), (1134, 216)], p.INK, 7)
    for x in (40, 1160):
        p.bush(b, x, 620, 2, p.LEAF)
    p.ground(b, 604, p.MEADOW)
    p.path(b, 600, 606, 560, 300)
    for x, tall in ((330, 210), (450, 200), (560, 150), (720, 215), (850, 205)):
        p.person(b, x, 730, tall, facing=-1 if x > 600 else 1, arms="wave" if x == 720 else "down")
        b.half(x, 730 - tall * 0.92, tall * 0.15, tall * 0.15, p.GOLD)


# --- streets and travel -------------------------------------------------------------------------------------


@scene
def community_bus(b: Brush) -> None:
    """People wave from the windows of a small green community bus as a passenger with a walking frame gets on."""
    p.sky(b, "day", sun=(1050, 120))
    p.cloud(b, 300, 110)
    p.hills(b, 320)
    p.church(b, 200, 440, 0.9)
    p.tree(b, 60, 470, 1.2)
    p.ground(b, 520, p.MEADOW)
    b.box(0, 610, WIDTH, 200, p.SLATE)
    for x in range(30, 1200, 170):
        b.box(x, 716, 90, 12, p.CREAM, 4)
    b.box(330, 290, 700, 350, p.LEAF, 44)
    b.box(330, 520, 700, 40, p.GOLD)
    for index in range(4):
        x = 356 + index * 132
        b.box(x, 330, 112, 130, "#cfeaf0", 14)
        skin, coat = b.pick(p.SKINS), b.pick(p.COATS)
        b.box(x + 28, 418, 56, 42, coat, 16)
        b.round(x + 56, 396, 23, skin, 25)
        b.half(x + 56, 393, 25, 26, b.pick(p.HAIRS))
        b.line([(x + 84, 440), (x + 98, 396)], coat, 10)
        b.round(x + 98, 390, 9, skin)
    b.box(884, 330, 122, 288, "#cfeaf0", 12)
    b.line([(945, 334), (945, 616)], p.LEAF, 7)
    for x in (460, 860):
        p.wheel(b, x, 642, 52)
    b.round(1012, 566, 16, p.CREAM)
    p.person(b, 1090, 690, 230, coat=p.PLUM, hair=p.GREY, arms="out", facing=-1)
    b.line([(1012, 560), (1004, 690)], p.STONE, 7)
    b.line([(1046, 560), (1060, 690)], p.STONE, 7)
    b.line([(1012, 566), (1048, 566)], p.STONE, 7)


@scene
def bikes(b: Brush) -> None:
    """Children choose bicycles in front of a bright container while a mechanic pumps a tyre."""
    p.sky(b, "day")
    p.cloud(b, 940, 110)
    p.hills(b, 300)
    for x in (60, 1140):
        p.tree(b, x, 470, 1.7)
    p.ground(b, 470, p.MEADOW)
    b.box(210, 240, 780, 330, p.SEA, 8)
    for x in range(230, 980, 30):
        b.line([(x, 256), (x, 554)], mix(p.SEA, p.INK, 0.16), 4)
    b.box(430, 290, 340, 280, "#17485a", 6)
    for x in (470, 560, 650, 720):
        b.arc(x, 420, 34, 0, 360, p.STONE, 5)
    b.box(0, 566, WIDTH, 240, mix(p.STONE, p.SAND, 0.3))
    for x, y, colour, size in (
        (170, 690, p.CORAL, 0.85),
        (400, 720, p.GOLD, 1),
        (880, 720, p.PLUM, 1.05),
        (1080, 680, p.LEAF, 0.8),
    ):
        p.bicycle(b, x, y, size, colour)
    p.person(b, 280, 700, 170, arms="out", facing=-1)
    p.person(b, 520, 740, 150, arms="wave")
    p.person(b, 760, 720, 240, coat=p.LEAF, arms="out")
    p.person(b, 1000, 690, 160, arms="out")


@scene
def mural(b: Brush) -> None:
    """People of all ages paint a big mural of a heron, a sun and hands on the wall of an underpass."""
    b.shade(0, 0, WIDTH, HEIGHT, "#e8e4da", "#d8d2c4")
    b.box(0, 0, WIDTH, 92, p.SLATE)
    b.box(60, 120, 1080, 470, "#bfe3e6")
    b.wave(430, 22, p.LAKE, length=380)
    b.box(0, 586, WIDTH, 300, "#e8e4da")
    b.round(950, 250, 92, p.GOLD)
    for ray in range(12):
        a = ray * pi / 6
        b.line(
            [(950 + cos(a) * 108, 250 + sin(a) * 108), (950 + cos(a) * 140, 250 + sin(a) * 140)], p.GOLD, 10
        )
    b.box(60, 560, 1080, 34, p.LEAF)
    b.curve((420, 560), (400, 470), (430, 420), p.INK, 8)
    b.curve((450, 560), (450, 480), (450, 420), p.INK, 8)
    b.round(440, 380, 92, p.SLATE, 52)
    b.curve((510, 360), (590, 300), (540, 220), mix(p.SLATE, p.WHITE, 0.3), 24)
    b.round(546, 210, 30, p.CREAM, 22)
    b.shape([(570, 202), (650, 214), (570, 222)], "#f08a3c")
    b.line([(520, 200), (480, 176)], p.INK, 7)
    for x in range(110, 1100, 88):
        if not 340 < x < 660:
            colour = b.pick(p.COATS)
            y = b.rng.uniform(360, 500)
            b.round(x, y, 24, colour, 27)
            for lean in (-20, -8, 5, 18):
                b.line([(x + lean * 0.7, y - 12), (x + lean * 1.25, y - 50)], colour, 10)
            b.line([(x + 18, y + 4), (x + 42, y - 14)], colour, 10)
    b.shade(0, 594, WIDTH, 206, "#bdb7aa", "#a39d91")
    for x, tall, facing in ((180, 240, 1), (300, 150, 1), (690, 250, 1), (820, 160, -1), (1040, 236, -1)):
        p.person(b, x, 720, tall, arms="up" if tall > 200 else "out", facing=facing)
    for x, colour in ((400, p.CORAL), (460, p.GOLD), (930, p.LEAF)):
        b.box(x, 690, 46, 50, p.WHITE, 6)
        b.round(x + 23, 692, 23, colour, 8)


# --- young people and sport ---------------------------------------------------------------------------------


@scene
def skate_park(b: Brush) -> None:
    """Skaters ride the ramps of a skate park at dusk under small bright lights."""
    p.sky(b, "evening")
    p.terrace(b, 420, lit=True)
    b.wave(440, 5, mix(p.MOSS, p.INK, 0.35), length=600)
    b.shade(0, 500, WIDTH, 300, "#8791a5", "#6d778c")
    b.shape([(0, 360), (60, 360), (160, 560), (320, 640), (0, 640)], "#a9b2c2")
    b.shape([(1200, 340), (1120, 340), (1030, 550), (860, 640), (1200, 640)], "#a9b2c2")
    b.shape([(470, 640), (520, 580), (720, 580), (770, 640)], "#99a3b6")
    b.line([(500, 556), (740, 556)], p.GOLD, 9)
    for x in (520, 720):
        b.line([(x, 556), (x, 582)], p.INK, 8)
    for x in (40, 330, 600, 880, 1160):
        y = 350 if x in (40, 1160) else 560
        b.round(x, y - 54, 34, mix("#8791a5", p.GOLD, 0.35))
        b.round(x, y - 54, 15, p.GOLD)
        b.box(x - 4, y - 46, 8, 50, p.INK)
    for x, y, facing in ((250, 590, 1), (620, 546, 1), (960, 590, -1)):
        p.person(b, x, y - 14, 190, arms="up", facing=facing, legs=p.DENIM)
        b.line([(x - 46, y - 8), (x + 46, y - 8)], p.DARK_WOOD, 9)
        b.round(x - 28, y + 2, 8, p.INK)
        b.round(x + 28, y + 2, 8, p.INK)
    for x in (400, 460, 820):
        p.person(b, x, 740, 210, facing=1 if x < 600 else -1)


@scene
def football(b: Brush) -> None:
    """Girls in yellow and red shirts chase a football towards the goal on a sunny playing field."""
    p.sky(b, "day", sun=(160, 120))
    p.cloud(b, 640, 110)
    p.cloud(b, 1010, 170, 0.8)
    for x in range(30, 1230, 108):
        p.tree(b, x, 380, b.rng.uniform(0.9, 1.3), b.pick([p.LEAF, p.MOSS, p.PINE]))
    for stripe in range(8):
        b.box(0, 370 + stripe * 56, WIDTH, 58, p.MEADOW if stripe % 2 else mix(p.MEADOW, p.MOSS, 0.35))
    b.line([(0, 470), (1200, 470)], p.WHITE, 5)
    for x in range(880, 1130, 22):
        b.line([(x, 320), (x + 14, 520)], "#e8efe9", 2)
    for y in range(330, 520, 22):
        b.line([(880, y), (1130, y)], "#e8efe9", 2)
    b.line([(872, 530), (872, 312), (1138, 312), (1138, 530)], p.WHITE, 11)
    p.person(b, 1000, 540, 200, coat=p.LEAF, arms="up", facing=-1)
    for x, y, coat, facing in (
        (240, 660, p.GOLD, 1),
        (430, 610, p.CORAL, 1),
        (560, 720, p.GOLD, 1),
        (760, 620, p.CORAL, -1),
    ):
        p.person(b, x, y, 220, coat=coat, legs=p.INK, arms=b.rng.choice(["out", "up", "wave"]), facing=facing)
    b.round(660, 700, 25, p.WHITE)
    for dx, dy in ((0, 0), (-14, 10), (13, 11), (0, -17)):
        b.round(660 + dx, 700 + dy, 6, p.INK)


@scene
def basketball(b: Brush) -> None:
    """Teenagers play basketball on a newly painted court in a park while others cheer."""
    p.sky(b, "evening", sun=(930, 250))
    for x in range(0, 1230, 120):
        p.tree(b, x, 430, 1.4, mix(p.LEAF, p.PLUM, 0.3))
    b.shade(0, 426, WIDTH, 374, p.CORAL, mix(p.CORAL, p.BRICK, 0.4))
    b.arc(600, 900, 400, 180, 360, p.CREAM, 8)
    b.shape([(60, 800), (330, 470), (520, 470), (380, 800)], p.SEA)
    b.line([(60, 800), (330, 470), (520, 470), (380, 800)], p.CREAM, 7)
    b.box(416, 200, 16, 280, p.INK)
    b.box(330, 120, 190, 130, p.WHITE, 8)
    b.box(390, 170, 72, 56, p.CORAL)
    b.box(398, 178, 56, 40, p.WHITE)
    b.round(426, 258, 46, "#f08a3c", 13)
    b.round(426, 256, 36, "#f4a98b", 8)
    for x in range(388, 470, 16):
        b.line([(x, 264), (410 + (x - 388) * 0.4, 320)], p.WHITE, 3)
    b.round(560, 240, 30, "#f08a3c")
    b.arc(560, 240, 30, 0, 360, p.INK, 3)
    b.line([(530, 240), (590, 240)], p.INK, 3)
    p.person(b, 640, 620, 250, coat=p.GOLD, arms="up", facing=-1)
    p.person(b, 490, 650, 240, coat=p.PLUM, arms="up")
    p.person(b, 300, 690, 240, coat=p.GOLD, arms="out")
    p.person(b, 830, 640, 235, coat=p.PLUM, arms="wave", facing=-1)
    p.bench(b, 1060, 680, 1.2)
    for x in (1010, 1070, 1130):
        p.person(b, x, 680, 190, sits=True, facing=-1, arms="up" if x == 1070 else "down")


@scene
def youth_room(b: Brush) -> None:
    """Young people play pool and talk on sofas in a warm, bright hall in the evening."""
    p.room(b, "#f0c9a0", "#a97a52", 540, windows=0)
    for x in (110, 500, 890):
        b.box(x, 110, 190, 210, p.WHITE, 8)
        b.shade(x + 10, 120, 170, 190, *p.SKIES["night"])
    p.bunting(b, 54, 30)
    b.box(60, 520, 290, 130, p.SEA, 34)
    b.box(40, 580, 330, 100, mix(p.SEA, p.INK, 0.14), 30)
    for x in (130, 210, 290):
        p.person(b, x, 690, 210, sits=True, facing=1)
    p.person(b, 800, 640, 240, coat=p.PLUM, arms="wave", facing=-1)
    b.shape([(560, 540), (1030, 540), (1110, 620), (490, 620)], p.LEAF)
    b.shape([(490, 620), (1110, 620), (1100, 656), (500, 656)], p.DARK_WOOD)
    for x in (530, 1060):
        b.box(x, 650, 26, 92, p.DARK_WOOD, 5)
    for x, y, colour in (
        (690, 580, p.GOLD),
        (730, 566, p.CORAL),
        (800, 592, p.WHITE),
        (870, 572, p.INK),
        (940, 590, p.PLUM),
    ):
        b.round(x, y, 12, colour)
    p.person(b, 460, 700, 240, coat=p.GOLD, arms="out")
    b.line([(470, 560), (690, 584)], p.WOOD, 6)
    p.person(b, 1120, 690, 240, coat=p.CORAL, arms="down", facing=-1)


@scene
def workshop(b: Brush) -> None:
    """Teenagers and a tutor take an outboard motor apart on a bench in a boat workshop."""
    p.room(b, "#cfdcdf", "#8c8377", 550, windows=2)
    for index, x in enumerate(range(470, 760, 48)):
        b.line([(x, 110), (x, 200 + (index % 3) * 22)], p.SLATE, 9)
        b.round(x, 210 + (index % 3) * 22, 15, p.SLATE)
        b.round(x, 210 + (index % 3) * 22, 7, "#cfdcdf")
    b.box(440, 92, 330, 14, p.WOOD, 4)
    for x, coat, facing in ((290, p.GOLD, 1), (430, p.CORAL, 1), (760, p.LEAF, -1), (900, p.PLUM, -1)):
        p.person(b, x, 650, 290, coat=coat, arms="out", facing=facing)
    b.box(200, 560, 800, 34, p.WOOD, 6)
    for x in (240, 930):
        b.box(x, 590, 34, 170, p.DARK_WOOD)
    b.box(540, 410, 120, 92, p.CORAL, 28)
    b.box(528, 446, 144, 22, p.WHITE, 4)
    b.box(572, 496, 56, 66, p.SLATE, 8)
    for x, colour in ((350, p.SLATE), (400, p.INK), (720, p.SLATE), (820, p.GOLD)):
        b.box(x, 544, 40, 14, colour, 6)
    p.boat(b, 1090, 740, 1.1, p.SEA, None)


@scene
def sailing(b: Brush) -> None:
    """Children in small boats with bright sails cross a harbour, with an instructor alongside."""
    p.sky(b, "day", sun=(200, 130))
    p.cloud(b, 780, 120, 1.1)
    p.terrace(b, 360, 560, 1230)
    b.box(540, 356, 700, 36, p.STONE)
    p.water(b, 390, p.LAKE, p.SEA)
    for x, y, size, hull, sail in (
        (980, 470, 0.6, p.CORAL, p.CREAM),
        (300, 520, 0.9, p.GOLD, p.CORAL),
        (640, 560, 1.1, p.PLUM, p.CREAM),
    ):
        p.boat(b, x, y, size, hull, sail)
        skin = b.pick(p.SKINS)
        b.box(x - 60 * size, y - 76 * size, 34 * size, 50 * size, "#f08a3c", 12)
        b.round(x - 43 * size, y - 92 * size, 16 * size, skin)
        b.half(x - 43 * size, y - 95 * size, 17 * size, 17 * size, b.pick(p.HAIRS))
    b.box(860, 650, 250, 54, p.SLATE, 26)
    b.box(860, 640, 250, 18, p.GOLD, 9)
    p.person(b, 960, 660, 200, coat=p.CORAL, arms="wave", facing=-1)
    for x, y in ((520, 170), (570, 200), (470, 215)):
        p.bird(b, x, y, 1.2, p.WHITE)


@scene
def surf(b: Brush) -> None:
    """A line of ten-year-olds in wetsuits hold surfboards on the beach while a lifeguard points to the waves."""
    p.sky(b, "day", sun=(1010, 130))
    p.water(b, 350, "#8fd0d6", p.SEA, until=560)
    for y in (440, 490, 540):
        b.wave(y, 7, mix(p.WHITE, p.LAKE, 0.2), length=260, phase=y)
        b.wave(y + 9, 7, mix(p.SEA, p.LAKE, (560 - y) / 160), length=260, phase=y)
    b.wave(566, 8, p.WHITE, length=420)
    b.wave(578, 8, p.SAND, length=420)
    for index, x in enumerate(range(110, 760, 106)):
        board = [p.CORAL, p.GOLD, p.WHITE, p.PLUM, p.LEAF, "#f08a3c", p.ROSE][index]
        b.round(x + 44, 630, 24, board, 104)
        b.line([(x + 44, 534), (x + 44, 726)], mix(board, p.INK, 0.2), 3)
        p.person(b, x, 736, 180, coat=p.INK, legs=p.INK, arms=b.rng.choice(["down", "wave"]))
    p.person(b, 960, 740, 260, coat=p.GOLD, legs=p.CORAL, arms="wave", facing=1)
    b.line([(1100, 760), (1100, 470)], p.DARK_WOOD, 8)
    b.shape([(1104, 474), (1186, 474), (1186, 506), (1104, 506)], p.CORAL)
    b.shape([(1104, 506), (1186, 506), (1186, 538), (1104, 538)], p.GOLD)


@scene
def soft_play(b: Brush) -> None:
    """Toddlers climb soft blocks and splash in a pool of coloured balls while parents watch."""
    p.room(b, "#f7dfc6", "#d9b98c", 520, windows=3)
    p.bunting(b, 40, 26)
    b.shape([(90, 690), (330, 520), (330, 690)], p.CORAL)
    b.box(330, 520, 150, 170, p.SEA, 10)
    for step in range(3):
        b.box(480 + step * 60, 562 + step * 44, 62, 128 - step * 44, [p.GOLD, p.LEAF, p.PLUM][step], 8)
    b.round(890, 690, 240, p.SEA, 84)
    b.round(890, 668, 214, mix(p.SEA, p.WHITE, 0.2), 66)
    for _ in range(120):
        x, y = b.rng.gauss(890, 92), b.rng.gauss(668, 24)
        if ((x - 890) / 205) ** 2 + ((y - 668) / 58) ** 2 < 1:
            b.round(x, y, 14, b.pick([p.GOLD, p.CORAL, p.LEAF, p.WHITE, p.ROSE, p.LAKE]))
    for x, y in ((830, 690), (960, 680)):
        p.person(b, x, y, 130, arms="up")
    p.person(b, 400, 522, 130, arms="up")
    p.person(b, 230, 620, 120, arms="out")
    p.person(b, 680, 690, 250, arms="out", facing=1)
    p.person(b, 1120, 700, 250, arms="down", facing=-1)
    b.box(0, 740, WIDTH, 70, mix("#d9b98c", p.WHITE, 0.4))


@scene
def wharf_hall(b: Brush) -> None:
    """A brick warehouse beside a canal basin, its upper windows glowing orange in the evening."""
    p.sky(b, "evening")
    b.box(300, 130, 620, 420, p.BRICK)
    b.shape([(270, 134), (420, 50), (800, 50), (950, 134)], p.SLATE)
    for row in range(3):
        for column in range(5):
            x, y = 340 + column * 114, 170 + row * 124
            b.box(x - 6, y - 6, 76, 88, mix(p.BRICK, p.CREAM, 0.4), 30)
            b.box(
                x, y, 64, 78, "#f7a13d" if row == 0 else (p.GOLD if b.rng.random() < 0.4 else "#46566d"), 28
            )
    b.box(560, 446, 100, 104, p.PINE, 6)
    p.terrace(b, 550, -30, 280, lit=True)
    p.terrace(b, 550, 940, 1230, lit=True)
    b.box(0, 546, WIDTH, 50, p.STONE)
    p.water(b, 594, mix(p.SEA, p.PLUM, 0.5), p.INK)
    for column in range(5):
        b.box(350 + column * 114, 620, 54, 130, mix(p.SEA, "#f7a13d", 0.5), 24)
    b.box(80, 610, 360, 52, p.LEAF, 20)
    b.box(140, 566, 240, 50, p.CORAL, 8)
    for x in (170, 240, 310):
        b.round(x, 590, 14, p.GOLD)
    for x in (640, 720, 800, 1020):
        p.person(b, x, 592, 120, facing=-1 if x > 700 else 1)
    p.lamp(b, 1080, 592, 0.8)


# --- company, food and health ------------------------------------------------------------------------------


@scene
def tea(b: Brush) -> None:
    """Older people share tea and cake at round tables in a tall hall with bunting."""
    p.room(b, "#efdcbd", "#b98a5a", 520, windows=3)
    p.bunting(b, 40, 40)
    for x in (200, 430, 760, 1000):
        p.person(
            b,
            x,
            600,
            230,
            hair=b.pick([p.GREY, p.GREY, "#8d5a2b", "#2c211d"]),
            facing=1 if x in (200, 760) else -1,
            arms="out",
        )
    for x in (160, 720):
        b.round(x + 156, 590, 190, p.WHITE, 44)
        b.shape(
            [(x - 26, 600), (x + 340, 600), (x + 320, 700), (x - 8, 700)],
            mix(p.WHITE, p.CORAL if x < 500 else p.LAKE, 0.16),
        )
        for dx, colour in ((60, p.CORAL), (150, p.SEA), (250, p.GOLD)):
            p.mug(b, x + dx, 590, colour)
        b.round(x + 200, 608, 44, p.STONE, 10)
        b.box(x + 172, 572, 56, 32, "#a4633c", 6)
        b.box(x + 172, 566, 56, 12, p.CREAM, 6)
        b.round(x + 200, 562, 7, p.CORAL)
    p.person(b, 600, 740, 270, coat=p.LEAF, arms="out")
    b.box(640, 560, 70, 56, p.STONE, 24)
    b.line([(706, 580), (734, 560)], p.STONE, 10)


@scene
def trip_boat(b: Brush) -> None:
    """A wide trip boat full of passengers in blankets passes willow trees on a calm river."""
    p.sky(b, "morning", sun=(980, 150))
    p.hills(b, 320, (p.LIME, p.MEADOW))
    for x in (90, 260, 430, 700, 1080):
        p.tree(b, x, 450, 1.5, b.pick([p.MEADOW, p.MOSS, p.LEAF]))
    p.water(b, 446, "#e9dcb7", p.LAKE)
    b.shape([(130, 560), (1060, 560), (990, 680), (210, 680)], p.PINE)
    b.box(120, 546, 950, 22, p.GOLD, 8)
    b.box(230, 320, 700, 26, p.CREAM, 12)
    for x in (250, 470, 690, 900):
        b.box(x, 340, 10, 214, p.DARK_WOOD)
    for index, x in enumerate(range(300, 860, 92)):
        p.person(
            b,
            x,
            590,
            200,
            hair=b.pick([p.GREY, p.GREY, "#5a3b26"]),
            arms="wave" if index % 3 == 1 else "down",
        )
    b.box(226, 500, 720, 62, mix(p.PINE, p.WHITE, 0.14))
    b.box(120, 546, 950, 22, p.GOLD, 8)
    b.shape([(130, 566), (1055, 566), (990, 680), (210, 680)], p.PINE)
    p.person(b, 985, 560, 200, coat=p.SEA, arms="out", facing=-1)
    b.arc(936, 470, 26, 0, 360, p.DARK_WOOD, 7)
    for x in (330, 560, 780):
        b.round(x, 620, 18, p.CREAM)
        b.round(x, 620, 12, "#a9d3dc")
    p.reeds(b, 0, 130, 800, 20)


@scene
def fridge(b: Brush) -> None:
    """A volunteer fills a tall glass-fronted community fridge with vegetables as neighbours choose food."""
    p.room(b, "#e3ecd9", "#b8a58a", 560, windows=0)
    b.box(90, 120, 260, 150, p.PINE, 14)
    for y, w in ((150, 180), (188, 130), (226, 160)):
        b.box(124, y, w, 14, p.LIME, 7)
    b.box(470, 110, 300, 540, p.WHITE, 20)
    b.box(494, 136, 252, 470, "#dff1f4", 12)
    for shelf in range(4):
        y = 250 + shelf * 112
        b.box(494, y, 252, 8, p.STONE)
        for item in range(5):
            x = 520 + item * 48
            b.rng.choice(
                [
                    lambda x=x, y=y: b.round(x, y - 20, 20, b.pick([p.CORAL, p.LEAF, p.GOLD, "#f08a3c"])),
                    lambda x=x, y=y: b.box(x - 17, y - 62, 34, 62, b.pick([p.LAKE, p.CREAM, p.ROSE]), 8),
                    lambda x=x, y=y: b.box(x - 20, y - 38, 40, 38, b.pick([p.WOOD, p.MEADOW, p.PLUM]), 8),
                ]
            )()
    p.person(b, 400, 740, 290, coat=p.LEAF, arms="out")
    b.box(420, 580, 120, 66, p.WOOD, 8)
    for x, colour in ((446, "#f08a3c"), (480, p.LEAF), (514, p.CORAL)):
        b.round(x, 580, 20, colour)
    p.person(b, 860, 740, 280, coat=p.CORAL, arms="out", facing=-1)
    p.person(b, 960, 745, 170, coat=p.GOLD, arms="wave", facing=-1)
    p.person(b, 1090, 740, 285, coat=p.SEA, facing=-1)
    b.box(1120, 600, 60, 80, p.CREAM, 8)


@scene
def fish_dinner(b: Brush) -> None:
    """People laugh over plates of fish and peas at a long table in a harbour hall."""
    p.room(b, "#cfe3e6", "#a98a64", 520, windows=3)
    for x in (190, 390, 600, 810, 1010):
        p.person(
            b,
            x,
            600,
            230,
            hair=b.pick([p.GREY, p.GREY, "#2c211d"]),
            arms="wave" if x in (390, 1010) else "out",
            facing=1 if x < 600 else -1,
        )
    b.shape([(60, 590), (1140, 590), (1200, 690), (0, 690)], p.WHITE)
    for x in range(0, 1200, 80):
        b.box(x, 690, 40, 60, mix(p.WHITE, p.SEA, 0.5))
        b.box(x + 40, 690, 40, 60, p.WHITE)
    for x in (170, 390, 610, 830, 1040):
        b.round(x, 640, 76, "#d7e6e8", 25)
        b.round(x, 637, 62, p.WHITE, 19)
        b.round(x - 10, 634, 36, p.GOLD, 11)
        b.shape([(x + 18, 634), (x + 44, 624), (x + 44, 644)], p.GOLD)
        for dx in (0, 10, 20, 14):
            b.round(x + dx - 40, 644 - dx * 0.2, 5, p.LEAF)
    for x in (280, 720):
        b.box(x, 560, 22, 52, p.BRICK, 6)
        b.box(x + 4, 546, 14, 18, p.BRICK, 4)


@scene
def dog_visit(b: Brush) -> None:
    """A spaniel rests its head on the knee of an older man in an armchair while a visitor smiles."""
    p.room(b, "#e9d7c0", "#9f7a58", 560, windows=2)
    b.box(470, 190, 250, 150, p.DARK_WOOD, 6)
    b.shade(482, 202, 226, 126, "#a9d3dc", p.MEADOW)
    b.box(250, 360, 330, 330, p.PLUM, 50)
    b.box(220, 500, 90, 200, mix(p.PLUM, p.INK, 0.15), 36)
    b.box(520, 500, 90, 200, mix(p.PLUM, p.INK, 0.15), 36)
    p.person(b, 410, 700, 330, coat=p.LEAF, hair=p.GREY, skin="#e0ac84", sits=True, arms="out")
    fur, ear = "#f2e6d3", "#8d5a2b"
    b.round(680, 668, 86, fur, 52)
    for x in (626, 650, 716, 742):
        b.line([(x, 690), (x, 750)], fur, 20)
    b.curve((760, 650), (806, 620), (800, 580), fur, 16)
    b.round(596, 606, 46, fur, 40)
    b.round(618, 618, 20, ear, 40)
    b.round(560, 618, 10, p.INK, 8)
    b.round(582, 598, 5, p.INK)
    p.person(b, 930, 740, 330, coat=p.GOLD, arms="wave", facing=-1)
    b.box(1050, 470, 20, 290, p.INK)
    b.shape([(1000, 480), (1120, 480), (1094, 380), (1026, 380)], p.CREAM)


@scene
def repair_cafe(b: Brush) -> None:
    """Volunteers mend a lamp, a radio and a bicycle at a busy repair café in a boatyard."""
    p.room(b, "#e6dcc8", "#937b63", 540, windows=3)
    p.bunting(b, 36, 26)
    for x, facing in ((190, 1), (400, -1), (640, 1), (860, -1)):
        p.person(b, x, 640, 270, arms="out", facing=facing)
    for x in (110, 570):
        b.box(x, 560, 400, 26, p.WOOD, 6)
        for leg in (x + 24, x + 356):
            b.box(leg, 584, 20, 150, p.DARK_WOOD)
    b.box(270, 500, 70, 62, p.CORAL, 10)
    b.round(288, 530, 16, p.CREAM)
    b.box(312, 516, 18, 30, p.CREAM, 3)
    b.line([(330, 500), (352, 452)], p.INK, 4)
    b.box(736, 540, 60, 20, p.INK, 6)
    b.box(762, 470, 8, 72, p.INK)
    b.shape([(726, 476), (806, 476), (788, 424), (744, 424)], p.GOLD)
    p.bicycle(b, 1040, 740, 1.25, p.SEA)
    p.person(b, 1130, 745, 250, coat=p.LEAF, arms="out", facing=-1)


@scene
def beach_chair(b: Brush) -> None:
    """A woman in a beach wheelchair with wide yellow tyres is at the edge of the sea with her family."""
    p.sky(b, "day", sun=(220, 130))
    p.cloud(b, 840, 120, 1.2)
    p.water(b, 360, "#8fd0d6", p.SEA, until=600)
    for y in (470, 540):
        b.wave(y, 6, p.WHITE, length=300, phase=y)
        b.wave(y + 8, 6, mix(p.SEA, p.LAKE, 0.6), length=300, phase=y)
    b.wave(590, 9, p.WHITE, length=480)
    b.wave(604, 9, p.SAND, length=480)
    p.person(b, 560, 690, 280, coat=p.CORAL, hair=p.GREY, sits=True, arms="wave")
    b.line([(500, 560), (508, 664), (640, 664)], p.WHITE, 13)
    for x in (516, 648):
        b.round(x, 700, 48, p.GOLD)
        b.round(x, 700, 20, mix(p.GOLD, p.INK, 0.3))
    p.person(b, 400, 740, 290, coat=p.SEA, arms="out")
    p.person(b, 780, 730, 160, coat=p.PLUM, arms="up", facing=-1)
    p.person(b, 900, 750, 130, coat=p.GOLD, arms="wave", facing=-1)
    b.box(1010, 700, 60, 50, p.LEAF, 8)
    b.shape([(1086, 750), (1110, 700), (1136, 750)], mix(p.SAND, p.WOOD, 0.3))
    for x, y in ((640, 180), (700, 210)):
        p.bird(b, x, y, 1.2, p.WHITE)


# --- halls, arts and heritage -------------------------------------------------------------------------------


@scene
def moot_hall(b: Brush) -> None:
    """A timber-framed market hall on stone arches stands in a town square with people at its open door."""
    p.sky(b, "day", sun=(1040, 130))
    p.cloud(b, 260, 110)
    p.terrace(b, 470)
    b.box(0, 468, WIDTH, 100, "#d9cdb8")
    b.box(330, 210, 540, 190, p.CREAM)
    b.shape([(290, 216), (400, 90), (800, 90), (910, 216)], p.BRICK)
    b.box(576, 40, 48, 66, p.CREAM)
    b.shape([(566, 44), (600, -10), (634, 44)], p.SLATE)
    b.round(600, 74, 16, p.WHITE)
    b.line([(600, 74), (600, 62)], p.INK, 2.4)
    b.line([(600, 74), (609, 78)], p.INK, 2.4)
    for x in (330, 438, 546, 654, 762, 858):
        b.box(x, 210, 12, 190, p.DARK_WOOD)
    for y in (210, 300, 392):
        b.box(330, y, 540, 12, p.DARK_WOOD)
    for x in (342, 450, 666, 774):
        b.line([(x, 300), (x + 96, 392)], p.DARK_WOOD, 9)
        b.box(x + 24, 228, 52, 58, "#a9d3dc", 4)
    b.box(330, 400, 540, 170, p.STONE)
    for x in (405, 600, 795):
        b.half(x, 470, 62, 60, "#3c4a50")
        b.box(x - 62, 468, 124, 102, "#3c4a50")
    b.box(570, 470, 60, 100, p.GOLD)
    b.shade(0, 566, WIDTH, 240, "#d9cdb8", "#c4b59b")
    for _ in range(90):
        b.round(
            b.rng.uniform(0, WIDTH), b.rng.uniform(590, 800), 15, mix("#c4b59b", p.STONE, b.rng.random()), 6
        )
    for x, y in ((200, 700), (300, 690), (560, 650), (660, 660), (860, 710), (960, 700), (1050, 690)):
        p.person(
            b, x, y, b.rng.uniform(170, 200), facing=1 if x < 600 else -1, arms=b.rng.choice(["down", "wave"])
        )
    b.shape([(60, 560), (180, 560), (190, 520), (50, 520)], p.CORAL)
    b.box(70, 560, 100, 90, p.WOOD)


@scene
def village_hall(b: Brush) -> None:
    """A stone village hall with a green door on a summer day, with neighbours chatting on the path."""
    p.sky(b, "day", sun=(190, 120))
    p.cloud(b, 880, 110)
    p.hills(b, 320)
    for x in (90, 1110):
        p.tree(b, x, 520, 1.9)
    p.hall(b, 270, 530, 660, 180)
    p.ground(b, 524, p.MEADOW)
    p.path(b, 600, 530, 600, 230)
    for x, y, facing in ((430, 680, 1), (510, 684, -1), (720, 650, 1), (800, 656, -1), (880, 700, -1)):
        p.person(b, x, y, 190, facing=facing, arms="wave" if x == 880 else "down")
    b.box(160, 560, 110, 70, p.DARK_WOOD, 6)
    b.box(168, 568, 94, 54, p.CREAM, 4)
    for x in (176, 210):
        b.box(x, 576, 28, 36, b.pick([p.GOLD, p.CORAL, p.LAKE]), 2)
    b.box(206, 628, 14, 60, p.DARK_WOOD)
    p.flowers(b, 730, 800, 50)


@scene
def welfare_hall(b: Brush) -> None:
    """A tall stone welfare hall with new stone steps and a handrail, below quarry cliffs."""
    p.sky(b, "day")
    p.cloud(b, 300, 100)
    b.shape(
        [
            (0, 330),
            (140, 200),
            (330, 240),
            (430, 170),
            (640, 230),
            (840, 150),
            (1020, 230),
            (1200, 190),
            (1200, 560),
            (0, 560),
        ],
        mix(p.STONE, p.SAND, 0.3),
    )
    for y in (290, 350, 410):
        b.line([(0, y + 30), (1200, y)], mix(p.STONE, p.INK, 0.14), 4)
    b.box(0, 556, WIDTH, 250, p.MOSS)
    wall = mix(p.STONE, p.SLATE, 0.22)
    b.box(320, 190, 560, 400, wall)
    b.shape([(300, 196), (600, 70), (900, 196)], p.SLATE)
    b.box(440, 214, 320, 50, p.CREAM, 6)
    for x in range(466, 740, 34):
        b.box(x, 230, 20, 18, p.INK, 3)
    for row in (290, 440):
        for x in (360, 470, 680, 790):
            b.box(x, row, 56, 92, p.WHITE, 26)
            b.box(x + 6, row + 6, 44, 80, "#9fcbd6", 22)
    b.box(556, 400, 88, 160, p.PINE, 40)
    for step in range(7):
        b.box(
            500 - step * 24,
            556 + step * 22,
            200 + step * 48,
            24,
            mix(p.CREAM, p.STONE, 0.3 + 0.08 * (step % 2)),
        )
    p.ground(b, 706, p.MEADOW)
    for x, lean in ((500, -1), (700, 1)):
        b.line([(x, 480), (x + lean * 150, 640)], p.INK, 8)
        for t in (0, 0.5, 1):
            b.line([(x + lean * 150 * t, 480 + 160 * t), (x + lean * 150 * t, 556 + 160 * t)], p.INK, 7)
    p.person(b, 600, 620, 200, coat=p.CORAL)
    p.person(b, 470, 740, 220, coat=p.SEA, hair=p.GREY, arms="wave")
    p.person(b, 760, 745, 215, coat=p.GOLD, facing=-1)


@scene
def reading_room(b: Brush) -> None:
    """Snow lies round a small stone reading room whose windows and doorway glow with warm light."""
    p.sky(b, "night", sun=(980, 130))
    b.wave(400, 34, "#8fa3ba", length=700, phase=1)
    b.wave(460, 22, "#b7c7d6", length=520, phase=3)
    for x in (120, 230, 1040):
        p.tree(b, x, 540, 1.6, "#3d5c63", "pine")
        for step in range(3):
            b.round(x, 430 - step * 74, 30 - step * 7, "#e9f0f5", 9)
    p.hall(b, 350, 580, 500, 190, mix(p.STONE, p.SLATE, 0.3), "#e9f0f5", lit=True)
    b.box(720, 190, 44, 110, p.SLATE)
    for index in range(5):
        b.round(746 + index * 16, 170 - index * 32, 14 + index * 5, mix("#35557f", p.WHITE, 0.3))
    b.wave(578, 8, "#eef3f7", length=600)
    b.shape([(560, 584), (640, 584), (760, 800), (430, 800)], "#f6dfa8")
    p.person(b, 520, 700, 200, coat=p.CORAL, arms="wave")
    p.person(b, 680, 690, 195, coat=p.GOLD, facing=-1)
    for _ in range(90):
        b.round(b.rng.uniform(0, WIDTH), b.rng.uniform(0, HEIGHT), b.rng.uniform(2, 5), p.WHITE)


@scene
def hangar(b: Brush) -> None:
    """Wedding guests dance under strings of lights in a great curved hangar hall."""
    b.shade(0, 0, WIDTH, HEIGHT, "#3b4b63", "#7a6a72")
    b.half(600, 620, 640, 560, "#53647c")
    for ring in range(6):
        b.arc(600, 620, 600 - ring * 64, 180, 360, mix("#53647c", p.WHITE, 0.12), 6)
    b.shade(0, 600, WIDTH, 200, "#b07f4f", "#8a6340")
    for row in range(3):
        for index in range(17):
            x = 60 + index * 68
            y = 150 + row * 60 + ((index - 8) ** 2) * 1.6
            b.round(x, y, 16, mix("#53647c", p.GOLD, 0.4))
            b.round(x, y, 8, p.GOLD)
    for x, arms in (
        (140, "up"),
        (260, "wave"),
        (380, "up"),
        (760, "wave"),
        (880, "up"),
        (1000, "wave"),
        (1100, "up"),
    ):
        p.person(b, x, 720 + (x % 3) * 12, 220, arms=arms, facing=1 if x < 600 else -1)
    p.person(b, 540, 740, 260, coat=p.INK, arms="out")
    p.person(b, 650, 740, 250, coat=p.WHITE, legs=p.WHITE, arms="out", facing=-1)
    b.shape([(618, 640), (682, 640), (716, 744), (584, 744)], p.WHITE)
    p.table(b, 20, 790, 190, p.CREAM, 70)
    p.table(b, 1000, 790, 190, p.CREAM, 70)


@scene
def ballroom(b: Brush) -> None:
    """Couples dance in a grand seaside ballroom warmed by glowing panels overhead."""
    p.room(b, "#f2cdb4", "#c08a55", 540, windows=0)
    for x in range(60, 1200, 216):
        b.half(x + 70, 250, 80, 130, p.CREAM)
        b.box(x - 10, 248, 160, 230, p.CREAM)
        b.half(x + 70, 256, 64, 110, "#9fcbe0")
        b.box(x + 6, 254, 128, 210, "#9fcbe0")
        b.box(x + 66, 150, 8, 314, p.CREAM)
        b.box(x - 52, 130, 24, 400, mix(p.CREAM, p.GOLD, 0.25))
    for x in (150, 400, 650, 900):
        for wave in (30, 75, 120):
            b.curve((x + wave, 100), (x + wave - 16, 112), (x + wave, 124), p.GOLD, 4)
        b.box(x, 54, 150, 32, "#f08a3c", 8)
        b.box(x + 10, 64, 130, 12, p.GOLD, 6)
    for x, first, second in (
        (220, p.SEA, p.CORAL),
        (480, p.INK, p.GOLD),
        (760, p.LEAF, p.PLUM),
        (1000, p.DENIM, p.ROSE),
    ):
        y = 700 if x in (480, 760) else 650
        p.person(b, x - 34, y, 240, coat=first, hair=b.pick([p.GREY, "#2c211d"]), arms="out")
        p.person(b, x + 40, y, 228, coat=second, hair=b.pick([p.GREY, "#8d5a2b"]), arms="out", facing=-1)


@scene
def bandstand(b: Brush) -> None:
    """A band plays on a stage on the castle green while people sit on rugs to listen."""
    p.sky(b, "evening", sun=(200, 260))
    wall = mix(p.STONE, p.PLUM, 0.25)
    b.box(700, 170, 520, 280, wall)
    for x in range(700, 1200, 62):
        b.box(x, 140, 34, 40, wall)
    b.box(880, 80, 130, 370, mix(wall, p.INK, 0.1))
    for x in range(880, 1000, 46):
        b.box(x, 52, 28, 34, mix(wall, p.INK, 0.1))
    p.ground(b, 440, mix(p.MOSS, p.PLUM, 0.12))
    b.box(330, 430, 520, 70, p.DARK_WOOD, 6)
    b.shape([(850, 434), (1010, 500), (850, 500)], p.WOOD)
    for x in (340, 830):
        b.box(x, 200, 12, 240, p.INK)
    b.shape([(310, 214), (590, 130), (870, 214), (850, 240), (330, 240)], p.CORAL)
    for x, brass in ((420, True), (510, False), (600, True), (690, False), (770, True)):
        p.person(b, x, 436, 160, coat=p.PINE, arms="out", facing=1 if x < 600 else -1)
        side = 1 if x < 600 else -1
        b.line([(x + side * 18, 316), (x + side * 64, 330)], p.GOLD, 9)
        if brass:
            b.round(x + side * 68, 331, 17, p.GOLD)
    for x, y in (
        (120, 700),
        (230, 640),
        (330, 720),
        (470, 660),
        (590, 740),
        (720, 660),
        (840, 720),
        (960, 640),
        (1080, 710),
    ):
        b.round(x + 16, y + 4, 82, b.pick([p.CORAL, p.SEA, p.GOLD, p.CREAM]), 17)
        p.person(b, x, y, 165, sits=True, facing=1 if x < 600 else -1)


@scene
def brass_band(b: Brush) -> None:
    """Children with shining cornets and horns rehearse with a conductor in a band room."""
    p.room(b, "#e8cfae", "#a9774a", 540, windows=2)
    b.box(480, 120, 240, 150, p.PINE, 10)
    b.round(600, 195, 48, p.GOLD)
    b.round(600, 195, 28, p.PINE)
    for row, (y, tall, count) in enumerate(((610, 190, 6), (720, 205, 5))):
        for index in range(count):
            x = 110 + index * (170 if row == 0 else 175) + row * 70
            if x > 930:
                continue
            p.person(b, x, y, tall, coat=b.pick([p.CORAL, p.LEAF, p.SEA, p.PLUM]), arms="out")
            top = y - tall * 0.62
            b.line([(x + 24, top), (x + 76, top - 6)], p.GOLD, 10)
            b.shape([(x + 70, top - 12), (x + 104, top - 30), (x + 104, top + 20), (x + 70, top + 2)], p.GOLD)
            b.round(x + 48, top + 12, 13, mix(p.GOLD, p.WOOD, 0.35))
            b.box(x + 20, y - 60, 64, 44, p.CREAM, 3)
    p.person(b, 1080, 745, 290, coat=p.INK, hair=p.GREY, arms="up", facing=-1)
    b.line([(1030, 478), (980, 430)], p.CREAM, 5)


@scene
def steel_pans(b: Brush) -> None:
    """Schoolchildren play steel pans beside a canal with their teacher, under strings of flags."""
    p.sky(b, "day", sun=(1040, 120))
    p.terrace(b, 390)
    p.water(b, 390, p.LAKE, p.SEA, until=520)
    b.shade(0, 510, WIDTH, 290, "#dccfb6", "#c8b896")
    p.bunting(b, 60, 60)
    for index, x in enumerate((140, 330, 520, 710, 900)):
        p.person(b, x, 690, 230, coat=b.pick(p.COATS), arms="out", facing=1 if index < 3 else -1)
        b.round(x + 8, 606, 76, mix(p.STONE, p.INK, 0.3), 26)
        b.round(x + 8, 600, 70, "#dfe6ea", 21)
        for dx, dy in ((-30, -3), (0, -9), (30, -3), (-14, 8), (16, 8)):
            b.round(x + 8 + dx, 600 + dy, 11, mix(p.STONE, p.SLATE, 0.25), 5)
        b.box(x - 68, 604, 152, 60, [p.CORAL, p.GOLD, p.LEAF, p.PLUM, p.SEA][index], 14)
        for leg in (x - 46, x + 52):
            b.line([(leg, 660), (leg, 744)], p.INK, 8)
    p.person(b, 1080, 740, 280, coat=p.GOLD, hair="#1b1b22", skin="#6f4529", arms="up", facing=-1)


@scene
def net_loft(b: Brush) -> None:
    """An old net-maker shows a child how to knot a fishing net in a loft with great wooden beams."""
    b.shade(0, 0, WIDTH, HEIGHT, "#c99d6b", "#a97c4d")
    b.shape([(0, 0), (600, -240), (1200, 0), (1200, 330), (600, 40), (0, 330)], "#8f6238")
    for x in (150, 1030):
        b.box(x, 120, 30, 480, p.DARK_WOOD)
    b.box(0, 250, WIDTH, 32, p.DARK_WOOD)
    b.box(480, 300, 240, 220, p.CREAM, 6)
    b.shade(494, 314, 212, 192, "#9fd4e4", p.LAKE)
    b.box(596, 314, 8, 192, p.CREAM)
    p.boat(b, 640, 490, 0.4)
    for x in range(190, 470, 26):
        b.curve((x, 284), (x + 30, 430), (x - 10, 560), p.SEA, 2.6)
        b.curve((x, 284), (x - 40, 430), (x + 20, 560), p.SEA, 2.6)
    for y in (330, 380, 430, 480, 530):
        b.curve((180, y), (330, y + 30), (470, y), p.SEA, 2.6)
    b.shade(0, 590, WIDTH, 210, "#b98a5a", "#8a6340")
    for y in (620, 670, 730):
        b.line([(0, y), (1200, y)], p.DARK_WOOD, 3)
    b.box(560, 640, 150, 70, p.DARK_WOOD, 8)
    p.person(b, 640, 700, 290, coat=p.SEA, hair=p.GREY, sits=True, arms="out")
    p.person(b, 860, 730, 190, coat=p.CORAL, arms="out", facing=-1)
    for x in range(700, 850, 18):
        b.curve((x, 560), (x + 8, 620), (x - 4, 690), p.CREAM, 3)
    for y in (580, 612, 644, 676):
        b.curve((694, y), (770, y + 16), (846, y), p.CREAM, 3)
    for x, colour in ((980, p.CORAL), (1040, p.GOLD), (1100, p.CORAL)):
        b.round(x, 720, 32, colour)
        b.round(x, 720, 10, p.INK)


@scene
def watermill(b: Brush) -> None:
    """A watermill with a turning wheel beside a stream; visitors carry small sacks of flour."""
    p.sky(b, "day", sun=(1010, 130))
    p.cloud(b, 460, 100)
    p.hills(b, 320)
    for x in (900, 1080):
        p.tree(b, x, 480, 1.7)
    b.box(170, 220, 420, 350, p.STONE)
    b.shape([(140, 226), (380, 90), (620, 226)], p.BRICK)
    for row in (270, 400):
        for x in (220, 330, 440):
            b.box(x, row, 62, 78, p.WHITE, 5)
            b.box(x + 7, row + 7, 48, 64, "#9fcbd6", 3)
    b.box(340, 470, 80, 100, p.PINE, 6)
    p.ground(b, 560, p.MEADOW)
    b.shape([(560, 590), (760, 560), (1200, 640), (1200, 760), (700, 700), (520, 800), (330, 800)], p.LAKE)
    for _ in range(20):
        left, top = b.rng.uniform(600, 1180), b.rng.uniform(620, 700)
        b.line([(left, top), (left + 50, top + 8)], p.WHITE, 3)
    b.arc(660, 500, 128, 0, 360, p.DARK_WOOD, 18)
    b.arc(660, 500, 96, 0, 360, p.DARK_WOOD, 8)
    for spoke in range(12):
        a = spoke * pi / 6
        b.line([(660, 500), (660 + cos(a) * 126, 500 + sin(a) * 126)], p.DARK_WOOD, 8)
        b.box(660 + cos(a) * 128 - 15, 500 + sin(a) * 128 - 9, 30, 18, p.WOOD, 4)
    p.person(b, 200, 720, 220, coat=p.CORAL, arms="out")
    b.box(222, 620, 60, 60, p.CREAM, 18)
    p.person(b, 330, 740, 150, coat=p.GOLD, arms="up")
    p.person(b, 90, 710, 225, coat=p.SEA, arms="wave")


@scene
def airfield(b: Brush) -> None:
    """People gather at a memorial board beside an old airfield runway, as small planes fly over."""
    p.sky(b, "morning", sun=(220, 200))
    b.wave(400, 14, mix(p.MEADOW, p.SKIES["morning"][1], 0.3), length=900)
    b.shape([(720, 420), (760, 420), (1200, 560), (1200, 640)], p.STONE)
    b.half(1010, 420, 120, 80, p.SLATE)
    b.box(980, 360, 60, 62, p.INK)
    for x, y in ((560, 150), (690, 110), (820, 170)):
        b.line([(x - 44, y), (x + 40, y)], p.SLATE, 13)
        b.shape([(x - 10, y), (x + 14, y), (x - 26, y - 40), (x - 34, y - 40)], p.SLATE)
        b.shape([(x - 10, y), (x + 14, y), (x - 20, y + 40), (x - 30, y + 40)], mix(p.SLATE, p.INK, 0.3))
        b.shape([(x - 44, y), (x - 30, y), (x - 50, y - 20)], p.SLATE)
    p.ground(b, 500, p.MEADOW)
    b.box(380, 350, 440, 230, p.PINE, 10)
    b.box(400, 370, 400, 190, mix(p.PINE, p.WHITE, 0.08), 6)
    for row in range(9):
        for column in range(5):
            b.box(418 + column * 76, 384 + row * 19, b.rng.uniform(40, 62), 7, mix(p.GOLD, p.CREAM, 0.4), 3)
    for x in (410, 770):
        b.box(x, 576, 20, 80, p.DARK_WOOD)
    for _ in range(50):
        b.round(b.rng.uniform(360, 840), b.rng.uniform(646, 668), 7, p.CORAL)
    p.crowd(b, 745, 8, 110, 1090, 190)


@scene
def pumping_station(b: Brush) -> None:
    """A class of children look up at a great green steam engine with a spinning wheel."""
    p.room(b, "#d8c2a4", "#8c8377", 560, windows=0)
    for x in (60, 1000):
        b.half(x + 70, 210, 70, 110, p.WHITE)
        b.box(x, 208, 140, 220, p.WHITE)
        b.half(x + 70, 214, 58, 96, "#a9d9e6")
        b.box(x + 12, 212, 116, 204, "#a9d9e6")
    b.arc(760, 390, 190, 0, 360, p.CORAL, 28)
    for spoke in range(8):
        a = spoke * pi / 4 + 0.2
        b.line([(760, 390), (760 + cos(a) * 176, 390 + sin(a) * 176)], p.CORAL, 15)
    b.round(760, 390, 34, p.INK)
    b.box(300, 420, 250, 190, p.PINE, 18)
    b.box(324, 380, 200, 52, p.LEAF, 14)
    for x in (330, 410, 490):
        b.box(x, 450, 12, 140, p.GOLD)
    b.line([(424, 380), (424, 250), (600, 180)], p.SLATE, 24)
    b.line([(330, 150), (800, 210)], p.PINE, 38)
    b.round(566, 180, 24, p.GOLD)
    b.line([(780, 212), (760, 390)], p.SLATE, 18)
    b.line([(340, 156), (340, 400)], p.SLATE, 14)
    b.box(250, 600, 700, 44, p.SLATE, 6)
    b.line([(120, 600), (1080, 600)], p.GOLD, 7)
    for x in range(130, 1100, 110):
        b.box(x, 600, 9, 90, p.GOLD)
    for index, x in enumerate(range(110, 900, 104)):
        p.person(b, x, 760, 150, coat=[p.CORAL, p.SEA][index % 2], arms=["down", "up", "wave"][index % 3])
    p.person(b, 1020, 765, 250, coat=p.LEAF, arms="wave", facing=-1)


# --- this year ----------------------------------------------------------------------------------------------


@scene
def skates(b: Brush) -> None:
    """People of all ages roller-skate in an old ballroom hung with coloured flags."""
    p.room(b, "#e6d3ea", "#c08a55", 520, windows=3)
    p.bunting(b, 34, 44)
    p.bunting(b, 70, 30, 120, 1080)
    for x, y, tall, arms in (
        (170, 660, 230, "up"),
        (330, 720, 150, "up"),
        (500, 640, 220, "wave"),
        (660, 730, 240, "up"),
        (850, 660, 160, "out"),
        (980, 710, 225, "wave"),
        (1110, 650, 210, "up"),
    ):
        facing = 1 if x < 600 else -1
        p.person(b, x, y - 18, tall, arms=arms, facing=facing, legs=b.pick([p.DENIM, p.INK, p.PLUM]))
        for side in (-14, 12):
            foot = x + side * tall / 190
            b.box(foot - 12, y - 26, 30, 14, b.pick([p.CORAL, p.GOLD, p.SEA]), 5)
            for roll in (-6, 12):
                b.round(foot + roll, y - 8, 7, p.INK)


@scene
def winter_boat(b: Brush) -> None:
    """A trip boat hung with lights carries singing passengers along the river on a winter night."""
    p.sky(b, "night", sun=(180, 130))
    p.terrace(b, 440, lit=True)
    p.water(b, 440, "#23406a", "#0e1d33")
    for _ in range(40):
        x, y = b.rng.uniform(0, WIDTH), b.rng.uniform(460, 560)
        b.box(x, y, 6, b.rng.uniform(14, 50), mix("#23406a", p.GOLD, 0.5), 3)
    b.shape([(150, 590), (1060, 590), (990, 700), (230, 700)], p.CORAL)
    b.box(140, 576, 930, 22, p.CREAM, 8)
    b.box(240, 360, 700, 22, p.LEAF, 10)
    for x in (260, 480, 700, 910):
        b.box(x, 376, 10, 206, p.DARK_WOOD)
    for index in range(30):
        x, y = 244 + index * 24, 392 + (index % 5 - 2) ** 2 * 4
        b.round(x, y, 12, mix("#35557f", p.GOLD, 0.35))
        b.round(x, y, 6, [p.GOLD, p.CORAL, p.WHITE, p.LIME][index % 4])
    for index, x in enumerate(range(310, 880, 92)):
        p.person(
            b,
            x,
            620,
            200,
            hair=b.pick([p.GREY, p.GREY, "#5a3b26"]),
            arms="wave" if index % 3 == 1 else "down",
        )
        b.box(x - 28, 516, 56, 16, b.pick([p.CORAL, p.WHITE, p.LIME]), 8)
    b.box(236, 534, 720, 56, mix(p.CORAL, p.WHITE, 0.14))
    b.box(140, 576, 930, 22, p.CREAM, 8)
    b.shape([(150, 596), (1055, 596), (990, 700), (230, 700)], p.CORAL)
    p.tree(b, 1010, 586, 0.9, p.LEAF, "pine")
    for dx, dy in ((-30, -80), (20, -96), (-6, -140), (12, -190), (30, -66)):
        b.round(1010 + dx * 0.8, 586 + dy * 0.9, 6, b.pick([p.GOLD, p.CORAL, p.WHITE]))
    for _ in range(70):
        b.round(b.rng.uniform(0, WIDTH), b.rng.uniform(0, HEIGHT), b.rng.uniform(2, 4), p.WHITE)


@scene
def breakfast_bus(b: Brush) -> None:
    """Children eat toast and fruit inside a bright red bus parked by a school gate in the morning."""
    p.sky(b, "morning", sun=(1070, 150))
    b.box(40, 190, 380, 290, p.BRICK)
    b.shape([(20, 194), (230, 90), (440, 194)], p.SLATE)
    for row in (230, 350):
        for x in (76, 196, 316):
            b.box(x, row, 72, 76, p.WHITE, 4)
            b.box(x + 7, row + 7, 58, 62, "#bfe0e4", 3)
    p.ground(b, 476, p.MEADOW)
    b.box(0, 600, WIDTH, 210, mix(p.STONE, p.SAND, 0.2))
    b.box(300, 220, 800, 410, p.CORAL, 40)
    b.box(300, 400, 800, 26, p.CREAM)
    for index in range(5):
        x = 330 + index * 150
        b.box(x, 252, 128, 122, "#fbe9c4", 12)
        skin = b.pick(p.SKINS)
        b.box(x + 34, 340, 60, 34, b.pick(p.COATS), 16)
        b.round(x + 64, 316, 26, skin, 28)
        b.half(x + 64, 312, 28, 29, b.pick(p.HAIRS))
        b.round(x + 73, 318, 3, p.INK)
        b.box(x + 92, 344, 26, 18, p.WOOD, 4)
    b.box(330, 452, 560, 44, p.GOLD, 12)
    for x, colour in (
        (370, p.LEAF),
        (450, p.CORAL),
        (530, "#f08a3c"),
        (610, p.LEAF),
        (690, p.CORAL),
        (770, "#f08a3c"),
    ):
        b.round(x, 474, 15, colour)
    b.box(930, 440, 120, 190, "#7b2f25", 10)
    for x in (450, 820):
        p.wheel(b, x, 636, 54)
    p.person(b, 990, 628, 200, coat=p.LEAF, arms="wave", facing=-1)
    for x, y, tall in ((120, 730, 170), (210, 742, 150), (1130, 740, 160)):
        p.person(b, x, y, tall, arms="wave", facing=1 if x < 600 else -1)


@scene
def walking_buddies(b: Brush) -> None:
    """Pairs of people walk arm in arm through a market street in autumn, one of each pair with a white cane."""
    p.sky(b, "grey")
    p.terrace(b, 470)
    b.shade(0, 466, WIDTH, 340, "#d9cdb8", "#c4b59b")
    for x, colour in ((90, p.CORAL), (1000, p.LEAF)):
        for stripe in range(5):
            b.box(x + stripe * 30, 420, 30, 34, colour if stripe % 2 else p.WHITE)
        b.box(x, 500, 150, 70, p.WOOD, 4)
        for step in range(6):
            b.round(x + 18 + step * 24, 498, 13, b.pick([p.CORAL, p.GOLD, p.LEAF, "#f08a3c"]))
        for leg in (x + 4, x + 138):
            b.box(leg, 440, 8, 140, p.DARK_WOOD)
    for x, y, tall in ((270, 680, 220), (560, 740, 250), (850, 670, 215)):
        p.person(
            b, x, y, tall, coat=b.pick([p.GOLD, p.CORAL, p.SEA]), hair=b.pick([p.GREY, "#8d5a2b"]), arms="out"
        )
        p.person(b, x + 62, y + 4, tall, arms="down")
        hand = y - tall * 0.68
        b.line([(x + tall * 0.3, hand), (x + tall * 0.62, y)], p.WHITE, 6)
        b.line([(x + tall * 0.57, y - tall * 0.1), (x + tall * 0.62, y)], p.CORAL, 6)
    for _ in range(60):
        b.round(b.rng.uniform(0, WIDTH), b.rng.uniform(480, 800), 6, b.pick(["#f08a3c", p.GOLD, p.BRICK]), 3)


@scene
def coppice(b: Brush) -> None:
    """People cut and stack hazel poles round a small fire in a sunlit wood."""
    b.shade(0, 0, WIDTH, 520, "#f6e7b8", "#e4eecb")
    for _ in range(26):
        x = b.rng.uniform(-20, 1220)
        w = b.rng.uniform(10, 34)
        b.box(x, 0, w, 500, mix(p.DARK_WOOD, "#e4eecb", b.rng.uniform(0.3, 0.7)))
    for _ in range(46):
        b.round(b.rng.uniform(-40, 1240), b.rng.uniform(-30, 190), b.rng.uniform(50, 110),
                mix(b.pick([p.MEADOW, p.LIME, p.MOSS]), p.GOLD, b.rng.uniform(0, 0.3)))  # fmt: skip
    p.ground(b, 480, p.MOSS)
    for x in (150, 1040):
        b.box(x - 40, 520, 80, 44, p.DARK_WOOD, 12)
        for lean in range(-4, 5):
            b.curve((x + lean * 7, 526), (x + lean * 14, 420), (x + lean * 26, 320), p.MEADOW, 6)
    for row in range(4):
        for index in range(7 - row):
            b.round(860 + index * 32 + row * 16, 690 - row * 28, 17, p.WOOD)
            b.round(860 + index * 32 + row * 16, 690 - row * 28, 9, mix(p.WOOD, p.CREAM, 0.5))
    for lean in (-50, -20, 20, 50):
        b.line([(560 + lean, 700), (560 - lean * 0.4, 660)], p.DARK_WOOD, 13)
    b.shape([(520, 690), (540, 610), (556, 650), (572, 580), (590, 646), (604, 620), (612, 690)], "#f08a3c")
    b.shape([(544, 690), (558, 650), (572, 628), (584, 690)], p.GOLD)
    for x, y, facing in ((330, 690, 1), (720, 660, -1), (440, 760, 1)):
        p.person(b, x, y, 230, arms="out", facing=facing)
    b.line([(380, 570), (520, 500)], p.WOOD, 11)
    p.person(b, 1010, 740, 235, coat=p.GOLD, arms="up", facing=-1)
    b.line([(960, 530), (1080, 520)], p.WOOD, 12)


@scene
def airfield_path(b: Brush) -> None:
    """A new stone path crosses an old airfield between two villages, with walkers, a pram and a child on a bike."""
    p.sky(b, "day", sun=(930, 130))
    p.cloud(b, 300, 120)
    p.hills(b, 330, (p.LIME, p.MEADOW))
    p.church(b, 160, 420, 0.7)
    for x in (240, 300, 360):
        p.house(b, x, 424, 56, 50, p.CREAM, p.BRICK)
    for x in (900, 970, 1040):
        p.house(b, x, 430, 58, 52, "#dfe7d2", p.SLATE)
    b.half(760, 432, 90, 60, p.SLATE)
    p.ground(b, 440, p.MOSS)
    b.shape([(330, 446), (350, 446), (760, 620), (1200, 800), (560, 800)], p.SAND)
    for _ in range(160):
        left, foot = b.rng.uniform(0, 520), b.rng.uniform(480, 800)
        if left < 330 + (foot - 446) * 0.5:
            b.curve((left, foot), (left, foot - 12), (left + b.rng.uniform(-8, 8), foot - 24), p.MEADOW, 3)
    p.person(b, 520, 640, 150, coat=p.SEA)
    p.person(b, 566, 642, 146, coat=p.CORAL, facing=-1)
    p.person(b, 700, 740, 220, coat=p.GOLD, arms="out", facing=1)
    b.half(800, 672, 46, 42, p.PLUM, 0)
    b.half(800, 668, 46, 48, mix(p.PLUM, p.INK, 0.2), 200)
    p.wheel(b, 772, 736, 17)
    p.wheel(b, 832, 736, 17)
    p.bicycle(b, 1000, 770, 0.8, p.CORAL)
    p.person(b, 990, 734, 150, coat=p.LEAF, arms="out")
    for x, y in ((180, 560), (110, 640), (230, 700)):
        p.bird(b, x, y - 250, 1.1)


@scene
def castle_lights(b: Brush) -> None:
    """Bright children's drawings of a sun, a fish, a house and a tree glow on a castle wall above a crowd at night."""
    p.sky(b, "night", sun=(1080, 110))
    wall = "#4b5a74"
    b.box(60, 230, 1080, 380, wall)
    for x in range(60, 1140, 72):
        b.box(x, 196, 40, 40, wall)
    for x in (60, 1000):
        b.box(x, 130, 150, 480, mix(wall, p.INK, 0.12))
        for step in range(3):
            b.box(x + step * 56, 100, 36, 40, mix(wall, p.INK, 0.12))
    glow = mix(wall, p.WHITE, 0.14)
    for x in (240, 430, 620, 810):
        b.box(x, 280, 170, 220, glow, 14)
    b.round(325, 370, 44, p.GOLD)
    for ray in range(10):
        a = ray * pi / 5
        b.line([(325 + cos(a) * 54, 370 + sin(a) * 54), (325 + cos(a) * 74, 370 + sin(a) * 74)], p.GOLD, 8)
    b.round(510, 390, 54, p.LAKE, 34)
    b.shape([(550, 390), (586, 356), (586, 424)], p.LAKE)
    b.round(484, 382, 7, p.INK)
    for x, y in ((466, 330), (560, 320), (530, 450)):
        b.arc(x, y, 11, 0, 360, p.WHITE, 4)
    p.house(b, 660, 460, 90, 80, p.ROSE, p.CORAL)
    p.tree(b, 895, 486, 0.88, p.MEADOW)
    for x, y in ((872, 396), (906, 366), (924, 400)):
        b.round(x, y, 9, p.CORAL)
    p.ground(b, 596, "#22384a")
    p.crowd(b, 750, 11, 60, 1140, 175)
    p.lamp(b, 30, 700, 1, lit=True)


@scene
def swing(b: Brush) -> None:
    """A boy in a wheelchair laughs on a wide platform swing beside his brother in a park."""
    p.sky(b, "day", sun=(180, 130))
    p.cloud(b, 820, 110)
    for x in range(20, 1230, 130):
        p.tree(b, x, 430, b.rng.uniform(1.0, 1.4), b.pick([p.LEAF, p.MOSS, p.MEADOW]))
    p.ground(b, 430, p.MEADOW)
    b.round(560, 720, 430, mix(p.SAND, p.CORAL, 0.18), 90)
    for x, lean in ((240, -50), (880, 50)):
        b.line([(x, 200), (x + lean, 720)], p.SEA, 18)
        b.line([(x, 200), (x - lean, 720)], p.SEA, 18)
    b.line([(230, 200), (890, 200)], p.SEA, 20)
    for x, to in ((360, 330), (600, 640)):
        b.line([(x, 206), (to, 640)], p.INK, 5)
    b.box(320, 636, 330, 22, p.GOLD, 8)
    for x in (326, 636):
        b.line([(x, 640), (x, 540)], p.GOLD, 8)
    p.person(b, 470, 632, 190, coat=p.CORAL, sits=True, arms="up")
    b.arc(464, 592, 42, 0, 360, p.INK, 8)
    b.box(426, 520, 10, 76, p.INK, 5)
    b.line([(750, 206), (790, 590)], p.INK, 5)
    b.line([(800, 206), (840, 580)], p.INK, 5)
    b.box(776, 584, 80, 14, p.CORAL, 6)
    p.person(b, 812, 634, 165, coat=p.GOLD, sits=True, arms="up", facing=-1)
    p.person(b, 1040, 740, 240, coat=p.PLUM, arms="wave", facing=-1)
    p.person(b, 130, 740, 245, coat=p.LEAF, arms="wave")


@scene
def cinema(b: Brush) -> None:
    """Villagers watch a film of a ship at sea on a big screen in their darkened hall."""
    b.shade(0, 0, WIDTH, HEIGHT, "#2a2f45", "#3a2f38")
    b.shape([(600, 40), (1120, 560), (80, 560)], "#343a55")
    b.box(230, 70, 740, 400, p.CREAM, 6)
    b.shade(246, 86, 708, 368, "#f4a98b", "#fff3df")
    b.round(760, 220, 50, p.GOLD)
    b.shade(246, 310, 708, 144, p.LAKE, p.SEA)
    p.boat(b, 520, 330, 1.1, p.BRICK)
    for x, y in ((350, 170), (400, 190), (620, 160)):
        p.bird(b, x, y, 1.1)
    for x in (180, 984):
        b.box(x, 40, 40, 470, "#7b2f3a", 10)
    b.box(170, 36, 860, 40, "#7b2f3a", 10)
    for row in range(3):
        for index in range(8 + row):
            seat = 110 + index * (1000 / (7 + row)) - row * 24
            y = 580 + row * 92
            shade_of = mix("#1c2030", p.PLUM, b.rng.uniform(0.1, 0.4))
            b.box(seat - 50, y + 24, 100, 120, mix("#7b2f3a", p.INK, 0.3 + row * 0.1), 20)
            b.box(seat - 36, y + 10, 72, 60, shade_of, 24)
            b.round(seat, y - 14, 30, mix(b.pick(p.HAIRS), "#f4a98b", 0.14), 33)
    b.box(1096, 620, 70, 36, p.INK, 8)
    b.round(1092, 638, 10, p.GOLD)
