"""Once voting has ended: close, count, decide, publish, award. Each form is one verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgets.ballots import actions
from budgets.ballots.enums import Level
from budgets.ballots.models import Ballot, Project
from engage.accounts.models import Account


class CloseForm(forms.Form):
    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.close_ballot(ballot=ballot, by=by, at=timezone.now())


class CountForm(forms.Form):
    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.count_ballot(ballot=ballot, by=by, at=timezone.now())


class AwardForm(forms.Form):
    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.award_winners(ballot=ballot, by=by, at=timezone.now())


class DepartForm(forms.Form):
    """Against the count, for one project. It is public beside the count, with the name of who signs."""

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
    signed_name = forms.CharField(
        label=_("Name of who signs"),
        max_length=120,
        help_text=_("And what they are, like “leader of the council”."),
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = ballot.projects.filter(departure=None)  # type: ignore[attr-defined]

    def do(self, ballot: Ballot, *, by: Account) -> None:
        said = dict(self.cleaned_data)
        said["funded"] = said["funded"] == "yes"
        actions.depart_from_count(**said, by=by, at=timezone.now())


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
