"""Moderators keep, hold, let through, remove and put back; two at once are told; authors appeal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.residents.actions import leave
from ideas.actions import (
    appeal_removal,
    change_status,
    comment_on_idea,
    decide_removal_appeal,
    forget_flags,
    hold,
    keep,
    raise_flag,
    recount,
    release,
    remove_comment,
    remove_idea,
    restore,
    support_idea,
)
from ideas.models import Appeal, Comment, Flag, Idea, Removal
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def moderator(account_with):
    return account_with("moderate", "remove_comment")


@pytest.fixture
def comment(now):
    """The first that its author, who has an account, ever posted."""
    return comment_on_idea(
        idea=IdeaFactory(author__account=None), author=ResidentFactory(), text="Hm", at=now
    )


def test_keeping_settles_every_flag_and_lets_through(comment, moderator, now) -> None:
    raise_flag(idea=comment.idea, comment=comment, source="abuse", by=ResidentFactory(), at=now)
    hold(idea=comment.idea, comment=comment, by=moderator, at=now)
    assert keep(idea=comment.idea, comment=comment, by=moderator, at=now) == 2
    kept = Comment.objects.get()
    assert kept.held_at is None
    assert not Flag.objects.waiting().exists()
    assert set(Flag.objects.values_list("outcome", "settled_by")) == {("kept", moderator.pk)}
    assert Idea.objects.get().comments_count == 1
    assert recount() == 0
    assert Record.objects.get(event="IDEA_FLAGS_SETTLED").data["flags"] == 2


def test_the_second_moderator_is_told_that_somebody_was_faster(comment, moderator, account_with, now) -> None:
    keep(idea=comment.idea, comment=comment, by=account_with("moderate"), at=now)
    with pytest.raises(Refused, match="Somebody has settled this already") as refused:
        keep(idea=comment.idea, comment=comment, by=moderator, at=now)
    assert refused.value.denied.status == 409
    assert Record.objects.filter(event="IDEA_FLAGS_SETTLED").count() == 1


def test_holding_hides_and_letting_through_shows_while_the_flags_still_wait(comment, moderator, now) -> None:
    idea = comment.idea
    hold(idea=idea, comment=comment, by=moderator, at=now)
    assert not Comment.objects.counted().exists()
    with pytest.raises(Refused, match="held back already"):
        hold(idea=idea, comment=comment, by=moderator, at=now)
    release(idea=idea, comment=comment, by=moderator, at=now)
    assert Comment.objects.counted().exists()
    assert Flag.objects.waiting().count() == 1
    with pytest.raises(Refused, match="not held back"):
        release(idea=idea, comment=comment, by=moderator, at=now)


def test_what_is_held_without_a_flag_is_in_the_queue_all_the_same(moderator, now) -> None:
    idea = IdeaFactory(author__account=None)
    hold(idea=idea, by=moderator, at=now)
    assert not Idea.objects.public().exists()
    assert Flag.objects.waiting().get().source == "other"


def test_an_idea_is_removed_with_a_reason_and_put_back_as_it_was(moderator, resident, now) -> None:
    idea = IdeaFactory(author=resident)
    support_idea(idea=idea, resident=ResidentFactory(), at=now)
    Idea.objects.update(status="assessing")
    remove_idea(idea=idea, reason="It names a child.", why="private", by=moderator, at=now)
    removal = Removal.objects.get()
    assert (removal.why, removal.status_before, removal.removed_by) == ("private", "assessing", moderator)
    assert Idea.objects.get().status_changes.last().reason == "It names a child."
    assert Flag.objects.get().outcome == "removed"  # the first post of its author was waiting
    restore(removal=removal, by=moderator, at=now)
    back = Idea.objects.public().get()
    assert (back.status, back.supports_count) == ("assessing", 1)
    with pytest.raises(Refused, match="put this back already"):
        restore(removal=removal, by=moderator, at=now)


def test_changing_the_status_to_removed_and_back_is_a_removal_too(account_with, now) -> None:
    moderator, idea = account_with("moderate", "change_idea_status"), IdeaFactory(author__account=None)
    change_status(idea=idea, status="removed", reason="Advertising.", by=moderator, at=now)
    assert Removal.objects.get().reason == "Advertising."
    change_status(idea=idea, status="open", reason="It was none.", by=moderator, at=now)
    assert Removal.objects.get().restored_by == moderator


def test_a_reply_that_goes_and_comes_back_is_counted_at_both_ends(moderator, now) -> None:
    above = comment_on_idea(
        idea=IdeaFactory(author__account=None), author=ResidentFactory(account=None), text="So?", at=now
    )
    reply = comment_on_idea(
        idea=above.idea, author=ResidentFactory(account=None), text="So!", parent=above, at=now
    )
    remove_comment(comment=reply, reason="Rude", by=moderator, at=now)
    above.refresh_from_db()
    assert (above.replies_count, Idea.objects.get().comments_count) == (0, 1)
    restore(removal=Removal.objects.get(), by=moderator, at=now)
    above.refresh_from_db()
    assert (above.replies_count, Idea.objects.get().comments_count) == (1, 2)
    assert Comment.objects.get(pk=reply.pk).removed_reason == ""
    assert recount() == 0


def test_removing_what_was_held_moves_no_counter_twice(comment, moderator, now) -> None:
    hold(idea=comment.idea, comment=comment, by=moderator, at=now)
    remove_comment(comment=comment, reason="Rude", by=moderator, at=now)
    assert Idea.objects.get().comments_count == 0
    restore(removal=Removal.objects.get(), by=moderator, at=now)
    assert Idea.objects.get().comments_count == 1
    assert recount() == 0


@pytest.mark.parametrize("verb", [keep, hold, release])
def test_it_needs_the_role(comment, account_with, now, verb) -> None:
    with pytest.raises(Refused, match="moderator role"):
        verb(idea=comment.idea, comment=comment, by=account_with("remove_comment"), at=now)


def test_an_appeal_is_decided_by_somebody_else_and_puts_back(comment, moderator, account_with, now) -> None:
    author, other = comment.author.account, account_with("moderate")
    remove_comment(comment=comment, reason="Rude", by=moderator, at=now)
    appeal = appeal_removal(removal=Removal.objects.get(), words="It is a joke.", by=author, at=now)
    with pytest.raises(Refused, match="You removed this yourself"):
        decide_removal_appeal(appeal=appeal, upheld=True, answer="Fine.", by=moderator, at=now)
    with pytest.raises(Refused, match="Write the answer"):
        decide_removal_appeal(appeal=appeal, upheld=True, answer=" ", by=other, at=now)
    decide_removal_appeal(appeal=appeal, upheld=True, answer="Fine.", by=other, at=now)
    assert Comment.objects.get().is_counted
    assert Idea.objects.get().comments_count == 1
    assert recount() == 0
    decided = Appeal.objects.get()
    assert (decided.upheld, decided.answer, decided.decided_by) == (True, "Fine.", other)
    with pytest.raises(Refused, match="decided about this appeal already"):
        decide_removal_appeal(appeal=appeal, upheld=False, answer="No.", by=other, at=now)


def test_an_appeal_that_fails_changes_nothing(moderator, account_with, resident, now) -> None:
    idea = IdeaFactory(author=resident)
    remove_idea(idea=idea, reason="Advertising.", by=moderator, at=now)
    appeal = appeal_removal(removal=Removal.objects.get(), words="No!", by=resident.account, at=now)
    decide_removal_appeal(appeal=appeal, upheld=False, answer="Yes.", by=account_with("moderate"), at=now)
    assert Idea.objects.get().status == "removed"


def test_only_the_author_appeals_once_and_within_thirty_days(moderator, resident, now) -> None:
    idea = IdeaFactory(author=resident)
    remove_idea(idea=idea, reason="Advertising.", by=moderator, at=now)
    removal = Removal.objects.get()
    with pytest.raises(Refused, match="Only the person who wrote this"):
        appeal_removal(removal=removal, words="No!", by=moderator, at=now)
    with pytest.raises(Refused, match="time to appeal ended"):
        appeal_removal(removal=removal, words="No!", by=resident.account, at=now + timedelta(days=30))
    last = now + timedelta(days=30, seconds=-1)
    appeal_removal(removal=removal, words="No!", by=resident.account, at=last)
    with pytest.raises(Refused, match="appealed already"):
        appeal_removal(removal=removal, words="No!", by=resident.account, at=last)


def test_words_of_settled_reports_are_deleted_after_two_years(comment, moderator, now) -> None:
    raise_flag(
        idea=comment.idea, comment=comment, source="private", words="My name", by=ResidentFactory(), at=now
    )
    assert forget_flags(at=now + timedelta(days=800)) == 0
    keep(idea=comment.idea, comment=comment, by=moderator, at=now)
    assert forget_flags(at=now + timedelta(days=730)) == 0
    assert forget_flags(at=now + timedelta(days=800)) == 1
    assert not Flag.objects.exclude(words="").exists()


def test_who_leaves_is_no_longer_known_to_have_reported(
    comment, resident, now, django_capture_on_commit_callbacks
) -> None:
    raise_flag(idea=comment.idea, comment=comment, source="spam", by=resident, at=now)
    with django_capture_on_commit_callbacks(execute=True):
        leave(account=resident.account, at=now)
    assert Flag.objects.get(source="spam").raised_by is None


@pytest.mark.django_db(transaction=True)
def test_of_many_moderators_at_once_one_settles_and_the_others_are_told(account_with, now) -> None:
    idea = IdeaFactory()
    moderators = [account_with("moderate") for _ in range(6)]

    def settle(account) -> bool:
        try:
            keep(idea=Idea.objects.get(), by=account, at=now)
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(settle, moderators)) == 1
    assert Flag.objects.get(idea=idea).outcome == "kept"
    assert Record.objects.filter(event="IDEA_FLAGS_SETTLED").count() == 1
