from wagtail import hooks

from engage.places.staff import place_viewset


@hooks.register("register_admin_viewset")
def register_places():
    return place_viewset
