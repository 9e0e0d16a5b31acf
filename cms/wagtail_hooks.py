from wagtail.snippets.models import register_snippet

from cms.staff import ThemeViewSet

register_snippet(ThemeViewSet)
