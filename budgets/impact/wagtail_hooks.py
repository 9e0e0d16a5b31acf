from wagtail import hooks

from budgets.impact.staff import impact_group


@hooks.register("register_admin_viewset")
def register_impact():
    return impact_group
