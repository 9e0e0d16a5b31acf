"""Addresses that must not lead to Wagtail's own sign-in forms, which know no second factor.

Included before Wagtail's, with the same names left to Wagtail so that its links keep working.
"""

from django.urls import path

from engage.accounts import views

urlpatterns = [
    path("admin/login/", views.sign_in),
    path("admin/logout/", views.sign_out),
    path("admin/password_reset/", views.forgotten_password),
    path("admin/password_reset/<path:rest>", views.forgotten_password),
    path("_util/login/", views.sign_in),
]
