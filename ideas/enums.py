from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaStatus(models.TextChoices):
    """Public names. `OPEN_STATUSES` may be supported."""

    OPEN = "open", _("Gathering support")
    ASSESSING = "assessing", _("Being looked at")
    ACCEPTED = "accepted", _("Going ahead")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Not going ahead")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


OPEN_STATUSES = {IdeaStatus.OPEN, IdeaStatus.ASSESSING}
PUBLIC_STATUSES = set(IdeaStatus) - {IdeaStatus.WITHDRAWN}
