from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How a ballot is filled in."""

    APPROVAL = "approval", _("Choose as many projects as you like")
    PICK = "pick", _("Choose a few projects")
    KNAPSACK = "knapsack", _("Choose projects until the money is used up")
    POINTS = "points", _("Share out points between projects")
    RANKING = "ranking", _("Put projects in order")


class Proof(models.TextChoices):
    """How people show that they may vote: the verifiers this product comes with."""

    ROLL = "roll", _("The electoral roll")
    CODE = "code", _("A code from a letter or given out in a hall")
    EMAIL = "email", _("A link sent by email")
    PHONE = "phone", _("A code sent by text message")
    OPENID = "openid", _("An identity from the council’s identity provider")
    ACCOUNT = "account", _("An account, and their own word")


class Channel(models.TextChoices):
    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")
    ASSISTED = "assisted", _("With help from staff")


class Phase(models.TextChoices):
    """Where a ballot is. The first four follow from the clock alone once it is opened."""

    DRAFT = "draft", _("Being prepared")
    ANNOUNCED = "announced", _("Voting has not started")
    VOTING = "voting", _("Voting is open")
    ENDED = "ended", _("Voting has ended")
    CLOSED = "closed", _("Closed, not yet counted")
    COUNTED = "counted", _("Counted, not yet published")
    PUBLISHED = "published", _("Result published")


class Hand(models.TextChoices):
    """How codes reach people."""

    POST = "post", _("By post")
    HALL = "hall", _("Given out in a hall")


class Invalid(models.TextChoices):
    """Why a paper ballot does not count."""

    BLANK = "blank", _("Nothing is chosen")
    TOO_MUCH = "too_much", _("More is chosen than the ballot allows")
    UNCLEAR = "unclear", _("It is not clear what is chosen")
    NAMED = "named", _("It shows who the voter is")
    NOT_OURS = "not_ours", _("It is not an official ballot paper")


class Level(models.TextChoices):
    """What is published of the ballots."""

    ALL = "all", _("All ballots, in random order")
    TOTALS = "totals", _("Totals and the log only")


class Words(models.TextChoices):
    """The words of a project that an erratum may change."""

    TITLE = "title", _("Title")
    SUMMARY = "summary", _("Summary")
    DESCRIPTION = "description", _("Description")
    ASSESSMENT = "assessment", _("Officer’s assessment")
