"""Where officers keep the places."""

from django.utils.translation import gettext_lazy as _

from engage.kit.staff import RemoveByVerb, VerbViewSet
from engage.places.actions import remove_place
from engage.places.forms import PlaceForm
from engage.places.models import Place


class RemovePlace(RemoveByVerb):
    def remove(self, thing, by):
        remove_place(place=thing, by=by)


class PlaceViewSet(VerbViewSet):
    model = Place
    form_class = PlaceForm
    delete_view_class = RemovePlace
    name = "places"
    icon = "site"
    menu_label = _("Places")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "kind", "parent", "gss_code", "electors", "counted_on"]
    list_filter = ["kind"]
    search_fields = ["name", "gss_code"]
    ordering = ["name"]
    # Nothing that Wagtail chooses from refers to a place, and imports save many.
    add_to_reference_index = False


place_viewset = PlaceViewSet()
