"""The statuses of an idea, and the named sets of them that decisions are made on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaStatus(models.TextChoices):
    """Public names."""

    OPEN = "open", _("Gathering support")
    ASSESSING = "assessing", _("Being looked at")
    ACCEPTED = "accepted", _("Going ahead")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Not going ahead")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


# May be supported, and the support taken back.
OPEN_STATUSES = {IdeaStatus.OPEN, IdeaStatus.ASSESSING}
# Decided: kept on record whatever the author wishes.
ENDED_STATUSES = {IdeaStatus.ACCEPTED, IdeaStatus.DONE, IdeaStatus.DECLINED}
# Listed, counted, found by search.
PUBLIC_STATUSES = set(IdeaStatus) - {IdeaStatus.WITHDRAWN}
# Given by the council, with a reason; withdrawing is the author's alone.
COUNCIL_STATUSES = set(IdeaStatus) - {IdeaStatus.WITHDRAWN}
