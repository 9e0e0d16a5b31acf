"""The council's rules for one year: what a grant may be, who decides and when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from budgets.grants.enums import Decides, DocumentKind, Fence
from engage.kit.years import year_label


class Scheme(ClusterableModel):
    """One a financial year. `version` grows with every change, so that two officers at once notice each other.

    Amounts in whole pence. `carry_over_percent`: how much of what a budget has left may go into the next year.
    `officer_above_pence`: asks above it are decided by an officer whatever `decides` says; empty for no such limit.
    `monitoring_months`: how many months after payment reports are due, for example 6 and 12.
    """

    year = models.PositiveSmallIntegerField(
        _("financial year"), unique=True, help_text=_("The year in which it starts: 2026 for 2026–27.")
    )
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary for residents"), max_length=1000, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    allocation_pence = models.BigIntegerField(_("allocation of each councillor"))
    grant_min_pence = models.BigIntegerField(_("smallest grant"))
    grant_max_pence = models.BigIntegerField(_("largest grant from one budget"))
    opens_on = models.DateField(_("opens for applications"))
    closes_on = models.DateField(_("last day for applications"))
    decide_by = models.DateField(_("last day for decisions"))
    spend_by = models.DateField(_("last day to spend the money"))
    carry_over_percent = models.PositiveSmallIntegerField(_("carried over into the next year, %"), default=0)
    joint_grants = models.BooleanField(_("several councillors may pay for a grant together"), default=True)
    decides = models.CharField(
        _("who decides"), max_length=12, choices=Decides.choices, default=Decides.COUNCILLOR
    )
    officer_above_pence = models.BigIntegerField(_("an officer decides above"), null=True, blank=True)
    prohibited = ArrayField(
        models.CharField(max_length=200), verbose_name=_("never paid for"), default=list, blank=True
    )
    monitoring_months = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("months until reports are due"), default=list
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("grant scheme")
        verbose_name_plural = _("grant schemes")
        ordering = ["-year"]
        permissions = [("edit_scheme", _("Can write and publish the rules of a year's grants"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(allocation_pence__gt=0, grant_min_pence__gt=0),
                name="scheme_amounts_positive",
                violation_error_message=_("Enter amounts above £0."),
            ),
            models.CheckConstraint(
                condition=Q(grant_max_pence__gte=F("grant_min_pence")),
                name="scheme_max_not_below_min",
                violation_error_message=_("The largest grant cannot be less than the smallest."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on"))
                & Q(decide_by__gte=F("closes_on"))
                & Q(spend_by__gte=F("decide_by")),
                name="scheme_dates_in_order",
                violation_error_message=_(
                    "The dates must follow each other: opens, last day for applications, for decisions, to spend."
                ),
            ),
            models.CheckConstraint(
                condition=Q(carry_over_percent__lte=100),
                name="scheme_carry_over_is_a_share",
                violation_error_message=_("Enter 0 to 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {year_label(self.year)}"


class RingFence(models.Model):
    """An amount of every councillor's budget that may be spent on nothing else."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="fences")
    kind = models.CharField(_("only for"), max_length=12, choices=Fence.choices)
    amount_pence = models.BigIntegerField(_("amount of each budget"))

    class Meta:
        verbose_name = _("ring-fence")
        verbose_name_plural = _("ring-fences")
        ordering = ["scheme", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="fence_once_per_kind"),
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="fence_amount_positive"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class RequiredDocument(models.Model):
    """A document that must be there before an application from this amount on is sent."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="documents_required")
    kind = models.CharField(_("document"), max_length=12, choices=DocumentKind.choices)
    from_pence = models.BigIntegerField(_("asked for from"), default=0)

    class Meta:
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")
        ordering = ["scheme", "from_pence", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="document_required_once"),
            models.CheckConstraint(condition=Q(from_pence__gte=0), name="document_required_from_positive"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Principle(models.Model):
    """One published principle, which is also one question of the officer's check."""

    scheme = ParentalKey(Scheme, on_delete=models.CASCADE, related_name="principles")
    key = models.SlugField(_("short name"), max_length=40)
    title = models.CharField(_("principle"), max_length=80)
    meaning = models.TextField(_("what it means"), max_length=600)
    question = models.CharField(_("what the officer checks"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    sort_order_field = "order"

    class Meta:
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
        ordering = ["scheme", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="principle_once")]

    def __str__(self) -> str:
        return self.title
