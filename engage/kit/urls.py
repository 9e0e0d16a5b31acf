from django.urls import path

from engage.kit.brand import brand
from engage.kit.gallery import styleguide

app_name = "kit"
urlpatterns = [
    path("brand.css", brand, name="brand"),
    path("styleguide/", styleguide, name="styleguide"),
]
