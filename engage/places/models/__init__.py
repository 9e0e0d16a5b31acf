from engage.places.models.address import Address
from engage.places.models.boundary import Boundary
from engage.places.models.place import Place

__all__ = ["Address", "Boundary", "Place"]
