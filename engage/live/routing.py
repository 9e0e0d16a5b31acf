"""Where the live socket is."""

from django.urls import URLPattern, path

from engage.live.consumers import LiveConsumer

websocket_urlpatterns: list[URLPattern] = [path("ws/live/", LiveConsumer.as_asgi())]
