"""What became of it: reports that groups owe, and money that comes back."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from budgets.grants.models.application import Application, Expected
from budgets.models import Award


class Report(models.Model):
    """One report that is owed for an application: the last of them closes it. Empty until it is sent."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reports")
    due_on = models.DateField(_("due"), db_index=True)
    final = models.BooleanField(_("last report"), default=True)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    used_pence = models.BigIntegerField(_("money used"), null=True)
    story = models.TextField(_("what changed, in your words"), max_length=4000, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    returned_note = models.TextField(_("what is missing"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["due_on", "id"]
        permissions = [("accept_report", _("Can accept reports and ask for money back"))]
        constraints = [
            models.UniqueConstraint(fields=["application", "due_on"], name="report_due_once_a_day"),
            models.CheckConstraint(
                condition=Q(used_pence=None) | Q(used_pence__gte=0),
                name="report_used_not_negative",
                violation_error_message=_("Enter £0 or more."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | (Q(used_pence__isnull=False) & ~Q(story="")),
                name="report_sent_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(sent_at__isnull=False), name="report_accepted_was_sent"
            ),
        ]

    def __str__(self) -> str:
        return str(
            _("%(grant)s: report due %(day)s")
            % {"grant": self.application, "day": date_format(self.due_on, "j F Y")}
        )


class Result(models.Model):
    """The actual number for one expected outcome."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="results")
    expected = models.ForeignKey(Expected, on_delete=models.CASCADE, related_name="results")
    actual = models.PositiveIntegerField(_("actual"))
    note = models.CharField(_("in words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["report", "expected"]
        constraints = [models.UniqueConstraint(fields=["report", "expected"], name="result_once")]

    def __str__(self) -> str:
        return str(self.expected)


class ReportPhoto(models.Model):
    """A picture sent with a report. Without `consent` of everybody in it, it is not kept."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("what the picture shows"), max_length=200)
    consent = models.BooleanField(_("everybody in it agreed that it is published"), default=False)

    class Meta:
        verbose_name = _("photo of a report")
        verbose_name_plural = _("photos of reports")
        ordering = ["report", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent=True),
                name="report_photo_has_consent",
                violation_error_message=_("Only send a photo when everybody in it agreed."),
            )
        ]

    def __str__(self) -> str:
        return self.alt


class Recovery(models.Model):
    """Money asked back, once and for one reason; an award may have several. What comes is a refund in the journal.

    It ends when all of it has come, or when somebody other than who asked for it lets the rest go, with a reason.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="recoveries")
    amount_pence = models.BigIntegerField(_("amount asked back"))
    reason = models.TextField(_("reason"), max_length=1000)
    key = models.CharField(_("key"), max_length=150, blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    recovered_pence = models.BigIntegerField(_("came back"), default=0)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_reason = models.TextField(_("why it ended"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        ordering = ["-asked_at"]
        permissions = [("recover_money", _("Can ask for money back and book what comes"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0) & ~Q(reason=""), name="recovery_says_what"
            ),
            models.CheckConstraint(
                condition=Q(recovered_pence__gte=0) & Q(recovered_pence__lte=F("amount_pence")),
                name="recovered_not_more_than_asked",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(recovered_pence=F("amount_pence")) | ~Q(ended_reason=""),
                name="recovery_let_go_says_why",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="recovery_key_once"),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(asked_by=None) | ~Q(ended_by=F("asked_by")),
                name="recovery_let_go_by_another",
                violation_error_message=_("Somebody else must let go what you asked back."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="recovery_fits_award",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("kept", "bigint"), ("taken", "bigint")],
                func="""
                    SELECT spent_pence INTO kept FROM budgets_award WHERE id = NEW.award_id FOR UPDATE;
                    SELECT coalesce(sum(amount_pence - recovered_pence), 0) INTO taken
                        FROM grants_recovery WHERE award_id = NEW.award_id;
                    IF NEW.amount_pence - NEW.recovered_pence + taken > kept THEN
                        RAISE EXCEPTION 'More is asked back than the group has'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_back_not_more_than_paid';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.amount_pence}"

    @property
    def left_pence(self) -> int:
        """What has not come: still to come, or let go."""
        return self.amount_pence - self.recovered_pence
