"""How editors make a page, and what they keep besides pages: the list of themes."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from engage.kit.models import Theme


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 800
    add_to_admin_menu = True
    list_display = ["name", "slug", "order"]
    search_fields = ["name"]
    inspect_view_enabled = False


class NewPage(CreateView):
    """Wagtail's form for a new page, which looks whether the address is free and then writes. Two requests at once
    (the page saves itself while its editor presses Publish) would both find it free, and one would fail. Here the
    second waits until the first is done, finds the address taken, and is told so beside its field."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            Page.objects.select_for_update().filter(pk=kwargs["parent_page_id"]).first()
            return super().dispatch(request, *args, **kwargs)


new_page = never_cache(require_admin_access(NewPage.as_view()))
