"""Which screens are told to look again, and that nobody is told of what did not happen."""

import pytest
from django.db import transaction

from engage.live import versions
from ideas import reactions
from ideas.actions import (
    change_status,
    comment_on_idea,
    edit_comment,
    remove_comment,
    support_idea,
    take_back_comment,
    withdraw_support,
)
from ideas.models import Idea
from tests.factories import IdeaFactory


@pytest.fixture
def told(monkeypatch) -> list[str]:
    topics: list[str] = []
    monkeypatch.setattr(reactions, "announce", topics.append)
    return topics


@pytest.mark.django_db
def test_each_change_is_told_to_the_screens_that_show_it(
    told, resident, account_with, now, django_capture_on_commit_callbacks
) -> None:
    idea = IdeaFactory()
    boss = account_with("change_idea_status", "remove_comment")
    support, comments = f"idea.{idea.pk}", f"idea_comments.{idea.pk}"
    standing = f"idea_standing.{idea.pk}"

    def after(verb, **arguments) -> list[str]:
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            result = verb(**arguments, at=now)
        after.result = result
        return list(told)

    assert after(support_idea, idea=idea, resident=resident) == [support]
    assert after(support_idea, idea=idea, resident=resident) == []
    assert after(withdraw_support, idea=idea, resident=resident) == [support]
    # A card shows how many comments there are, so the idea itself is told of as well.
    assert after(comment_on_idea, idea=idea, author=resident, text="Yes") == [support, comments]
    said = after.result
    assert after(edit_comment, comment=said, by=resident, text="Yes!") == [comments]
    assert after(remove_comment, comment=said, reason="Rude", by=boss) == [support, comments]
    own = comment_on_idea(idea=idea, author=resident, text="Oh", at=now)
    assert after(take_back_comment, comment=own, by=resident) == [support, comments]
    assert after(change_status, idea=idea, status="done", reason="Built", by=boss) == [support, standing]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_when_the_transaction_is_undone(told, now) -> None:
    idea = IdeaFactory()
    with transaction.atomic():
        support_idea(idea=idea, resident=idea.author, at=now)
        transaction.set_rollback(True)
    assert told == []


@pytest.mark.django_db(transaction=True)
def test_support_is_kept_when_nobody_can_be_told(monkeypatch, now) -> None:
    def away():
        raise ConnectionError("Redis is away")

    monkeypatch.setattr(versions, "redis", away)
    idea = IdeaFactory()
    support_idea(idea=idea, resident=idea.author, at=now)
    assert Idea.objects.get().supports_count == 1
