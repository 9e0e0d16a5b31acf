"""Residents tell moderators; enough of them hide something until one has looked."""

from datetime import timedelta

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.residents.actions import block_resident
from ideas.actions import (
    comment_on_idea,
    keep,
    raise_flag,
    recount,
    remove_comment,
    restore,
    withdraw_idea,
)
from ideas.actions.moderate import FLAGS_AN_HOUR
from ideas.models import Comment, Flag, Idea, Removal
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def comment(now):
    author = ResidentFactory(account=None)
    return comment_on_idea(idea=IdeaFactory(), author=author, text="Rubbish", at=now)


def flag_by(people, comment, now) -> None:
    for person in people:
        raise_flag(idea=comment.idea, comment=comment, source="abuse", by=person, at=now)


def test_a_flag_is_kept_with_its_words_and_recorded_without_them(resident, now) -> None:
    idea = IdeaFactory()
    raise_flag(idea=idea, source="private", words=" It names my neighbour. ", by=resident, at=now)
    flag = Flag.objects.waiting().get(source="private")
    assert (flag.idea, flag.comment, flag.raised_by) == (idea, None, resident)
    assert flag.words == "It names my neighbour."
    written = Record.objects.get(event="IDEA_FLAGGED")
    assert written.data == {"flag": flag.pk, "source": "private"}
    assert written.actor_id is None  # who told us is nobody's business but the moderators'


def test_once_for_each_person_and_thing_whatever_became_of_it(comment, account_with, resident, now) -> None:
    flag_by([resident], comment, now)
    with pytest.raises(Refused, match="told us about this already") as refused:
        flag_by([resident], comment, now)
    assert refused.value.denied.status == 409
    raise_flag(idea=comment.idea, source="spam", by=resident, at=now)
    keep(idea=comment.idea, comment=comment, by=account_with("moderate"), at=now)
    with pytest.raises(Refused, match="already"):
        flag_by([resident], comment, now)


def test_three_different_people_hide_a_comment_until_a_moderator_looks(comment, now) -> None:
    flag_by([ResidentFactory(), ResidentFactory()], comment, now)
    assert Comment.objects.get().held_at is None
    flag_by([ResidentFactory()], comment, now)
    assert Comment.objects.get().held_at == now
    assert Idea.objects.get().comments_count == 0
    assert recount() == 0
    assert Record.objects.get(event="IDEA_COMMENT_HELD").actor_id is None


def test_three_people_hide_an_idea_too(now) -> None:
    idea = IdeaFactory()
    for _ in range(3):
        raise_flag(idea=idea, source="spam", by=ResidentFactory(), at=now)
    assert not Idea.objects.public().exists()
    assert Idea.objects.get().held_at == now


def test_no_number_of_people_hides_an_official_answer(account_with, now) -> None:
    idea, officer = IdeaFactory(), account_with("answer_officially").resident
    answer = comment_on_idea(idea=idea, author=officer, text="No.", official=True, at=now)
    flag_by([ResidentFactory() for _ in range(4)], answer, now)
    assert Comment.objects.get().held_at is None
    assert Flag.objects.waiting().filter(comment=answer).count() == 4


def test_what_a_moderator_kept_or_put_back_is_not_hidden_again(comment, account_with, now) -> None:
    moderator = account_with("moderate")
    flag_by([ResidentFactory() for _ in range(3)], comment, now)
    keep(idea=comment.idea, comment=comment, by=moderator, at=now)
    assert Idea.objects.get().comments_count == 1
    flag_by([ResidentFactory() for _ in range(3)], comment, now)
    assert Comment.objects.get().held_at is None
    Flag.objects.all().delete()
    remove_comment(comment=comment, reason="Rude", by=moderator, at=now)
    restore(removal=Removal.objects.get(), by=moderator, at=now)
    flag_by([ResidentFactory() for _ in range(3)], comment, now)
    assert Comment.objects.get().held_at is None


@pytest.mark.parametrize(("source", "words"), [("first_post", ""), ("nonsense", ""), ("spam", "x" * 501)])
def test_what_does_not_fit_is_refused(comment, resident, now, source, words) -> None:
    with pytest.raises(Refused) as refused:
        raise_flag(idea=comment.idea, comment=comment, source=source, words=words, by=resident, at=now)
    assert refused.value.denied.status == 422
    assert not Flag.objects.filter(comment=comment).exists()


def test_nobody_reports_their_own_or_what_is_gone(comment, resident, account_with, now) -> None:
    own = IdeaFactory(author=resident)
    with pytest.raises(Refused, match="your own"):
        raise_flag(idea=own, source="spam", by=resident, at=now)
    remove_comment(comment=comment, reason="Rude", by=account_with("moderate"), at=now)
    with pytest.raises(Refused, match="Nobody sees this comment"):
        flag_by([resident], comment, now)
    withdraw_idea(idea=own, by=resident.account, at=now)
    with pytest.raises(Refused, match="withdrawn"):
        raise_flag(idea=own, source="spam", by=ResidentFactory(), at=now)


def test_one_person_cannot_flood_the_queue(resident, now) -> None:
    ideas = [IdeaFactory() for _ in range(FLAGS_AN_HOUR + 1)]
    for idea in ideas[:-1]:
        raise_flag(idea=idea, source="spam", by=resident, at=now)
    with pytest.raises(Refused, match="go on in an hour") as refused:
        raise_flag(idea=ideas[-1], source="spam", by=resident, at=now)
    assert (refused.value.denied.status, refused.value.denied.retry_after) == (429, 3600)
    raise_flag(idea=ideas[-1], source="spam", by=resident, at=now + timedelta(hours=1, seconds=1))


def test_who_is_blocked_cannot_report(comment, resident, now, django_user_model) -> None:
    boss = django_user_model.objects.create_superuser("boss@example.org")
    block_resident(resident=resident, reason="Spam.", ends_at=now + timedelta(days=7), by=boss, at=now)
    with pytest.raises(Refused, match="a moderator blocked you"):
        flag_by([resident], comment, now)
