from engage.places.models.place import Place

__all__ = ["Place"]
