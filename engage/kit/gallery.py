"""The component gallery: every shared component in every state its example file names.

A component is `templates/components/<name>.html`; its examples are in `<name>.toml` beside it. An example is a
name and a context. Two things a file cannot hold are made here: `form` ("blank", "filled" or "wrong", with
`field` for one of its fields) and `page` (`{number, of}`).
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from engage.kit.guards import View, needs, public

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
COLOURS = ["brand", "accent", "ink", "ink-soft", "ground", "surface", "sunken", "line", "link"]
COLOURS += ["money-spent", "money-committed", "money-remaining", "money-over", "good", "bad", "warm"]


class ExampleForm(forms.Form):
    """One field of every kind that pages use."""

    title = forms.CharField(
        label=_("What is your idea?"),
        help_text=_("A short title, like “Lights at the skate park”."),
        max_length=80,
    )
    summary = forms.CharField(
        label=_("Tell us more"),
        help_text=_("What would change, and for whom?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    amount = forms.IntegerField(label=_("About how much would it cost?"), min_value=1)
    place = forms.ChoiceField(
        label=_("Where"), choices=[("", _("Anywhere")), ("n", "Northfold"), ("i", "Isbury")], required=False
    )
    theme = forms.ChoiceField(
        label=_("What is it mostly about?"),
        choices=[("young", _("Young people")), ("green", _("Environment")), ("safe", _("Safety"))],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label=_("What would help you?"),
        choices=[("money", _("Money")), ("people", _("Volunteers")), ("room", _("A room"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that apply."),
    )
    agree = forms.BooleanField(label=_("I have read the ground rules"))
    on = forms.DateField(
        label=_("When would it happen?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    photo = forms.FileField(label=_("Add a photo"), help_text=_("JPEG or PNG, up to 10 MB."), required=False)


class ExampleFilter(forms.Form):
    q = forms.CharField(label=_("Words"), required=False)
    place = forms.ChoiceField(
        label=_("Place"), choices=[("", _("Anywhere")), ("n", "Northfold"), ("i", "Isbury")], required=False
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any")), ("new", _("New")), ("paid", _("Paid"))], required=False
    )
    sort = forms.ChoiceField(
        label=_("Sort by"), choices=[("-supports", _("Most supported")), ("new", _("Newest"))], required=False
    )


FORM_DATA: dict[str, dict[str, Any]] = {
    "filled": {
        "title": "Lights at the skate park",
        "summary": "It is dark by four in winter.\n\nFour lamps on a timer would let us stay until eight.",
        "amount": "3200",
        "place": "n",
        "theme": "young",
        "needs": ["money"],
        "agree": "on",
        "q": "lights",
        "status": "new",
    },
    "wrong": {"amount": "lots", "needs": ["gold"], "place": "nowhere", "status": "nothing"},
}


@dataclass(frozen=True)
class Example:
    """One state of one component, ready to render."""

    component: str
    name: str
    context: dict[str, Any]

    def rendered(self) -> SafeString:
        return render_to_string(f"components/{self.component}.html", self.context)


def component_names() -> list[str]:
    return sorted(path.stem for path in COMPONENTS.glob("*.html"))


def examples_of(component: str) -> list[Example]:
    """The example states of a component, in the order of its file."""
    described = tomllib.loads((COMPONENTS / f"{component}.toml").read_text(encoding="utf-8"))["example"]
    return [
        Example(component, item["name"], item.get("context", {}) | _made(component, number, item))
        for number, item in enumerate(described)
    ]


def _made(component: str, number: int, item: dict[str, Any]) -> dict[str, Any]:
    """The part of an example's context that needs an object: a form, one of its fields, a page of results."""
    if "page" in item:
        return {"page": Paginator(range(item["page"]["of"]), 1).page(item["page"]["number"])}
    if "form" not in item:
        return {}
    kind = ExampleForm if "field" in item else ExampleFilter
    form = kind(FORM_DATA.get(item["form"]), auto_id=f"id_{component}_{number}_%s")
    return {"field": form[item["field"]]} if "field" in item else {"form": form}


def for_builders(view: View) -> View:
    """On a developer's machine for anyone; elsewhere like every page for staff, second factor and all."""
    return public(view) if settings.LOCAL else needs("wagtailadmin.access_admin")(view)


@for_builders
def styleguide(request: HttpRequest) -> HttpResponse:
    components = [(name, examples_of(name)) for name in component_names()]
    return render(request, "kit/styleguide.html", {"components": components, "colours": COLOURS})
