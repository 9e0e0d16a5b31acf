"""Calls for ideas."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Max, Min, QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
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
from wagtail.admin.widgets import Button, ListingButton
from wagtail.permissions import register_permission_policy

from engage.accounts.models import Account
from engage.kit.columns import DayColumn
from engage.kit.staff import EditByVerb, ListInOneQuery, OnlyThese, VerbOn, VerbViewSet
from ideas.enums import PhaseKind
from ideas.forms import CallForm, CopyCallForm
from ideas.models import Call
from ideas.permissions import may_keep_calls

register_permission_policy(Call, OnlyThese(Call, view="view_call", add="add_call", change="change_call"))

DATES = [
    FieldRowPanel([FieldPanel(f"{kind}_starts_at"), FieldPanel(f"{kind}_ends_at")], heading=label)
    for kind, label in PhaseKind.choices
]


class CallIndex(ListInOneQuery):
    """With the first and the last date of each."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return (
            super().get_base_queryset().annotate(opens=Min("phases__starts_at"), ends=Max("phases__ends_at"))
        )

    def get_list_more_buttons(self, instance: Call) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        seen = ListingButton(
            _now("See its page"), url=instance.get_absolute_url(), icon_name="view", priority=20
        )
        if not may_keep_calls(self.request.user):
            return [*buttons, seen]
        copying = reverse("staff_calls:next_year", args=[instance.pk])
        return [
            *buttons,
            seen,
            ListingButton(_now("Copy for next year"), url=copying, icon_name="copy", priority=30),
        ]


class EditCall(EditByVerb):
    """With the ways to the call's own page and to its copy."""

    @property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            Button(_now("See its page"), url=self.object.get_absolute_url(), icon_name="view", priority=5),
            Button(
                _now("Copy for next year"),
                url=reverse("staff_calls:next_year", args=[self.object.pk]),
                icon_name="copy",
                priority=8,
            ),
        ]


class NextYear(VerbOn):
    """Asks once; then the copy is there as a draft, and its form opens."""

    model = Call
    form_class = CopyCallForm
    may = staticmethod(may_keep_calls)
    submit_label = _("Copy for next year")
    done = _("This is next year’s call as a draft. Look at its dates, then announce it.")

    def desk_url(self) -> str:
        return reverse("staff_calls:edit", args=[self.thing.pk])

    def form_valid(self, form: CopyCallForm) -> HttpResponse:
        """The copy is what one goes on with."""
        self.thing = form.do(self.thing, by=cast(Account, self.request.user))
        messages.success(self.request, self.done)
        return redirect(self.desk_url())


class CallViewSet(VerbViewSet):
    model = Call
    form_class = CallForm
    name = "calls"
    icon = "date"
    menu_label = _("Calls for ideas")
    index_view_class = CallIndex
    edit_view_class = EditCall
    list_display = [
        "title",
        DayColumn("announced_at", label=_("Announced"), sort_key="announced_at"),
        DayColumn("opens", label=_("Starts"), sort_key="opens"),
        DayColumn("ends", label=_("Ends"), sort_key="ends"),
    ]
    search_fields = ["title"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("title"),
                    FieldPanel("explanation", widget=Textarea(attrs={"rows": 3})),
                    FieldPanel("announced_at"),
                ],
                heading=_("The call"),
            ),
            MultiFieldPanel(
                [
                    HelpPanel(
                        content=_(
                            "Leave a phase empty if the call does not have it. A phase lasts until just before its"
                            " end. Phases follow each other in this order and do not overlap; between two of them"
                            " people can only comment."
                        )
                    ),
                    *DATES,
                    FieldPanel("reason"),
                ],
                heading=_("Phases"),
            ),
            MultiFieldPanel([FieldPanel("places"), FieldPanel("themes")], heading=_("What it is about")),
            InlinePanel(
                "questions",
                heading=_("Questions beside the idea"),
                label=_("Question"),
                panels=[
                    FieldPanel("label"),
                    FieldPanel("help_text"),
                    FieldPanel("kind"),
                    FieldPanel("choices"),
                    FieldRowPanel([FieldPanel("required"), FieldPanel("public")]),
                ],
            ),
            MultiFieldPanel([FieldPanel("ideas_each"), FieldPanel("supports_each")], heading=_("Limits")),
            MultiFieldPanel([FieldPanel("feeds"), FieldPanel("ballot_pot")], heading=_("Money")),
            FieldPanel("body"),
        ],
        base_form_class=CallForm,
    )

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """With the questions' own forms, which the panels describe."""
        return cast(type[ModelForm], self._edit_handler.get_form_class())

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("next-year/<int:pk>/", NextYear.as_view(), name="next_year")]
