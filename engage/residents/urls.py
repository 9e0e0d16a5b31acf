from django.urls import path

from engage.residents import views

app_name = "residents"
urlpatterns = [
    path("", views.account, name="account"),
    path("profile/", views.profile, name="profile"),
    path("block/", views.block, name="block"),
    path("delete/", views.delete, name="delete"),
]
