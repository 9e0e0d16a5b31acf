"""What this year’s money does."""

from math import cos, pi, sin

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import HEIGHT, WIDTH, Brush, mix
from engage.demo.pictures.scenes.registry import scene


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
