"""One line per journey; each page has its data twin beside it. Included at the root, because a twin is a sibling."""

from django.urls import path, re_path

from budgets import views

app_name = "budgets"
urlpatterns = [
    path("budgets/", views.budgets, name="budgets"),
    re_path(r"^budgets\.(?P<twin>json|csv)$", views.budgets, name="budgets_twin"),
    path("budgets/mine/", views.mine, name="mine"),
    path("budgets/awards/", views.awards, name="awards"),
    re_path(r"^budgets/awards\.(?P<twin>json|csv)$", views.awards, name="awards_twin"),
    path("budgets/awards.atom", views.awards_feed, name="awards_feed"),
    path("budgets/awards/<int:award_id>/", views.award, name="award"),
    re_path(r"^budgets/awards/(?P<award_id>\d{1,18})\.(?P<twin>json|csv)$", views.award, name="award_twin"),
    path("budgets/<slug:slug>/", views.place, name="place"),
    re_path(r"^budgets/(?P<slug>[-\w]+)\.(?P<twin>json|csv)$", views.place, name="place_twin"),
    path("budgets/<slug:slug>/journal/", views.journal, name="journal"),
    re_path(r"^budgets/(?P<slug>[-\w]+)/journal\.(?P<twin>json|csv)$", views.journal, name="journal_twin"),
]
