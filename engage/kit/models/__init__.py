from engage.kit.models.theme import Theme
from engage.kit.pages import FramePage

__all__ = ["FramePage", "Theme"]
