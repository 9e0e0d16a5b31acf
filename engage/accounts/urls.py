"""Sign-in, joining and account settings are allauth's."""

from django.urls import include, path

from engage.accounts import views

urlpatterns = [
    path("oidc/<slug:provider_id>/login/", views.sign_in_elsewhere),
    path("", include("allauth.urls")),
]
