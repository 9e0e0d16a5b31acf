from engage.places.models.boundary import Boundary
from engage.places.models.place import Place

__all__ = ["Boundary", "Place"]
