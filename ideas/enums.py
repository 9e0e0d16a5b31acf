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
    REMOVED = "removed", _("Removed by a moderator")


# May be supported, and the support taken back.
OPEN_STATUSES = {IdeaStatus.OPEN, IdeaStatus.ASSESSING}
# Decided: kept on record whatever the author wishes.
ENDED_STATUSES = {IdeaStatus.ACCEPTED, IdeaStatus.DONE, IdeaStatus.DECLINED}
# Gone from lists, maps, counts and search; the address still says what happened.
HIDDEN_STATUSES = {IdeaStatus.WITHDRAWN, IdeaStatus.REMOVED}
PUBLIC_STATUSES = set(IdeaStatus) - HIDDEN_STATUSES
# Given by the council, with a reason; withdrawing is the author's alone.
COUNCIL_STATUSES = set(IdeaStatus) - {IdeaStatus.WITHDRAWN}

# The kind of tag each status is shown with.
STATUS_KINDS: dict[str, str] = {
    IdeaStatus.OPEN: "open",
    IdeaStatus.ASSESSING: "progress",
    IdeaStatus.ACCEPTED: "progress",
    IdeaStatus.DONE: "done",
    IdeaStatus.DECLINED: "closed",
    IdeaStatus.WITHDRAWN: "closed",
    IdeaStatus.REMOVED: "warn",
}
