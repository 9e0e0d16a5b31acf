"""Grant schemes, one a year, and the opening of a year's budgets."""

from __future__ import annotations

from typing import Any, cast

from django.forms import Form, ModelForm, Textarea
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import Button, ListingButton
from wagtail.permissions import register_permission_policy

from budgets.grants.forms.scheme import (
    DOCUMENT_FIELDS,
    FENCE_FIELDS,
    CopySchemeForm,
    PublishSchemeForm,
    SchemeForm,
)
from budgets.grants.models import Scheme
from budgets.grants.permissions import may_carry_over, may_edit_scheme
from budgets.grants.queries import carry_over
from engage.accounts.models import Account
from engage.kit.columns import MoneyColumn, YearColumn
from engage.kit.decisions import Decision, Refused, require
from engage.kit.jobs import later
from engage.kit.staff import EditByVerb, ListInOneQuery, OnlyThese, VerbOn, VerbViewSet
from engage.kit.years import year_label

register_permission_policy(
    Scheme, OnlyThese(Scheme, view="view_scheme", add="edit_scheme", change="edit_scheme")
)


class StateColumn(Column):
    def get_value(self, instance: Scheme) -> str:
        return _now("Published") if instance.published_at else _now("Draft")


def _ways(scheme: Scheme, account: Any) -> list[tuple[str, str, str]]:
    """Where one can go on from a scheme: words, address and icon."""
    ways = []
    if scheme.published_at:
        ways.append((_now("See its page"), f"{reverse('grants:scheme')}?year={scheme.year}", "view"))
    elif may_edit_scheme(account):
        ways.append((_now("Publish"), reverse("staff_schemes:publish", args=[scheme.pk]), "upload"))
    if may_edit_scheme(account):
        ways.append(
            (_now("Copy for next year"), reverse("staff_schemes:next_year", args=[scheme.pk]), "copy")
        )
    if may_carry_over(account, scheme):
        opening = reverse("staff_schemes:open_year", args=[scheme.pk])
        ways.append((_now("Open the year’s budgets"), opening, "folder-open-inverse"))
    return ways


class SchemeIndex(ListInOneQuery):
    def get_list_more_buttons(self, instance: Scheme) -> list[Any]:
        return [
            *super().get_list_more_buttons(instance),
            *(
                ListingButton(words, url=url, icon_name=icon, priority=20 + place)
                for place, (words, url, icon) in enumerate(_ways(instance, self.request.user))
            ),
        ]


class EditScheme(EditByVerb):
    @property
    def header_more_buttons(self) -> list[Any]:
        return [
            *super().header_more_buttons,
            *(
                Button(words, url=url, icon_name=icon, priority=5 + place)
                for place, (words, url, icon) in enumerate(_ways(self.object, self.request.user))
            ),
        ]


class OnScheme(VerbOn):
    """One verb on one scheme; then its own form opens."""

    model = Scheme
    may = staticmethod(may_edit_scheme)

    def desk_url(self) -> str:
        return reverse("staff_schemes:edit", args=[self.thing.pk])


class PublishScheme(OnScheme):
    template_name = "grants/staff/publish.html"
    form_class = PublishSchemeForm
    submit_label = _("Publish this scheme")
    done = _("“%(thing)s” is published. Everyone can read it on the grants page.")


class NextYear(OnScheme):
    """Asks once; then the copy is there as a draft, and its form opens."""

    template_name = "grants/staff/next_year.html"
    form_class = CopySchemeForm
    submit_label = _("Copy for next year")
    done = _("This is next year’s scheme as a draft. Look at its amounts and dates, then publish it.")

    def form_valid(self, form: CopySchemeForm) -> HttpResponse:
        try:
            self.thing = form.do(self.thing, by=cast(Account, self.request.user))
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(self.request, self.done)
        return redirect(self.desk_url())


class OpenYear(OnScheme):
    """The preview, the button, and how far it is: the same list, of which less and less is still to be done."""

    template_name = "grants/staff/open_year.html"
    form_class = Form
    submit_label = _("Open these budgets now")
    REFRESH_SECONDS = 2

    def get_thing(self) -> Scheme:
        scheme: Scheme = super().get_thing()
        require(may_carry_over(self.request.user, scheme))
        return scheme

    @staticmethod
    def may(account: Any) -> Decision:
        return may_edit_scheme(account)

    def get_page_title(self) -> str:
        return _now("Open the year’s budgets")

    def form_valid(self, form: Form) -> HttpResponse:
        later("grants.open_year", once=True, scheme_id=self.thing.pk, account_id=self.request.user.pk)
        return redirect(f"{self.request.path}?started=1")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = carry_over(self.thing, on=timezone.localdate())
        return super().get_context_data(**kwargs) | {
            "found": found,
            "done_count": len(found.lines) - len(found.to_do),
            "running": bool(self.request.GET.get("started") and found.to_do),
            "year": year_label(self.thing.year),
            "year_before": year_label(self.thing.year - 1),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if context["running"]:
            response.headers["Refresh"] = str(self.REFRESH_SECONDS)
        return response


class SchemeViewSet(VerbViewSet):
    model = Scheme
    form_class = SchemeForm
    name = "schemes"
    icon = "list-ul"
    menu_label = _("Schemes")
    index_view_class = SchemeIndex
    edit_view_class = EditScheme
    list_display = [
        "title",
        YearColumn("year", label=_("Year"), sort_key="year"),
        StateColumn("published_at", label=_("State"), sort_key="published_at"),
        MoneyColumn("allocation_pence", label=_("Each councillor"), sort_key="allocation_pence"),
        MoneyColumn("grant_max_pence", label=_("Largest grant")),
    ]
    search_fields = ["title"]
    search_backend_name = None
    ordering = ["-year"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("title"), FieldPanel("year")]),
                    FieldPanel("summary", widget=Textarea(attrs={"rows": 3})),
                    FieldPanel("reason"),
                ],
                heading=_("The scheme"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("allocation"),
                    FieldRowPanel([FieldPanel("grant_min"), FieldPanel("grant_max")]),
                    FieldPanel("carry_over_percent"),
                    FieldPanel("joint_grants"),
                ],
                heading=_("Money"),
            ),
            MultiFieldPanel(
                [
                    HelpPanel(
                        content=_(
                            "What is kept of every budget for one use. What no ring-fence keeps is free for any use;"
                            " a grant that fits both ring-fences may be paid from either."
                        )
                    ),
                    FieldRowPanel([FieldPanel(name) for name in FENCE_FIELDS]),
                ],
                heading=_("Ring-fences"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                    FieldRowPanel([FieldPanel("decide_by"), FieldPanel("spend_by")]),
                ],
                heading=_("Dates"),
            ),
            MultiFieldPanel([FieldPanel("decides"), FieldPanel("officer_above")], heading=_("Who decides")),
            MultiFieldPanel(
                [
                    HelpPanel(
                        content=_(
                            "From which grant on a document is asked for, in pounds. 0 asks for it always; leave empty"
                            " what is not needed."
                        )
                    ),
                    *(FieldPanel(name) for name in DOCUMENT_FIELDS),
                ],
                heading=_("Documents"),
            ),
            FieldPanel("prohibited"),
            InlinePanel(
                "principles",
                heading=_("Principles"),
                label=_("Principle"),
                help_text=_("Everyone reads what each means; officers check every application against each."),
                panels=[
                    FieldPanel("title"),
                    FieldPanel("meaning", widget=Textarea(attrs={"rows": 2})),
                    FieldPanel("question"),
                ],
            ),
            FieldPanel("monitoring_months"),
        ],
        base_form_class=SchemeForm,
    )

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """With the principles' own forms, which the panels describe."""
        return cast(type[ModelForm], self._edit_handler.get_form_class())

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", PublishScheme.as_view(), name="publish"),
            path("next-year/<int:pk>/", NextYear.as_view(), name="next_year"),
            path("open-year/<int:pk>/", OpenYear.as_view(), name="open_year"),
        ]
