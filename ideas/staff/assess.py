"""Where ideas are shared out, assessed and answered."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy

from engage.accounts.models import Account
from engage.kit.columns import DayColumn
from engage.kit.decisions import Denied, Refused, require
from engage.kit.forms import add_refusal
from engage.kit.models import Theme
from engage.kit.staff import OnlyThese, VerbViewSet
from engage.places.models import Place
from ideas import display, queries
from ideas.forms import AssessForm, AssignForm, BulkAssignForm, NoteForm, TeamForm
from ideas.models import Assessment, Call, Idea, Team
from ideas.permissions import can_be_assessed, may_answer_again, may_assess, may_assign
from ideas.staff.desk import VerbOnIdea

register_permission_policy(
    Team, OnlyThese(Team, view="assess_idea", add="assign_assessment", change="assign_assessment")
)


# --- one idea ---------------------------------------------------------------------------------------------


class AssignIdea(VerbOnIdea):
    form_class = AssignForm
    may = staticmethod(may_assign)
    tab = "assign"
    submit_label = gettext_lazy("Assign")
    done = gettext_lazy("“%(thing)s” is assigned.")

    def get_initial(self) -> dict[str, Any]:
        current = queries.current_assessment(self.thing)
        if current is None or current.answered_at is not None:
            return {}
        return {"officer": current.officer, "team": current.team, "due_on": current.due_on}


class AssessIdea(VerbOnIdea):
    """Draft and answer are one form with two buttons. When somebody else was faster, what was typed stays."""

    form_class = AssessForm
    template_name = "ideas/staff/assess.html"
    may = staticmethod(may_assess)
    tab = "assess"
    submit_label = gettext_lazy("Keep for now")

    @property
    def done(self) -> str:
        if "publish" in self.request.POST:
            return _("The answer to “%(thing)s” is public.")
        return _("Kept. Nobody outside sees it until you publish the answer.")

    def get_initial(self) -> dict[str, Any]:
        current = queries.current_assessment(self.thing)
        open_one = current if current is not None and current.answered_at is None else None
        return AssessForm.of(open_one)

    def refused(self, form: Any, refused: Refused) -> HttpResponse:
        """The next press is meant: it has seen what the other one wrote."""
        current = queries.current_assessment(self.thing)
        if refused.denied.status == 409 and current is not None:
            form.data = form.data.copy()
            form.data["version"] = current.version
        return super().refused(form, refused)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        assessments = queries.assessments_of(self.thing)
        current = assessments[-1] if assessments else None
        form = found["form"]
        behind = form.is_bound and current is not None and current.changed_by_id != self.request.user.pk
        return found | {
            "current": current,
            "closed": "" if form.is_bound else self.why_closed(current),
            "theirs": display.findings(current) if behind and form.errors else None,
            "answers": display.answers(assessments),
            "appeal": getattr(assessments[0], "appeal", None) if assessments else None,
        }

    def why_closed(self, current: Assessment | None) -> Any:
        """Why there is no form, in a sentence."""
        decision = can_be_assessed(self.thing, current)
        if decision and current is not None:
            decision = may_answer_again(self.request.user, current)
        return decision.reason if isinstance(decision, Denied) else ""


class WriteNote(VerbOnIdea):
    form_class = NoteForm
    template_name = "ideas/staff/notes.html"
    may = staticmethod(may_assess)
    tab = "notes"
    submit_label = gettext_lazy("Keep the note")
    done = gettext_lazy("The note on “%(thing)s” is kept.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"notes": queries.notes_of(self.thing)}


# --- many ideas -------------------------------------------------------------------------------------------


class ToAssessFilter(WagtailFilterSet):
    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Whose"),
        method="of_whom",
        choices=[
            ("me", gettext_lazy("Assigned to me")),
            ("teams", gettext_lazy("My teams’")),
            ("nobody", gettext_lazy("Nobody’s")),
        ],
    )
    late = django_filters.BooleanFilter(label=gettext_lazy("Late"), method="that_are_late")
    appeal = django_filters.BooleanFilter(
        label=gettext_lazy("To look at again"),
        field_name="waiting__reassesses",
        lookup_expr="isnull",
        exclude=True,
    )
    call = django_filters.ModelChoiceFilter(queryset=Call.objects.all(), label=gettext_lazy("Call"))
    place = django_filters.ModelChoiceFilter(queryset=Place.objects.all(), label=gettext_lazy("Place"))
    theme = django_filters.ModelChoiceFilter(queryset=Theme.objects.all(), label=gettext_lazy("Theme"))
    team = django_filters.ModelChoiceFilter(
        queryset=Team.objects.all(), label=gettext_lazy("Team"), field_name="waiting__team"
    )

    class Meta:
        model = Idea
        fields: list[str] = []

    def of_whom(self, ideas: Any, name: str, value: str) -> Any:
        me = self.request.user
        if value == "me":
            return ideas.filter(waiting__officer=me)
        if value == "teams":
            return ideas.filter(waiting__team__in=me.idea_teams.values("pk"))
        return ideas.filter(waiting__officer=None, waiting__team=None)

    def that_are_late(self, ideas: Any, name: str, value: bool) -> Any:
        today = timezone.localdate()
        late = ideas.filter(waiting__due_on__lt=today)
        return late if value else ideas.exclude(pk__in=late.values("pk"))


class TickColumn(Column):
    """A box to tick, for doing something to several rows at once. It stays ticked when that was refused."""

    cell_template_name = "ideas/staff/tick.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        found = super().get_cell_context_data(instance, parent_context)
        ticked = found["request"].POST.getlist("ideas") if found["request"] else []
        return found | {"ticked": str(instance.pk) in ticked}


class AgeColumn(Column):
    """For how many days it has waited."""

    def get_value(self, instance: Any) -> str:
        days = (timezone.now() - super().get_value(instance)).days
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _waiting(name: str) -> Any:
    return lambda idea: getattr(getattr(idea, "waiting", None), name, None) or ""


def columns_to_assess(*, ticks: bool) -> list[Column]:
    """With boxes to tick for those who share the ideas out."""
    shown = [
        TitleColumn(
            "title",
            label=gettext_lazy("Idea"),
            width="260",
            get_url=lambda idea: reverse("staff_ideas:assess", args=[idea.pk]),
        ),
        Column("place", label=gettext_lazy("Place"), accessor="place.name"),
        AgeColumn("waits_since", label=gettext_lazy("Waits for"), sort_key="waits_since"),
        DayColumn(
            "due_on",
            label=gettext_lazy("Answer by"),
            accessor=_waiting("due_on"),
            sort_key="waiting__due_on",
        ),
        Column("officer", label=gettext_lazy("Person"), accessor=_waiting("officer")),
        Column("team", label=gettext_lazy("Team"), accessor=_waiting("team")),
        Column("supports_count", label=gettext_lazy("Supporters"), sort_key="supports_count"),
        Column("status", label=gettext_lazy("Status"), accessor="get_status_display"),
    ]
    return [TickColumn("pk", label=gettext_lazy("Choose")), *shown] if ticks else shown


class ToAssess(generic.IndexView):
    """Every idea that waits for an answer. Those who share them out tick some and choose who looks at them."""

    model = Idea
    page_title = gettext_lazy("Ideas to assess")
    header_icon = "tasks"
    template_name = "ideas/staff/to_assess.html"
    results_template_name = "ideas/staff/to_assess_results.html"
    index_url_name = "ideas_to_assess:index"
    index_results_url_name = "ideas_to_assess:index_results"
    filterset_class = ToAssessFilter
    default_ordering = "waits_since"
    paginate_by = 40
    is_searchable = False
    show_export_buttons = False
    form: BulkAssignForm | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(may_assess(request.user))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_assign(request.user))
        self.form = BulkAssignForm(request.POST)
        if self.form.is_valid():
            try:
                done = len(self.form.do_all(by=cast(Account, request.user)))
            except Refused as refused:
                add_refusal(self.form, refused)
            else:
                said = ngettext("%(count)d idea is assigned.", "%(count)d ideas are assigned.", done)
                messages.success(request, said % {"count": done})
                return redirect(request.get_full_path())
        messages.error(request, _("Nothing was assigned. Look at what is marked above the list."))
        return self.get(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Idea]:
        return queries.to_assess()

    @property
    def columns(self) -> list[Column]:
        return columns_to_assess(ticks=bool(may_assign(self.request.user)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = bool(may_assign(self.request.user))
        return super().get_context_data(**kwargs) | {
            "assign_form": (self.form or BulkAssignForm()) if may else None,
            "here": self.request.get_full_path(),
        }


class ToAssessViewSet(ViewSet):
    name = "ideas_to_assess"
    url_prefix = "ideas-to-assess"
    icon = "tasks"
    menu_label = gettext_lazy("To assess")

    def menu_item_is_shown(self, request: HttpRequest) -> bool:
        return bool(may_assess(request.user))

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", ToAssess.as_view(), name="index"),
            path("results/", ToAssess.as_view(results_only=True), name="index_results"),
        ]


class TeamViewSet(VerbViewSet):
    model = Team
    form_class = TeamForm
    name = "teams"
    icon = "group"
    menu_label = gettext_lazy("Teams")
    list_display = ["name"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["name"]
