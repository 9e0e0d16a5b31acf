"""Addresses that stay: programs come back to them every night. Included at the root, because a twin is a sibling."""

from django.urls import path, re_path

from engage.opendata import views

app_name = "opendata"
urlpatterns = [
    path("data/", views.front, name="front"),
    re_path(r"^data\.(?P<twin>json|csv)$", views.front, name="front_twin"),
    path("data/books/", views.books, name="books"),
    re_path(r"^data/books\.(?P<twin>json|csv)$", views.books, name="books_twin"),
    path("data/verify_journal.py", views.program, name="program"),
    re_path(r"^data/360giving\.(?P<twin>json|csv)$", views.giving, name="giving"),
    re_path(r"^data/360giving/(?P<year>[0-9]{4})\.(?P<twin>json|csv)$", views.giving, name="giving_year"),
    re_path(r"^data/grants\.(?P<twin>json|csv)$", views.grants, name="grants"),
    re_path(r"^data/grants/(?P<year>[0-9]{4})\.(?P<twin>json|csv)$", views.grants, name="grants_year"),
    re_path(r"^data/spending\.(?P<twin>json|csv)$", views.spending, name="spending"),
    re_path(r"^data/spending/(?P<year>[0-9]{4})\.(?P<twin>json|csv)$", views.spending, name="spending_year"),
    re_path(r"^data/journal\.(?P<twin>csv)$", views.journal, name="journal"),
    re_path(r"^data/journal/(?P<year>[0-9]{4})\.(?P<twin>csv)$", views.journal, name="journal_year"),
]
