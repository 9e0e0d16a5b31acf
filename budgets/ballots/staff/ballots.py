"""The list of ballots, and the desk of one: where it is, what is missing, and what can be done now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from budgets.ballots import actions
from budgets.ballots.display import staff as display
from budgets.ballots.forms.prepare import BallotForm
from budgets.ballots.models import Ballot
from budgets.ballots.queries.listed import phases_of
from budgets.ballots.staff import after, paper, prepare, promises, translate, voters
from budgets.ballots.staff.common import at
from budgets.staff import DeskIndex
from engage.kit.columns import DayColumn, LastDayColumn
from engage.kit.staff import AddByVerb, EditByVerb, OnlyThese, RemoveByVerb, VerbViewSet

register_permission_policy(
    Ballot,
    OnlyThese(
        Ballot, view="view_ballot", add="change_ballot", change="change_ballot", delete="change_ballot"
    ),
)


class BallotIndex(DeskIndex):
    def get_base_queryset(self) -> QuerySet[Ballot]:
        return phases_of(Ballot.objects.select_related("place"))


class BallotDesk(generic.InspectView):
    template_name = "ballots/staff/desk.html"
    page_title = ""
    header_more_buttons = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("staff_ballots:index"), "label": _("Ballots")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.object)}]

    def get_fields_context(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | display.desk(
            self.object, self.request.user, timezone.now()
        )


class AddBallot(AddByVerb):
    submit_button_label = gettext_lazy("Start this ballot")

    def get_success_url(self) -> str:
        return at("money", self.object.pk)


class EditBallot(EditByVerb):
    def get_success_url(self) -> str:
        return at("inspect", self.object.pk)


class RemoveBallot(RemoveByVerb):
    def remove(self, thing: Ballot, by: Any) -> None:
        actions.remove_ballot(ballot=thing, by=by, at=timezone.now())


class BallotViewSet(VerbViewSet):
    model = Ballot
    form_class = BallotForm
    name = "ballots"
    icon = "tick-inverse"
    menu_label = gettext_lazy("Ballots")
    menu_order = 287
    add_to_admin_menu = True
    index_view_class = BallotIndex
    add_view_class = AddBallot
    edit_view_class = EditBallot
    delete_view_class = RemoveBallot
    inspect_view_class = BallotDesk
    inspect_view_enabled = True
    inspect_template_name = BallotDesk.template_name
    search_fields = ["title"]
    search_backend_name = None
    ordering = ["-opens_at", "-pk"]
    list_display = [
        "title",
        Column("place", label=gettext_lazy("Who votes"), accessor="place.name"),
        Column("phase", label=gettext_lazy("Where it is"), accessor=display.phase_label),
        DayColumn("opens_at", label=gettext_lazy("Voting starts"), sort_key="opens_at"),
        LastDayColumn("closes_at", label=gettext_lazy("Voting ends"), sort_key="closes_at"),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("summary"), FieldPanel("place"), FieldPanel("minimum_age")],
                heading=gettext_lazy("What it is about, and who votes"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("kind"),
                    FieldRowPanel([FieldPanel("most"), FieldPanel("points"), FieldPanel("points_most")]),
                ],
                heading=gettext_lazy("How it is filled in"),
            ),
            MultiFieldPanel(
                [FieldPanel("proofs"), FieldPanel("on_paper")],
                heading=gettext_lazy("How people show that they may vote"),
            ),
            MultiFieldPanel(
                [
                    HelpPanel(
                        content=gettext_lazy(
                            "The rule is frozen with the ballot as one whole line, in which everything that decides is"
                            " said. When projects are level, the cheaper wins, then the one with more votes, then a lot"
                            " that is drawn and sealed before the first vote."
                        )
                    ),
                    FieldPanel("choice"),
                    FieldPanel("threshold"),
                    FieldPanel("line"),
                    FieldPanel("seed_source"),
                ],
                heading=gettext_lazy("How it is counted"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                    FieldPanel("turnout_shown"),
                ],
                heading=gettext_lazy("When"),
            ),
            MultiFieldPanel(
                [FieldPanel("first_language"), FieldPanel("other_languages")],
                heading=gettext_lazy("Languages"),
            ),
            FieldPanel("seen"),
        ],
        base_form_class=BallotForm,
    )

    def get_form_class(self, for_update: bool = False) -> Any:
        return self._edit_handler.get_form_class()

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/money/", prepare.Money.as_view(), name="money"),
            path("<int:pk>/money/<int:pot>/", prepare.ChangePot.as_view(), name="change_pot"),
            path("<int:pk>/money/<int:pot>/remove/", prepare.remove_pot, name="remove_pot"),
            path("<int:pk>/projects/", prepare.Projects.as_view(), name="projects"),
            path("<int:pk>/projects/add/", prepare.AddProject.as_view(), name="add_project"),
            path("<int:pk>/projects/ideas/", prepare.FromIdeas.as_view(), name="from_ideas"),
            path("<int:pk>/projects/<int:project>/", prepare.ChangeProject.as_view(), name="change_project"),
            path("<int:pk>/projects/<int:project>/remove/", prepare.remove_project, name="remove_project"),
            path("<int:pk>/words/<slug:language>/", translate.Translate.as_view(), name="translate"),
            path("<int:pk>/roll/", voters.Roll.as_view(), name="roll"),
            path("<int:pk>/codes/", voters.Codes.as_view(), name="codes"),
            path("<int:pk>/codes/revoke/", voters.Revoke.as_view(), name="revoke"),
            path("<int:pk>/codes/reissue/", voters.Reissue.as_view(), name="reissue"),
            path("<int:pk>/preview/", prepare.Preview.as_view(), name="preview"),
            path("<int:pk>/rehearse/", prepare.Rehearse.as_view(), name="rehearse"),
            path("<int:pk>/open/", prepare.Open.as_view(), name="open"),
            path("<int:pk>/errata/", prepare.PutRight.as_view(), name="errata"),
            path("<int:pk>/sheet/<int:place>/", paper.PaperSheet.as_view(), name="sheet"),
            path("<int:pk>/paper/", paper.Batches.as_view(), name="batches"),
            path("<int:pk>/paper/<int:batch>/", paper.Envelopes.as_view(), name="batch"),
            path("<int:pk>/paper/<int:batch>/turn-away/", paper.turn_away, name="turn_away"),
            path("<int:pk>/paper/<int:batch>/open/", paper.OpenEnvelopes.as_view(), name="open_envelopes"),
            path("<int:pk>/paper/<int:batch>/enter/", paper.EnterPaper.as_view(), name="enter"),
            path("<int:pk>/paper/<int:batch>/correct/", paper.CorrectMark.as_view(), name="correct_mark"),
            path("<int:pk>/paper/<int:batch>/take-back/", paper.TakeBack.as_view(), name="take_back"),
            path("<int:pk>/paper/<int:batch>/take-off/", paper.TakeOff.as_view(), name="take_off"),
            path("<int:pk>/paper/<int:batch>/reconcile/", paper.Reconcile.as_view(), name="reconcile"),
            path("<int:pk>/assist/", paper.Assist.as_view(), name="assist"),
            path("<int:pk>/close/", after.Close.as_view(), name="close"),
            path("<int:pk>/count/", after.CountIt.as_view(), name="count"),
            path("<int:pk>/result/", after.Result.as_view(), name="result"),
            path("<int:pk>/depart/", after.Depart.as_view(), name="depart"),
            path("<int:pk>/depart/<int:departure>/", after.Confirm.as_view(), name="confirm"),
            path("<int:pk>/depart/<int:departure>/withdraw/", after.withdraw, name="withdraw"),
            path("<int:pk>/publish/", after.Publish.as_view(), name="publish"),
            path("<int:pk>/promises/", promises.Promises.as_view(), name="promises"),
            path("<int:pk>/promises/<int:milestone>/move/", promises.Move.as_view(), name="move_promise"),
            path("<int:pk>/promises/<int:milestone>/done/", promises.Keep.as_view(), name="keep_promise"),
            path("<int:pk>/award/", after.Award.as_view(), name="award"),
        ]


ballots_viewset = BallotViewSet()
