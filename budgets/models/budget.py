"""Money for one councillor or one place in one financial year."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engage.councillors.models import Councillor
from engage.kit.years import year_label
from engage.places.models import Place


class Budget(models.Model):
    """Balances in whole pence: allocated = spent + committed + remaining, always.

    They are moved by the trigger that runs when an Entry is inserted, and by nothing else: a direct UPDATE of a
    balance is refused by `budget_moves_by_entry_only`. `committed_pence` is money promised and not yet paid.
    `entries_count` and `head_hash` are the length and the last hash of the journal's chain.
    """

    year = models.PositiveSmallIntegerField(
        _("financial year"), help_text=_("The year in which it starts: 2026 for 2026–27.")
    )
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="budgets"
    )
    councillor = models.ForeignKey(
        Councillor,
        verbose_name=_("councillor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="budgets",
        help_text=_("Leave empty for a fund of the whole place."),
    )
    allocated_pence = models.BigIntegerField(_("allocated"), default=0, editable=False)
    committed_pence = models.BigIntegerField(_("committed"), default=0, editable=False)
    spent_pence = models.BigIntegerField(_("spent"), default=0, editable=False)
    remaining_pence = models.GeneratedField(
        expression=F("allocated_pence") - F("committed_pence") - F("spent_pence"),
        output_field=models.BigIntegerField(),
        db_persist=True,
        verbose_name=_("remaining"),
    )
    entries_count = models.PositiveIntegerField(_("entries"), default=0, editable=False)
    head_hash = models.CharField(_("head of the hash chain"), max_length=64, default="", editable=False)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-year", "place__name", "id"]
        permissions = [("allocate_budget", _("Can open budgets, allocate money and transfer it"))]
        constraints = [
            models.CheckConstraint(condition=Q(committed_pence__gte=0), name="budget_committed_not_negative"),
            models.CheckConstraint(condition=Q(spent_pence__gte=0), name="budget_spent_not_negative"),
            models.CheckConstraint(
                condition=Q(allocated_pence__gte=F("committed_pence") + F("spent_pence")),
                name="budget_not_overspent",
            ),
            models.UniqueConstraint(
                fields=["councillor", "year"],
                name="budget_once_per_councillor_and_year",
                violation_error_message=_("This councillor already has a budget for that year."),
            ),
            models.UniqueConstraint(
                fields=["place", "year"],
                condition=Q(councillor=None),
                name="budget_once_per_place_and_year",
                violation_error_message=_("This place already has a fund for that year."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="budget_starts_empty",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (NEW.allocated_pence, NEW.committed_pence, NEW.spent_pence, NEW.entries_count, NEW.head_hash)
                       IS DISTINCT FROM (0::bigint, 0::bigint, 0::bigint, 0, ''::varchar) THEN
                        RAISE EXCEPTION 'A budget starts empty; allocate money with an entry'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_moves_by_entry_only';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="budget_moves_by_entry_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # Depth 1 is this trigger itself: a change made from inside the entry's trigger is at depth 2.
                func="""
                    IF pg_trigger_depth() < 2 AND
                       (NEW.allocated_pence, NEW.committed_pence, NEW.spent_pence, NEW.entries_count, NEW.head_hash)
                       IS DISTINCT FROM
                       (OLD.allocated_pence, OLD.committed_pence, OLD.spent_pence, OLD.entries_count, OLD.head_hash)
                    THEN
                        RAISE EXCEPTION 'A balance moves only by an entry in the journal'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_moves_by_entry_only';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.councillor or self.place}, {year_label(self.year)}"
