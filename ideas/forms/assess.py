"""What officers write about an idea, and what its author writes about their answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.accounts.models import Account
from engage.kit.forms import PoundsField, day_input
from ideas.actions import (
    ANSWER_LIMIT,
    NOTE_LIMIT,
    OBJECTION_LIMIT,
    WHY_LIMIT,
    Findings,
    answer_idea,
    assign_ideas,
    save_assessment,
    save_team,
    write_note,
)
from ideas.enums import Feasibility, PolicyFit, Verdict
from ideas.forms.common import TOO_LONG
from ideas.models import Assessment, Idea, Note, Team
from ideas.queries import people_to_assign

_NOT_YET = ("", _("Not decided yet"))


class AssignForm(forms.Form):
    """Who looks at one idea, or at several at once."""

    officer = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.all(), required=False, empty_label=_("No team")
    )
    due_on = forms.DateField(
        label=_("Answer by"), required=False, widget=day_input(), help_text=_("For example 2027-04-30.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officer = self.fields["officer"]
        assert isinstance(officer, forms.ModelChoiceField)
        officer.queryset = people_to_assign()

    def do(self, idea: Idea, *, by: Account) -> list[Assessment]:
        return assign_ideas(ideas=[idea], by=by, at=timezone.now(), **self.cleaned_data)


class BulkAssignForm(AssignForm):
    ideas = forms.ModelMultipleChoiceField(
        queryset=Idea.objects.public(), error_messages={"required": _("Choose at least one idea.")}
    )

    def do_all(self, *, by: Account) -> list[Assessment]:
        return assign_ideas(by=by, at=timezone.now(), **self.cleaned_data)


class AssessForm(forms.Form):
    """The findings and the answer. Kept as a draft until `publish` is pressed; `version` is what its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    cost_low = PoundsField(
        label=_("Lowest cost, in pounds"),
        required=False,
        help_text=_("What it takes in all. Public with the answer. Leave both empty when nobody can say."),
    )
    cost_high = PoundsField(
        label=_("Highest cost, in pounds"), required=False, help_text=_("May be the same as the lowest.")
    )
    feasibility = forms.ChoiceField(
        label=_("Can it be done?"), choices=[_NOT_YET, *Feasibility.choices], required=False
    )
    policy_fit = forms.ChoiceField(
        label=_("Does it fit the council’s plans?"), choices=[_NOT_YET, *PolicyFit.choices], required=False
    )
    verdict = forms.ChoiceField(
        label=_("What the council answers"), choices=[_NOT_YET, *Verdict.choices], required=False
    )
    answer = forms.CharField(
        label=_("Public answer"),
        required=False,
        max_length=ANSWER_LIMIT,
        help_text=_("Write to the author: what you found out, what happens next, by when."),
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=WHY_LIMIT,
        help_text=_("Why this and nothing else, in one or two sentences. Public, beside the answer."),
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, assessment: Assessment | None) -> dict[str, Any]:
        """What the form starts with."""
        if assessment is None:
            return {"version": 0}
        names = ("version", "feasibility", "policy_fit", "verdict", "answer", "reason")
        costs = {"cost_low": assessment.cost_low_pence, "cost_high": assessment.cost_high_pence}
        return {name: getattr(assessment, name) for name in names} | costs

    def do(self, idea: Idea, *, by: Account) -> Assessment:
        given = self.cleaned_data
        findings = Findings(given["cost_low"], given["cost_high"], given["feasibility"], given["policy_fit"])
        words = {name: given[name] for name in ("verdict", "answer", "reason")}
        verb = answer_idea if "publish" in self.data else save_assessment
        return verb(idea=idea, findings=findings, by=by, at=timezone.now(), version=given["version"], **words)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=NOTE_LIMIT,
        help_text=_("Only people who assess ideas read this. It is never shown to the public."),
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def do(self, idea: Idea, *, by: Account) -> Note:
        return write_note(idea=idea, text=self.cleaned_data["text"], by=by, at=timezone.now())


class TeamForm(WagtailAdminModelForm):
    class Meta:
        model = Team
        fields = ["name", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = self.fields["members"]
        assert isinstance(members, forms.ModelMultipleChoiceField)
        members.queryset = people_to_assign()

    def do(self, *, by: Account) -> Team:
        known = Team.objects.get(pk=self.instance.pk) if self.instance.pk else None
        return save_team(
            name=self.cleaned_data["name"],
            members=self.cleaned_data["members"],
            by=by,
            at=timezone.now(),
            team=known,
        )


class AppealAnswerForm(forms.Form):
    """For the author: what was overlooked."""

    words = forms.CharField(
        label=_("What did we overlook?"),
        max_length=OBJECTION_LIMIT,
        help_text=_(
            "Somebody else reads it and looks at your idea again. Everyone can read that you asked, not why."
        ),
        error_messages={
            "required": _("Say what was overlooked, so that somebody can look."),
            "max_length": TOO_LONG,
        },
        widget=forms.Textarea(attrs={"rows": 5}),
    )
