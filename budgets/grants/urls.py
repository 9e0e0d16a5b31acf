"""One line per journey; public pages have their data twin beside them. Included at the root, under /grants/."""

from django.urls import path, re_path

from budgets.grants import views

app_name = "grants"
urlpatterns = [
    path("grants/", views.scheme, name="scheme"),
    re_path(r"^grants\.(?P<twin>json|csv)$", views.scheme, name="scheme_twin"),
    path("grants/compare/", views.compare, name="compare"),
    re_path(r"^grants/compare\.(?P<twin>json|csv)$", views.compare, name="compare_twin"),
    path("grants/decisions/", views.decisions, name="decisions"),
    re_path(r"^grants/decisions\.(?P<twin>json|csv)$", views.decisions, name="decisions_twin"),
    path("grants/decisions/<int:decision_id>/", views.public_decision, name="public_decision"),
    re_path(
        r"^grants/decisions/(?P<decision_id>\d{1,18})\.(?P<twin>json|csv)$",
        views.public_decision,
        name="public_decision_twin",
    ),
    path("grants/groups/", views.groups, name="groups"),
    path("grants/groups/new/", views.new_group, name="new_group"),
    path("grants/groups/join/<str:token>/", views.membership, name="membership"),
    path("grants/groups/<int:organisation_id>/", views.group, name="group"),
    path("grants/groups/<int:organisation_id>/change/", views.change_group, name="change_group"),
    path("grants/groups/<int:organisation_id>/signatories/", views.signatories, name="signatories"),
    path("grants/groups/<int:organisation_id>/bank/", views.bank, name="bank"),
    path("grants/groups/<int:organisation_id>/members/", views.members, name="members"),
    path("grants/groups/<int:organisation_id>/leave/", views.leave_group, name="leave_group"),
    path("grants/apply/", views.apply, name="apply"),
    path("grants/applications/<int:application_id>/", views.application, name="application"),
    path("grants/applications/<int:application_id>/write/documents/", views.documents, name="documents"),
    path("grants/applications/<int:application_id>/write/<slug:page>/", views.write, name="write"),
    path(
        "grants/applications/<int:application_id>/documents/<int:document_id>/",
        views.document,
        name="document",
    ),
    path("grants/applications/<int:application_id>/answer/", views.answer, name="answer"),
    path("grants/applications/<int:application_id>/withdraw/", views.withdraw, name="withdraw"),
    path("grants/mine/", views.my_asks, name="my_asks"),
    path("grants/asks/<int:ask_id>/", views.ask, name="ask"),
    path("grants/asks/<int:ask_id>/support/", views.support, name="support"),
    path("grants/asks/<int:ask_id>/decline/", views.decline, name="decline"),
    path("grants/asks/<int:ask_id>/decide/", views.decision, name="decide"),
    path("grants/asks/<int:ask_id>/interest/", views.interest, name="interest"),
    path("grants/applications/<int:application_id>/agreement/", views.agreement, name="agreement"),
    path("grants/applications/<int:application_id>/report/", views.report, name="report"),
    path(
        "grants/applications/<int:application_id>/report/photos/<int:photo_id>/",
        views.report_photo,
        name="report_photo",
    ),
]
