"""One line per journey; each page has its data twin beside it. Included at the root, before the pages of budgets."""

from django.urls import path, re_path

from budgets.impact import views

app_name = "impact"
urlpatterns = [
    path("budgets/where-it-went/", views.where, name="where"),
    re_path(r"^budgets/where-it-went\.(?P<twin>json|csv)$", views.where, name="where_twin"),
    path("budgets/awards/<int:award_id>/impact/", views.impact, name="impact"),
    re_path(
        r"^budgets/awards/(?P<award_id>\d{1,18})/impact\.(?P<twin>json|csv)$",
        views.impact,
        name="impact_twin",
    ),
    path("budgets/awards/<int:award_id>/outcomes/<int:outcome_id>/word/", views.say, name="say"),
    path("budgets/<slug:slug>/statement/", views.statement, name="statement"),
]
