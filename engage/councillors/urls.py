"""One line per journey; each page has its data twin beside it. Included at the root, because a twin is a sibling."""

from django.urls import path, re_path

from engage.councillors import views

app_name = "councillors"
urlpatterns = [
    path("councillors/", views.councillors, name="councillors"),
    re_path(r"^councillors\.(?P<twin>json|csv)$", views.councillors, name="councillors_twin"),
    path("councillors/<int:pk>-<slug:slug>/", views.councillor, name="councillor"),
    re_path(
        r"^councillors/(?P<pk>\d{1,18})-(?P<slug>[-\w]+)\.(?P<twin>json|csv)$",
        views.councillor,
        name="councillor_twin",
    ),
]
