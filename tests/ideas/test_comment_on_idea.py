"""Commenting, and answering for the council."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from engage.kit.decisions import Refused
from ideas.actions import comment_on_idea, withdraw_idea
from ideas.models import Comment, Idea
from tests.factories import IdeaFactory, ResidentFactory


@pytest.mark.django_db
def test_a_comment_is_kept_as_it_was_typed_and_counted(resident, now) -> None:
    idea = IdeaFactory()
    comment = comment_on_idea(idea=idea, author=resident, text=" Yes!\r\n<b>Please</b> ", at=now)
    assert comment.text == "Yes!\n<b>Please</b>"
    assert (comment.official, comment.written_at) == (False, now)
    assert idea.comments_count == Idea.objects.get().comments_count == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "sentence"), [("  ", "Write your comment"), ("x" * 2001, "2001 characters long")]
)
def test_an_empty_or_overlong_comment_is_refused(resident, now, text, sentence) -> None:
    idea = IdeaFactory()
    with pytest.raises(Refused, match=sentence) as refused:
        comment_on_idea(idea=idea, author=resident, text=text, at=now)
    assert (refused.value.denied.status, refused.value.denied.field) == (422, "text")
    assert Idea.objects.get().comments_count == 0


@pytest.mark.django_db
def test_only_those_with_the_role_answer_for_the_council(account_with, now) -> None:
    idea = IdeaFactory()
    with pytest.raises(Refused, match="Leave a comment instead"):
        comment_on_idea(idea=idea, author=account_with().resident, text="We will.", at=now, official=True)
    with pytest.raises(Refused):
        comment_on_idea(
            idea=idea, author=ResidentFactory(account=None), text="We will.", at=now, official=True
        )
    officer = account_with("answer_officially").resident
    assert comment_on_idea(idea=idea, author=officer, text="We will.", at=now, official=True).official


@pytest.mark.django_db
def test_a_withdrawn_idea_takes_no_comments(resident, now) -> None:
    idea = IdeaFactory()
    withdraw_idea(idea=idea, by=idea.author.account, at=now)
    with pytest.raises(Refused, match="withdrawn by its author"):
        comment_on_idea(idea=idea, author=resident, text="Pity", at=now)
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_the_same_words_sent_twice_in_a_row_are_one_comment(resident, now) -> None:
    idea = IdeaFactory()
    first = comment_on_idea(idea=idea, author=resident, text="Yes!", at=now)
    assert comment_on_idea(idea=idea, author=resident, text="Yes! ", at=now) == first
    comment_on_idea(idea=idea, author=ResidentFactory(), text="Yes!", at=now)
    comment_on_idea(idea=idea, author=resident, text="Yes!", at=now + timedelta(hours=1))
    assert Idea.objects.get().comments_count == Comment.objects.count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_count_is_right_when_many_write_at_once(now) -> None:
    idea, people = IdeaFactory(), [ResidentFactory() for _ in range(10)]

    def write(person) -> None:
        try:
            for number in range(3):
                comment_on_idea(idea=Idea.objects.get(), author=person, text=f"{number}", at=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(write, people))
    assert Idea.objects.get(pk=idea.pk).comments_count == Comment.objects.count() == 30
