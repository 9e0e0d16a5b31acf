"""What officers found, what was decided, by whom and why, and what was agreed."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Answer, Capacity, Verdict
from budgets.grants.models.application import Application, Ask
from budgets.grants.models.scheme import Principle


class Check(models.Model):
    """An officer's verdict on one principle. A block holds until somebody overrides it with a reason."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    principle = models.ForeignKey(Principle, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=5, choices=Verdict.choices)
    note = models.TextField(_("why"), max_length=1000, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked"))
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    overridden_at = models.DateTimeField(_("overridden"), null=True)
    override_reason = models.TextField(_("reason for going ahead all the same"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["application", "principle__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "principle"], name="checked_once_per_principle"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.PASS) | ~Q(note=""),
                name="check_says_why",
                violation_error_message=_("Say why it is not a plain pass."),
            ),
            models.CheckConstraint(
                condition=Q(overridden_at=None) | (Q(verdict=Verdict.BLOCK) & ~Q(override_reason="")),
                name="override_says_why",
                violation_error_message=_("Say why it should go ahead all the same."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principle}: {self.get_verdict_display()}"

    def is_outdated(self, changed_at: datetime | None) -> bool:
        """Whether it is older than the last change of its application."""
        return changed_at is not None and self.checked_at < changed_at


class Waiver(models.Model):
    """Why a group with an overdue report may be given money all the same."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="waiver")
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["application"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="waiver_says_why")]

    def __str__(self) -> str:
        return self.reason[:60]


class Interest(models.Model):
    """An interest a councillor declared in one ask. It moves the decision to an officer, for good."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="interest")
    what = models.TextField(_("interest declared"), max_length=500)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        ordering = ["ask"]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="interest_says_what")]

    def __str__(self) -> str:
        return self.what[:60]


class Decision(models.Model):
    """The answer to one ask, with its reason: public. One for each ask; a mistake is put right by a new application."""

    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="decision")
    answer = models.CharField(_("decision"), max_length=8, choices=Answer.choices)
    amount_pence = models.BigIntegerField(_("amount awarded"), default=0)
    reason = models.TextField(_("reason"), max_length=2000)
    capacity = models.CharField(_("decided"), max_length=10, choices=Capacity.choices)
    no_interest = models.BooleanField(_("I have no interest in this group or project"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_name = models.CharField(_("decided by"), max_length=120)
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at"]
        permissions = [("decide_ask", _("Can decide what is asked of their own budget"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.APPROVED, amount_pence__gt=0)
                | Q(answer=Answer.DECLINED, amount_pence=0),
                name="decision_amount_fits_answer",
                violation_error_message=_("Enter the amount awarded; a declined ask has none."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_says_why"),
            models.CheckConstraint(
                condition=Q(no_interest=True),
                name="decided_without_interest",
                violation_error_message=_(
                    "Whoever has an interest cannot decide. Declare it, and an officer decides."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask}: {self.get_answer_display()}"

    def get_absolute_url(self) -> str:
        """Its page in the public record."""
        return reverse("grants:public_decision", args=[self.pk])


class Agreement(models.Model):
    """What a group signs before it is paid: the terms as they were when the first of its two people signed.

    Each signs from an account of their own; `signed_at` is when both had.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="agreement")
    terms = models.TextField(_("terms"))
    first_name = models.CharField(_("signed by"), max_length=120)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    first_at = models.DateTimeField(_("first signed"))
    second_name = models.CharField(_("and by"), max_length=120, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed by both"), null=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-first_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_name="") & ~Q(first_name=models.F("second_name")),
                name="agreement_signed_by_two",
                violation_error_message=_("Two different people must sign for the group."),
            ),
            # An account may be gone by now, never be the same.
            models.CheckConstraint(
                condition=Q(first_by=None) | Q(second_by=None) | ~Q(first_by=models.F("second_by")),
                name="agreement_signed_from_two_accounts",
                violation_error_message=_("Each person signs from an account of their own."),
            ),
            models.CheckConstraint(
                condition=Q(second_name="", second_by=None, signed_at=None)
                | ~Q(second_name="") & Q(signed_at__isnull=False),
                name="agreement_signed_by_one_or_both",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="agreement_signed_by_confirmed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("first_name", "second_name"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM grants_signatory signer
                        JOIN grants_application asked ON asked.organisation_id = signer.organisation_id
                        WHERE asked.id = NEW.application_id AND signer.waits
                            AND signer.name IN (NEW.first_name, NEW.second_name)
                    ) THEN
                        RAISE EXCEPTION 'This person is not confirmed yet'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_signed_by_confirmed';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)
