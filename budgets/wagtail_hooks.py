from wagtail import hooks

from budgets.home import panels_of
from budgets.staff import money_group


@hooks.register("register_admin_viewset")
def register_money():
    return money_group


@hooks.register("construct_homepage_panels")
def show_money_first(request, panels):
    panels.extend(panels_of(request.user))
