"""Search, and what machines read first. Pages themselves come by Wagtail's own urls."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from cms import views
from cms.sitemaps import sitemaps
from engage.kit.guards import public

app_name = "cms"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        public(sitemap_views.index),
        {"sitemaps": sitemaps(), "sitemap_url_name": "cms:sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        public(sitemap_views.sitemap),
        {"sitemaps": sitemaps()},
        name="sitemap_section",
    ),
]
