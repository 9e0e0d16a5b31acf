"""Who is told when the dates of a call change."""

from datetime import UTC, datetime

import pytest

from engage.notifications.actions import follow, tell_next
from engage.notifications.models import News
from engage.notifications.queries import inbox
from ideas.actions import CallFacts, save_call
from ideas.rules.phases import PhaseDates
from tests.factories import CallFactory, IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db


def test_followers_of_the_call_and_of_its_ideas_hear_once(
    account_with, now, django_capture_on_commit_callbacks
) -> None:
    call = CallFactory(title="Parks", slug="parks")
    watcher, supporter, stranger = ResidentFactory.create_batch(3)
    ideas = [IdeaFactory(call=call, at=now) for _ in range(2)]
    follow(resident=watcher, topic=("call", call.pk), at=now)
    for topic in [("call", call.pk), *(("idea", idea.pk) for idea in ideas)]:
        follow(resident=supporter, topic=topic, at=now)
    follow(resident=stranger, topic=("idea", IdeaFactory().pk), at=now)
    phase = PhaseDates("suggest", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))
    facts = CallFacts(title="Parks", explanation="Say it.", phases=[phase], announced_at=call.announced_at)
    with django_capture_on_commit_callbacks(execute=True):
        save_call(facts=facts, call=call, reason="Snow.", by=account_with("change_call"), at=now)
    for news in News.objects.filter(told_at=None):
        while tell_next(news_id=news.pk, at=now):
            assert news.pk
    for resident, hears in [(watcher, 1), (supporter, 1), (stranger, 0)]:
        told = [item.told for item in inbox(resident, page=None).items]
        assert [each.title for each in told] == [
            "The dates of “Parks” have changed. See the new ones, and why."
        ] * hears
    assert "/ideas/calls/parks/" in str(inbox(watcher, page=None).items[0].told)
