"""One line per journey. Included at the root: following and stopping are not pages of an account."""

from django.urls import path

from engage.notifications import views

app_name = "notifications"
urlpatterns = [
    path("account/notifications/", views.inbox, name="list"),
    path("account/notifications/<int:notification_id>/", views.open_one, name="open"),
    path("account/notifications/read/", views.read, name="read"),
    path("account/notifications/preferences/", views.preferences, name="preferences"),
    path("account/notifications/watch/", views.watch, name="watch"),
    path("notifications/follow/", views.follow, name="follow"),
    path("notifications/unfollow/", views.unfollow, name="unfollow"),
    path("notifications/stop/<str:token>/", views.stop, name="stop"),
]
