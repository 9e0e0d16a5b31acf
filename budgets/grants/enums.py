"""Names of the states and kinds of things in a grant's life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an application is, as officers say it. `rules/flow.py` says who may move it and what residents read."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SUPPORTED = "supported", _("Supported by councillor")
    CHECK = "check", _("Officer check")
    MORE_INFORMATION = "more_info", _("More information asked")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    AGREEMENT = "agreement", _("Agreement signed")
    PAID = "paid", _("Paid")
    REPORT_DUE = "report_due", _("Report due")
    REPORTED = "reported", _("Reported")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RECOVERING = "recovering", _("Recovering money")


class Decides(models.TextChoices):
    """Who decides what is asked of a councillor's budget."""

    COUNCILLOR = "councillor", _("The councillor whose budget it is")
    OFFICER = "officer", _("An officer, after the councillor's support")


class SpendKind(models.TextChoices):
    CAPITAL = "capital", _("Capital: things that last, such as equipment or building work")
    REVENUE = "revenue", _("Revenue: running costs, events and services")


class Fence(models.TextChoices):
    """What part of every budget may be spent on nothing else."""

    CAPITAL = "capital", _("Capital spending")
    ENVIRONMENT = "environment", _("The environment")


class DocumentKind(models.TextChoices):
    CONSTITUTION = "constitution", _("Constitution or rules of the group")
    ACCOUNTS = "accounts", _("Latest accounts")
    BANK_STATEMENT = "bank", _("Bank statement")
    INSURANCE = "insurance", _("Insurance certificate")
    SAFEGUARDING = "safeguarding", _("Safeguarding policy")
    QUOTE = "quote", _("Quote for a cost")
    PERMISSION = "permission", _("Permission of the land owner, or planning permission")
    RECEIPT = "receipt", _("Receipt or invoice")
    AGREEMENT = "agreement", _("Signed agreement")
    OTHER = "other", _("Other")


class MemberRole(models.TextChoices):
    LEAD = "lead", _("Lead: may change the group's details and send applications")
    HELPER = "helper", _("Helper: may write, but not send")


class FunderAnswer(models.TextChoices):
    """What another funder said."""

    GIVEN = "given", _("Yes, confirmed")
    ASKED = "asked", _("Asked, no answer yet")
    REFUSED = "refused", _("No")


class Verdict(models.TextChoices):
    """What an officer found when checking one principle."""

    PASS = "pass", _("Pass")
    WARN = "warn", _("Warn")
    BLOCK = "block", _("Block")


class Answer(models.TextChoices):
    """What was decided about one ask."""

    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")


class Capacity(models.TextChoices):
    """As whom somebody decided."""

    COUNCILLOR = "councillor", _("As the councillor")
    OFFICER = "officer", _("As an officer")


class RunStatus(models.TextChoices):
    DRAFT = "draft", _("Being made up")
    APPROVED = "approved", _("Approved for payment")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


class Match(models.TextChoices):
    """What reconciling found out about one payment of ours, or one line of theirs."""

    MATCHED = "matched", _("Matched")
    MISSING = "missing", _("Not in the file")
    DIFFERENT = "different", _("Different amount")
    UNKNOWN = "unknown", _("Not a payment of ours")
