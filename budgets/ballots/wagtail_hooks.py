from wagtail import hooks

from budgets.ballots.staff import ballots_viewset


@hooks.register("register_admin_viewset")
def register_ballots():
    return ballots_viewset
