from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.staff import ThemeViewSet

register_snippet(ThemeViewSet)


@hooks.register("insert_global_admin_css")
def lists_on_a_phone() -> SafeString:
    """So that lists with many columns can be read on a small screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/lists.css"))


@hooks.register("insert_global_admin_js")
def start_widgets() -> SafeString:
    """So that Wagtail's choosers work under a policy that lets no inline script run."""
    return format_html('<script src="{}" defer></script>', static("cms/admin.js"))


@hooks.register("insert_global_admin_js")
def press_after_saving() -> SafeString:
    """So that a page that saves itself while its editor presses Publish is made once."""
    return format_html('<script src="{}" defer></script>', static("cms/saving.js"))
