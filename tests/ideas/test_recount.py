"""The command that mends counters after rows were loaded past the verbs."""

import pytest
from django.core.management import call_command

from ideas.models import Comment, Idea, Support
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db


def test_recount_mends_what_is_wrong_and_says_how_much(now, capsys) -> None:
    right, wrong, high = IdeaFactory(), IdeaFactory(), IdeaFactory()
    people = [ResidentFactory() for _ in range(3)]
    Support.objects.bulk_create([Support(idea=wrong, resident=each, given_at=now) for each in people])
    Comment.objects.create(idea=wrong, author=people[0], text="Yes", written_at=now)
    Idea.objects.filter(pk=high.pk).update(supports_count=9)
    call_command("recount")
    assert "2 ideas or comments had a wrong count" in capsys.readouterr().out
    assert dict(Idea.objects.values_list("pk", "supports_count")) == {right.pk: 0, wrong.pk: 3, high.pk: 0}
    assert Idea.objects.get(pk=wrong.pk).comments_count == 1
    call_command("recount")
    assert "All counts are right" in capsys.readouterr().out


def test_stances_and_replies_are_counted_afresh_too(now, capsys) -> None:
    idea, author = IdeaFactory(), ResidentFactory()
    said = Comment.objects.create(idea=idea, author=author, text="Yes", stance="for", written_at=now)
    Comment.objects.create(
        idea=idea, author=author, text="No", stance="against", written_at=now, removed_at=now
    )
    for held_at in (None, None, now):
        Comment.objects.create(
            idea=idea,
            author=author,
            parent=said,
            text="Why?",
            stance="against",
            written_at=now,
            held_at=held_at,
        )
    call_command("recount")
    assert "2 ideas or comments had a wrong count" in capsys.readouterr().out
    idea.refresh_from_db()
    said.refresh_from_db()
    assert (idea.comments_count, said.replies_count) == (3, 2)
    assert (idea.for_count, idea.neutral_count, idea.against_count) == (1, 0, 0)
    call_command("recount")
    assert "All counts are right" in capsys.readouterr().out
