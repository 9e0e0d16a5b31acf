from engage.opendata.models.publisher import Publisher
from engage.opendata.pages import OpenDataPage

__all__ = ["OpenDataPage", "Publisher"]
