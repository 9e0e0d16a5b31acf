"""Where officers and editors keep councillors and their terms."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from engage.councillors.actions import remove_councillor, remove_pre_election, remove_term
from engage.councillors.forms import CouncillorForm, PreElectionForm, TermForm
from engage.councillors.models import Councillor, PreElection, Term
from engage.kit.staff import OnlyThese, RemoveByVerb, VerbViewSet

register_permission_policy(
    PreElection,
    OnlyThese(
        PreElection,
        view="view_preelection",
        add="change_preelection",
        change="change_preelection",
        delete="change_preelection",
    ),
)


class RemoveCouncillor(RemoveByVerb):
    def remove(self, thing, by):
        remove_councillor(councillor=thing, by=by)


class RemoveTerm(RemoveByVerb):
    def remove(self, thing, by):
        remove_term(term=thing, by=by)


class RemovePreElection(RemoveByVerb):
    def remove(self, thing, by):
        remove_pre_election(period=thing, by=by)


class CouncillorViewSet(VerbViewSet):
    model = Councillor
    form_class = CouncillorForm
    delete_view_class = RemoveCouncillor
    name = "councillors"
    icon = "user"
    menu_label = _("Councillors")
    list_display = ["name", "group", "email", "account"]
    search_fields = ["name", "email"]
    ordering = ["name"]


class TermViewSet(VerbViewSet):
    model = Term
    form_class = TermForm
    delete_view_class = RemoveTerm
    name = "terms"
    icon = "date"
    menu_label = _("Terms")
    list_display = ["councillor", "place", "starts_on", "ends_on"]
    list_filter = ["place"]
    search_fields = ["councillor__name", "place__name"]
    ordering = ["-starts_on"]


class PreElectionViewSet(VerbViewSet):
    """While one runs, nothing new is decided and no results of grants are published. Payments go on."""

    model = PreElection
    form_class = PreElectionForm
    delete_view_class = RemovePreElection
    name = "pre_elections"
    icon = "calendar-alt"
    menu_label = _("Pre-election periods")
    list_display = ["name", "starts_on", "ends_on"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["-starts_on"]


class CouncillorsGroup(ViewSetGroup):
    menu_label = _("Councillors")
    menu_icon = "group"
    menu_order = 310
    items = (CouncillorViewSet(), TermViewSet(), PreElectionViewSet())


councillors_group = CouncillorsGroup()
