from wagtail import hooks

from ideas.staff import ideas_group


@hooks.register("register_admin_viewset")
def register_ideas():
    return ideas_group
