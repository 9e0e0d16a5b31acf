"""Where officers write down what money did, and councillors and auditors look. Each form ends in one verb."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from budgets.impact import actions, display, queries
from budgets.impact.forms import (
    BeforeAfterForm,
    BeginMapForm,
    ChangeMapForm,
    InputForm,
    LevelsForm,
    LineForm,
    ProxyFileForm,
    PublishMapForm,
    RateFileForm,
    TakeBackMapForm,
)
from budgets.impact.models import (
    BeforeAfter,
    DiscountRate,
    Levels,
    Proxy,
    ValueInput,
    ValueLine,
    ValueMap,
)
from budgets.impact.permissions import may_publish_value_map, may_write_value_map
from budgets.impact.rules.files import PROXY_COLUMNS, RATE_COLUMNS
from budgets.staff import DeskIndex
from engage.accounts.models import Account
from engage.kit.columns import MoneyColumn
from engage.kit.decisions import Denied, Refused, require
from engage.kit.staff import AddByVerb, EditByVerb, OnlyThese, RemoveByVerb, VerbOn, VerbViewSet
from engage.kit.tables import BadFile

register_permission_policy(
    ValueMap,
    OnlyThese(ValueMap, view="view_valuemap", add="write_value_map", change="write_value_map"),
)
register_permission_policy(
    BeforeAfter,
    OnlyThese(
        BeforeAfter,
        view="view_valuemap",
        add="write_value_map",
        change="write_value_map",
        delete="write_value_map",
    ),
)
register_permission_policy(Proxy, OnlyThese(Proxy, view="view_proxy", add="add_proxies"))
register_permission_policy(DiscountRate, OnlyThese(DiscountRate, view="view_discountrate", add="add_proxies"))
register_permission_policy(
    Levels, OnlyThese(Levels, view="view_levels", add="change_levels", change="change_levels")
)


def map_url(value_map: ValueMap | int) -> str:
    return reverse(
        "staff_value_maps:inspect", args=[value_map if isinstance(value_map, int) else value_map.pk]
    )


# --- value maps ------------------------------------------------------------------------------------------


class MapIndex(DeskIndex):
    def get_base_queryset(self) -> QuerySet[ValueMap]:
        return ValueMap.objects.select_related("award__organisation")


class BeginMap(AddByVerb):
    submit_button_label = gettext_lazy("Begin the value map")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("award", "")
        return super().get_initial() | ({"award": int(asked)} if asked.isdigit() else {})

    def get_success_url(self) -> str:
        return map_url(self.object)


class ChangeMap(EditByVerb):
    def get_success_url(self) -> str:
        return map_url(self.object)


class MapDesk(generic.InspectView):
    """One map as it would be published, what is missing of it, and a button for each verb that may be used now."""

    template_name = "impact/staff/value_map.html"
    page_title = ""
    header_more_buttons = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("staff_value_maps:index"), "label": _("Value maps")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.object)}]

    def get_fields_context(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.value_map_for_rule(self.object)
        whole = found.whole
        return super().get_context_data(**kwargs) | {
            "found": found,
            "view": display.map_view(found) if found.worked else None,
            "missing": whole.reason if isinstance(whole, Denied) else "",
            "lines": found.lines,
            "inputs": found.inputs,
            "inputs_table": display.inputs_table(found),
            "may_change": found.value_map.published_at is None and may_write_value_map(self.request.user),
            "buttons": self.buttons(found),
        }

    def buttons(self, found: queries.Mapped) -> list[dict[str, str]]:
        draft = found.value_map.published_at is None
        write = draft and bool(may_write_value_map(self.request.user))
        publish = bool(may_publish_value_map(self.request.user))
        steps = [
            ("line", _("Add an outcome"), write),
            ("input", _("Add what was put in"), write),
            ("edit", _("Change day and people asked"), write),
            ("publish", _("Publish"), publish and draft and bool(found.whole)),
            ("take_back", _("Take back to change it"), publish and not draft),
        ]
        pk = found.value_map.pk
        return [
            {"text": words, "url": reverse(f"staff_value_maps:{name}", args=[pk])}
            for name, words, may in steps
            if may
        ]


class MapVerb(VerbOn):
    model = ValueMap
    may = staticmethod(may_write_value_map)

    def desk_url(self) -> str:
        return map_url(self.thing)

    def get_thing(self) -> ValueMap:
        return get_object_or_404(ValueMap.objects.select_related("award"), pk=self.kwargs["pk"])


class LineVerb(MapVerb):
    form_class = LineForm
    submit_label = gettext_lazy("Add the outcome")
    done = gettext_lazy("The outcome is in the value map of “%(thing)s”.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"value_map": self.thing}


class ChangeLine(LineVerb):
    submit_label = gettext_lazy("Change the outcome")

    def get_form_kwargs(self) -> dict[str, Any]:
        line = get_object_or_404(ValueLine, pk=self.kwargs["line"], value_map=self.thing)
        return super().get_form_kwargs() | {"instance": line}


class InputVerb(MapVerb):
    form_class = InputForm
    submit_label = gettext_lazy("Add what was put in")
    done = gettext_lazy("It is in the value map of “%(thing)s”.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"value_map": self.thing}


class ChangeInput(InputVerb):
    submit_label = gettext_lazy("Change what was put in")

    def get_form_kwargs(self) -> dict[str, Any]:
        given = get_object_or_404(ValueInput, pk=self.kwargs["given"], value_map=self.thing)
        return super().get_form_kwargs() | {"instance": given}


class PublishMap(MapVerb):
    form_class = PublishMapForm
    may = staticmethod(may_publish_value_map)
    submit_label = gettext_lazy("Publish for everybody to read")
    done = gettext_lazy("The value map of “%(thing)s” is public.")


class TakeBackMap(MapVerb):
    form_class = TakeBackMapForm
    may = staticmethod(may_publish_value_map)
    submit_label = gettext_lazy("Take back the value map")
    done = gettext_lazy("The value map of “%(thing)s” is off the public pages. You can change it now.")


@require_POST
def remove_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    require(may_write_value_map(request.user))
    found = get_object_or_404(ValueLine.objects.select_related("value_map"), pk=line, value_map=pk)
    return _removed(request, pk, lambda: actions.remove_line(line=found, by=cast(Account, request.user)))


@require_POST
def remove_input(request: HttpRequest, pk: int, given: int) -> HttpResponse:
    require(may_write_value_map(request.user))
    found = get_object_or_404(ValueInput.objects.select_related("value_map"), pk=given, value_map=pk)
    return _removed(request, pk, lambda: actions.remove_input(given=found, by=cast(Account, request.user)))


def _removed(request: HttpRequest, pk: int, remove: Any) -> HttpResponse:
    try:
        remove()
        messages.success(request, _("It is no longer in the value map."))
    except Refused as refused:
        messages.error(request, str(refused.denied.reason))
    return redirect(map_url(pk))


class ValueMapViewSet(VerbViewSet):
    model = ValueMap
    name = "value-maps"
    icon = "table"
    menu_label = gettext_lazy("Value maps")
    index_view_class = MapIndex
    add_view_class = BeginMap
    edit_view_class = ChangeMap
    inspect_view_class = MapDesk
    inspect_view_enabled = True
    inspect_template_name = MapDesk.template_name
    list_display = [
        "__str__",
        Column("organisation", label=gettext_lazy("Organisation"), accessor="award.organisation.name"),
        DateColumn("valued_on", label=gettext_lazy("Worked out for"), sort_key="valued_on"),
        DateColumn("published_at", label=gettext_lazy("Published"), sort_key="published_at"),
    ]
    list_filter = ["kind"]
    search_fields = ["award__title"]
    search_backend_name = None
    list_per_page = 40

    @property
    def url_namespace(self) -> str:
        return "staff_value_maps"

    def get_form_class(self, for_update: bool = False) -> Any:
        return ChangeMapForm if for_update else BeginMapForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/line/", LineVerb.as_view(), name="line"),
            path("<int:pk>/line/<int:line>/", ChangeLine.as_view(), name="change_line"),
            path("<int:pk>/line/<int:line>/remove/", remove_line, name="remove_line"),
            path("<int:pk>/input/", InputVerb.as_view(), name="input"),
            path("<int:pk>/input/<int:given>/", ChangeInput.as_view(), name="change_input"),
            path("<int:pk>/input/<int:given>/remove/", remove_input, name="remove_input"),
            path("<int:pk>/publish/", PublishMap.as_view(), name="publish"),
            path("<int:pk>/take-back/", TakeBackMap.as_view(), name="take_back"),
        ]


# --- before and after ------------------------------------------------------------------------------------


class RemoveBeforeAfter(RemoveByVerb):
    def remove(self, thing: BeforeAfter, by: Account) -> None:
        held = BeforeAfter.objects.select_related("outcome__award").get(pk=thing.pk)
        actions.remove_before_after(measured=held, by=by)


class MeasureBeforeAfter(AddByVerb):
    submit_button_label = gettext_lazy("Publish the measure")


class BeforeAfterViewSet(VerbViewSet):
    model = BeforeAfter
    form_class = BeforeAfterForm
    name = "before-after"
    icon = "history"
    menu_label = gettext_lazy("Before and after")
    add_view_class = MeasureBeforeAfter
    delete_view_class = RemoveBeforeAfter
    list_display = ["question", "outcome", "before", "after", "people"]
    search_fields = ["question"]
    search_backend_name = None

    @property
    def url_namespace(self) -> str:
        return "staff_before_after"


# --- values, rates, levels -------------------------------------------------------------------------------


class ReadValues(AddByVerb):
    """All of the file, or nothing and every line that is to be mended."""

    template_name = "impact/staff/read_values.html"
    submit_button_label = gettext_lazy("Add what is in the file")
    columns: tuple[str, ...] = PROXY_COLUMNS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"columns": self.columns}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except BadFile as bad:
            form.add_problems(bad)
            self.produced_error_message = self.get_error_message()
            response = self.form_invalid(form)
            response.status_code = 422
            return response


class ReadProxies(ReadValues):
    page_title = gettext_lazy("Add proxies from a file")


class ReadRates(ReadValues):
    page_title = gettext_lazy("Add discount rates from a file")
    columns = RATE_COLUMNS


class ProxyViewSet(VerbViewSet):
    model = Proxy
    form_class = ProxyFileForm
    name = "proxies"
    icon = "tag"
    menu_label = gettext_lazy("Values (proxies)")
    add_view_class = ReadProxies
    list_display = [
        "name",
        MoneyColumn("pence", label=gettext_lazy("Value"), sort_key="pence"),
        "unit",
        "prices_of",
        DateColumn("since", label=gettext_lazy("In force from"), sort_key="since"),
        "source",
        Column("licence", label=gettext_lazy("Licence"), accessor="get_licence_display"),
    ]
    search_fields = ["name", "source"]
    search_backend_name = None
    list_per_page = 40


class RateViewSet(VerbViewSet):
    model = DiscountRate
    form_class = RateFileForm
    name = "rates"
    icon = "calendar"
    menu_label = gettext_lazy("Discount rates")
    add_view_class = ReadRates
    list_display = ["percent", "first_year", "since", "source"]
    search_backend_name = None


class LevelsViewSet(VerbViewSet):
    model = Levels
    form_class = LevelsForm
    name = "levels"
    icon = "list-ul"
    menu_label = gettext_lazy("What groups are asked")
    list_display = [
        "scheme",
        MoneyColumn("before_and_after_pence", label=gettext_lazy("Before and after, from")),
        MoneyColumn("value_map_pence", label=gettext_lazy("Value map, from")),
    ]
    search_backend_name = None


class ImpactGroup(ViewSetGroup):
    menu_label = gettext_lazy("Impact")
    menu_icon = "view"
    menu_order = 287
    items = (ValueMapViewSet(), BeforeAfterViewSet(), ProxyViewSet(), RateViewSet(), LevelsViewSet())


impact_group = ImpactGroup()
