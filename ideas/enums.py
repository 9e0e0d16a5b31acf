"""The statuses of an idea, and the named sets of them that decisions are made on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaStatus(models.TextChoices):
    """Public names. What staff call them, and which may follow which, is the table in `rules/statuses.py`."""

    OPEN = "open", _("Gathering support")
    ASSESSING = "assessing", _("Being looked at")
    BALLOT = "ballot", _("Goes to the vote")
    ACCEPTED = "accepted", _("Going ahead")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Not going ahead")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    REMOVED = "removed", _("Removed by a moderator")
    MERGED = "merged", _("Joined with another idea")


# May be supported, and the support taken back.
OPEN_STATUSES = {IdeaStatus.OPEN, IdeaStatus.ASSESSING}
# Decided: kept on record whatever the author wishes.
ENDED_STATUSES = {IdeaStatus.BALLOT, IdeaStatus.ACCEPTED, IdeaStatus.DONE, IdeaStatus.DECLINED}
# Gone from lists, maps, counts and search; the address still says what happened, or leads on.
HIDDEN_STATUSES = {IdeaStatus.WITHDRAWN, IdeaStatus.REMOVED, IdeaStatus.MERGED}
PUBLIC_STATUSES = set(IdeaStatus) - HIDDEN_STATUSES
# Its words can be read: on its page, or of a joined idea on the page that keeps it as it was.
READABLE_STATUSES = PUBLIC_STATUSES | {IdeaStatus.MERGED}


class PhaseKind(models.TextChoices):
    """The parts of a call, in the order in which they follow each other. A call need not have all of them."""

    SUGGEST = "suggest", _("Suggest ideas")
    SUPPORT = "support", _("Support ideas")
    ASSESS = "assess", _("The council looks at them")
    BALLOT = "ballot", _("Vote")
    DECIDE = "decide", _("Decide")
    DELIVER = "deliver", _("Make it happen")


class Feeds(models.TextChoices):
    """Where the money for a call's ideas comes from."""

    NOTHING = "nothing", _("Nothing decided yet")
    BUDGETS = "budgets", _("Locality budgets")
    BALLOT = "ballot", _("A ballot")


class QuestionKind(models.TextChoices):
    SHORT = "short", _("A few words")
    LONG = "long", _("Several sentences")
    YES_NO = "yes_no", _("Yes or no")
    ONE_OF = "one_of", _("One of several choices")
    SEVERAL_OF = "several_of", _("Any of several choices")
    NUMBER = "number", _("A number")
    DATE = "date", _("A date")


class Channel(models.TextChoices):
    """How an idea reached the council."""

    ONLINE = "online", _("Online")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("On paper")
    IN_PERSON = "in_person", _("In person")


class Stance(models.TextChoices):
    FOR = "for", _("For the idea")
    NEUTRAL = "neutral", _("Neither for nor against")
    AGAINST = "against", _("Against the idea")


class CommentSort(models.TextChoices):
    """Official answers stand first in each."""

    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")
    REPLIES = "replies", _("Most replies")


class Feasibility(models.TextChoices):
    YES = "yes", _("Yes")
    CHANGED = "changed", _("Yes, with changes")
    NO = "no", _("No")


class PolicyFit(models.TextChoices):
    FITS = "fits", _("It fits")
    PARTLY = "partly", _("It fits in part")
    AGAINST = "against", _("It goes against them")


class Verdict(models.TextChoices):
    """What the council answers. Each leads to a status: see `VERDICT_STATUSES` in `rules/statuses.py`."""

    GO_AHEAD = "go_ahead", _("Going ahead")
    BALLOT = "ballot", _("Goes to the vote")
    DECLINE = "decline", _("Not going ahead")


class FlagSource(models.TextChoices):
    ABUSE = "abuse", _("Rude or hateful")
    PRIVATE = "private", _("Says private things about somebody")
    SPAM = "spam", _("Advertising")
    OFF_TOPIC = "off_topic", _("Not about the idea")
    OTHER = "other", _("Something else")
    FIRST_POST = "first_post", _("First thing this person posted")
    LINKS = "links", _("Many links")
    RATE = "rate", _("Many posts in a short time")


# What residents can choose; the others are raised by rules.
RAISED_BY_PEOPLE = {
    FlagSource.ABUSE,
    FlagSource.PRIVATE,
    FlagSource.SPAM,
    FlagSource.OFF_TOPIC,
    FlagSource.OTHER,
}

RAISED_BY_RULES = set(FlagSource) - RAISED_BY_PEOPLE


class FlagOutcome(models.TextChoices):
    KEPT = "kept", _("Kept")
    REMOVED = "removed", _("Removed")


class AppealKind(models.TextChoices):
    REMOVED_IDEA = "idea", _("A removed idea")
    REMOVED_COMMENT = "comment", _("A removed comment")
    ANSWER = "answer", _("The council's answer")


# How pictures of ideas are drawn: small in a row of them, and as large as a page shows them.
PICTURE_RENDITIONS = ("fill-320x240", "max-1200x900")
