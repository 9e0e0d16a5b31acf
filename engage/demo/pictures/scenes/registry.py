"""The list of scenes by name. A scene is registered where it is drawn, by `@scene`."""

from collections.abc import Callable

from engage.demo.pictures.brush import Brush

SCENES: dict[str, Callable[[Brush], None]] = {}


def scene(draw: Callable[[Brush], None]) -> Callable[[Brush], None]:
    SCENES[draw.__name__.replace("_", "-")] = draw
    return draw
