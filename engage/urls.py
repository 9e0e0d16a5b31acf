"""Every address of the site: front doors first, staff and sign-in next, the CMS's pages last."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views import serve as documents

from cms.staff import new_page

urlpatterns = [
    path("", include("engage.opendata.urls")),
    path("", include("budgets.impact.urls")),
    path("", include("budgets.grants.urls")),
    path("", include("budgets.ballots.urls")),
    path("", include("budgets.urls")),
    path("", include("ideas.urls")),
    path("", include("engage.notifications.urls")),
    path("", include("engage.councillors.urls")),
    path("account/", include("engage.residents.urls")),
    path("account/", include("engage.accounts.urls")),
    path("", include("engage.accounts.door")),
    path(
        "admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        new_page,
    ),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail's own pattern takes numbers that are too long to be read.
    path("documents/<int:document_id>/<path:document_filename>", documents.serve, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        documents.authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("", include("engage.kit.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
