"""Who hears of a joining, an assignment and an answer."""

import pytest

from engage.notifications.actions import follow
from engage.notifications.models import Following, News
from ideas.actions import (
    Findings,
    answer_idea,
    appeal_answer,
    assign_ideas,
    merge_ideas,
    save_team,
    undo_merge,
)
from ideas.notices import topic
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ANSWER = {"findings": Findings(1_00, 2_00, "yes", "fits"), "answer": "Yes.", "reason": "It fits."}


@pytest.fixture
def officer(account_with):
    return account_with("merge_ideas", "assess_idea", "assign_assessment")


def told() -> list[tuple[str, set[int]]]:
    """Each kind of news by name, with whom it goes to by number."""
    return [(news.kind, set(news.also)) for news in News.objects.order_by("pk")]


def test_a_joining_is_told_to_both_authors_and_followers_move_once(
    officer, now, django_capture_on_commit_callbacks
) -> None:
    kept, merged = IdeaFactory(), IdeaFactory()
    both, one = ResidentFactory(), ResidentFactory()
    for resident, idea in ((both, kept), (both, merged), (one, merged)):
        follow(resident=resident, topic=topic(idea.pk), at=now)
    with django_capture_on_commit_callbacks(execute=True):
        merge = merge_ideas(kept=kept, merged=merged, reason="The same.", by=officer, at=now)
    assert ("idea_joined", {kept.author_id}) in told()
    assert ("idea_joined", {merged.author_id}) in told()
    following = Following.objects.filter(topic_kind="idea", topic_id=kept.pk)
    assert {both.pk, one.pk} <= set(following.values_list("resident", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        undo_merge(merge=merge, reason="Not the same.", by=officer, at=now)
    assert both.pk in following.values_list("resident", flat=True)
    assert one.pk not in following.values_list("resident", flat=True)


def test_whoever_is_asked_hears_of_it(officer, account_with, now, django_capture_on_commit_callbacks) -> None:
    asked, member = account_with("assess_idea"), account_with("assess_idea")
    team = save_team(name="Parks", members=[member, officer], by=officer, at=now)
    with django_capture_on_commit_callbacks(execute=True):
        assign_ideas(ideas=[IdeaFactory()], officer=asked, team=team, by=officer, at=now)
        assign_ideas(ideas=[IdeaFactory()], team=team, by=officer, at=now)
    people = [also for kind, also in told() if kind == "idea_assigned"]
    assert people == [{asked.resident.pk}, {member.resident.pk}]


def test_an_answer_is_news_once_and_the_author_hears_of_the_second_look(
    officer, account_with, now, django_capture_on_commit_callbacks
) -> None:
    idea, other = IdeaFactory(), account_with("assess_idea")
    with django_capture_on_commit_callbacks(execute=True):
        answer_idea(idea=idea, verdict="decline", by=officer, at=now, **ANSWER)
    assert [kind for kind, _also in told()] == ["idea_answered"]
    with django_capture_on_commit_callbacks(execute=True):
        appeal_answer(idea=idea, words="Look again.", by=idea.author.account, at=now)
        answer_idea(idea=idea, verdict="go_ahead", by=other, at=now.replace(day=2), **ANSWER)
    assert told()[1:] == [("idea_answered", set()), ("idea_looked_again", {idea.author_id})]
