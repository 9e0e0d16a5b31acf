"""Once voting has ended: close, count, decide, publish, award. Each form is one verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgets.ballots import actions
from budgets.ballots.enums import Level
from budgets.ballots.models import Ballot, Departure, Project
from engage.accounts.models import Account


class CloseForm(forms.Form):
    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.close_ballot(ballot=ballot, by=by, at=timezone.now())


class CountForm(forms.Form):
    """The value is asked where the frozen ballot names one, and nowhere else."""

    public_value = forms.CharField(label=_("Public value"), max_length=200)

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ballot.seed_source:
            self.fields["public_value"].help_text = _("As everybody can look it up: %(source)s") % {
                "source": ballot.seed_source
            }
        else:
            del self.fields["public_value"]

    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.count_ballot(ballot=ballot, **self.cleaned_data, by=by, at=timezone.now())


class AwardForm(forms.Form):
    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.award_winners(ballot=ballot, by=by, at=timezone.now())


class DepartForm(forms.Form):
    """Against the count, for one project. Whoever sends it signs it, with the name of their account."""

    project = forms.ModelChoiceField(label=_("Project"), queryset=Project.objects.none())
    funded = forms.ChoiceField(
        label=_("What is decided"),
        choices=[
            ("no", _("It is not funded, though the count says so")),
            ("yes", _("It is funded all the same")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody reads it, beside what the count says."),
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = ballot.projects.filter(departure=None)  # type: ignore[attr-defined]

    def do(self, ballot: Ballot, *, by: Account) -> None:
        said = dict(self.cleaned_data)
        said["funded"] = said["funded"] == "yes"
        actions.sign_departure(**said, by=by, at=timezone.now())


class ConfirmForm(forms.Form):
    """Of a decision that somebody else signed."""

    def do(self, departure: Departure, *, by: Account) -> None:
        actions.confirm_departure(departure=departure, by=by, at=timezone.now())


class PublishForm(forms.Form):
    level = forms.ChoiceField(label=_("What is published"), choices=Level.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it on the results page."),
    )

    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.publish_count(ballot=ballot, **self.cleaned_data, by=by, at=timezone.now())
