from engage.kit.models.theme import Theme

__all__ = ["Theme"]
