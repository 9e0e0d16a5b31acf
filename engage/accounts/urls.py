"""Sign-in, joining and account settings are allauth's."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
