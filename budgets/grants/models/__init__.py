from budgets.grants.models.application import (
    Application,
    Ask,
    Cost,
    Document,
    Expected,
    Funder,
    Message,
    Step,
)
from budgets.grants.models.decision import Agreement, Check, Decision, Interest, Waiver
from budgets.grants.models.group import BankAccount, Claim, Invitation, Member, Profile, Signatory
from budgets.grants.models.journal import SchemeEntry
from budgets.grants.models.payment import Payment, PaymentRun, SpendFile, SpendLine
from budgets.grants.models.report import Recovery, Report, ReportPhoto, Result
from budgets.grants.models.scheme import Principle, RequiredDocument, RingFence, Scheme
from budgets.grants.pages import GrantsPage

__all__ = [
    "Agreement",
    "Application",
    "Ask",
    "BankAccount",
    "Check",
    "Claim",
    "Cost",
    "Decision",
    "Document",
    "Expected",
    "Funder",
    "GrantsPage",
    "Interest",
    "Invitation",
    "Member",
    "Message",
    "Payment",
    "PaymentRun",
    "Principle",
    "Profile",
    "Recovery",
    "Report",
    "ReportPhoto",
    "RequiredDocument",
    "Result",
    "RingFence",
    "Scheme",
    "SchemeEntry",
    "Signatory",
    "SpendFile",
    "SpendLine",
    "Step",
    "Waiver",
]
