"""Where officers and editors keep councillors and their terms."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from engage.councillors.actions import remove_councillor, remove_term
from engage.councillors.forms import CouncillorForm, TermForm
from engage.councillors.models import Councillor, Term
from engage.kit.staff import RemoveByVerb, VerbViewSet


class RemoveCouncillor(RemoveByVerb):
    def remove(self, thing, by):
        remove_councillor(councillor=thing, by=by)


class RemoveTerm(RemoveByVerb):
    def remove(self, thing, by):
        remove_term(term=thing, by=by)


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


class CouncillorsGroup(ViewSetGroup):
    menu_label = _("Councillors")
    menu_icon = "group"
    menu_order = 310
    items = (CouncillorViewSet(), TermViewSet())


councillors_group = CouncillorsGroup()
