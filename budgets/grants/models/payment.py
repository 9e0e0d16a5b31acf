"""Paying: runs made up, approved and paid by three different people, and reconciled with what the council published."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Match, RunStatus
from budgets.grants.models.group import BankAccount
from budgets.models import Award, Entry


class PaymentRun(models.Model):
    """Payments that go to the bank together. Whoever makes it up, approves it and pays it are three people."""

    status = models.CharField(
        _("status"), max_length=10, choices=RunStatus.choices, default=RunStatus.DRAFT, db_index=True
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made up"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    exported_at = models.DateTimeField(_("bank file last taken out"), null=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    paid_on = models.DateField(_("paid"), null=True)
    bank_reference = models.CharField(_("the bank's reference"), max_length=40, blank=True)
    total_pence = models.BigIntegerField(_("total"), default=0)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("payment run")
        verbose_name_plural = _("payment runs")
        ordering = ["-created_at"]
        permissions = [
            ("make_run", _("Can make up payment runs")),
            ("approve_run", _("Can approve payment runs")),
            ("pay_run", _("Can export approved runs and record them as paid")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("created_by")),
                name="run_approved_by_another",
                violation_error_message=_("Somebody else must approve the run you made up."),
            ),
            models.CheckConstraint(
                condition=Q(paid_by=None) | (~Q(paid_by=F("created_by")) & ~Q(paid_by=F("approved_by"))),
                name="run_paid_by_a_third",
                violation_error_message=_("A third person must record the run as paid."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[RunStatus.DRAFT, RunStatus.CANCELLED])
                | Q(status=RunStatus.APPROVED, approved_by__isnull=False, approved_at__isnull=False)
                | Q(
                    status=RunStatus.PAID,
                    approved_by__isnull=False,
                    paid_by__isnull=False,
                    paid_on__isnull=False,
                ),
                name="run_status_has_its_people",
            ),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.CANCELLED)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False) & ~Q(cancel_reason=""),
                name="run_cancelled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Payment run %(number)s") % {"number": self.pk})


class Payment(models.Model):
    """One award's money in a run; `entry` is the line in the journal once it was paid.

    `open` while its run may still be paid, so that the database refuses a second payment of the award beside it.
    """

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="payments")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments")
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="payments")
    amount_pence = models.BigIntegerField(_("amount"))
    reference = models.CharField(_("reference on the statement"), max_length=18)
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="payment")
    open = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["run", "id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "award"], name="paid_once_in_a_run"),
            models.UniqueConstraint(fields=["reference"], name="payment_reference_once"),
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="payment_positive"),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(open=True),
                name="award_in_one_open_run",
                violation_error_message=_("This award is in another payment run already."),
            ),
            models.CheckConstraint(condition=Q(open=False) | Q(entry=None), name="payment_open_is_not_paid"),
        ]

    def __str__(self) -> str:
        return self.reference


class SpendFile(models.Model):
    """One file of the council's published spending that was read here, once (by its hash)."""

    name = models.CharField(_("name of the file"), max_length=150)
    sha256 = models.CharField(max_length=64, unique=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("file of published spending")
        verbose_name_plural = _("files of published spending")
        ordering = ["-read_at"]
        permissions = [
            ("reconcile_spending", _("Can read published spending and reconcile payments with it"))
        ]

    def __str__(self) -> str:
        return self.name


class SpendLine(models.Model):
    """One line of such a file, and which payment of ours it is."""

    file = models.ForeignKey(SpendFile, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField(_("line"))
    paid_on = models.DateField(_("date"))
    supplier = models.CharField(_("paid to"), max_length=200)
    amount_pence = models.BigIntegerField(_("amount"))
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="spend_lines")
    match = models.CharField(_("match"), max_length=10, choices=Match.choices)

    class Meta:
        verbose_name = _("line of published spending")
        verbose_name_plural = _("lines of published spending")
        ordering = ["file", "line"]
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="spend_line_once"),
            models.UniqueConstraint(fields=["payment"], name="payment_matched_once"),
            models.CheckConstraint(
                condition=Q(payment=None, match=Match.UNKNOWN)
                | Q(payment__isnull=False, match__in=[Match.MATCHED, Match.DIFFERENT]),
                name="spend_line_match_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.amount_pence}"
