"""The gallery: every shared component, and every page that has examples, in every state its example file names.

The examples of a template are in the `.toml` file beside it. An example is a name and a context, laid over the
`[context]` that all of the file share; `like` names another template whose shared context lies below that. A
component (`templates/components/<name>.html`) is shown in all its states on one page. Any other template is shown one
state at a time: a page as residents see it, a part of a page by itself. Templates in a folder `staff` are shown in the
back office, to whoever may enter it.

A table with `made_by` stands for what that class or function makes of the rest of the table:
`idea = { made_by = "ideas.models.Idea", title = "Lights" }`. So examples hold forms and rows that were never saved, and
break when those change. For components two things are shorter: `form` ("blank", "filled" or "wrong", with `field` for
one of its fields) and `page` (`{number, of}`).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused
from engage.kit.forms import add_refusal, error_list
from engage.kit.guards import View, needs, public

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = TEMPLATES / "components"
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
    """One state of one template, ready to render. `template` is its path below `templates`, without the ending."""

    template: str
    name: str
    context: dict[str, Any]

    def rendered(self) -> SafeString:
        return render_to_string(f"{self.template}.html", self.context)


def component_names() -> list[str]:
    return sorted(path.stem for path in COMPONENTS.glob("*.html"))


@cache
def page_names() -> tuple[str, ...]:
    """The other templates with examples, as paths below `templates` without the ending."""
    paths = (path.relative_to(TEMPLATES).with_suffix("") for path in TEMPLATES.rglob("*.toml"))
    return tuple(sorted(path.as_posix() for path in paths if path.parts[0] != COMPONENTS.name))


def is_for_staff(template: str) -> bool:
    return "staff" in template.split("/")


def address_of(template: str, number: int) -> str:
    """Where a state of a page is shown, counted from 1."""
    name = "kit:styleguide_staff_page" if is_for_staff(template) else "kit:styleguide_page"
    return reverse(name, args=[template, number])


def examples_of(template: str) -> list[Example]:
    """The example states of a template, in the order of its file."""
    described = _described(template)
    shared = _shared(described)
    return [
        Example(
            template,
            item["name"],
            _with_errors(_things(_laid_over(shared, item.get("context", {}))))
            | _made(template, number, item),
        )
        for number, item in enumerate(described["example"])
    ]


def state_names(template: str) -> list[str]:
    return [item["name"] for item in _described(template)["example"]]


def page_of(number: int, of: int) -> Page[int]:
    """For `made_by`: a page of a list that has `of` pages."""
    return Paginator(range(of), 1).page(number)


def refused(form: forms.Form, why: str, field: str | None = None) -> forms.Form:
    """For `made_by`: a form whose verb said no."""
    add_refusal(form, Refused(Denied(why, field=field)))
    return form


def _described(template: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / f"{template}.toml").read_text(encoding="utf-8"))


def _shared(described: dict[str, Any]) -> dict[str, Any]:
    """What all examples of a file share, laid over what those of the file it is `like` share."""
    below = _shared(_described(described["like"])) if "like" in described else {}
    return _laid_over(below, described.get("context", {}))


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """The tables of both, key by key; anything else of `above` takes the place of what is below."""
    both = {key: (below[key], above[key]) for key in below.keys() & above.keys()}
    tables = {
        key: _laid_over(*pair) for key, pair in both.items() if all(isinstance(each, dict) for each in pair)
    }
    return below | above | tables


def _things(given: Any) -> Any:
    """What a file says, with what its tables stand for."""
    if isinstance(given, list):
        return [_things(each) for each in given]
    if not isinstance(given, dict):
        return given
    made = {key: _things(value) for key, value in given.items() if key != "made_by"}
    return import_string(given["made_by"])(**made) if "made_by" in given else made


def _with_errors(context: dict[str, Any]) -> dict[str, Any]:
    """What was sent and is wrong is listed at the top: `form` has its `errors`, `comment_form` its `comment_errors`."""
    sent = {key: each for key, each in context.items() if isinstance(each, forms.BaseForm) and each.is_bound}
    return {key.replace("form", "errors"): error_list(form) for key, form in sent.items()} | context


def _made(template: str, number: int, item: dict[str, Any]) -> dict[str, Any]:
    """The part of a component's context that needs an object: a form, one of its fields, a page of results."""
    if "page" in item:
        return {"page": page_of(**item["page"])}
    if "form" not in item:
        return {}
    kind = ExampleForm if "field" in item else ExampleFilter
    form = kind(FORM_DATA.get(item["form"]), auto_id=f"id_{Path(template).name}_{number}_%s")
    return {"field": form[item["field"]]} if "field" in item else {"form": form}


def for_builders(view: View) -> View:
    """On a developer's machine for anyone; elsewhere like every page for staff, second factor and all."""
    return public(view) if settings.LOCAL else needs("wagtailadmin.access_admin")(view)


@for_builders
def styleguide(request: HttpRequest) -> HttpResponse:
    context = {
        "components": [(name, examples_of(f"components/{name}")) for name in component_names()],
        "pages": [(name, _states(name)) for name in page_names()],
        "colours": COLOURS,
    }
    return render(request, "kit/styleguide.html", context)


@for_builders
def styleguide_page(request: HttpRequest, template: str, number: int) -> HttpResponse:
    """One state of one page, counted from 1, with nothing around it that residents would not see."""
    example = _example_or_404(template, number, for_staff=False)
    return _shown(request, example, part="kit/styleguide_part.html")


@needs("wagtailadmin.access_admin")
def styleguide_staff_page(request: HttpRequest, template: str, number: int) -> HttpResponse:
    """The same for a page of the back office, with the reader's own menu beside it."""
    example = _example_or_404(template, number, for_staff=True)
    example.context.setdefault("page_title", example.name)
    example.context.setdefault("header_title", example.context["page_title"])
    return _shown(request, example, part="kit/styleguide_staff_part.html")


def _states(template: str) -> list[tuple[str, str]]:
    """The name and the address of each."""
    return [(name, address_of(template, number)) for number, name in enumerate(state_names(template), 1)]


def _example_or_404(template: str, number: int, *, for_staff: bool) -> Example:
    known = template in page_names() and is_for_staff(template) == for_staff
    examples = examples_of(template) if known else []
    if not 1 <= number <= len(examples):
        raise Http404
    return examples[number - 1]


def _shown(request: HttpRequest, example: Example, *, part: str) -> HttpResponse:
    """A whole page as it is; anything else inside `part`."""
    if "{% extends" in (TEMPLATES / f"{example.template}.html").read_text(encoding="utf-8"):
        return render(request, f"{example.template}.html", example.context)
    shown = {"example": example, "part": get_template(f"{example.template}.html")}
    return render(request, part, example.context | shown)
