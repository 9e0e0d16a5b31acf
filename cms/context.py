"""What the frame of every page needs: the site's name, brand, navigation and footer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"site_name": settings.WAGTAIL_SITE_NAME, "navigation": [], "footer_links": []}
