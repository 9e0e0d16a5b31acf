from wagtail import hooks

from budgets.grants.home import panels_of
from budgets.grants.staff import grants_group


@hooks.register("register_admin_viewset")
def register_grants():
    return grants_group


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    panels.extend(panels_of(request.user))
