from wagtail import hooks

from ideas.home import panels_of
from ideas.staff import ideas_group, keep_out_of_the_library, moderation_group, moderation_urls

keep_out_of_the_library()


@hooks.register("register_admin_viewset")
def register_ideas():
    return ideas_group


@hooks.register("register_admin_viewset")
def register_moderation():
    return moderation_group


@hooks.register("register_admin_urls")
def register_moderation_urls():
    return moderation_urls()


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    panels.extend(panels_of(request.user))
