from engage.councillors.models.councillor import Councillor
from engage.councillors.models.pre_election import PreElection
from engage.councillors.models.term import Term
from engage.councillors.pages import CouncillorPage, CouncillorsPage

__all__ = ["Councillor", "CouncillorPage", "CouncillorsPage", "PreElection", "Term"]
