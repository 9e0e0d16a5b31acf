"""Parks, paths and the open air."""

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import WIDTH, Brush, mix
from engage.demo.pictures.scenes.registry import scene


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
