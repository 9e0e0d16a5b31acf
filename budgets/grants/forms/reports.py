"""A group's report, and what officers do with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from budgets.forms import PastDateField
from budgets.grants import actions
from budgets.grants.actions import ReportWords
from budgets.grants.actions.reports import ALT_LIMIT, NOTE_LIMIT, STORY_LIMIT
from budgets.grants.forms.apply import HalfEmpty
from budgets.grants.forms.scheme import FromField
from budgets.grants.models import Application, Expected, Recovery, Report
from budgets.grants.queries import ReportPage
from budgets.grants.rules.documents import ACCEPT
from engage.accounts.models import Account
from engage.kit.forms import KeyField, PoundsField
from engage.kit.uploads import PictureField
from ideas.forms.common import TOO_LONG

MOST = 2_000_000_000


class ReportForm(HalfEmpty):
    """Everything on one page. `version` is what its writer saw."""

    data: Any
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    used = FromField(
        label=_("How much of our money did you use?"),
        help_text=_("In pounds, up to the day of this report. Enter 0 if you used none."),
    )
    story = forms.CharField(
        label=_("What changed, in your own words?"),
        help_text=_("Who noticed, and what do they say? Everybody can read this once we have read it."),
        max_length=STORY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": TOO_LONG},
    )
    receipt = forms.FileField(
        label=_("Add a receipt or invoice"),
        help_text=_("PDF, picture, Word or Excel, up to 10 MB. Only your group and officers see it."),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    photo = PictureField(
        label=_("Add a photo"),
        help_text=_("JPEG, PNG, GIF or WebP, up to 10 MB. It is published with your report."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    alt = forms.CharField(
        label=_("What does the photo show?"),
        help_text=_("One sentence for people who cannot see it."),
        required=False,
        max_length=ALT_LIMIT,
    )
    consent = forms.BooleanField(
        label=_("Everybody in the photo agreed that it is published. For children, a parent did."),
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, page: ReportPage) -> None:
        self.expected: Sequence[Expected] = page.expected
        now = page.now
        first: dict[str, Any] = {}
        if now is not None:
            first = {"version": now.version, "used": now.used_pence, "story": now.story}
        for each in page.expected:
            result = page.results.get(each.pk)
            first[f"actual_{each.pk}"] = result.actual if result else None
            first[f"note_{each.pk}"] = result.note if result else ""
        super().__init__(data, files, initial=first)
        for each in page.expected:
            self.fields[f"actual_{each.pk}"] = forms.IntegerField(
                label=each.measure,
                help_text=_now("You expected %(number)s. How many were there, since the start?")
                % {"number": each.number},
                min_value=0,
                max_value=MOST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"note_{each.pk}"] = forms.CharField(
                label=_now("Anything to add about “%(measure)s”?") % {"measure": each.measure},
                required=False,
                max_length=300,
            )

    @property
    def outcome_fields(self) -> list[Any]:
        """In pairs, for the template: the number, then the words."""
        return [self[f"{name}_{each.pk}"] for each in self.expected for name in ("actual", "note")]

    @property
    def words(self) -> ReportWords:
        given = self.cleaned_data
        actual = {each.pk: given[f"actual_{each.pk}"] for each in self.expected}
        return ReportWords(
            used_pence=given["used"],
            story=given["story"],
            actual={pk: number for pk, number in actual.items() if number is not None},
            notes={each.pk: given[f"note_{each.pk}"] for each in self.expected},
        )

    def seen(self, version: int) -> None:
        """What is typed stays, and belongs to the report as it is now."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class AcceptForm(forms.Form):
    """What the report says is published as it is; nothing to fill in when it tells what was asked."""

    although = forms.CharField(
        label=_("Why less is enough"),
        help_text=_("The report lacks something that was asked for. Everybody can read this."),
        max_length=NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def do(self, report: Report, *, by: Account) -> None:
        actions.accept_report(report=report, by=by, at=timezone.now(), **self.cleaned_data)


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=_("What is missing"),
        help_text=_("The group reads this. Say what to add or to put right."),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def do(self, report: Report, *, by: Account) -> None:
        actions.return_report(report=report, by=by, at=timezone.now(), **self.cleaned_data)


class AskBackForm(forms.Form):
    amount = PoundsField(label=_("Amount"), help_text=_("In pounds. Shared between the budgets that paid."))
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The group reads this."),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = KeyField()

    def do(self, application: Application, *, by: Account) -> None:
        given = self.cleaned_data
        actions.ask_back(
            application=application,
            amount_pence=given["amount"],
            reason=given["reason"],
            key=given["key"],
            by=by,
            at=timezone.now(),
        )


class BookRefundForm(forms.Form):
    amount = PoundsField(label=_("Amount"), help_text=_("In pounds: what came in."))
    on = PastDateField(label=_("Date"))
    note = forms.CharField(
        label=_("Reference"), max_length=300, help_text=_("Everyone can read this in the journal.")
    )
    key = KeyField()

    def do(self, recovery: Recovery, *, by: Account) -> None:
        given = self.cleaned_data
        actions.book_refund(
            recovery=recovery,
            amount_pence=given["amount"],
            on=given["on"],
            note=given["note"],
            key=given["key"],
            by=by,
            at=timezone.now(),
        )


class EndRecoveryForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the rest is not asked back"),
        help_text=_("Everybody can read this on the page of the award."),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def do(self, recovery: Recovery, *, by: Account) -> None:
        actions.end_recovery(recovery=recovery, by=by, at=timezone.now(), **self.cleaned_data)
