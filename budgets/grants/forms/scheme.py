"""A year's scheme as an officer writes it: amounts in pounds, a box for each document, one principle below another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from budgets.grants.actions import PrincipleFacts, SchemeFacts, copy_scheme, publish_scheme, save_scheme
from budgets.grants.actions.scheme import REASON_LIMIT
from budgets.grants.enums import DocumentKind, Fence
from budgets.grants.models import Scheme
from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.kit.forms import PoundsField

# Documents that a scheme can ask for with an application; the others come later, or from officers.
ASKED_FOR = [
    kind
    for kind in DocumentKind
    if kind not in {DocumentKind.RECEIPT, DocumentKind.AGREEMENT, DocumentKind.OTHER}
]
DATES = ["opens_on", "closes_on", "decide_by", "spend_by"]
ITEM_LIMIT = 200


class FromField(PoundsField):
    """An amount in pounds from £0 on."""

    def validate(self, value: Any) -> None:
        if value != 0:
            super().validate(value)


class LinesField(forms.CharField):
    """One thing on each line; the cleaned value is the list of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), **kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if too_long := [line for line in found if len(line) > ITEM_LIMIT]:
            raise ValidationError(
                _now("“%(start)s…” is too long: say each in %(most)d characters or fewer.")
                % {"start": too_long[0][:30], "most": ITEM_LIMIT}
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class MonthsField(forms.CharField):
    """“6, 12”; the cleaned value is the list of numbers."""

    def clean(self, value: Any) -> list[int]:
        parts = [part.strip() for part in str(super().clean(value)).replace(";", ",").split(",")]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValidationError(_now("Enter whole months with commas between them, like “6, 12”."))
        return [int(part) for part in parts]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value


FENCE_FIELDS = {
    f"fence_{kind.value}": PoundsField(
        label=kind.label, required=False, help_text=_("In pounds, of every budget. Leave empty for none.")
    )
    for kind in Fence
}
DOCUMENT_FIELDS = {
    f"document_{kind.value}": FromField(label=kind.label, required=False) for kind in ASKED_FOR
}
AmountsForm: Any = type("AmountsForm", (WagtailAdminModelForm,), {**FENCE_FIELDS, **DOCUMENT_FIELDS})

# A box of the form → what it is called in `SchemeFacts`.
POUNDS = {
    "allocation": "allocation_pence",
    "grant_min": "grant_min_pence",
    "grant_max": "grant_max_pence",
    "officer_above": "officer_above_pence",
}
SAME = ["year", "title", "summary", *DATES, "carry_over_percent", "joint_grants", "decides"]
COMPARED = [*SAME, *POUNDS, *FENCE_FIELDS, *DOCUMENT_FIELDS, "prohibited", "monitoring_months"]


class SchemeForm(AmountsForm):
    """`version` is the scheme that its writer saw when they began."""

    data: Any
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    allocation = PoundsField(label=_("Allocation of each councillor"), help_text=_("In pounds."))
    grant_min = PoundsField(label=_("Smallest grant"), help_text=_("In pounds."))
    grant_max = PoundsField(label=_("Largest grant from one budget"), help_text=_("In pounds."))
    officer_above = PoundsField(
        label=_("An officer decides above"),
        required=False,
        help_text=_("In pounds. Leave empty if there is no such limit."),
    )
    prohibited = LinesField(
        label=_("Never paid for"), required=False, help_text=_("One on each line, in plain words.")
    )
    monitoring_months = MonthsField(
        label=_("Reports are due after"),
        help_text=_("Months after the payment, with commas between them: 6, 12."),
    )
    reason = forms.CharField(
        label=_("Why the scheme changes"),
        required=False,
        max_length=REASON_LIMIT,
        help_text=_("Needed once somebody has applied. Everyone can read it on the grants page."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Scheme
        fields = SAME
        widgets = {name: AdminDateInput() for name in DATES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        self.fields["version"].required = True
        self.initial |= {
            "version": self.instance.version,
            "prohibited": self.instance.prohibited,
            "monitoring_months": self.instance.monitoring_months,
            **{box: getattr(self.instance, name) for box, name in POUNDS.items()},
            **{f"fence_{each.kind}": each.amount_pence for each in self.instance.fences.all()},
            **{f"document_{each.kind}": each.from_pence for each in self.instance.documents_required.all()},
        }

    @property
    def facts(self) -> SchemeFacts:
        given = self.cleaned_data
        return SchemeFacts(
            **{name: given[name] for name in SAME},
            **{name: given[box] for box, name in POUNDS.items()},
            prohibited=given["prohibited"],
            monitoring_months=given["monitoring_months"],
            fences={k.value: given[f"fence_{k.value}"] for k in Fence if given[f"fence_{k.value}"]},
            documents={
                kind.value: given[f"document_{kind.value}"]
                for kind in ASKED_FOR
                if given[f"document_{kind.value}"] is not None
            },
            principles=self._principles(),
        )

    def _principles(self) -> list[PrincipleFacts]:
        """As ordered in the form, without those that were taken out."""
        rows = [row for row in self.formsets["principles"].ordered_forms if row.cleaned_data]
        return [
            PrincipleFacts(
                pk=row.instance.pk,
                **{name: row.cleaned_data[name] for name in ("title", "meaning", "question")},
            )
            for row in rows
        ]

    def do(self, *, by: Account) -> Scheme:
        known = Scheme.objects.get(pk=self.instance.pk) if self.instance.pk else None
        given = self.cleaned_data
        try:
            return save_scheme(
                facts=self.facts,
                scheme=known,
                version=given["version"],
                reason=given["reason"],
                by=by,
                at=timezone.now(),
            )
        except Refused as refused:
            if known is None or refused.denied.field != "version":
                raise
            self._compare_with(known)
            raise Refused(replace(refused.denied, field="")) from None  # said at the top: its box is hidden

    def _compare_with(self, known: Scheme) -> None:
        """Says at every box that differs what the scheme says now. The next press is meant: it has seen that."""
        self.data = self.data.copy()
        self.data["version"] = str(known.version)
        for name in COMPARED:
            theirs, mine = self._shown(name, self[name].initial), self._shown(name, self.cleaned_data[name])
            if theirs != mine:
                now = _now("It now says: “%(theirs)s”.") if theirs else _now("It now says nothing here.")
                self.add_error(name, now % {"theirs": theirs})

    def _shown(self, name: str, value: Any) -> str:
        """A value as its box shows it."""
        field = self.fields[name]
        shown = field.widget.format_value(field.prepare_value(value))
        text = ", ".join(shown) if isinstance(shown, list) else str(shown or "")
        return text.replace("\r\n", "\n").strip()


class PublishSchemeForm(forms.Form):
    """Nothing to fill in: it is shown as it is."""

    def do(self, scheme: Scheme, *, by: Account) -> Scheme:
        return publish_scheme(scheme=scheme, by=by, at=timezone.now())


class CopySchemeForm(forms.Form):
    """Nothing to fill in: the copy is made as it is, and changed after."""

    def do(self, scheme: Scheme, *, by: Account) -> Scheme:
        return copy_scheme(scheme=scheme, by=by, at=timezone.now())
