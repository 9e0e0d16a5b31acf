"""What a call allows when, and how much of it: asked by the verbs, also when many press at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from engage.kit.decisions import Refused
from ideas.actions import recount, suggest_idea, support_idea, withdraw_idea, withdraw_support
from ideas.models import Call, Idea, Support
from ideas.permissions import call_allows
from ideas.rules.phases import Act
from tests.factories import CallFactory, IdeaFactory, PlaceFactory, ResidentFactory

MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))
DAY = timedelta(days=1)


def suggest(author, call, at, title="Lights at the skate park", place=None) -> Idea:
    place = place or PlaceFactory()
    return suggest_idea(author=author, title=title, description="It is dark.", place=place, call=call, at=at)


@pytest.mark.django_db
def test_support_is_for_its_phase(resident) -> None:
    call = CallFactory(title="Parks", phases={"suggest": (MAY, JUNE), "support": (JUNE, JULY)})
    idea = suggest(ResidentFactory(), call, MAY)
    with pytest.raises(Refused, match="“Parks” opens at 1am on Monday 1 June 2026") as refused:
        support_idea(idea=idea, resident=resident, at=MAY + DAY)
    assert refused.value.denied.status == 409
    assert support_idea(idea=idea, resident=resident, at=JUNE).changed
    for verb in (support_idea, withdraw_support):
        with pytest.raises(Refused, match="closed at 1am on Wednesday 1 July 2026"):
            verb(idea=idea, resident=resident, at=JULY)
    assert Idea.objects.get().supports_count == 1


@pytest.mark.django_db
def test_an_idea_that_is_voted_on_cannot_be_withdrawn(now) -> None:
    call = CallFactory(title="Parks", phases={"suggest": (MAY, JUNE), "ballot": (JUNE, JULY)})
    idea = suggest(ResidentFactory(), call, MAY)
    with pytest.raises(Refused, match="“Parks” can be withdrawn again from 1am on Wednesday 1 July 2026"):
        withdraw_idea(idea=idea, by=idea.author.account, at=JUNE)
    assert withdraw_idea(idea=idea, by=idea.author.account, at=JULY)


@pytest.mark.django_db
def test_without_a_call_everything_is_allowed_at_any_time(resident, now) -> None:
    for act in Act:
        assert call_allows(None, act, at=now)
    idea = IdeaFactory(call=None)
    assert support_idea(idea=idea, resident=resident, at=now + 999 * DAY).changed


@pytest.mark.django_db
def test_a_call_that_is_not_announced_takes_nothing(resident, now) -> None:
    call = CallFactory(announced_at=None)
    with pytest.raises(Refused, match="has not been announced"):
        suggest(resident, call, now)
    assert not call_allows(CallFactory(announced_at=now + DAY), Act.SUGGEST, at=now)


@pytest.mark.django_db
def test_the_limit_of_ideas_says_how_many_and_what_to_do(resident, now) -> None:
    call = CallFactory(title="Parks", ideas_each=2)
    first, _second = (suggest(resident, call, now, title) for title in ("A bench", "A swing"))
    with pytest.raises(Refused, match=r"can suggest 2 ideas for “Parks”.*Withdraw one first, or") as refused:
        suggest(resident, call, now, "A slide")
    assert (refused.value.denied.status, refused.value.denied.field) == (409, "call")
    suggest(ResidentFactory(), call, now, "A slide")
    suggest(resident, None, now, "A slide")
    withdraw_idea(idea=first, by=resident.account, at=now)
    assert suggest(resident, call, now, "A pond")


@pytest.mark.django_db
def test_the_limit_of_supports_says_how_many_and_what_to_do(resident, now) -> None:
    call = CallFactory(title="Parks", supports_each=1)
    one, two, elsewhere = IdeaFactory(call=call), IdeaFactory(call=call), IdeaFactory()
    assert support_idea(idea=one, resident=resident, at=now).changed
    assert not support_idea(idea=one, resident=resident, at=now).changed
    with pytest.raises(Refused, match=r"can support 1 idea of “Parks”.*Take that support back first"):
        support_idea(idea=two, resident=resident, at=now)
    assert support_idea(idea=elsewhere, resident=resident, at=now).changed
    assert support_idea(idea=two, resident=ResidentFactory(), at=now).changed
    withdraw_support(idea=one, resident=resident, at=now)
    assert support_idea(idea=two, resident=resident, at=now).changed


@pytest.mark.django_db
def test_support_for_an_idea_that_is_gone_does_not_count(resident, now) -> None:
    call = CallFactory(supports_each=1)
    gone, other = IdeaFactory(call=call), IdeaFactory(call=call)
    support_idea(idea=gone, resident=resident, at=now)
    withdraw_idea(idea=gone, by=gone.author.account, at=now)
    assert support_idea(idea=other, resident=resident, at=now).changed


def at_once(work, many: int) -> list[bool]:
    def one(number: int) -> bool:
        try:
            work(number)
            return True
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        return list(threads.map(one, range(many)))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_ideas_at_once_leave_three(now) -> None:
    person, call, place = ResidentFactory(), CallFactory(ideas_each=3), PlaceFactory()
    done = at_once(
        lambda n: suggest(person, Call.objects.get(pk=call.pk), now, title=f"Idea number {n}", place=place),
        20,
    )
    assert sum(done) == Idea.objects.filter(call=call, author=person).count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_supports_at_once_leave_three(now) -> None:
    person, call = ResidentFactory(), CallFactory(supports_each=3)
    ideas = [IdeaFactory(call=call).pk for _ in range(20)]
    done = at_once(lambda n: support_idea(idea=Idea.objects.get(pk=ideas[n]), resident=person, at=now), 20)
    assert sum(done) == Support.objects.filter(resident=person).count() == 3
    assert recount() == 0
