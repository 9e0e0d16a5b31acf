"""A call for ideas: its words, one row of dates for each phase, its questions and limits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.kit.forms import PoundsField
from ideas.actions import SHIFT_REASON_LIMIT, CallFacts, Question, copy_call, save_call
from ideas.enums import Feeds, PhaseKind
from ideas.forms.common import TOO_LONG, SeenVersion
from ideas.models import Call
from ideas.rules.phases import PhaseDates, problems


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=False, widget=AdminDateTimeInput())


# The dates of a phase are two fields, named after it: `suggest_starts_at` and `suggest_ends_at`.
PHASE_FIELDS = {
    f"{kind}_{side}": _moment(label)
    for kind in PhaseKind.values
    for side, label in (("starts_at", _("Starts")), ("ends_at", _("Ends")))
}
DatesForm: Any = type("DatesForm", (WagtailAdminModelForm,), dict(PHASE_FIELDS))


# What the form and `CallFacts` call the same.
FACTS = [
    "title",
    "explanation",
    "announced_at",
    "places",
    "themes",
    "body",
    "ideas_each",
    "supports_each",
    "feeds",
]


# Where a second officer is shown what the first one saved.
COMPARED = [*FACTS, *PHASE_FIELDS, "ballot_pot"]


class CallForm(SeenVersion, DatesForm):
    compared = COMPARED
    now_says = _("The call now says: “%(theirs)s”.")
    now_empty = _("The call now says nothing here.")

    ballot_pot = PoundsField(
        label=_("Money of the ballot, in pounds"),
        required=False,
        help_text=_("Only for a call whose ideas go to a ballot."),
    )
    reason = forms.CharField(
        label=_("Why the dates change"),
        required=False,
        max_length=SHIFT_REASON_LIMIT,
        help_text=_("Needed once the call is public. Everyone can read it on the call’s page."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )

    class Meta:
        model = Call
        fields = FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["ballot_pot"] = self.instance.ballot_pot_pence
            for phase in self.instance.phases.all():
                self.initial[f"{phase.kind}_starts_at"] = phase.starts_at
                self.initial[f"{phase.kind}_ends_at"] = phase.ends_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for wrong in problems(self._phases(cleaned)):
            self.add_error(wrong.field, wrong.sentence)
        return cleaned

    def _phases(self, cleaned: dict[str, Any]) -> list[PhaseDates]:
        """Those with both dates. One date without the other is an error of the form."""
        found = []
        for kind in PhaseKind.values:
            start, end = f"{kind}_starts_at", f"{kind}_ends_at"
            if (cleaned.get(start) is None) != (cleaned.get(end) is None) and not {start, end} & set(
                self.errors
            ):
                missing = start if cleaned.get(start) is None else end
                self.add_error(
                    missing, _("A phase has a start and an end. Fill in this one too, or empty both.")
                )
            elif cleaned.get(start) and cleaned.get(end):
                moments = (_kept(cleaned[name], self.initial.get(name)) for name in (start, end))
                found.append(PhaseDates(kind, *moments))
        return found

    def do(self, *, by: Account) -> Call:
        given = self.cleaned_data
        known = Call.objects.get(pk=self.instance.pk) if self.instance.pk else None
        if known and given["announced_at"]:
            given["announced_at"] = _kept(given["announced_at"], known.announced_at)
        facts = CallFacts(
            phases=self._phases(given),
            questions=self._questions(),
            ballot_pot_pence=given["ballot_pot"],
            **{name: given[name] for name in FACTS},
        )
        try:
            return save_call(
                facts=facts,
                call=known,
                reason=given["reason"],
                version=given["version"],
                by=by,
                at=timezone.now(),
            )
        except Refused as refused:
            raise self.compare(refused, version=known.version if known else 0) from None

    def compare(self, refused: Refused, *, version: int) -> Refused:
        if refused.denied.field == "version":
            theirs = "; ".join(each.label for each in self.instance.questions.all())
            if theirs != "; ".join(each.label for each in self._questions()):
                self.add_error(
                    None,
                    _("The questions of the call are now: %(theirs)s.") % {"theirs": theirs or _("none")},
                )
        return super().compare(refused, version=version)

    def shown(self, name: str, value: Any) -> str:
        return str(Feeds(value).label) if name == "feeds" else super().shown(name, value)

    def _questions(self) -> list[Question]:
        """As ordered in the form, without those that were taken out."""
        rows = [row for row in self.formsets["questions"].ordered_forms if row.cleaned_data]
        return [
            Question(
                pk=row.instance.pk,
                **{
                    name: row.cleaned_data[name]
                    for name in ("label", "kind", "help_text", "choices", "required", "public")
                },
            )
            for row in rows
        ]


def _kept(typed: datetime, known: datetime | None) -> datetime:
    """A moment that comes back from its box as it was shown there is the same one: boxes show no seconds."""
    return known if known and typed.replace(second=0) == known.replace(second=0, microsecond=0) else typed


class CopyCallForm(forms.Form):
    """Nothing to fill in: the copy is made as it is, and changed after."""

    def do(self, call: Call, *, by: Account) -> Call:
        return copy_call(call=call, by=by, at=timezone.now())
