"""Halls, arts and heritage."""

from math import cos, pi, sin

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import HEIGHT, WIDTH, Brush, mix
from engage.demo.pictures.scenes.registry import scene


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
