from engage.audit.models.record import Record
from engage.audit.models.source import Source

__all__ = ["Record", "Source"]
