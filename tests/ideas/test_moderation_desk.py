"""The back office of moderators: the queue, bulk acts, appeals, what was removed, reasons and the log."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.audit.models import Record
from engage.residents.actions import block_resident
from ideas.actions import (
    appeal_removal,
    comment_on_idea,
    hold,
    keep,
    raise_flag,
    remove_comment,
    remove_idea,
)
from ideas.models import Appeal, Comment, Flag, Idea, ReasonTemplate, Removal
from tests.factories import IdeaFactory, PlaceFactory, ResidentFactory

pytestmark = pytest.mark.django_db
QUEUE, SETTLE = "/admin/moderation/", "/admin/moderation/settle/"
ALL = [
    "moderate",
    "view_flag",
    "view_reasontemplate",
    "add_reasontemplate",
    "change_reasontemplate",
    "delete_reasontemplate",
]


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def moderator(client, account_with):
    account = account_with(*ALL)
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(account)
    return account


@pytest.fixture
def flagged(now):
    """A comment by somebody with an account that a neighbour told us about."""

    def make(text: str = "Rubbish!", **idea) -> Comment:
        place = idea.pop("place", None) or PlaceFactory()
        about = IdeaFactory(author=ResidentFactory(account=None), place=place, **idea)
        comment = comment_on_idea(idea=about, author=ResidentFactory(name="Robin"), text=text, at=now)
        raise_flag(
            idea=about,
            comment=comment,
            source="abuse",
            words="It is rude.",
            by=ResidentFactory(name="Kim"),
            at=now,
        )
        return comment

    return make


def test_one_row_says_what_who_and_why(client, moderator, flagged, now) -> None:
    comment = flagged("Utter <b>rubbish</b>!")
    other = comment_on_idea(idea=comment.idea, author=comment.author, text="And this.", at=now)
    remove_comment(comment=other, reason="Rude", by=moderator, at=now)
    page = words(client.get(QUEUE))
    for said in (
        "1 waits",
        "Utter &lt;b&gt;rubbish&lt;/b&gt;!",
        "By Robin",
        "2 posts so far. 1 was removed.",
        "Rude or hateful",
        "“It is rude.”",
        "told by Kim",
        "First thing this person posted",
        f"#comment-{comment.pk}",
        f"?resident={comment.author_id}",
    ):
        assert said in page


def test_the_oldest_comes_first_and_a_blocked_author_is_marked(client, moderator, flagged, now) -> None:
    newer, older = flagged("Newer"), flagged("Older")
    Flag.objects.filter(comment=older).update(raised_at=now - timedelta(days=1))
    moderator.user_permissions.add(Permission.objects.get(codename="block_resident"))
    boss = type(moderator).objects.get(pk=moderator.pk)
    ends_at = now.replace(year=2027, month=5)
    block_resident(resident=newer.author, reason="Spam", ends_at=ends_at, by=boss, at=now.replace(year=2026))
    page = words(client.get(QUEUE))
    assert page.index("Older") < page.index("Newer")
    assert f"?resident={older.author_id}" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("source=spam", 0), ("source=abuse", 2), ("held=yes", 1), ("held=no", 1), ("source=nonsense", 2)],
)
def test_the_queue_is_narrowed(client, moderator, flagged, now, query, count) -> None:
    flagged()
    held = flagged()
    hold(idea=held.idea, comment=held, by=moderator, at=now)
    page = client.get(f"{QUEUE}?{query}")
    assert page.context["queue"].count == count


def test_a_place_takes_in_what_lies_within_it(client, moderator, flagged) -> None:
    county = PlaceFactory()
    flagged(place=PlaceFactory(parent=county))
    flagged()
    assert client.get(f"{QUEUE}?place={county.pk}").context["queue"].count == 1


@pytest.mark.slow
def test_the_same_number_of_queries_at_one_thing_and_at_thirty(client, moderator, flagged) -> None:
    flagged()
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    for _ in range(29):
        flagged()
    with CaptureQueriesContext(connection) as thirty:
        assert client.get(QUEUE).context["queue"].count == 30
    assert len(thirty) == len(one)


def test_many_are_kept_at_once_and_the_report_is_exact(client, moderator, account_with, flagged, now) -> None:
    things = [flagged() for _ in range(3)]
    keep(idea=things[0].idea, comment=things[0], by=account_with("moderate"), at=now)
    sent = {"act": "keep", "thing": [f"comment-{each.pk}" for each in things], "back": "source=abuse"}
    answer = client.post(SETTLE, sent, follow=True)
    assert answer.redirect_chain[0][0] == f"{QUEUE}?source=abuse"
    page = words(answer)
    assert "2 were kept." in page
    assert "1 was left as it is. Somebody has settled this already." in page
    assert not Flag.objects.waiting().exists()
    assert Record.objects.filter(event="IDEA_FLAGS_SETTLED", actor=moderator).count() == 2


def test_ideas_and_comments_are_held_and_let_through_together(client, moderator, flagged, now) -> None:
    comment, idea = flagged(), IdeaFactory()
    things = [f"comment-{comment.pk}", f"idea-{idea.pk}"]
    assert "2 are held back now" in words(client.post(SETTLE, {"act": "hold", "thing": things}, follow=True))
    assert not Idea.objects.public().filter(pk=idea.pk).exists()
    assert "2 are public now" in words(client.post(SETTLE, {"act": "release", "thing": things}, follow=True))
    assert Comment.objects.get().is_counted


def test_removing_asks_for_the_reason_and_a_chosen_one_gives_its_words(client, moderator, flagged) -> None:
    comment = flagged()
    reason = ReasonTemplate.objects.create(title="Insults", text="It attacks a person.")
    sent = {"act": "remove", "thing": [f"comment-{comment.pk}"]}
    assert "Which rule does it break?" in words(client.post(SETTLE, sent))
    wrong = client.post(SETTLE, sent | {"why": "abuse", "template": "", "reason": " "})
    assert wrong.status_code == 422
    assert "Give the reason, or choose one" in words(wrong)
    assert Comment.objects.get().removed_at is None
    filled = client.post(SETTLE, sent | {"why": "abuse", "template": reason.pk, "reason": "", "fill": "yes"})
    assert "It attacks a person.</textarea>" in words(filled)
    assert Comment.objects.get().removed_at is None
    done = client.post(SETTLE, sent | {"why": "abuse", "template": reason.pk, "reason": ""}, follow=True)
    assert "1 was removed." in words(done)
    assert Comment.objects.get().removed_reason == "It attacks a person."
    assert Removal.objects.get().why == "abuse"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"act": "keep"}, "tick the rows"),
        ({"act": "keep", "thing": ["comment-x", "nothing", "idea-999999"]}, "tick the rows"),
        ({"act": "explode", "thing": ["idea"]}, "choose what to do"),
    ],
)
def test_what_makes_no_sense_does_nothing_and_says_so(client, moderator, sent, sentence) -> None:
    idea = IdeaFactory()
    sent = {key: [f"idea-{idea.pk}"] if value == ["idea"] else value for key, value in sent.items()}
    assert sentence in words(client.post(SETTLE, sent, follow=True))
    assert Flag.objects.waiting().exists()


def test_who_has_not_the_role_is_told_so(client, account_with, flagged) -> None:
    comment = flagged()
    officer = account_with("view_idea")
    officer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(officer)
    for answer in (client.get(QUEUE), client.post(SETTLE, {"act": "keep", "thing": f"comment-{comment.pk}"})):
        assert answer.status_code == 403
        assert "moderator role" in words(answer)
    assert "To moderate" not in words(client.get("/admin/"))
    assert Flag.objects.waiting().exists()


def test_the_menu_and_the_first_screen_say_how_much_waits(client, moderator, flagged) -> None:
    flagged()
    page = words(client.get("/admin/"))
    assert "To moderate (1)" in page
    assert "1 idea or comment to look at" in page


def test_an_appeal_is_decided_from_the_list_by_somebody_else(client, moderator, account_with, flagged, now):
    comment = flagged()
    remove_comment(comment=comment, reason="Rude", by=account_with("moderate"), at=now)
    appeal = appeal_removal(
        removal=Removal.objects.get(), words="It was a joke.", by=comment.author.account, at=now
    )
    assert "Rubbish!" in words(client.get("/admin/appeals/"))
    address = f"/admin/appeals/edit/{appeal.pk}/"
    page = words(client.get(address))
    for said in ("It was a joke.", "Reason: Rude", "Rubbish!"):
        assert said in page
    assert client.post(address, {"decision": "upheld", "answer": "So it was."}).status_code == 302
    assert Appeal.objects.get().upheld is True
    assert Comment.objects.get().is_counted


def test_who_removed_it_is_refused_with_a_sentence(client, moderator, flagged, now) -> None:
    comment = flagged()
    remove_comment(comment=comment, reason="Rude", by=moderator, at=now)
    appeal = appeal_removal(removal=Removal.objects.get(), words="No.", by=comment.author.account, at=now)
    answer = client.post(f"/admin/appeals/edit/{appeal.pk}/", {"decision": "stays", "answer": "Yes."})
    assert answer.status_code == 403
    assert "somebody else must decide" in words(answer)


def test_what_was_removed_is_listed_and_put_back(client, moderator, now) -> None:
    idea = IdeaFactory(title="Lights at the skate park")
    remove_idea(idea=idea, reason="A mistake.", by=moderator, at=now)
    assert "Lights at the skate park" in words(client.get("/admin/removals/"))
    address = f"/admin/removals/edit/{Removal.objects.get().pk}/"
    assert "Removed on" in words(client.get(address))
    assert client.post(address, {"sure": "on"}).status_code == 302
    assert Idea.objects.get().status == "open"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/admin/appeals/", "/admin/removals/"])
def test_lists_take_the_same_queries_at_one_row_and_at_thirty(client, moderator, flagged, now, path) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            comment = flagged()
            remove_comment(comment=comment, reason="Rude", by=moderator, at=now)
            removal = Removal.objects.get(comment=comment)
            appeal_removal(removal=removal, words="No.", by=comment.author.account, at=now)

    more(1)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    more(29)
    with CaptureQueriesContext(connection) as thirty:
        assert len(client.get(path).context["object_list"]) == 30
    assert len(one) == len(thirty)


def test_the_slower_of_two_who_change_a_reason_loses_nothing(client, moderator) -> None:
    reason = ReasonTemplate.objects.create(title="Insults", text="It attacks a person.")
    address = f"/admin/reasons/edit/{reason.pk}/"
    seen = {"title": "Insults", "version": str(client.get(address).context["form"]["version"].value())}
    assert client.post(address, seen | {"text": "It insults somebody."}).status_code == 302
    mine = seen | {"text": "It is unkind."}
    refused = client.post(address, mine)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Somebody else saved this reason while you were writing." in page
    form = refused.context["form"]
    assert form.errors["text"] == ["It now says: “It insults somebody.”."]
    assert "title" not in form.errors
    assert "It is unkind." in page
    reason.refresh_from_db()
    assert reason.text == "It insults somebody."
    assert client.post(address, mine | {"version": str(form["version"].value())}).status_code == 302
    reason.refresh_from_db()
    assert reason.text == "It is unkind."


def test_reasons_are_kept_by_verbs(client, moderator) -> None:
    sent = {"title": "Insults", "text": "It attacks a person."}
    assert client.post("/admin/reasons/new/", sent).status_code == 302
    reason = ReasonTemplate.objects.get()
    edited = sent | {"text": "Be kind.", "version": "1"}
    assert client.post(f"/admin/reasons/edit/{reason.pk}/", edited).status_code == 302
    assert client.post(f"/admin/reasons/delete/{reason.pk}/").status_code == 302
    assert not ReasonTemplate.objects.exists()
    assert list(Record.objects.filter(event__startswith="REASON").values_list("event", flat=True)) == [
        "REASON_REMOVED",
        "REASON_SAVED",
        "REASON_SAVED",
    ]


def test_the_log_shows_acts_of_moderation_and_nothing_else(client, moderator, flagged, now) -> None:
    comment = flagged()
    keep(idea=comment.idea, comment=comment, by=moderator, at=now)
    remove_idea(idea=comment.idea, reason="Spam", by=moderator, at=now)
    page = words(client.get("/admin/reports/moderation/"))
    for said in ("Idea flagged", "Idea flags settled", "Idea status changed"):
        assert said in page
    assert "Idea commented" not in page
    assert "Idea flags settled" not in words(client.get("/admin/reports/moderation/?event=IDEA_FLAGGED"))


def test_an_auditor_reads_the_log_and_what_was_removed_and_cannot_moderate(client, account_with) -> None:
    auditor = account_with("view_flag")
    auditor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(auditor)
    assert client.get("/admin/reports/moderation/").status_code == 200
    assert client.get("/admin/removals/").status_code == 200
    assert client.get(QUEUE).status_code == 403
