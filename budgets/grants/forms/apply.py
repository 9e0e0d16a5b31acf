"""An application, one form for each page. A page may be saved half empty: only sending asks for everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.grants.actions import DOCUMENTS_EACH
from budgets.grants.enums import DocumentKind, FunderAnswer, SpendKind
from budgets.grants.models import Scheme
from budgets.grants.queries.apply import COLUMNS, Folder
from budgets.grants.rules import applications as pages
from budgets.grants.rules.documents import ACCEPT, MAX_BYTES
from budgets.models import Budget, Organisation
from engage.kit.forms import PoundsField, day_input
from engage.kit.models import Theme
from engage.places.models import Place
from ideas.forms.common import TOO_LONG

MORE_LINES = 3


class StartForm(forms.Form):
    """Which group asks, under which scheme."""

    group = forms.ChoiceField(
        label=_("Which group asks for the money?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the group that asks for the money.")},
    )
    scheme = forms.ChoiceField(
        label=_("Which scheme?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a scheme.")},
    )

    def __init__(
        self, data: Any = None, *, groups: Sequence[Organisation], schemes: Sequence[Scheme]
    ) -> None:
        first = {
            "group": groups[0].pk if len(groups) == 1 else None,
            "scheme": schemes[0].pk if schemes else None,
        }
        super().__init__(data, initial=first)
        _offer(self, "group", [(str(group.pk), group.name) for group in groups])
        _offer(self, "scheme", [(str(scheme.pk), str(scheme)) for scheme in schemes])
        if len(schemes) == 1:
            self.fields["scheme"].widget = forms.HiddenInput()


class HalfEmpty(forms.Form):
    """A field that must be filled before sending is not called optional, and may be left empty today."""

    use_required_attribute = False

    def full_clean(self) -> None:
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True


class PageForm(HalfEmpty):
    """One page of columns."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def given(self) -> dict[str, Any]:
        """What `save_page` takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}


def _long(label: Any, limit: int, hint: Any, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )


class ProjectForm(PageForm):
    title = forms.CharField(
        label=_("Title of your project"),
        max_length=140,
        help_text=_("A few words that say what will happen, like “Benches for the green”. It is published."),
        error_messages={"max_length": TOO_LONG},
    )
    summary = _long(
        _("What is the money for?"),
        2000,
        _("What will you buy or do? It is published when the grant is decided."),
        rows=8,
    )


class WhyForm(PageForm):
    need = _long(
        _("Why is it needed, and how do you know?"), 2000, _("Who asked for it? What is it like now?")
    )
    last_resort = _long(
        _("Why can nobody else pay for it?"),
        1000,
        _("Councillors’ money is for what no other budget or funder pays."),
        rows=4,
    )
    who_benefits = _long(_("Who benefits?"), 1000, _("About how many people, and who are they?"), rows=4)


class PlaceForm(PageForm):
    place = forms.ChoiceField(label=_("Which place benefits?"))
    theme = forms.ChoiceField(label=_("What is it about?"), required=False)

    def __init__(self, *args: Any, places: Sequence[Place], themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "place", [("", _("Choose a place")), *((str(each.pk), each.name) for each in places)])
        _offer(self, "theme", [("", _("Not sure")), *((str(each.pk), each.name) for each in themes)])

    def given(self) -> dict[str, Any]:
        return {
            f"{name}_id": int(self.cleaned_data[name]) if self.cleaned_data[name] else None
            for name in ("place", "theme")
        }


class SpendingForm(PageForm):
    spend_kind = forms.ChoiceField(
        label=_("What kind of spending is it?"), choices=SpendKind.choices, widget=forms.RadioSelect
    )
    environmental = forms.BooleanField(label=_("It helps the environment"), required=False)
    starts_on = forms.DateField(
        label=_("When does it start?"),
        widget=day_input(),
        error_messages={"invalid": _("Enter a date like 30 4 2027.")},
    )
    ends_on = forms.DateField(
        label=_("When does it end?"),
        widget=day_input(),
        error_messages={"invalid": _("Enter a date like 30 4 2027.")},
    )


class DeclarationForm(PageForm):
    declared = forms.BooleanField(label=_("All of this is true for our group"))


class AsksForm(PageForm):
    """A box for each councillor shown: `ask-<budget>`. An empty one asks nothing."""

    another = forms.ChoiceField(label=_("Ask another councillor too"), required=False)

    def __init__(self, *args: Any, shown: Sequence[Budget], others: Sequence[Budget], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for budget in shown:
            self.fields[f"ask-{budget.pk}"] = _amount(
                label=_("Amount from %(who)s") % {"who": budget.councillor}
            )
        if others:
            names = [(str(each.pk), f"{each.councillor}, {each.place}") for each in others]
            _offer(self, "another", [("", _("Choose a councillor")), *names])
            if not shown:  # then one is needed
                self.fields["another"].label = _("Which councillor do you ask?")
                self.fields["another"].required = True
        else:
            del self.fields["another"]

    def given(self) -> dict[str, Any]:
        asked = [(budget.pk, self.cleaned_data[f"ask-{budget.pk}"]) for budget in self.shown]
        return {"rows": [{"budget_id": pk, "amount_pence": pence} for pk, pence in asked if pence]}


# --- pages of lines --------------------------------------------------------------------------------------


def _amount(**more: Any) -> PoundsField:
    """Above nought, unless it is left empty."""
    return PoundsField(**more)


class Line(HalfEmpty):
    """One line of a page: all of it filled in, or nothing."""

    missing: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = [name for name in self.fields if cleaned.get(name) not in (None, "")]
        if told or self.errors:
            for name in set(self.fields) - set(told) - set(self.errors):
                self.add_error(name, self.missing[name])
        return cleaned

    @property
    def is_told(self) -> bool:
        return any(self.cleaned_data.get(name) not in (None, "") for name in self.fields)


class CostLine(Line):
    what = forms.CharField(
        label=_("What is paid for"), max_length=140, error_messages={"max_length": TOO_LONG}
    )
    amount_pence = _amount(label=_("Cost"))
    missing = {
        "what": _("Say what this amount is paid for."),
        "amount_pence": _("Enter what this costs, in pounds."),
    }


class FunderLine(Line):
    name = forms.CharField(label=_("Who"), max_length=140, error_messages={"max_length": TOO_LONG})
    amount_pence = _amount(label=_("Amount"))
    answer = forms.ChoiceField(label=_("What they said"), choices=[("", _("Choose")), *FunderAnswer.choices])
    missing = {
        "name": _("Say who was asked."),
        "amount_pence": _("Enter the amount, in pounds."),
        "answer": _("Say what they answered."),
    }


class OutcomeLine(Line):
    measure = forms.CharField(
        label=_("What you will count"),
        max_length=120,
        error_messages={"max_length": TOO_LONG},
    )
    number = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=2_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter a whole number, like 40.")},
    )
    missing = {
        "measure": _("Say what you will count."),
        "number": _("Say how many you expect."),
    }


LINES: dict[str, type[Line]] = {
    pages.COSTS: CostLine,
    pages.FUNDERS: FunderLine,
    pages.OUTCOMES: OutcomeLine,
}
MOST_LINES = 40


class Lines:
    """A page of lines, numbered from 0: `what-0`, `what-1`. Empty lines say nothing, so a line is removed by emptying
    it. `seen` is the mark of the page, as in `PageForm`.
    """

    def __init__(self, page: str, data: Any = None, *, rows: Iterable[Any] = (), seen: str = "") -> None:
        kind = LINES[page]
        names = list(kind.base_fields)
        if data is None:
            there = [{name: getattr(row, name) for name in names} for row in rows]
            self.count = len(there) + MORE_LINES
            self.forms = [
                kind(prefix=str(n), initial=there[n] if n < len(there) else None) for n in range(self.count)
            ]
            self.seen = seen
        else:
            sent = [int(key.split("-")[0]) for key in data if _is_line(key, names)]
            self.count = min(max(sent, default=0) + 1, MOST_LINES)
            self.forms = [kind(data, prefix=str(n)) for n in range(self.count)]
            self.seen = data.get("seen", "")[:64]
        self.page = page

    def more(self, data: Any) -> None:
        """The same lines as they were typed, and some empty ones."""
        kind = LINES[self.page]
        self.count = min(self.count + MORE_LINES, MOST_LINES)
        self.forms = [
            kind(
                prefix=str(n),
                initial={name: data.get(f"{n}-{name}", "") for name in kind.base_fields},
            )
            for n in range(self.count)
        ]

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    def given(self) -> dict[str, Any]:
        return {
            "rows": [
                {name: form.cleaned_data[name] for name in form.fields} for form in self.forms if form.is_told
            ]
        }


def _is_line(key: str, names: Sequence[str]) -> bool:
    number, _dash, name = key.partition("-")
    return number.isascii() and number.isdecimal() and len(number) < 4 and name in names


# --- documents, sending, answering ------------------------------------------------------------------------


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        error_messages={"required": _("Say what kind of document it is.")},
    )
    file = forms.FileField(
        label=_("Choose the file"),
        help_text=_("PDF, Word, Excel, OpenDocument or a picture, up to 10 MB."),
        max_length=400,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Choose a file first.")},
    )

    def __init__(self, *args: Any, needed: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given_by_groups = [kind for kind in DocumentKind if kind != DocumentKind.AGREEMENT]
        first = [kind for kind in given_by_groups if kind in set(needed)]
        rest = [kind for kind in given_by_groups if kind not in first]
        _offer(self, "kind", [("", _("Choose")), *((kind.value, kind.label) for kind in [*first, *rest])])

    def content(self) -> bytes:
        """Never more than one byte over what is taken."""
        return self.cleaned_data["file"].read(MAX_BYTES + 1)


class SendForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=_("Why do you withdraw it?"),
        max_length=1000,
        required=False,
        help_text=_("The grants team and the councillors read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("Your answer"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer."), "max_length": TOO_LONG},
    )


PAGE_FORMS: dict[str, type[PageForm]] = {
    pages.PROJECT: ProjectForm,
    pages.WHY: WhyForm,
    pages.PLACE: PlaceForm,
    pages.SPENDING: SpendingForm,
    pages.DECLARATION: DeclarationForm,
    pages.COUNCILLORS: AsksForm,
}
MOST_DOCUMENTS = DOCUMENTS_EACH


def page_now(folder: Folder, page: str) -> dict[str, Any]:
    """What a page of columns, or that of the councillors, shows first."""
    values = {"seen": folder.mark(page)}
    if page == pages.COUNCILLORS:
        return values | {f"ask-{ask.budget_id}": ask.amount_pence for ask in folder.asks}
    now = {name.removesuffix("_id"): getattr(folder.application, name) for name in COLUMNS[page]}
    return values | now


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
