"""Joining two ideas that say the same, and taking them apart again."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import (
    change_status,
    merge_ideas,
    recount,
    support_idea,
    undo_merge,
    withdraw_idea,
    withdraw_support,
)
from ideas.enums import IdeaStatus
from ideas.events import IDEA_MERGE_UNDONE, IDEA_MERGED
from ideas.models import Idea, Merge, Support
from ideas.queries import end_of, joined_with, merge_preview
from tests.factories import AccountFactory, CallFactory, IdeaFactory, ResidentFactory
from tests.ideas.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer(account_with):
    return account_with("merge_ideas", "change_idea_status")


@pytest.fixture
def people(db):
    return [ResidentFactory() for _ in range(4)]


def supported(now, *residents) -> Idea:
    idea = IdeaFactory()
    for resident in residents:
        support_idea(idea=idea, resident=resident, at=now)
    return idea


def supporters(idea: Idea) -> set[int]:
    return set(Support.objects.filter(idea=idea).values_list("resident_id", flat=True))


def fresh(idea: Idea) -> Idea:
    return Idea.objects.get(pk=idea.pk)


def test_supporters_move_once_and_the_joined_idea_leads_on(officer, people, now) -> None:
    kept, merged = supported(now, *people[:2]), supported(now, *people[1:])
    before = merge_preview(kept=kept, merged=merged)
    assert (before.both, before.left_out, before.together) == (1, 0, 4)
    merge = merge_ideas(kept=kept, merged=merged, reason="Both ask for lights.", by=officer, at=now)
    assert kept.supports_count == fresh(kept).supports_count == before.together
    assert supporters(kept) == {each.pk for each in people}
    assert (fresh(merged).status, fresh(merged).merged_into) == (IdeaStatus.MERGED, kept)
    assert supporters(merged) == {each.pk for each in people[1:]}
    assert list(Idea.objects.public()) == [kept]
    assert end_of(fresh(merged)) == kept
    assert [each.merged for each in joined_with(kept)] == [merged]
    told = Record.objects.get(event=IDEA_MERGED)
    assert (told.subject_id, told.data) == (kept.pk, {"merge": merge.pk, "merged": merged.pk, "brought": 2})
    assert recount() == 0


def test_undoing_gives_back_what_was_and_leaves_what_people_did_since(officer, people, now) -> None:
    direct, moved, taken_back, late = people
    kept, merged = supported(now, direct), supported(now, moved, taken_back)
    change_status(idea=merged, status="assessing", reason="We ask around.", by=officer, at=now)
    merge = merge_ideas(kept=kept, merged=merged, reason="The same.", by=officer, at=now)
    withdraw_support(idea=kept, resident=taken_back, at=now)
    support_idea(idea=kept, resident=late, at=now)
    undo_merge(merge=merge, reason="They lie in two villages.", by=officer, at=now)
    assert supporters(kept) == {direct.pk, late.pk}
    assert supporters(merged) == {moved.pk}
    assert (fresh(merged).status, fresh(merged).merged_into) == (IdeaStatus.ASSESSING, None)
    assert [change.status for change in merged.status_changes.all()] == ["assessing", "merged", "assessing"]
    assert Record.objects.get(event=IDEA_MERGE_UNDONE).data["taken"] == 1
    assert recount() == 0
    with pytest.raises(Refused, match="taken apart already"):
        undo_merge(merge=merge, reason="Again", by=officer, at=now)
    again = merge_ideas(kept=kept, merged=fresh(merged), reason="The same after all.", by=officer, at=now)
    assert again.pk != merge.pk


def test_a_chain_leads_to_its_end_and_any_link_can_be_undone(officer, people, now) -> None:
    first, second, third = (supported(now, person) for person in people[:3])
    link = merge_ideas(kept=second, merged=first, reason="The same.", by=officer, at=now)
    merge_ideas(kept=third, merged=second, reason="The same again.", by=officer, at=now)
    assert end_of(fresh(first)) == third
    assert supporters(third) == {each.pk for each in people[:3]}
    assert {each.merged for each in joined_with(third)} == {first, second}
    undo_merge(merge=link, reason="Not the same.", by=officer, at=now)
    assert supporters(third) == {people[1].pk, people[2].pk}
    assert supporters(second) == {people[1].pk}
    assert (end_of(fresh(first)), end_of(fresh(second))) == (first, third)
    assert recount() == 0


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("accepted", "has been decided, so its support no longer changes"),
        ("withdrawn", "is no longer shown"),
        ("removed", "is no longer shown"),
    ],
)
def test_only_ideas_that_gather_support_are_joined(officer, now, status, sentence) -> None:
    kept, merged = IdeaFactory(), IdeaFactory()
    Idea.objects.filter(pk=merged.pk).update(status=status)
    for pair in ((kept, merged), (merged, kept)):
        with pytest.raises(Refused, match=sentence):
            merge_ideas(kept=pair[0], merged=pair[1], reason="The same.", by=officer, at=now)
    assert not Merge.objects.exists()


def test_what_makes_no_sense_is_refused(officer, account_with, now) -> None:
    kept, merged, third = IdeaFactory(), IdeaFactory(), IdeaFactory()
    with pytest.raises(Refused, match="joined with itself"):
        merge_ideas(kept=kept, merged=kept, reason="The same.", by=officer, at=now)
    with pytest.raises(Refused, match="Say why they are the same"):
        merge_ideas(kept=kept, merged=merged, reason=" ", by=officer, at=now)
    with pytest.raises(Refused, match="Ask an administrator"):
        merge_ideas(kept=kept, merged=merged, reason="The same.", by=account_with(), at=now)
    Idea.objects.filter(pk=third.pk).update(held_at=now)
    with pytest.raises(Refused, match="waits for a moderator"):
        merge_ideas(kept=kept, merged=third, reason="The same.", by=officer, at=now)
    merge = merge_ideas(kept=kept, merged=merged, reason="The same.", by=officer, at=now)
    with pytest.raises(Refused, match="joined with another idea already"):
        merge_ideas(kept=merged, merged=IdeaFactory(), reason="The same.", by=officer, at=now)
    with pytest.raises(Refused, match="Take them apart first"):
        change_status(idea=merged, status="open", reason="Back", by=officer, at=now)
    with pytest.raises(Refused, match="joined with"):
        support_idea(idea=merged, resident=ResidentFactory(), at=now)
    change_status(idea=kept, status="accepted", reason="It fits.", by=officer, at=now)
    with pytest.raises(Refused, match="with the support of both"):
        undo_merge(merge=merge, reason="Not the same.", by=officer, at=now)


def test_an_author_does_not_withdraw_what_others_ideas_were_joined_with(officer, now) -> None:
    kept, merged = IdeaFactory(), IdeaFactory()
    merge = merge_ideas(kept=kept, merged=merged, reason="The same.", by=officer, at=now)
    with pytest.raises(Refused, match="Other people’s ideas were joined with yours"):
        withdraw_idea(idea=kept, by=kept.author.account, at=now)
    undo_merge(merge=merge, reason="Not the same.", by=officer, at=now)
    withdraw_idea(idea=kept, by=kept.author.account, at=now)


def test_nobody_gets_more_supports_in_a_call_than_it_gives(officer, people, now) -> None:
    call = CallFactory()
    type(call).objects.filter(pk=call.pk).update(supports_each=1)
    call.refresh_from_db()
    used, free, *_others = people
    merged = supported(now, used, free)
    kept = IdeaFactory(call=call)
    Support.objects.create(idea=IdeaFactory(call=call), resident=used, given_at=now)
    recount()
    kept.refresh_from_db()
    assert merge_preview(kept=kept, merged=merged).left_out == 1
    merge = merge_ideas(kept=kept, merged=merged, reason="The same.", by=officer, at=now)
    assert supporters(kept) == {free.pk}
    undo_merge(merge=merge, reason="Not the same.", by=officer, at=now)
    assert supporters(merged) == {used.pk, free.pk}
    assert recount() == 0


IDEAS, RESIDENTS = 4, 2
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["support", "withdraw"]), st.integers(0, IDEAS - 1), st.integers(0, RESIDENTS - 1)
        ),
        st.tuples(st.just("merge"), st.integers(0, IDEAS - 1), st.integers(0, IDEAS - 1)),
        st.tuples(st.just("undo"), st.integers(0, IDEAS - 1), st.just(0)),
    ),
    min_size=8,
    max_size=40,
)


class Sets:
    """What should be, in sets: whom each idea won by itself, and which leads to which."""

    def __init__(self) -> None:
        self.own: list[set[int]] = [set() for _ in range(IDEAS)]
        self.into: list[int | None] = [None] * IDEAS

    def tree(self, idea: int) -> list[int]:
        return [
            idea,
            *(below for each in range(IDEAS) if self.into[each] == idea for below in self.tree(each)),
        ]

    def supporters(self, idea: int) -> set[int]:
        return set().union(*(self.own[each] for each in self.tree(idea)))

    def do(self, step: str, idea: int, other: int) -> bool:
        """False when the step is one that the verbs refuse."""
        if step == "undo":
            if self.into[idea] is None:
                return False
            self.into[idea] = None
        elif self.into[idea] is not None:
            return False
        elif step == "merge":
            if other == idea or self.into[other] is not None:
                return False
            self.into[idea] = other
        elif step == "support" and other not in self.supporters(idea):
            self.own[idea].add(other)
        elif step == "withdraw":
            for each in self.tree(idea):
                self.own[each].discard(other)
        return True


@pytest.mark.django_db(transaction=True)
def test_any_order_of_steps_keeps_the_count_and_can_be_undone() -> None:
    """Whatever people and officers do in whatever order, rows, counters and sets agree; undoing it all gives back
    to each idea exactly whom it won by itself."""
    officer = AccountFactory(is_superuser=True)
    ideas = [IdeaFactory() for _ in range(IDEAS)]
    people = [ResidentFactory() for _ in range(RESIDENTS)]
    numbers = {person.pk: number for number, person in enumerate(people)}
    places = {idea.pk: number for number, idea in enumerate(ideas)}

    def does(step: str, idea: int, other: int) -> bool:
        try:
            match step:
                case "support":
                    support_idea(idea=fresh(ideas[idea]), resident=people[other], at=NOW)
                case "withdraw":
                    withdraw_support(idea=fresh(ideas[idea]), resident=people[other], at=NOW)
                case "merge":
                    kept = fresh(ideas[other])
                    merge_ideas(kept=kept, merged=fresh(ideas[idea]), reason="The same.", by=officer, at=NOW)
                case "undo":
                    link = Merge.objects.filter(merged=ideas[idea], undone_at=None).first()
                    if link is None:
                        return False
                    undo_merge(merge=link, reason="Not the same.", by=officer, at=NOW)
        except Refused:
            return False
        return True

    def agree(sets: Sets) -> None:
        rows: list[set[int]] = [set() for _ in ideas]
        for idea, resident in Support.objects.values_list("idea_id", "resident_id"):
            rows[places[idea]].add(numbers[resident])
        assert rows == [sets.supporters(number) for number in range(IDEAS)]
        assert list(Idea.objects.order_by("pk").values_list("supports_count", flat=True)) == [*map(len, rows)]

    @settings(max_examples=80, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def holds(steps) -> None:
        Support.objects.all().delete()
        Idea.objects.update(status=IdeaStatus.OPEN, merged_into=None, supports_count=0)
        Merge.objects.all().delete()
        sets = Sets()
        for step in steps:
            assert does(*step) == sets.do(*step), step
            agree(sets)
        for number in range(IDEAS):
            assert does("undo", number, 0) == sets.do("undo", number, 0)
        agree(sets)
        assert [sets.supporters(number) for number in range(IDEAS)] == sets.own

    holds()


@pytest.mark.django_db(transaction=True)
def test_joining_and_pressing_at_once_never_waits_for_each_other_in_a_ring() -> None:
    officer = AccountFactory(is_superuser=True)
    ideas = [IdeaFactory() for _ in range(4)]
    people = [ResidentFactory() for _ in range(12)]

    def press(number: int) -> None:
        try:
            for idea in ideas[number % 2 :: 2] if number % 3 else reversed(ideas):
                verb = support_idea if number % 4 else withdraw_support
                attempt(verb, idea=fresh(idea), resident=people[number], at=NOW)
            if number % 5 == 0:
                for merged, kept in pairwise(ideas if number % 2 else ideas[::-1]):
                    said = {"reason": "The same.", "by": officer, "at": NOW}
                    attempt(merge_ideas, kept=fresh(kept), merged=fresh(merged), **said)
            for link in Merge.objects.filter(undone_at=None)[: number % 2]:
                attempt(undo_merge, merge=link, reason="Not the same.", by=officer, at=NOW)
        finally:
            connection.close()

    def attempt(verb, **arguments) -> None:
        with suppress(Refused):
            verb(**arguments)

    with ThreadPoolExecutor(len(people)) as threads:
        list(threads.map(press, range(len(people))))
    assert recount() == 0
    for link in Merge.objects.filter(undone_at=None):
        undo_merge(merge=link, reason="Not the same.", by=officer, at=NOW)
    assert not Support.objects.exclude(through=None).exists()
    assert recount() == 0
