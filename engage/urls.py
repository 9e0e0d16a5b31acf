"""Every address of the site: front doors first, staff and sign-in next, the CMS's pages last."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("budgets.urls")),
    path("", include("ideas.urls")),
    path("", include("engage.councillors.urls")),
    path("account/", include("engage.residents.urls")),
    path("account/", include("engage.accounts.urls")),
    path("", include("engage.accounts.door")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("engage.kit.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
