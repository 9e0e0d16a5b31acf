"""What officers say about an application. Each form ends in one verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgets.grants import actions
from budgets.grants.actions import Found
from budgets.grants.enums import Verdict
from budgets.grants.forms.decide import PUBLIC, REASON, DecideForm, no_interest_field
from budgets.grants.models import Application, Ask, Principle
from budgets.grants.queries import officers
from engage.accounts.models import Account

SHORT = 1000


def _words(label: Any, *, help_text: Any = "", required: bool = True, limit: int = SHORT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TakeOnForm(forms.Form):
    reason = _words(
        _("Why before every councillor has answered"),
        help_text=_("Only needed when a councillor has not answered yet. Everybody can read this."),
        required=False,
    )

    def do(self, application: Application, *, by: Account) -> None:
        actions.take_on(application=application, by=by, at=timezone.now(), **self.cleaned_data)


class AssignApplicationForm(forms.Form):
    officer = forms.ModelChoiceField(
        label=_("Officer"), queryset=Account.objects.none(), required=False, empty_label=_("Anybody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officer = self.fields["officer"]
        assert isinstance(officer, forms.ModelChoiceField)
        officer.queryset = officers()

    def do(self, application: Application, *, by: Account) -> None:
        actions.assign_application(application=application, by=by, at=timezone.now(), **self.cleaned_data)


class CheckForm(forms.Form):
    """A verdict and a note for each principle; those without a verdict stay as they were.

    A verdict from before the group changed its application is not filled in: it is given again, not waved through.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.principles: list[Principle] = list(application.scheme.principles.all())
        found = {check.principle_id: check for check in application.checks.all()}
        kwargs["initial"] = {"version": application.version} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for each in self.principles:
            check = found.get(each.pk)
            outdated = check is not None and check.is_outdated(application.changed_at)
            self.fields[f"verdict_{each.pk}"] = forms.ChoiceField(
                label=each.title,
                help_text=each.question,
                choices=[
                    ("", _("Not checked since the change") if outdated else _("Not checked yet")),
                    *Verdict.choices,
                ],
                required=False,
                initial=check.verdict if check and not outdated else "",
            )
            self.fields[f"note_{each.pk}"] = forms.CharField(
                label=_("Why: %(principle)s") % {"principle": each.title},
                required=False,
                max_length=SHORT,
                initial=check.note if check else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"verdict_{each.pk}"], self[f"note_{each.pk}"]) for each in self.principles]

    def do(self, application: Application, *, by: Account) -> None:
        said = self.cleaned_data
        found = {
            each: Found(Verdict(said[f"verdict_{each.pk}"]), said[f"note_{each.pk}"])
            for each in self.principles
            if said[f"verdict_{each.pk}"]
        }
        actions.check_application(
            application=application, found=found, version=said["version"], by=by, at=timezone.now()
        )


class OverrideForm(forms.Form):
    """`principle` is the one in the address."""

    reason = _words(_("Why it should go on although the check stopped it"), help_text=PUBLIC)

    def __init__(self, *args: Any, principle: Principle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.principle = principle

    def do(self, application: Application, *, by: Account) -> None:
        actions.override_block(
            application=application,
            principle=self.principle,
            by=by,
            at=timezone.now(),
            **self.cleaned_data,
        )


class WaiveForm(forms.Form):
    reason = _words(_("Why the group may be given money although it owes a report"), help_text=PUBLIC)

    def do(self, application: Application, *, by: Account) -> None:
        actions.waive_reports(application=application, by=by, at=timezone.now(), **self.cleaned_data)


class AskGroupForm(forms.Form):
    question = _words(
        _("What do you need to know?"),
        help_text=_("The group gets this at once. It is its turn until it answers."),
        limit=3000,
    )

    def do(self, application: Application, *, by: Account) -> None:
        actions.ask_group(application=application, by=by, at=timezone.now(), **self.cleaned_data)


class DeclineApplicationForm(forms.Form):
    reason = _words(
        _("Reason"),
        help_text=_(
            "The group is told, and everybody can read it. What was promised goes back to its budget."
        ),
        limit=REASON,
    )
    no_interest = no_interest_field()

    def do(self, application: Application, *, by: Account) -> None:
        actions.decline_application(application=application, by=by, at=timezone.now(), **self.cleaned_data)


class OfficerDecideForm(DecideForm):
    """An officer decides one ask where its councillor may not."""

    def __init__(self, *args: Any, ask: Ask, **kwargs: Any) -> None:
        kwargs["initial"] = {"amount": ask.amount_pence} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.ask = ask

    def do(self, application: Application, *, by: Account) -> None:
        actions.decide_ask(ask=self.ask, by=by, at=timezone.now(), **self.said)
