from django.urls import path
from django.views.i18n import set_language

from engage.kit.brand import brand
from engage.kit.gallery import styleguide
from engage.kit.guards import public_form
from engage.kit.health import healthz, readyz
from engage.kit.media import media
from engage.kit.metrics import metrics

app_name = "kit"
urlpatterns = [
    path("brand.css", brand, name="brand"),
    path("styleguide/", styleguide, name="styleguide"),
    path("language/", public_form(set_language), name="language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("media/<path:path>", media, name="media"),
]
