"""One line per journey; each page has its data twin beside it. Included at the root, under /ballots/."""

from django.urls import path, re_path

from budgets.ballots.views import booth, browse, identity, proof, receipt, results

app_name = "ballots"
urlpatterns = [
    path("ballots/", browse.ballots, name="ballots"),
    re_path(r"^ballots\.(?P<twin>json|csv)$", browse.ballots, name="ballots_twin"),
    path("ballots/<int:ballot_id>/", browse.short, name="short"),
    path("ballots/<int:ballot_id>-<slug:slug>/", browse.ballot, name="ballot"),
    re_path(
        r"^ballots/(?P<ballot_id>\d{1,18})-(?P<slug>[-\w]+)\.(?P<twin>json|csv)$",
        browse.ballot,
        name="ballot_twin",
    ),
    path("ballots/identity/<slug:provider_id>/", identity.back, name="identity_back"),
    path("ballots/<int:ballot_id>/results/", results.results, name="results"),
    path("ballots/<int:ballot_id>/results/log.txt", results.log, name="log"),
    path("ballots/<int:ballot_id>/results/frozen.json", results.frozen, name="frozen"),
    re_path(
        r"^ballots/(?P<ballot_id>\d{1,18})/results/(?P<pot>[-\w]+)\.(?P<kind>pb|json)$",
        results.count_file,
        name="count_file",
    ),
    path("ballots/<int:ballot_id>/results/<slug:pot>/", results.results, name="pot_results"),
    path("ballots/<int:ballot_id>/receipt/", receipt.receipt, name="receipt"),
    path("ballots/<int:ballot_id>/vote/", proof.vote, name="vote"),
    path("ballots/<int:ballot_id>/vote/paper/", booth.paper, name="paper"),
    path("ballots/<int:ballot_id>/vote/send/", receipt.send, name="send_receipt"),
    path("ballots/<int:ballot_id>/vote/leave/", booth.leave, name="leave"),
    path("ballots/<int:ballot_id>/vote/openid/go/", identity.go, name="identity_go"),
    path("ballots/<int:ballot_id>/vote/<slug:proof>/sent/", proof.sent, name="sent"),
    path("ballots/<int:ballot_id>/vote/<slug:proof>/", proof.prove, name="prove"),
]
