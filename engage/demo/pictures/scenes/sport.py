"""Young people and sport."""

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import WIDTH, Brush, mix
from engage.demo.pictures.scenes.registry import scene


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
