"""One line per journey; each page has its data twin beside it. Included at the root, because a twin is a sibling."""

from django.urls import path, re_path

from ideas.views import browse, calls, discuss, idea, moderate, suggest, support

app_name = "ideas"
urlpatterns = [
    path("ideas/", browse.ideas, name="ideas"),
    re_path(r"^ideas\.(?P<twin>json|csv|geojson)$", browse.ideas, name="ideas_twin"),
    path("ideas/calls/", calls.calls, name="calls"),
    re_path(r"^ideas/calls\.(?P<twin>json|csv)$", calls.calls, name="calls_twin"),
    path("ideas/calls/<slug:slug>/", calls.call, name="call"),
    re_path(r"^ideas/calls/(?P<slug>[-\w]+)\.(?P<twin>json|csv)$", calls.call, name="call_twin"),
    path("ideas/new/", suggest.new, name="new"),
    path("ideas/new/place/", suggest.pinned_place, name="pinned_place"),
    path("ideas/new/map.svg", suggest.pin_map, name="pin_map"),
    path("ideas/new/similar/", suggest.similar, name="similar"),
    path("ideas/<int:idea_id>/", idea.short, name="short"),
    path("ideas/<int:idea_id>-<slug:slug>/", idea.idea, name="idea"),
    re_path(
        r"^ideas/(?P<idea_id>\d{1,18})-(?P<slug>[-\w]+)\.(?P<twin>json|csv)$", idea.idea, name="idea_twin"
    ),
    path("ideas/<int:idea_id>/card/", browse.card, name="card"),
    path("ideas/<int:idea_id>/support/", support.support, name="support"),
    path("ideas/<int:idea_id>/support/now/", support.support_now, name="support_now"),
    path("ideas/<int:idea_id>/comments/", discuss.comment, name="comment"),
    path("ideas/<int:idea_id>/comments/now/", discuss.comments_now, name="comments_now"),
    path("ideas/<int:idea_id>/withdraw/", idea.withdraw, name="withdraw"),
    path("ideas/comments/<int:comment_id>/remove/", moderate.remove, name="remove_comment"),
]
