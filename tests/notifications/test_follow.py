"""Following, and copying followers when two things become one."""

import pytest

from engage.kit.decisions import Refused
from engage.notifications.actions import copy_followers, follow, unfollow, withdraw_copies
from engage.notifications.models import Following
from engage.notifications.queries import followed_among, is_following
from tests.factories import ResidentFactory
from tests.notifications.conftest import BENCH, NOW

pytestmark = pytest.mark.django_db
OTHER = ("bench", 8)


def following(topic) -> set[int]:
    return set(
        Following.objects.filter(topic_kind=topic[0], topic_id=topic[1]).values_list("resident", flat=True)
    )


def test_following_twice_is_following_once(follower) -> None:
    assert follow(resident=follower, topic=BENCH, at=NOW) is False
    assert following(BENCH) == {follower.pk}


def test_unfollowing_what_is_not_followed_changes_nothing(follower) -> None:
    assert unfollow(resident=follower, topic=OTHER) is False
    assert unfollow(resident=follower, topic=BENCH) is True
    assert not is_following(follower, BENCH)


def test_a_choice_of_ones_own_stays_when_the_reason_ends(follower) -> None:
    follow(resident=follower, topic=OTHER, at=NOW, through="support")
    follow(resident=follower, topic=OTHER, at=NOW)  # presses the button too
    assert unfollow(resident=follower, topic=OTHER, through="support") is False
    assert is_following(follower, OTHER)


def test_a_reason_does_not_take_over_a_choice(follower) -> None:
    follow(resident=follower, topic=BENCH, at=NOW, through="support")
    assert unfollow(resident=follower, topic=BENCH, through="support") is False


def test_what_is_not_there_cannot_be_followed(follower) -> None:
    with pytest.raises(Refused, match="no longer here"):
        follow(resident=follower, topic=("bench", 99), at=NOW)


def test_a_list_is_asked_for_at_once(follower, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert followed_among(follower, "bench", [6, 7, 8]) == {7}
    with django_assert_num_queries(0):
        assert followed_among(None, "bench", [7]) == set()


class TestMerging:
    def test_followers_of_both_follow_once_and_undoing_leaves_their_own(self, follower) -> None:
        both, only_kept = ResidentFactory.create_batch(2)
        for resident, topic in ((both, BENCH), (both, OTHER), (only_kept, OTHER)):
            follow(resident=resident, topic=topic, at=NOW)
        assert copy_followers(from_topic=BENCH, to_topic=OTHER, through="merge:1", at=NOW) == 1
        assert following(OTHER) == {follower.pk, both.pk, only_kept.pk}
        assert withdraw_copies(through="merge:1") == 1
        assert following(OTHER) == {both.pk, only_kept.pk}
        assert following(BENCH) == {follower.pk, both.pk}

    def test_copying_again_changes_nothing(self, follower) -> None:
        copy_followers(from_topic=BENCH, to_topic=OTHER, through="merge:1", at=NOW)
        assert copy_followers(from_topic=BENCH, to_topic=OTHER, through="merge:1", at=NOW) == 0

    def test_who_chose_to_follow_meanwhile_stays_when_it_is_undone(self, follower) -> None:
        copy_followers(from_topic=BENCH, to_topic=OTHER, through="merge:1", at=NOW)
        follow(resident=follower, topic=OTHER, at=NOW)
        assert withdraw_copies(through="merge:1") == 0
        assert is_following(follower, OTHER)

    def test_without_a_reason_nothing_is_withdrawn(self, follower) -> None:
        with pytest.raises(ValueError, match="reason"):
            withdraw_copies(through="")
        assert is_following(follower, BENCH)
