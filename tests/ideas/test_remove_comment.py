"""A moderator removes a comment."""

import pytest

from engage.kit.decisions import Refused
from ideas.actions import comment_on_idea, recount, remove_comment
from ideas.models import Comment, Idea
from tests.factories import IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(resident, now):
    return comment_on_idea(idea=IdeaFactory(), author=resident, text="Rude", at=now)


def test_the_words_go_the_place_and_the_reason_stay(comment, account_with, now) -> None:
    moderator = account_with("remove_comment")
    remove_comment(comment=comment, reason="It attacks a person.", by=moderator, at=now)
    kept = Comment.objects.get()
    assert (kept.removed_at, kept.removed_reason) == (now, "It attacks a person.")
    assert Idea.objects.get().comments_count == 0
    assert recount() == 0
    with pytest.raises(Refused, match="removed already"):
        remove_comment(comment=comment, reason="Again", by=moderator, at=now)


def test_it_needs_the_role_and_a_reason(comment, account_with, now) -> None:
    with pytest.raises(Refused, match="moderator role"):
        remove_comment(comment=comment, reason="Mine", by=account_with("answer_officially"), at=now)
    with pytest.raises(Refused, match="Give the reason"):
        remove_comment(comment=comment, reason=" ", by=account_with("remove_comment"), at=now)
    assert Comment.objects.counted().exists()
