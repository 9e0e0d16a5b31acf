"""Joining ideas that say the same, and taking them apart."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from engage.kit.decisions import Denied, require
from ideas import display, queries
from ideas.forms import MergeForm, UndoMergeForm
from ideas.models import Idea, Merge
from ideas.permissions import can_be_joined, may_merge
from ideas.staff.desk import OnIdea, VerbOnIdea

MOST = 8


class ChooseIdea(OnIdea, WagtailAdminTemplateMixin, TemplateView):
    """The ideas most like this one; words of one's own find others."""

    template_name = "ideas/staff/join.html"
    tab = "join"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(may_merge(request.user))
        self.thing = self.get_thing()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("words", "").replace("\0", "")[:100]
        alike = queries.similar_to(words or self.thing.title, near=self.thing.place, limit=MOST + 1)
        return super().get_context_data(**kwargs) | {
            "words": words,
            "cards": [display.card(each) for each in alike if each.pk != self.thing.pk][:MOST],
            "merges": queries.merges_of(self.thing),
            "into": self.thing.merges.filter(undone_at=None).select_related("kept").first(),
        }


class OnTwoIdeas(VerbOnIdea):
    """A verb on the idea in the address and on `other`, which the form calls by the name in `called`."""

    may = staticmethod(may_merge)
    tab = "join"
    called = ""

    @property
    def other(self) -> Idea | Merge:
        raise NotImplementedError

    def form_valid(self, form: Any) -> Any:
        setattr(form, self.called, self.other)
        return super().form_valid(form)


class JoinIdeas(OnTwoIdeas):
    """Both side by side, what the numbers will be, and the reason."""

    template_name = "ideas/staff/join_two.html"
    form_class = MergeForm
    called = "kept"
    submit_label = gettext_lazy("Join the two ideas")
    done = gettext_lazy("“%(thing)s” leads to the other idea now, and both authors are told.")

    @property
    def other(self) -> Idea:
        found = queries.idea_of(self.kwargs["kept"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = self.other
        decision = can_be_joined(kept=kept, merged=self.thing)
        return super().get_context_data(**kwargs) | {
            "kept": kept,
            "authors": {"kept": display.name_of(kept), "merged": display.name_of(self.thing)},
            "preview": queries.merge_preview(kept=kept, merged=self.thing),
            "closed": decision.reason if isinstance(decision, Denied) else "",
        }


class TakeApart(OnTwoIdeas):
    """The idea in the address is the kept one."""

    template_name = "ideas/staff/take_apart.html"
    form_class = UndoMergeForm
    called = "merge"
    submit_label = gettext_lazy("Take them apart")
    done = gettext_lazy("The ideas are two again, each with its own supporters.")

    @property
    def other(self) -> Merge:
        return get_object_or_404(
            Merge.objects.select_related("merged"), pk=self.kwargs["merge"], kept=self.thing, undone_at=None
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"merge": self.other}
