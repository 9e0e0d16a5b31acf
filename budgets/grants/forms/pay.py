"""What officers enter about bank details, payment runs and the council's published spending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from budgets.forms import EntryForm, PastDateField
from budgets.grants import actions
from budgets.grants.enums import Match
from budgets.grants.models import BankAccount, Payment, PaymentRun, SpendFile
from budgets.models import Award
from engage.accounts.models import Account
from engage.kit.tables import BadFile

_SECRET = {"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}
MOST_BYTES = 20 * 1024 * 1024


# --- bank details -----------------------------------------------------------------------------------------


class SecretInput(forms.PasswordInput):
    """Shows what is being typed, to be compared with paper, and never sends back what was typed before."""

    input_type = "text"


class ConfirmBankForm(forms.Form):
    sort_code = forms.CharField(
        label=_("Sort code on the statement"),
        max_length=20,
        widget=SecretInput(attrs=_SECRET),
        help_text=_("Six digits, like 20-00-00."),
    )
    number = forms.CharField(
        label=_("Account number on the statement"),
        max_length=20,
        widget=SecretInput(attrs=_SECRET),
        help_text=_("Eight digits. You are not shown what the group entered: the two are compared."),
    )
    how = forms.CharField(
        label=_("Where you read them"),
        max_length=300,
        help_text=_("For example: bank statement of May 2026, sent with application LG-12."),
    )

    def do(self, details: BankAccount, *, by: Account) -> None:
        said = self.cleaned_data
        actions.confirm_bank(
            details=details,
            sort_code=said["sort_code"],
            number=said["number"],
            how=said["how"],
            by=by,
            at=timezone.now(),
        )


class RefuseBankForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The group reads this. Say what to do next."),
    )

    def do(self, details: BankAccount, *, by: Account) -> None:
        actions.refuse_bank(details=details, reason=self.cleaned_data["reason"], by=by, at=timezone.now())


# --- runs -------------------------------------------------------------------------------------------------


class MakeRunForm(WagtailAdminModelForm):
    """The awards to pay: what is shown as ready is ticked at first."""

    awards = forms.ModelMultipleChoiceField(
        label=_("Awards to pay"),
        queryset=Award.objects.filter(ask__isnull=False),
        error_messages={"required": _("Tick at least one award.")},
    )

    class Meta:
        model = PaymentRun
        fields: list[str] = []

    def do(self, *, by: Account) -> PaymentRun:
        return actions.make_run(awards=self.cleaned_data["awards"], by=by, at=timezone.now())


class ApproveRunForm(forms.Form):
    """Carries what was on the page, so that nobody approves what they did not see."""

    payments = forms.IntegerField(widget=forms.HiddenInput)
    total_pence = forms.IntegerField(widget=forms.HiddenInput)

    def do(self, run: PaymentRun, *, by: Account) -> None:
        actions.approve_run(run=run, seen=actions.Seen(**self.cleaned_data), by=by, at=timezone.now())


class PayRunForm(forms.Form):
    on = PastDateField(label=_("Day on which the money left"))
    bank_reference = forms.CharField(
        label=_("The bank’s reference"),
        max_length=40,
        help_text=_("As the bank’s receipt for the file says it. It is kept with the run."),
    )

    def do(self, run: PaymentRun, *, by: Account) -> None:
        actions.pay_run(run=run, **self.cleaned_data, by=by, at=timezone.now())


class CancelRunForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Kept with the run."))
    not_sent = forms.BooleanField(
        label=_("I have made sure that the bank file was not sent to the bank"), required=False
    )

    def do(self, run: PaymentRun, *, by: Account) -> None:
        actions.cancel_run(run=run, **self.cleaned_data, by=by, at=timezone.now())


class RefundPaymentForm(EntryForm):
    """What came back of one payment."""

    def do(self, payment: Payment, *, by: Account) -> None:
        actions.refund_payment(payment=payment, **self.entry, by=by, at=timezone.now())


# --- the council's published spending ---------------------------------------------------------------------


class SpendFileForm(WagtailAdminModelForm):
    file = forms.FileField(
        label=_("The council’s file of payments over £500"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_(
            "A CSV file with columns for the date, the supplier and the amount, in any order; other columns do no harm."
            " All of it is read, or nothing."
        ),
    )

    class Meta:
        model = SpendFile
        fields: list[str] = []

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is larger than 20 MB. Split it by month."))
        return file

    def do(self, *, by: Account) -> SpendFile:
        file: UploadedFile = self.cleaned_data["file"]
        return actions.read_spend_file(name=file.name or "", content=file.read(), by=by, at=timezone.now())

    def add_problems(self, bad: BadFile) -> None:
        """Every cell that cannot be read, as an error of its own; the first twenty."""
        for sentence in str(bad).splitlines():
            self.add_error("file", sentence)


class ReportForm(forms.Form):
    """Which rows of the comparison to show: lines that are not ours only when asked for."""

    file = forms.ModelChoiceField(
        label=_("File"),
        queryset=SpendFile.objects.order_by("-read_at"),
        required=False,
        empty_label=_("All files"),
    )
    match = forms.ChoiceField(
        label=_("Result"), required=False, choices=[("", _("All payments of ours")), *Match.choices]
    )

    def asked(self) -> dict[str, Any]:
        """For `queries.comparison`; what cannot be read asks for everything."""
        said = self.cleaned_data if self.is_valid() else {}
        match = said.get("match")
        return {"file": said.get("file"), "match": Match(match) if match else None}
