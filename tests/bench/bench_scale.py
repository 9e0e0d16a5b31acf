"""What a full site costs: 5,000 ideas, 200,000 supports, 50,000 comments, 2,000 of them under one idea. `make bench`.

For the list, the page of the idea that everybody talks about, a support and a comment: the most SQL statements that one
took, with a few ideas and with all of them; CPU time and its ratio to a trivial view in the same run. Asserted are the
statements. How long it takes to generate all this is printed too.
"""

import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from engage.demo.crowd import Crowd
from engage.demo.loaded import Loaded
from engage.demo.steps.crowd import load_crowd
from engage.demo.steps.land import load_land, load_themes
from ideas.models import Comment, Idea, Support
from ideas.queries import MOST_CLUSTERS
from tests.costs import HEAD, Cost, cost
from tests.factories import ResidentFactory

REQUESTS = 40
FEW = Crowd(ideas=40, supports=400, comments=200, busiest=30, residents=60, seed="few")
ALL = Crowd()
MOST_STATEMENTS = {"the list": 12, "an idea": 12, "a support": 8, "a comment": 12}


@pytest.mark.django_db
def test_scale(capsys: pytest.CaptureFixture[str]) -> None:
    loaded = Loaded()
    load_land(loaded)
    load_themes(loaded)
    load_crowd(FEW)
    few = _costs()
    begun = time.perf_counter()
    load_crowd(ALL)
    took = time.perf_counter() - begun
    every = _costs()
    trivial = cost([lambda: Client().get("/healthz")] * REQUESTS)
    with capsys.disabled():
        print("\n" + "\n".join(_report(few, every, trivial, took)))  # noqa: T201 - the measurement is the output
    for name, most in MOST_STATEMENTS.items():
        assert every[name].statements <= most, name
        assert every[name].statements <= few[name].statements, name
    assert _pins(Client().get("/ideas/").content.decode()) <= MOST_CLUSTERS


def _report(few: dict[str, Cost], every: dict[str, Cost], trivial: Cost, took: float) -> list[str]:
    return [
        f"{Idea.objects.count():,} ideas, {Support.objects.count():,} supports, {Comment.objects.count():,} comments"
        f" (generated in {took:.0f} s); {REQUESTS} requests each",
        f"{HEAD}{'SQL with 40 ideas':>20}",
        trivial.line("/healthz (trivial)", trivial),
        *(f"{each.line(name, trivial)}{few[name].statements:>20}" for name, each in every.items()),
    ]


def _costs() -> dict[str, Cost]:
    """Each visitor is another resident, signed in; the idea is the busiest with a pin."""
    cache.clear()
    idea = Idea.objects.public().filter(latitude__isnull=False).order_by("-comments_count").first()
    assert idea is not None
    Idea.objects.filter(pk=idea.pk).update(status="open")

    def get(address: str) -> Callable[[Client], object]:
        return lambda client: client.get(address)

    def post(address: str, **words: str) -> Callable[[Client], object]:
        return lambda client: client.post(address, words)

    asked = {
        "the list": (get("/ideas/"), 200),
        "the list, searched": (get("/ideas/?text=bench&status=open&sort=supported"), 200),
        "an idea": (get(idea.get_absolute_url()), 200),
        "an idea, page 30": (get(f"{idea.get_absolute_url()}?page=30"), 200),
        "an idea's feed": (get(f"/ideas/{idea.pk}-{idea.slug}.atom"), 200),
        "a support": (post(f"/ideas/{idea.pk}/support/", support="yes"), 303),
        "a support taken back": (post(f"/ideas/{idea.pk}/support/", support="no"), 303),
        "a comment": (post(f"/ideas/{idea.pk}/comments/", text="I would help with this."), 303),
        "similar, while typing": (get("/ideas/new/similar/?title=More+seats+by+the+river"), 200),
    }
    visitors = [_visitor() for _ in range(REQUESTS)]
    return {name: _cost(visitors, ask, status) for name, (ask, status) in asked.items()}


def _visitor() -> Client:
    client = Client()
    client.force_login(ResidentFactory().account)
    return client


def _cost(visitors: list[Client], ask: Callable[[Client], object], status: int) -> Cost:
    def work(client: Client) -> None:
        answer = ask(client)
        assert answer.status_code == status, answer  # type: ignore[attr-defined]

    return cost([lambda client=client: work(client) for client in visitors])


def _pins(page: str) -> int:
    """One ring for each, whether it stands for one idea or for many."""
    return page.count('class="map__pin-ring"')
