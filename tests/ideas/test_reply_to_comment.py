"""One level of replies, and which side comments take."""

import pytest
from django.db import IntegrityError, transaction

from engage.kit.decisions import Refused
from ideas.actions import comment_on_idea, recount, remove_comment, take_back_comment
from ideas.models import Comment, Idea
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def said(resident, now) -> Comment:
    return comment_on_idea(idea=IdeaFactory(), author=resident, text="Yes!", stance="for", at=now)


def test_a_reply_stands_below_its_comment_and_is_counted_with_it(said, now) -> None:
    reply = comment_on_idea(idea=said.idea, author=ResidentFactory(), text="Why?", parent=said, at=now)
    said.refresh_from_db()
    assert (reply.parent, said.replies_count) == (said, 1)
    assert Idea.objects.get().comments_count == 2
    assert recount() == 0


def test_a_reply_to_a_reply_is_refused_by_the_verb_and_by_the_database(said, now) -> None:
    reply = comment_on_idea(idea=said.idea, author=ResidentFactory(), text="Why?", parent=said, at=now)
    with pytest.raises(Refused, match="below the comment that began the talk"):
        comment_on_idea(idea=said.idea, author=ResidentFactory(), text="So", parent=reply, at=now)
    with pytest.raises(IntegrityError, match="not to a reply"), transaction.atomic():
        Comment.objects.create(idea=said.idea, parent=reply, text="So", written_at=now)


def test_what_is_no_longer_shown_takes_no_reply(said, account_with, now) -> None:
    remove_comment(comment=said, reason="Rude.", by=account_with("remove_comment"), at=now)
    with pytest.raises(Refused, match="no longer shown") as refused:
        comment_on_idea(idea=said.idea, author=ResidentFactory(), text="Why?", parent=said, at=now)
    assert refused.value.denied.status == 409


def test_a_reply_belongs_to_the_same_idea(said, now) -> None:
    with pytest.raises(Comment.DoesNotExist):
        comment_on_idea(idea=IdeaFactory(), author=ResidentFactory(), text="Why?", parent=said, at=now)


def test_sides_are_counted_once_per_comment_and_not_for_replies_and_answers(said, account_with, now) -> None:
    idea, officer = said.idea, account_with("answer_officially").resident
    comment_on_idea(idea=idea, author=ResidentFactory(), text="No.", stance="against", at=now)
    comment_on_idea(idea=idea, author=ResidentFactory(), text="Hm.", at=now)
    comment_on_idea(idea=idea, author=ResidentFactory(), text="Me too", stance="for", parent=said, at=now)
    comment_on_idea(idea=idea, author=officer, text="We will", stance="for", official=True, at=now)
    idea = Idea.objects.get()
    assert (idea.for_count, idea.neutral_count, idea.against_count) == (1, 1, 1)
    assert set(Comment.objects.filter(stance="for")) == {said}
    assert recount() == 0


def test_a_side_that_is_none_is_refused(said, now) -> None:
    with pytest.raises(Refused, match="for the idea, against it or neither"):
        comment_on_idea(idea=said.idea, author=ResidentFactory(), text="No.", stance="both", at=now)


def test_counters_follow_when_a_moderator_removes_and_when_an_author_takes_back(
    said, account_with, now
) -> None:
    reply = comment_on_idea(idea=said.idea, author=ResidentFactory(), text="Why?", parent=said, at=now)
    remove_comment(comment=reply, reason="Rude.", by=account_with("remove_comment"), at=now)
    said.refresh_from_db()
    assert said.replies_count == 0
    take_back_comment(comment=said, by=said.author, at=now)
    idea = Idea.objects.get()
    assert (idea.comments_count, idea.for_count) == (0, 0)
    assert recount() == 0
