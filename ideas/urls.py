"""One line per journey; each page has its data twin beside it. Included at the root, because a twin is a sibling."""

from django.urls import path, re_path

from ideas import views

app_name = "ideas"
urlpatterns = [
    path("ideas/", views.ideas, name="ideas"),
    re_path(r"^ideas\.(?P<twin>json|csv|geojson)$", views.ideas, name="ideas_twin"),
    path("ideas/new/", views.new, name="new"),
    path("ideas/new/place/", views.pinned_place, name="pinned_place"),
    path("ideas/new/map.svg", views.pin_map, name="pin_map"),
    path("ideas/new/similar/", views.similar, name="similar"),
    path("ideas/<int:idea_id>/", views.short, name="short"),
    path("ideas/<int:idea_id>-<slug:slug>/", views.idea, name="idea"),
    re_path(
        r"^ideas/(?P<idea_id>\d{1,18})-(?P<slug>[-\w]+)\.(?P<twin>json|csv)$", views.idea, name="idea_twin"
    ),
    path("ideas/<int:idea_id>/card/", views.card, name="card"),
    path("ideas/<int:idea_id>/support/", views.support, name="support"),
    path("ideas/<int:idea_id>/support/now/", views.support_now, name="support_now"),
    path("ideas/<int:idea_id>/comments/", views.comment, name="comment"),
    path("ideas/<int:idea_id>/comments/now/", views.comments_now, name="comments_now"),
    path("ideas/<int:idea_id>/withdraw/", views.withdraw, name="withdraw"),
    path("ideas/comments/<int:comment_id>/remove/", views.remove, name="remove_comment"),
]
