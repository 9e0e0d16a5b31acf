from django.urls import path
from django.views.i18n import set_language

from engage.kit.brand import brand
from engage.kit.gallery import styleguide, styleguide_page, styleguide_staff_page
from engage.kit.guards import public_form
from engage.kit.health import healthz, readyz
from engage.kit.media import media
from engage.kit.metrics import metrics

app_name = "kit"
urlpatterns = [
    path("brand.css", brand, name="brand"),
    path("styleguide/", styleguide, name="styleguide"),
    path(
        "styleguide/back-office/<path:template>/<int:number>/",
        styleguide_staff_page,
        name="styleguide_staff_page",
    ),
    path("styleguide/<path:template>/<int:number>/", styleguide_page, name="styleguide_page"),
    path("language/", public_form(set_language), name="language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("media/<path:path>", media, name="media"),
]
