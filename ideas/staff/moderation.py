"""Where moderators work: what waits, appeals, what was removed, reasons given often, and the log of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from engage.accounts.models import Account
from engage.audit.models import Record
from engage.audit.staff import RecordReport
from engage.kit.decisions import Refused, require
from engage.kit.staff import EditByVerb, ListInOneQuery, OnlyThese, RemoveByVerb, VerbViewSet
from engage.kit.text import excerpt
from ideas import actions, display, events, queries
from ideas.forms import DecideAppealForm, QueueForm, ReasonForm, ReasonTemplateForm, RestoreForm
from ideas.models import Appeal, Comment, Flag, Idea, ReasonTemplate, Removal
from ideas.permissions import may_moderate

register_permission_policy(Appeal, OnlyThese(Appeal, view="moderate", change="moderate"))
register_permission_policy(Removal, OnlyThese(Removal, view="view_flag", change="moderate"))
register_permission_policy(
    ReasonTemplate,
    OnlyThese(
        ReasonTemplate,
        view="view_reasontemplate",
        add="add_reasontemplate",
        change="change_reasontemplate",
        delete="delete_reasontemplate",
    ),
)

QUEUE = "moderation_queue"
type Thing = tuple[Idea, Comment | None]


# --- the queue -------------------------------------------------------------------------------------------


class Moderating(WagtailAdminTemplateMixin, View):
    """For moderators; others are told so."""

    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_moderate(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse(QUEUE), "label": _("To moderate")}]


class Queue(Moderating):
    """One row a thing, what has waited longest first. Ticked rows go to `Settle`."""

    template_name = "ideas/moderation/staff/queue.html"
    page_title = gettext_lazy("To moderate")

    def get(self, request: HttpRequest) -> HttpResponse:
        form, now = QueueForm(request.GET or None), timezone.now()
        queue = queries.moderation_queue(form.asked(), page=request.GET.get("p"), at=now)
        context = self.get_context_data(
            queue=queue,
            rows=[display.waiting_row(each) for each in queue.rows],
            filter=form,
            narrowed=any(value for name, value in request.GET.items() if name != "p"),
            back=request.GET.urlencode(),
            page_query=_without_page(request.GET),
        )
        return self.render_to_response(context)


def _without_page(asked: QueryDict) -> str:
    kept = asked.copy()
    kept.pop("p", None)
    return kept.urlencode()


class Settle(Moderating):
    """One verb for each ticked thing, each by itself: what somebody else settled meanwhile stops none of the others."""

    template_name = "ideas/moderation/staff/remove.html"
    page_title = gettext_lazy("Remove")
    verbs: dict[str, Callable[..., Any]] = {
        "keep": actions.keep,
        "hold": actions.hold,
        "release": actions.release,
    }

    def post(self, request: HttpRequest) -> HttpResponse:
        self.things = _things(request.POST.getlist("thing"))
        act = request.POST.get("act", "")
        if not self.things:
            messages.warning(request, _("Nothing was done: tick the rows that you mean first."))
            return self.back()
        if act == "remove":
            return self.remove()
        if act not in self.verbs:
            messages.warning(request, _("Nothing was done: choose what to do with the ticked rows."))
            return self.back()
        verb, at = self.verbs[act], timezone.now()
        self.report(
            act,
            [partial(verb, idea=idea, comment=said, by=request.user, at=at) for idea, said in self.things],
        )
        return self.back()

    def remove(self) -> HttpResponse:
        """Asks for the reason first; `fill` puts the words of the chosen one into the box, to be changed."""
        sure = "why" in self.request.POST
        form = ReasonForm(self.request.POST if sure else None)
        if "fill" in self.request.POST:
            form = _filled(form)
        elif sure and form.is_valid():
            reason, why = form.cleaned_data["reason"], form.cleaned_data["why"]
            self.report("remove", [partial(self.remove_one, each, reason, why) for each in self.things])
            return self.back()
        context = self.get_context_data(
            form=form,
            rows=[display.quoted_thing(*thing) for thing in self.things],
            back=self.request.POST.get("back", ""),
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def remove_one(self, thing: Thing, reason: str, why: str) -> None:
        (idea, comment), by, at = thing, cast(Account, self.request.user), timezone.now()
        if comment is not None:
            actions.remove_comment(comment=comment, reason=reason, why=why, by=by, at=at)
        else:
            actions.remove_idea(idea=idea, reason=reason, why=why, by=by, at=at)

    def report(self, act: str, doings: Iterable[Callable[[], Any]]) -> None:
        """Do each, and say exactly what became of them."""
        done, refusals = 0, Counter[str]()
        for do in doings:
            try:
                do()
                done += 1
            except Refused as refused:
                refusals[str(refused.denied.reason)] += 1
        if done:
            messages.success(self.request, DONE[act](done) % {"count": done})
        for sentence, count in refusals.items():
            words = ngettext("%(count)d was left as it is.", "%(count)d were left as they are.", count)
            messages.warning(self.request, f"{words % {'count': count}} {sentence}")

    def back(self) -> HttpResponse:
        """To the queue, narrowed as it was."""
        query = QueryDict(self.request.POST.get("back", "")).urlencode()
        return redirect(f"{reverse(QUEUE)}?{query}" if query else reverse(QUEUE))


DONE: dict[str, Callable[[int], str]] = {
    "keep": lambda count: ngettext("%(count)d was kept.", "%(count)d were kept.", count),
    "hold": lambda count: ngettext("%(count)d is held back now.", "%(count)d are held back now.", count),
    "release": lambda count: ngettext("%(count)d is public now.", "%(count)d are public now.", count),
    "remove": lambda count: ngettext("%(count)d was removed.", "%(count)d were removed.", count),
}


def _things(keys: Iterable[str]) -> list[Thing]:
    """What the ticked boxes name (`idea-12`, `comment-34`), in their order; two queries."""
    named = [key.partition("-") for key in dict.fromkeys(keys)]
    numbers = {
        kind: {int(number) for each, _dash, number in named if each == kind and number.isdecimal()}
        for kind in ("idea", "comment")
    }
    ideas = Idea.objects.select_related("author").in_bulk(numbers["idea"])
    comments = Comment.objects.select_related("idea", "author").in_bulk(numbers["comment"])
    found: list[Thing] = []
    for kind, _dash, number in named:
        if kind == "idea" and number.isdecimal() and int(number) in ideas:
            found.append((ideas[int(number)], None))
        elif kind == "comment" and number.isdecimal() and int(number) in comments:
            found.append((comments[int(number)].idea, comments[int(number)]))
    return found


def _filled(form: ReasonForm) -> ReasonForm:
    """The same form, not sent yet, with the chosen reason's words in the box."""
    form.is_valid()
    template: ReasonTemplate | None = form.cleaned_data.get("template")
    words = template.text if template else form.data.get("reason", "")
    return ReasonForm(initial={"why": form.data.get("why"), "template": template, "reason": words})


# --- appeals, what was removed, reasons ------------------------------------------------------------------


def thing_words(about: Appeal | Removal) -> str:
    return excerpt(about.comment.text, 60) if about.comment else about.idea.title


class ThingColumn(TitleColumn):
    """Leads moderators to the form; others only read."""

    def __init__(self, label: Any, route: str) -> None:
        super().__init__("thing", label=label, accessor=thing_words)
        self.route = route

    def get_link_url(self, instance: Any, parent_context: Any) -> str | None:
        may = may_moderate(parent_context["request"].user)
        return reverse(self.route, args=[instance.pk]) if may else None


class AppealIndex(ListInOneQuery):
    """Those against removing; appeals against an answer are for the officers who assess."""

    def get_base_queryset(self) -> QuerySet[Appeal]:
        found = super().get_base_queryset().filter(kind__in=queries.REMOVAL_APPEALS)
        return found.select_related("idea", "comment", "author")


THINGS = ("idea__author", "comment__author")


class OnThing(EditByVerb):
    """A form below what it is about: an idea, or a comment."""

    about_words: Any

    def get_base_object_queryset(self) -> QuerySet[Any]:
        return super().get_base_object_queryset().select_related(*THINGS)

    def get_page_subtitle(self) -> str:
        return str(self.about_words % {"thing": thing_words(self.object)})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        thing = display.quoted_thing(self.object.idea, self.object.comment)
        return super().get_context_data(**kwargs) | {"thing": thing}


class DecideAppeal(OnThing):
    template_name = "ideas/moderation/staff/appeal.html"
    about_words = gettext_lazy("Appeal: %(thing)s")

    def get_base_object_queryset(self) -> QuerySet[Appeal]:
        found = super().get_base_object_queryset().filter(kind__in=queries.REMOVAL_APPEALS)
        return found.select_related("decided_by", *THINGS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        removal = queries.last_removal(self.object.idea, self.object.comment)
        return super().get_context_data(**kwargs) | {"removal": removal}


class AppealViewSet(VerbViewSet):
    model = Appeal
    form_class = DecideAppealForm
    index_view_class = AppealIndex
    edit_view_class = DecideAppeal
    name = "appeals"
    icon = "help"
    menu_label = gettext_lazy("Appeals")
    list_display = [
        ThingColumn(gettext_lazy("About"), "staff_appeals:edit"),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        "author",
        DateColumn("made_at", label=gettext_lazy("Made"), sort_key="made_at"),
        DateColumn("decided_at", label=gettext_lazy("Decided"), sort_key="decided_at"),
    ]
    ordering = ["decided_at", "made_at"]
    list_per_page = 40


class RemovalIndex(ListInOneQuery):
    def get_base_queryset(self) -> QuerySet[Removal]:
        return super().get_base_queryset().select_related("idea", "comment", "removed_by")


class PutBack(OnThing):
    template_name = "ideas/moderation/staff/restore.html"
    about_words = gettext_lazy("Removed: %(thing)s")


class RemovalViewSet(VerbViewSet):
    model = Removal
    form_class = RestoreForm
    index_view_class = RemovalIndex
    edit_view_class = PutBack
    name = "removals"
    icon = "bin"
    menu_label = gettext_lazy("Removed")
    list_display = [
        ThingColumn(gettext_lazy("What was removed"), "staff_removals:edit"),
        Column("why", label=gettext_lazy("Rule"), accessor="get_why_display"),
        "reason",
        DateColumn("removed_at", label=gettext_lazy("Removed"), sort_key="removed_at"),
        "removed_by",
        DateColumn("restored_at", label=gettext_lazy("Put back"), sort_key="restored_at"),
    ]
    list_filter = ["why"]
    ordering = ["-removed_at"]
    list_per_page = 40


class RemoveReason(RemoveByVerb):
    def remove(self, thing: ReasonTemplate, by: Any) -> None:
        actions.remove_reason(reason=thing, by=by, at=timezone.now())


class ReasonViewSet(VerbViewSet):
    model = ReasonTemplate
    form_class = ReasonTemplateForm
    delete_view_class = RemoveReason
    name = "reasons"
    icon = "edit"
    menu_label = gettext_lazy("Reasons")
    list_display = ["title", "text"]
    search_fields = ["title", "text"]
    ordering = ["title"]


# --- the log ---------------------------------------------------------------------------------------------


class ModerationLog(RecordReport):
    """What moderators did, out of the record: for them, and for auditors."""

    page_title = gettext_lazy("Log of moderation")
    permission_policy = OnlyThese(Flag, view="view_flag")
    index_url_name = "moderation_log"
    index_results_url_name = "moderation_log_results"

    def get_queryset(self) -> QuerySet[Record]:
        removed = Q(event=events.IDEA_STATUS_CHANGED) & (Q(data__after="removed") | Q(data__before="removed"))
        blocks = Q(event__startswith="RESIDENT_BLOCK")
        return super().get_queryset().filter(Q(event__in=events.MODERATION) | blocks | removed)

    def get_filename(self) -> str:
        return "moderation"


# --- addresses and menu ----------------------------------------------------------------------------------


def moderation_urls() -> list[Any]:
    return [
        path("moderation/", Queue.as_view(), name=QUEUE),
        path("moderation/settle/", Settle.as_view(), name="moderation_settle"),
        path("reports/moderation/", ModerationLog.as_view(), name="moderation_log"),
        path(
            "reports/moderation/results/",
            ModerationLog.as_view(results_only=True),
            name="moderation_log_results",
        ),
    ]


class QueueMenuItem(MenuItem):
    """With how much there is to do."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_moderate(request.user))

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if count := queries.to_moderate(timezone.now()).count:
            component.label = f"{self.label} ({count})"
        return component


class LogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ideas.view_flag")


class ModerationGroup(ViewSetGroup):
    menu_label = gettext_lazy("Moderation")
    menu_icon = "warning"
    menu_order = 295
    items = (AppealViewSet(), RemovalViewSet(), ReasonViewSet())

    def get_submenu_items(self) -> list[MenuItem]:
        queue = QueueMenuItem(
            gettext_lazy("To moderate"), reverse(QUEUE), name="to-moderate", icon_name="warning", order=-1
        )
        log = LogMenuItem(gettext_lazy("Log"), reverse("moderation_log"), icon_name="history", order=999)
        return [queue, *super().get_submenu_items(), log]


moderation_group = ModerationGroup()
