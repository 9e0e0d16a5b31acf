from budgets.ballots.models.ballot import Ballot, Pot, Project
from budgets.ballots.models.count import Count, Departure, Milestone, Publication, Won
from budgets.ballots.models.paper import Correction, Paper, PaperBatch
from budgets.ballots.models.reckoning import Reckoning
from budgets.ballots.models.roll import Code, CodeBatch, Elector, Help, RollEntry
from budgets.ballots.models.translation import Translation
from budgets.ballots.models.version import BallotVersion, Erratum, Secrets
from budgets.ballots.models.vote import Leaf, Log, OpenedVote, Receipt, SealedVote
from budgets.ballots.pages import BallotsPage

__all__ = [
    "Ballot",
    "BallotVersion",
    "BallotsPage",
    "Code",
    "CodeBatch",
    "Correction",
    "Count",
    "Departure",
    "Elector",
    "Erratum",
    "Help",
    "Leaf",
    "Log",
    "Milestone",
    "OpenedVote",
    "Paper",
    "PaperBatch",
    "Pot",
    "Project",
    "Publication",
    "Receipt",
    "Reckoning",
    "RollEntry",
    "SealedVote",
    "Secrets",
    "Translation",
    "Won",
]
