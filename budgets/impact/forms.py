"""The shape of what comes in. Each staff form ends in one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from budgets.grants.rules.spend_file import decoded
from budgets.impact import actions
from budgets.impact.enums import Doubt, Says
from budgets.impact.models import BeforeAfter, DiscountRate, Levels, Proxy, ValueInput, ValueLine, ValueMap
from budgets.impact.rules.files import read_proxies, read_rates
from budgets.impact.rules.sroi import LONGEST
from budgets.models import Award, Outcome
from engage.accounts.models import Account
from engage.kit.decisions import Words
from engage.kit.forms import PoundsField, day_input
from engage.kit.money import pounds
from engage.kit.tables import BadFile

NOTHING = "nothing"
MOST_BYTES = 2 * 1024 * 1024


class WordForm(forms.Form):
    """What a resident says of an outcome; `nothing` takes it back."""

    says = forms.ChoiceField(choices=[*Says.choices, (NOTHING, _("Nothing"))])
    doubt = forms.ChoiceField(choices=[("", ""), *Doubt.choices], required=False)


def choice(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field


def named(field: forms.ModelChoiceField, words: Callable[[Any], str]) -> None:
    """What each choice is called."""
    vars(field)["label_from_instance"] = words


# --- value maps ------------------------------------------------------------------------------------------


class PercentField(forms.DecimalField):
    """0 to 100, never filled in for anybody: an empty box is refused with the name of what is missing."""

    def __init__(self, *, names: Words, **kwargs: Any) -> None:
        super().__init__(
            max_digits=5,
            decimal_places=2,
            min_value=0,
            max_value=100,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={
                "required": _("Enter the %(name)s. 0 is an answer, an empty box is not.") % {"name": names},
                "invalid": _("Enter a percentage like 40 or 37.5."),
            },
            **kwargs,
        )


class BeginMapForm(WagtailAdminModelForm):
    valued_on = forms.DateField(
        label=_("Worked out for the day"), widget=day_input(), help_text=_("Its discount rates are used.")
    )
    first_year_discounted = forms.TypedChoiceField(
        label=_("Year 1"),
        choices=[
            ("yes", _("Discounted: its value comes by the end of the year")),
            ("no", _("Not discounted: its value comes at once")),
        ],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ValueMap
        fields = ["award", "kind", "valued_on", "first_year_discounted", "asked"]
        help_texts = {
            "asked": _("The people it is about: how many were asked, when and how. Everyone can read this.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "award" in self.fields:
            choice(self, "award").queryset = Award.objects.order_by("-decided_on", "-pk")
        if self.instance.pk:
            self.initial["first_year_discounted"] = "yes" if self.instance.first_year_discounted else "no"

    def do(self, *, by: Account) -> ValueMap:
        return actions.begin_value_map(**self.cleaned_data, by=by)


class ChangeMapForm(BeginMapForm):
    class Meta(BeginMapForm.Meta):
        fields = ["valued_on", "first_year_discounted", "asked"]

    def do(self, *, by: Account) -> ValueMap:
        value_map = ValueMap.objects.get(pk=self.instance.pk)
        return actions.change_value_map(value_map=value_map, **self.cleaned_data, by=by)


class LineForm(forms.ModelForm):
    """Adds an outcome to the map, or changes the one it was given as `instance`."""

    deadweight = PercentField(
        label=_("Deadweight, %"), names=_("deadweight"), help_text=_("How much would have happened anyway?")
    )
    displacement = PercentField(
        label=_("Displacement, %"),
        names=_("displacement"),
        help_text=_("How much only moved here from somewhere else?"),
    )
    attribution = PercentField(
        label=_("Attribution, %"), names=_("attribution"), help_text=_("How much is thanks to others?")
    )
    drop_off = PercentField(
        label=_("Drop-off, %"),
        names=_("drop-off"),
        help_text=_("How much of it is lost in each later year?"),
    )
    years = forms.IntegerField(
        label=_("Duration, years"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("For how many years does it last?"),
    )

    class Meta:
        model = ValueLine
        fields = [
            "name",
            "who",
            "outcome",
            "quantity",
            "proxy",
            "deadweight",
            "displacement",
            "attribution",
            "drop_off",
            "years",
            "reasons",
        ]
        help_texts = {
            "name": _("What changed for people, for example “people who cook at home”."),
            "outcome": _("When the group reported it already."),
            "reasons": _("Where the quantity and each percentage come from. Everyone can read this."),
        }

    def __init__(self, *args: Any, value_map: ValueMap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "outcome").queryset = Outcome.objects.filter(award=value_map.award_id)
        named(choice(self, "proxy"), proxy_words)

    def do(self, value_map: ValueMap, *, by: Account) -> None:
        if self.instance.pk:
            line = ValueLine.objects.select_related("value_map", "proxy").get(pk=self.instance.pk)
            actions.change_line(line=line, **self.cleaned_data, by=by)
        else:
            actions.add_line(value_map=value_map, **self.cleaned_data, by=by)


class InputForm(forms.ModelForm):
    """Adds what else was put in, or changes the one it was given as `instance`."""

    pence = PoundsField(label=_("Amount"), required=False, help_text=_("In pounds. Leave empty for time."))

    class Meta:
        model = ValueInput
        fields = ["what", "kind", "pence", "hours", "proxy"]
        help_texts = {
            "hours": _("Only for volunteers’ time."),
            "proxy": _("Only for volunteers’ time: the one that was in force when they gave it."),
        }

    def __init__(self, *args: Any, value_map: ValueMap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "proxy").queryset = Proxy.objects.filter(volunteer_time=True)
        named(choice(self, "proxy"), proxy_words)

    def _post_clean(self) -> None:
        """The database says what goes together; the verb turns that into its sentence."""

    def do(self, value_map: ValueMap, *, by: Account) -> None:
        if self.instance.pk:
            given = ValueInput.objects.select_related("value_map").get(pk=self.instance.pk)
            actions.change_input(given=given, **self.cleaned_data, by=by)
        else:
            actions.add_input(value_map=value_map, **self.cleaned_data, by=by)


class PublishMapForm(forms.Form):
    def do(self, value_map: ValueMap, *, by: Account) -> None:
        actions.publish_value_map(value_map=value_map, by=by, at=timezone.now())


class TakeBackMapForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Kept in the record."))

    def do(self, value_map: ValueMap, *, by: Account) -> None:
        actions.take_back_value_map(value_map=value_map, reason=self.cleaned_data["reason"], by=by)


def proxy_words(proxy: Proxy) -> str:
    """`An hour of a volunteer’s time: £12.21 for one hour, from 1 April 2025`."""
    return _("%(name)s: %(value)s for one %(unit)s, from %(day)s") % {
        "name": proxy.name,
        "value": pounds(proxy.pence),
        "unit": proxy.unit,
        "day": date_format(proxy.since, "j F Y"),
    }


# --- before and after, levels, files -----------------------------------------------------------------------


class BeforeAfterForm(WagtailAdminModelForm):
    class Meta:
        model = BeforeAfter
        fields = ["outcome", "question", "unit", "before", "after", "people", "higher_is_better", "how"]
        help_texts = {
            "question": _("For example “How sure are you that you can cook a meal?”."),
            "unit": _("For example “points of 10”."),
            "how": _("The same people both times? On paper, by phone? Everyone can read this."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "outcome").queryset = Outcome.objects.select_related("award").order_by(
            "-reported_on", "-pk"
        )
        named(choice(self, "outcome"), lambda each: f"{each.measure} – {each.award.title}")

    def do(self, *, by: Account) -> BeforeAfter:
        return actions.measure_before_after(**self.cleaned_data, by=by)


class LevelsForm(WagtailAdminModelForm):
    before_and_after_pence = PoundsField(label=_("Before and after, from"))
    value_map_pence = PoundsField(label=_("Value map, from"))

    class Meta:
        model = Levels
        fields = ["scheme", "before_and_after_pence", "value_map_pence"]

    def do(self, *, by: Account) -> Levels:
        return actions.set_levels(**self.cleaned_data, by=by)


class ValuesFileForm(WagtailAdminModelForm):
    """All of a file, or nothing of it and every line that is to be mended."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("CSV in UTF-8. Values and rates that are there already are never changed by it."),
    )

    def do(self, *, by: Account) -> Any:
        text = decoded(self.cleaned_data["file"].read(MOST_BYTES + 1))
        return self.added(text, by)

    def added(self, text: str, by: Account) -> Any:
        raise NotImplementedError

    def add_problems(self, bad: BadFile) -> None:
        """Each cell that cannot be read as an error of its own; the first twenty."""
        for sentence in str(bad).splitlines():
            self.add_error("file", sentence)


class ProxyFileForm(ValuesFileForm):
    class Meta:
        model = Proxy
        fields: ClassVar[list[str]] = []

    def added(self, text: str, by: Account) -> Proxy:
        proxies = read_proxies(text, today=timezone.localdate())
        actions.add_proxies(proxies=proxies, by=by, at=timezone.now())
        return Proxy.objects.get(name=proxies[0].name, since=proxies[0].since)


class RateFileForm(ValuesFileForm):
    class Meta:
        model = DiscountRate
        fields: ClassVar[list[str]] = []

    def added(self, text: str, by: Account) -> DiscountRate:
        rates = read_rates(text)
        actions.add_rates(rates=rates, by=by, at=timezone.now())
        return DiscountRate.objects.get(since=rates[0].since, first_year=rates[0].first_year)
