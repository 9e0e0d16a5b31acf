"""The shape of what officers enter about money. Each form ends in one verb, which says whether it may be done."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from budgets import actions
from budgets.models import Award, Budget, CallMoney, Organisation, Outcome
from budgets.permissions import may_change_organisation
from engage.accounts.models import Account
from engage.kit.decisions import require
from engage.kit.forms import KeyField, PoundsField, day_input
from engage.kit.money import pounds
from engage.kit.uploads import PictureField
from engage.kit.years import year_label
from ideas.enums import PUBLIC_STATUSES, Feeds, IdeaStatus
from ideas.models import Call, Idea

FUNDABLE = PUBLIC_STATUSES - {IdeaStatus.DECLINED}


class PastDateField(forms.DateField):
    """A day that has come: a payment of next year has not happened."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=day_input(), initial=timezone.localdate, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(_("This day is still to come. Enter the day on which it happened."))


class BudgetChoice(forms.ModelChoiceField):
    """Budgets with what is left in each, so that nobody has to look it up."""

    def __init__(self, **kwargs: Any) -> None:
        queryset = Budget.objects.select_related("place", "councillor").order_by(
            "-year", "place__name", "councillor__name"
        )
        super().__init__(queryset=queryset, **kwargs)

    def label_from_instance(self, budget: Budget) -> str:  # type: ignore[override]
        place = f", {budget.place}" if budget.councillor else ""
        return _("%(budget)s%(place)s: %(left)s left") % {
            "budget": budget,
            "place": place,
            "left": pounds(budget.remaining_pence),
        }


class CallMoneyForm(WagtailAdminModelForm):
    """For one call: every budget of a year, or some of them."""

    year = forms.TypedChoiceField(
        label=_("All budgets of a year"), required=False, coerce=int, empty_value=None
    )
    budgets = forms.ModelMultipleChoiceField(
        queryset=Budget.objects.none(),
        label=_("Or only these"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = CallMoney
        fields = ["call"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = list(Budget.objects.order_by("-year").values_list("year", flat=True).distinct())
        year, budgets, call = self.fields["year"], self.fields["budgets"], self.fields["call"]
        assert isinstance(year, forms.TypedChoiceField)
        assert isinstance(budgets, forms.ModelMultipleChoiceField)
        assert isinstance(call, forms.ModelChoiceField)
        year.choices = [("", _("No, only some")), *((each, year_label(each)) for each in years)]
        recent = Budget.objects.select_related("place", "councillor").filter(year__in=years[:2])
        budgets.queryset = recent.order_by("-year", "place__name", "councillor__name")
        call.queryset = Call.objects.filter(feeds=Feeds.BUDGETS)
        call.help_text = _("Calls whose money comes from locality budgets.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("year") and not cleaned.get("budgets"):
            self.add_error("budgets", _("Choose a year, or at least one budget."))
        return cleaned

    def do(self, *, by: Account) -> CallMoney:
        said = self.cleaned_data
        chosen = Budget.objects.filter(Q(year=said["year"]) | Q(pk__in=said["budgets"]))
        actions.feed_call(call=said["call"], budgets=chosen, by=by, at=timezone.now())
        return CallMoney.objects.filter(call=said["call"], budget__in=chosen)[0]


# --- budgets ---------------------------------------------------------------------------------------------


class OpenBudgetForm(WagtailAdminModelForm):
    amount = PoundsField(
        label=_("Allocate at once"),
        required=False,
        help_text=_("In pounds. Leave empty to open the budget without money."),
    )
    key = KeyField()

    class Meta:
        model = Budget
        fields = ["year", "place", "councillor"]

    @transaction.atomic
    def do(self, *, by: Account) -> Budget:
        said = self.cleaned_data
        budget = actions.open_budget(
            year=said["year"], place=said["place"], councillor=said["councillor"], by=by
        )
        if said["amount"]:
            actions.allocate(
                budget=budget,
                amount_pence=said["amount"],
                on=timezone.localdate(),
                key=said["key"],
                by=by,
            )
        return budget


class EntryForm(forms.Form):
    """What every line of a journal says: how much, on which day, and why."""

    amount = PoundsField(label=_("Amount"), help_text=_("In pounds."))
    on = PastDateField(label=_("Date"))
    note = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Everyone can read this in the journal.")
    )
    key = KeyField()

    @property
    def entry(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "amount_pence": said["amount"],
            "on": said["on"],
            "note": said["note"],
            "key": said["key"],
        }


class AllocateForm(EntryForm):
    amount = PoundsField(
        label=_("Amount"),
        may_be_negative=True,
        help_text=_("In pounds. With a minus sign it takes back what is still free."),
    )

    def do(self, budget: Budget, *, by: Account) -> None:
        actions.allocate(budget=budget, by=by, **self.entry)


class TransferForm(EntryForm):
    target = BudgetChoice(label=_("To"))

    field_order = ("target",)

    def do(self, budget: Budget, *, by: Account) -> None:
        actions.transfer(source=budget, target=self.cleaned_data["target"], by=by, **self.entry)


# --- awards ----------------------------------------------------------------------------------------------


class CommitForm(WagtailAdminModelForm):
    budget = BudgetChoice(label=_("Budget"))
    amount = PoundsField(label=_("Amount"), help_text=_("In pounds."))
    decided_on = PastDateField(label=_("Decided on"))
    key = KeyField()

    field_order: ClassVar[list[str]] = ["budget", "organisation", "title", "purpose", "amount", "decided_on"]

    class Meta:
        model = Award
        fields = [
            "budget",
            "organisation",
            "title",
            "purpose",
            "decided_on",
            "decided_by",
            "reason",
            "theme",
            "place",
            "idea",
            "reference",
        ]
        help_texts = {
            "purpose": _("What the money will do, in plain words. Everyone can read this."),
            "reason": _("Why the councillor decided so. Everyone can read this."),
            "place": _("Leave empty when it is the budget’s own place."),
            "reference": _("Your own number for this grant, if it has one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].required = False
        self.fields["idea"].queryset = Idea.objects.filter(status__in=FUNDABLE).order_by("title")

    def do(self, *, by: Account) -> Award:
        said = self.cleaned_data
        return actions.record_award(
            budget=said["budget"],
            organisation=said["organisation"],
            title=said["title"],
            purpose=said["purpose"],
            amount_pence=said["amount"],
            decided_on=said["decided_on"],
            decided_by=said["decided_by"],
            reason=said["reason"],
            theme=said["theme"],
            place=said["place"],
            idea=said["idea"],
            reference=said["reference"],
            key=said["key"],
            by=by,
        )


class CorrectAwardForm(WagtailAdminModelForm):
    """The words of an award. Money moves by entries, and whom it went to was decided."""

    class Meta:
        model = Award
        fields = ["title", "purpose", "theme", "decided_by", "reason"]

    def do(self, *, by: Account) -> Award:
        award = Award.objects.get(pk=self.instance.pk)
        return actions.correct_award(award=award, by=by, **self.cleaned_data)


class MovementForm(EntryForm):
    """What paying, releasing and refunding have in common; `verb` names the action."""

    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("Everyone can read this in the journal. No names of people, no bank details."),
    )

    verb = ""

    def do(self, award: Award, *, by: Account) -> None:
        getattr(actions, self.verb)(award=award, by=by, **self.entry)


class PayForm(MovementForm):
    verb = "pay_award"


class ReleaseForm(MovementForm):
    verb = "release_award"


class RefundForm(MovementForm):
    verb = "refund_award"


# --- what became of it -----------------------------------------------------------------------------------


class OutcomeForm(forms.ModelForm):
    """Reports a new outcome, or corrects the one it was given as `instance`."""

    reported_on = PastDateField(label=_("Reported on"))

    class Meta:
        model = Outcome
        fields = ["measure", "forecast", "actual", "story", "reported_on"]
        help_texts = {
            "measure": _("For example “children at the holiday club”."),
            "forecast": _("What the group expected when it applied."),
            "story": _("In the group’s own words. No names of people without their leave."),
        }

    def do(self, award: Award, *, by: Account) -> None:
        said = self.cleaned_data
        facts = {
            "measure": said["measure"],
            "forecast": said["forecast"],
            "actual": said["actual"],
            "story": said["story"],
            "on": said["reported_on"],
        }
        if self.instance.pk:
            actions.correct_outcome(outcome=Outcome.objects.get(pk=self.instance.pk), by=by, **facts)
        else:
            actions.report_outcome(award=award, by=by, **facts)


class PhotoForm(forms.Form):
    file = PictureField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, GIF or WebP, up to 10 MB. Where and when it was taken is removed."),
    )
    alt = forms.CharField(
        label=_("What the picture shows"),
        max_length=200,
        help_text=_("One sentence for people who cannot see it."),
    )
    caption = forms.CharField(label=_("Caption"), max_length=200, required=False)

    def do(self, award: Award, *, by: Account) -> None:
        actions.add_photo(award=award, by=by, **self.cleaned_data)


# --- organisations ---------------------------------------------------------------------------------------


class OrganisationForm(WagtailAdminModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "kind", "charity_number", "company_number", "postcode", "website"]

    def do(self, *, by: Account) -> Organisation:
        if not self.instance.pk:
            return actions.register_organisation(by=by, **self.cleaned_data)
        organisation = Organisation.objects.get(pk=self.instance.pk)
        require(may_change_organisation(by, organisation))
        return actions.change_organisation(organisation=organisation, by=by, **self.cleaned_data)
