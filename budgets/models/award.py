"""Money promised to an organisation for a purpose, out of one budget."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from budgets.enums import AwardStatus
from budgets.models.budget import Budget
from budgets.models.organisation import Organisation
from engage.audit.models import Source
from engage.kit.models import Theme
from engage.places.models import Place
from ideas.models import Idea


class Award(index.Indexed, models.Model):
    """`awarded_pence` is what was ever committed, `committed_pence` what is still promised, `spent_pence` what was
    paid and not refunded. Like a budget's balances they move by entries only.
    """

    budget = models.ForeignKey(
        Budget, verbose_name=_("budget"), on_delete=models.PROTECT, related_name="awards"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="awards"
    )
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what the money is for"))
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="awards",
    )
    place = models.ForeignKey(
        Place, verbose_name=_("place that benefits"), on_delete=models.PROTECT, related_name="awards"
    )
    idea = models.ForeignKey(
        Idea,
        verbose_name=_("idea it grew from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="awards",
    )
    reference = models.CharField(_("reference"), max_length=120, null=True, blank=True, unique=True)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=AwardStatus.choices, default=AwardStatus.APPROVED, db_index=True
    )
    decided_on = models.DateField(_("decided on"), db_index=True)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    reason = models.TextField(_("reason for the decision"), blank=True)

    awarded_pence = models.BigIntegerField(_("awarded"), default=0, editable=False)
    committed_pence = models.BigIntegerField(_("still to pay"), default=0, editable=False)
    spent_pence = models.BigIntegerField(_("paid"), default=0, editable=False)

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("purpose"),
        index.AutocompleteField("title"),
        index.RelatedFields("organisation", [index.SearchField("name")]),
        index.RelatedFields("place", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-decided_on", "-id"]
        permissions = [
            ("record_award", _("Can record commitments, payments and releases")),
            ("report_outcome", _("Can report outcomes and photos")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_pence__gte=0), name="award_not_paid_beyond_commitment"
            ),
            models.CheckConstraint(condition=Q(spent_pence__gte=0), name="award_not_refunded_beyond_payment"),
            models.CheckConstraint(
                condition=Q(awarded_pence__gte=F("committed_pence") + F("spent_pence")), name="award_adds_up"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="award_starts_empty",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (NEW.awarded_pence, NEW.committed_pence, NEW.spent_pence)
                       IS DISTINCT FROM (0::bigint, 0::bigint, 0::bigint) THEN
                        RAISE EXCEPTION 'An award starts empty; commit money with an entry'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'award_moves_by_entry_only';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="award_moves_by_entry_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF pg_trigger_depth() < 2 AND
                       (NEW.awarded_pence, NEW.committed_pence, NEW.spent_pence, NEW.budget_id)
                       IS DISTINCT FROM
                       (OLD.awarded_pence, OLD.committed_pence, OLD.spent_pence, OLD.budget_id) THEN
                        RAISE EXCEPTION 'A balance moves only by an entry in the journal'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'award_moves_by_entry_only';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("budgets:award", args=[self.pk])
