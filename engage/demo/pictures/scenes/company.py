"""Company, food and health."""

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import Brush, mix
from engage.demo.pictures.scenes.registry import scene


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
