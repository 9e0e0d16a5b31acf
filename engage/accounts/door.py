"""Addresses below /admin/ that must not lead to Wagtail's own sign-in, which knows no second factor.

Included before Wagtail's, with the same names left to Wagtail so that its links keep working.
"""

from django.urls import path

from engage.accounts import views

urlpatterns = [
    path("login/", views.sign_in),
    path("logout/", views.sign_out),
    path("password_reset/", views.forgotten_password),
    path("password_reset/<path:rest>", views.forgotten_password),
]
