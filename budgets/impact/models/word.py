"""What residents say of a claimed outcome."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.impact.enums import Doubt, Says
from budgets.models import Outcome
from engage.residents.models import Resident


class Word(models.Model):
    """One resident's word on one outcome: once by constraint, and free to change. Who said it is never shown."""

    # It holds no pages or pictures; looking for some would take several statements each time.
    wagtail_reference_index_ignore = True

    outcome = models.ForeignKey(
        Outcome, verbose_name=_("outcome"), on_delete=models.CASCADE, related_name="words"
    )
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="outcome_words"
    )
    says = models.CharField(_("says"), max_length=8, choices=Says.choices)
    doubt = models.CharField(_("why not"), max_length=9, choices=Doubt.choices, blank=True)
    said_at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("resident’s word on an outcome")
        verbose_name_plural = _("residents’ words on outcomes")
        constraints = [
            models.UniqueConstraint(fields=["outcome", "resident"], name="word_once"),
            models.CheckConstraint(condition=Q(says__in=Says.values), name="word_known"),
            models.CheckConstraint(
                condition=Q(says=Says.CONFIRM, doubt="") | Q(says=Says.DISPUTE, doubt__in=Doubt.values),
                name="word_against_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.says} {self.outcome_id}"


class Tally(models.Model):
    """How many said what of an outcome; moved in the same transaction as the words. None means nobody said anything."""

    wagtail_reference_index_ignore = True

    outcome = models.OneToOneField(Outcome, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    confirmed = models.PositiveIntegerField(default=0)
    disputed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tally of an outcome")
        verbose_name_plural = _("tallies of outcomes")

    def __str__(self) -> str:
        return f"{self.confirmed}/{self.disputed}"
