"""Two hundred presses at the same time, as they come in from browsers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from ideas.actions import recount
from ideas.models import Idea, Support
from tests.factories import CallFactory, IdeaFactory, ResidentFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PRESSES = 200
AT_ONCE = 50


def press_together(presses: list[tuple[Client, Idea]]) -> list[int]:
    """Each client posts its support; as many as `AT_ONCE` start in the same instant. The answers' statuses."""
    barrier = Barrier(AT_ONCE)

    def press(one: tuple[Client, Idea]) -> int:
        client, idea = one
        barrier.wait()
        try:
            answer = client.post(
                f"/ideas/{idea.pk}/support/", {"support": "yes"}, headers={"HX-Request": "true"}
            )
            return answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(press, presses))


def signed_in(resident) -> Client:
    client = Client()
    client.force_login(resident.account)
    return client


def test_two_hundred_people_count_as_two_hundred() -> None:
    idea = IdeaFactory()
    clients = [signed_in(ResidentFactory()) for _ in range(PRESSES)]
    assert press_together([(client, idea) for client in clients]) == [200] * PRESSES
    assert Idea.objects.get().supports_count == Support.objects.count() == PRESSES
    assert recount() == 0


def test_one_person_pressing_two_hundred_times_counts_once() -> None:
    idea, client = IdeaFactory(), signed_in(ResidentFactory())
    clients = [Client() for _ in range(PRESSES)]
    for each in clients:
        each.cookies = client.cookies
    assert press_together([(each, idea) for each in clients]) == [200] * PRESSES
    assert Idea.objects.get().supports_count == Support.objects.count() == 1


def test_the_limit_of_a_call_holds_when_many_ideas_are_pressed_at_once() -> None:
    call, client = CallFactory(supports_each=5), signed_in(ResidentFactory())
    ideas = [IdeaFactory(call=call) for _ in range(PRESSES)]
    clients = [Client() for _ in ideas]
    for each in clients:
        each.cookies = client.cookies
    Idea.objects.update(suggested_at="2026-05-01T12:00:00Z")
    statuses = press_together(list(zip(clients, ideas, strict=True)))
    assert sorted(statuses) == [200] * 5 + [409] * (PRESSES - 5)
    assert Support.objects.count() == 5
    assert recount() == 0
