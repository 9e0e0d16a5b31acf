"""Days that are promised for winning projects. Each form is one verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from budgets.ballots import actions
from budgets.ballots.models import Ballot, Milestone, Won
from engage.accounts.models import Account


class PromiseForm(forms.Form):
    won = forms.ModelChoiceField(label=_("Project"), queryset=Won.objects.none())
    title = forms.CharField(
        label=_("What will be done"), max_length=120, help_text=_("Like “The lamps are ordered”.")
    )
    promised_on = forms.DateField(label=_("By which day"), widget=AdminDateInput)

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["won"].queryset = (  # type: ignore[attr-defined]
            Won.objects.filter(project__ballot=ballot).select_related("project").order_by("project__order")
        )

    def do(self, ballot: Ballot, *, by: Account) -> Milestone:
        return actions.promise_milestone(**self.cleaned_data, by=by, at=timezone.now())


class MoveForm(forms.Form):
    promised_on = forms.DateField(label=_("By which day now"), widget=AdminDateInput)
    why_moved = forms.CharField(
        label=_("Why the day has moved"), max_length=300, help_text=_("Everybody reads it.")
    )

    def do(self, milestone: Milestone, *, by: Account) -> Milestone:
        return actions.promise_milestone(
            won=milestone.won, title=milestone.title, **self.cleaned_data, by=by, at=timezone.now()
        )


class KeepForm(forms.Form):
    on = forms.DateField(label=_("Since which day"), widget=AdminDateInput)

    def do(self, milestone: Milestone, *, by: Account) -> Milestone:
        return actions.reach_milestone(milestone=milestone, **self.cleaned_data, by=by, at=timezone.now())
