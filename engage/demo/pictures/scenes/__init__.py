"""Every picture of the demo council, one file per kind. A scene's docstring says what it shows, for people who cannot
see it."""

from engage.demo.pictures.scenes import company, halls, outdoors, sport, streets, this_year
from engage.demo.pictures.scenes.registry import SCENES

__all__ = ["SCENES", "company", "halls", "outdoors", "sport", "streets", "this_year"]
