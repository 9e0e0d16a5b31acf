"""Streets and travel."""

from math import cos, pi, sin

from engage.demo.pictures import parts as p
from engage.demo.pictures.brush import HEIGHT, WIDTH, Brush, mix
from engage.demo.pictures.scenes.registry import scene


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
