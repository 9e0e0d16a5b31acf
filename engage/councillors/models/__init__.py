from engage.councillors.models.councillor import Councillor
from engage.councillors.models.term import Term

__all__ = ["Councillor", "Term"]
