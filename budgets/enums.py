from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry does to its budget; `rules/balances.py` says exactly how."""

    ALLOCATE = "allocate", _("Allocated")
    TRANSFER = "transfer", _("Transferred")
    COMMIT = "commit", _("Committed")
    RELEASE = "release", _("Released")
    PAY = "pay", _("Paid")
    REFUND = "refund", _("Refunded")


class AwardStatus(models.TextChoices):
    APPROVED = "approved", _("Approved, not yet paid")
    PART_PAID = "part_paid", _("Part paid")
    PAID = "paid", _("Paid")
    REPORTED = "reported", _("Results reported")
    CANCELLED = "cancelled", _("Cancelled")


class OrganisationKind(models.TextChoices):
    CHARITY = "charity", _("Charity")
    COMPANY = "company", _("Community company")
    GROUP = "group", _("Community group")
    SCHOOL = "school", _("School or parents’ association")
    FAITH = "faith", _("Faith group")
    PARISH = "parish", _("Parish or town council")
    OTHER = "other", _("Other")


# How an award's status looks: the kinds that `components/status_tag.html` knows.
STATUS_KINDS = {
    AwardStatus.APPROVED: "open",
    AwardStatus.PART_PAID: "progress",
    AwardStatus.PAID: "progress",
    AwardStatus.REPORTED: "done",
    AwardStatus.CANCELLED: "closed",
}

# Sizes of a photo that pages show: in lists and cards, and on the award's own page.
PHOTO_RENDITIONS = ("fill-640x400", "max-1200x900")
