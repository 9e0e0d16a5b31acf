"""Giving support and taking it back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import recount, support_idea, withdraw_idea, withdraw_support
from ideas.enums import IdeaStatus
from ideas.events import IDEA_SUPPORT_WITHDRAWN, IDEA_SUPPORTED
from ideas.models import Idea, Support
from tests.factories import IdeaFactory, ResidentFactory

THREADS = 12


@pytest.mark.django_db
def test_support_counts_once_however_often_it_is_given(resident, now) -> None:
    idea = IdeaFactory()
    assert support_idea(idea=idea, resident=resident, at=now).changed
    assert not support_idea(idea=idea, resident=resident, at=now).changed
    assert idea.supports_count == 1
    assert Idea.objects.get().supports_count == Support.objects.count() == 1
    assert Record.objects.filter(event=IDEA_SUPPORTED).count() == 1


@pytest.mark.django_db
def test_support_can_be_taken_back_and_given_again(resident, now) -> None:
    idea = IdeaFactory()
    assert not withdraw_support(idea=idea, resident=resident, at=now).changed
    support_idea(idea=idea, resident=resident, at=now)
    assert withdraw_support(idea=idea, resident=resident, at=now).changed
    assert not withdraw_support(idea=idea, resident=resident, at=now).changed
    assert Idea.objects.get().supports_count == Support.objects.count() == 0
    assert Record.objects.filter(event=IDEA_SUPPORT_WITHDRAWN).count() == 1
    assert support_idea(idea=idea, resident=resident, at=now).changed


@pytest.mark.django_db
@pytest.mark.parametrize("status", [IdeaStatus.ACCEPTED, IdeaStatus.DONE, IdeaStatus.DECLINED])
def test_the_support_of_a_decided_idea_no_longer_changes(resident, now, status) -> None:
    idea = IdeaFactory()
    support_idea(idea=idea, resident=resident, at=now)
    Idea.objects.update(status=status)
    for verb, who in ((support_idea, ResidentFactory()), (withdraw_support, resident)):
        with pytest.raises(Refused, match="You can still comment") as refused:
            verb(idea=idea, resident=who, at=now)
        assert refused.value.denied.status == 409
    assert Idea.objects.get().supports_count == 1


@pytest.mark.django_db
def test_a_withdrawn_idea_takes_no_support(resident, now) -> None:
    idea = IdeaFactory()
    withdraw_idea(idea=Idea.objects.get(), by=idea.author.account, at=now)
    # `idea` is what somebody's page showed before the author withdrew it.
    with pytest.raises(Refused, match=r"withdrawn by its author\. Look for a similar idea"):
        support_idea(idea=idea, resident=resident, at=now)
    assert not Support.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_count_is_right_when_many_press_at_once(now) -> None:
    """Everybody presses three times, half of them then take it back, all at the same time."""
    IdeaFactory()
    people = [ResidentFactory() for _ in range(24)]

    def press(number: int) -> int:
        person = people[number % len(people)]
        try:
            given = [support_idea(idea=Idea.objects.get(), resident=person, at=now) for _ in range(3)]
            if number % 2:
                withdraw_support(idea=Idea.objects.get(), resident=person, at=now)
            return sum(each.changed for each in given)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        given = list(threads.map(press, range(len(people))))
    assert given == [1] * len(people)
    assert Idea.objects.get().supports_count == Support.objects.count() == len(people) // 2
    assert recount() == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_person_on_many_devices_counts_once(now) -> None:
    idea, person = IdeaFactory(), ResidentFactory()

    def press(_: int) -> bool:
        try:
            return support_idea(idea=Idea.objects.get(pk=idea.pk), resident=person, at=now).changed
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        assert sum(threads.map(press, range(3 * THREADS))) == 1
    assert Idea.objects.get().supports_count == Support.objects.count() == 1
