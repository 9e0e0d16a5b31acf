from wagtail import hooks

from engage.councillors.staff import councillors_group


@hooks.register("register_admin_viewset")
def register_councillors():
    return councillors_group
