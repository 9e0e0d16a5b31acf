"""The desk of an idea in the back office, and the list of what waits for an answer."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.actions import (
    Findings,
    appeal_answer,
    assign_ideas,
    save_assessment,
    save_team,
    support_idea,
)
from ideas.models import Assessment, Idea, Merge, Note, Team
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db

STAFF = ["view_idea", "change_idea_status", "assess_idea", "assign_assessment", "merge_ideas"]
SENT = {
    "version": "0",
    "cost_low": "4,000",
    "cost_high": "6,500",
    "feasibility": "yes",
    "policy_fit": "fits",
    "verdict": "go_ahead",
    "answer": "Two solar lamps, before the clocks change.",
    "reason": "It is cheap to run.",
}


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def sign_in(client, account_with):
    def as_one_who_may(*codenames: str):
        account = account_with(*codenames)
        account.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(account)
        return account

    return as_one_who_may


def test_a_draft_is_kept_and_then_published(client, sign_in) -> None:
    sign_in(*STAFF)
    idea = IdeaFactory()
    path = f"/admin/ideas/{idea.pk}/assess/"
    assert client.get(path).status_code == 200
    assert client.post(path, SENT).status_code == 302
    kept = Assessment.objects.get()
    assert (kept.cost_low_pence, kept.answered_at, kept.version) == (4_000_00, None, 1)
    assert "Two solar lamps" in words(client.get(path))
    assert client.post(path, SENT | {"version": "1", "publish": "yes"}).status_code == 302
    assert Idea.objects.get().status == "accepted"
    page = words(client.get(path))
    assert "This idea has been answered." in page
    assert "£4,000 to £6,500" in page
    assert "<textarea" not in page


def test_of_two_officers_the_second_loses_nothing(client, sign_in, account_with, now) -> None:
    sign_in(*STAFF)
    first, idea = account_with("assess_idea"), IdeaFactory()
    theirs = {"verdict": "decline", "answer": "Too dark to say.", "reason": "No light."}
    save_assessment(idea=idea, findings=Findings(), by=first, at=now, **theirs)
    path = f"/admin/ideas/{idea.pk}/assess/"
    late = client.post(path, SENT | {"publish": "yes"})
    page = words(late)
    assert late.status_code == 409
    assert "Nothing you typed is lost" in page
    assert "Two solar lamps, before the clocks change." in page
    assert "Too dark to say." in page
    assert 'name="version" value="1"' in page
    assert Assessment.objects.get().answered_at is None
    assert client.post(path, SENT | {"version": "1", "publish": "yes"}).status_code == 302
    assert Assessment.objects.get().answer == SENT["answer"]


def test_what_does_not_fit_is_marked_and_stays(client, sign_in) -> None:
    sign_in(*STAFF)
    idea = IdeaFactory()
    path = f"/admin/ideas/{idea.pk}/assess/"
    answer = client.post(path, SENT | {"cost_high": "", "publish": "yes"})
    assert answer.status_code == 422
    assert "Give both amounts" in words(answer)
    assert "Two solar lamps" in words(answer)
    answer = client.post(path, SENT | {"verdict": "", "publish": "yes"})
    assert "Choose what the council answers" in words(answer)
    assert not Assessment.objects.exists()


def test_whoever_looks_again_reads_the_objection_and_the_first_answer(client, sign_in, account_with) -> None:
    me = sign_in(*STAFF)
    idea = IdeaFactory()
    path = f"/admin/ideas/{idea.pk}/assess/"
    client.post(path, SENT | {"publish": "yes", "verdict": "decline"})
    answered_at = Assessment.objects.get().answered_at
    appeal_answer(idea=idea, words="Solar lamps need no cable.", by=idea.author.account, at=answered_at)
    assert "You gave the first answer" in words(client.get(path))
    refused = client.post(path, SENT | {"version": "1", "publish": "yes"})
    assert refused.status_code == 409
    sign_in(*STAFF)
    page = words(client.get(path))
    assert "Solar lamps need no cable." in page
    assert "Two solar lamps, before the clocks change." in page
    version = Assessment.objects.latest("pk").version
    assert client.post(path, SENT | {"version": str(version), "publish": "yes"}).status_code == 302
    assert Assessment.objects.latest("pk").answered_by != me


def test_notes_are_written_and_read_by_those_who_assess(client, sign_in) -> None:
    sign_in(*STAFF)
    idea = IdeaFactory()
    path = f"/admin/ideas/{idea.pk}/notes/"
    assert client.post(path, {"text": "Ask the school first."}).status_code == 302
    assert "Ask the school first." in words(client.get(path))
    assert Note.objects.count() == 1
    sign_in("view_idea", "change_idea_status", "merge_ideas")
    assert client.get(path).status_code == 403
    page = words(client.get(f"/admin/ideas/{idea.pk}/trail/"))
    assert "Internal note written" in page
    assert "Ask the school" not in page


def test_the_list_says_whose_each_is_and_many_are_assigned_at_once(
    client, sign_in, account_with, now
) -> None:
    me, other = sign_in(*STAFF), account_with("assess_idea")
    team = save_team(name="Parks", members=[me], by=me, at=now)
    mine, ours, theirs, nobodys = (
        IdeaFactory(title=title) for title in ("Mine", "Ours", "Theirs", "Nobody asked")
    )
    assign_ideas(ideas=[mine], officer=me, by=me, at=now)
    assign_ideas(ideas=[ours], team=team, by=me, at=now)
    assign_ideas(ideas=[theirs], officer=other, by=me, at=now)
    path = "/admin/ideas-to-assess/"
    for whose, title in (("me", "Mine"), ("teams", "Ours"), ("nobody", "Nobody asked")):
        page = words(client.get(f"{path}?whose={whose}"))
        assert [each for each in ("Mine", "Ours", "Theirs", "Nobody asked") if f"“{each}”" in page] == [title]
    assert "Choose at least one idea." in words(client.post(path, {"officer": other.pk}))
    refused = words(client.post(path, {"ideas": [nobodys.pk]}))
    assert "Choose a person, a team, or both." in refused
    assert f'value="{nobodys.pk}" form="assign" checked' in refused
    assert f'value="{mine.pk}" form="assign" aria-label' in refused
    sent = {"ideas": [nobodys.pk, mine.pk], "officer": other.pk, "due_on": "2026-07-01"}
    assert client.post(path, sent).status_code == 302
    assert Assessment.objects.filter(officer=other).count() == 3


def test_the_first_screen_says_what_this_officer_should_answer_and_what_is_late(
    client, sign_in, account_with, now
) -> None:
    me, other = sign_in(*STAFF), account_with("assess_idea")
    assert "Nothing is assigned to you or your teams." in words(client.get("/admin/"))
    team = save_team(name="Parks", members=[me], by=me, at=now)
    late, soon, theirs = (IdeaFactory(title=title) for title in ("A late one", "A soon one", "Not mine"))
    today = timezone.localdate()
    assign_ideas(ideas=[late], officer=me, due_on=today + timedelta(days=1), by=me, at=now)
    Assessment.objects.filter(idea=late).update(due_on=today - timedelta(days=1))
    assign_ideas(ideas=[soon], team=team, due_on=today + timedelta(days=9), by=me, at=now)
    assign_ideas(ideas=[theirs], officer=other, by=me, at=now)
    page = words(client.get("/admin/"))
    assert "2 ideas wait for your answer or your team’s. <b> 1 is late. </b>" in page
    assert page.index("A late one") < page.index("A soon one")
    assert "Not mine" not in page
    reader = account_with("view_idea")
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(reader)
    assert "Ideas to assess" not in words(client.get("/admin/"))


def test_the_list_says_the_day_to_answer_by_whether_it_is_past_or_to_come(client, sign_in, now) -> None:
    me, idea = sign_in(*STAFF), IdeaFactory()
    assign_ideas(ideas=[idea], officer=me, due_on=date(2099, 3, 9), by=me, at=now)
    assert "9 March 2099" in words(client.get("/admin/ideas-to-assess/"))


@pytest.mark.slow
def test_the_list_asks_the_same_of_the_database_for_one_and_for_thirty(client, sign_in, now) -> None:
    me = sign_in(*STAFF)
    counts = []
    for more in (1, 29):
        ideas = [IdeaFactory() for _ in range(more)]
        assign_ideas(ideas=ideas[: more // 2 + 1], officer=me, by=me, at=now)
        client.get("/admin/ideas-to-assess/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/admin/ideas-to-assess/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_two_ideas_are_joined_and_taken_apart(client, sign_in, now) -> None:
    sign_in(*STAFF)
    merged, kept = (
        IdeaFactory(title="A lamp by the ramps"),
        IdeaFactory(title="Lights at the ramps of the park"),
    )
    both = ResidentFactory()
    for idea in (merged, kept):
        support_idea(idea=idea, resident=both, at=now)
    support_idea(idea=merged, resident=ResidentFactory(), at=now)
    choose = f"/admin/ideas/{merged.pk}/join/"
    assert f"{choose}{kept.pk}/" in words(client.get(f"{choose}?words=lights+at+the+ramps"))
    page = words(client.get(f"{choose}{kept.pk}/"))
    assert "2 supporters together, 1 of them supported both." in page
    assert client.post(f"{choose}{kept.pk}/", {"reason": ""}).status_code == 422
    assert client.post(f"{choose}{kept.pk}/", {"reason": "Both ask for light."}).status_code == 302
    merge = Merge.objects.get()
    assert "is joined with “" in words(client.get(choose))
    again = client.get(f"{choose}{IdeaFactory().pk}/")
    assert "is joined with another idea already" in words(again)
    apart = f"/admin/ideas/{kept.pk}/apart/{merge.pk}/"
    assert apart in words(client.get(f"/admin/ideas/{kept.pk}/join/"))
    assert client.post(apart, {"reason": "Two villages."}).status_code == 302
    assert Idea.objects.get(pk=merged.pk).status == "open"
    assert client.get(apart).status_code == 404


@pytest.mark.parametrize("page", ["assess", "assign", "notes", "join"])
def test_each_page_asks_for_its_own_permission(client, sign_in, page) -> None:
    sign_in("view_idea", "change_idea_status")
    path = f"/admin/ideas/{IdeaFactory().pk}/{page}/"
    for method in (client.get, client.post):
        answer = method(path)
        assert answer.status_code == 403
        assert "Ask an administrator" in words(answer)
    assert client.get("/admin/ideas-to-assess/").status_code == 403


def test_a_team_is_made_and_changed(client, sign_in, account_with) -> None:
    sign_in(*STAFF)
    one = account_with("assess_idea")
    assert client.post("/admin/teams/new/", {"name": "Parks", "members": [one.pk]}).status_code == 302
    team = Team.objects.get()
    assert list(team.members.all()) == [one]
    outsider = account_with()
    wrong = client.post(f"/admin/teams/edit/{team.pk}/", {"name": "Parks", "members": [outsider.pk]})
    assert wrong.status_code == 200
    assert client.post(f"/admin/teams/edit/{team.pk}/", {"name": "Green", "members": []}).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.members.count()) == ("Green", 0)
