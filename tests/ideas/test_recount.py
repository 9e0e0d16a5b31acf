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
    assert "2 ideas had a wrong count" in capsys.readouterr().out
    assert dict(Idea.objects.values_list("pk", "supports_count")) == {right.pk: 0, wrong.pk: 3, high.pk: 0}
    assert Idea.objects.get(pk=wrong.pk).comments_count == 1
    call_command("recount")
    assert "All counts are right" in capsys.readouterr().out
