"""Where the live socket is."""

from django.urls import URLPattern

websocket_urlpatterns: list[URLPattern] = []
