"""How often the search for similar ideas finds the one that says the same: `make bench`.

5,000 ideas: a crowd's, and one of each labelled pair among them. Then the other of each pair is typed. Recall is the
share of pairs whose true duplicate is among the first five. `measured` are the pairs that the search was never
tuned on (see data/similar_pairs.toml); what is printed last is the figure we stand by.
"""

import time
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from engage.demo.crowd import Crowd
from engage.places.models import Place
from ideas.models import Idea
from ideas.queries import similar_to
from tests.factories import PlaceFactory, ResidentFactory

PAIRS = tomllib.loads((Path(__file__).parent / "data" / "similar_pairs.toml").read_text())["pair"]
IDEAS = 5_000
TOP = 5
ENOUGH = 0.9
HALVES = {"developed on": PAIRS[::2], "measured": PAIRS[1::2]}

type Pair = dict[str, str]


@pytest.fixture
def known(db: None) -> dict[str, Idea]:
    """The 5,000 ideas; those of the pairs by title."""
    names = sorted({pair["place"] for pair in PAIRS}) + [f"Elsewhere {n}" for n in range(20)]
    places = {name: PlaceFactory(name=name, parent=None) for name in names}
    crowd = Crowd(ideas=IDEAS - len(PAIRS)).asked
    rows = [(each.title, each.text, places[names[n % len(names)]]) for n, each in enumerate(crowd)]
    rows += [(pair["title"], pair["text"], places[pair["place"]]) for pair in PAIRS]
    author, at = ResidentFactory(), datetime(2026, 6, 1, tzinfo=UTC)
    Idea.objects.bulk_create(
        Idea(title=title, description=text, place=place, author=author, suggested_at=at)
        for title, text, place in rows
    )
    with connection.cursor() as cursor:
        # As autovacuum leaves it: what was just written is in the indexes proper, and the planner knows the table.
        cursor.execute(
            "SELECT gin_clean_pending_list(i) FROM unnest(ARRAY['idea_words', 'idea_title_nearly']) i"
        )
        cursor.execute("ANALYZE ideas_idea")
    return {idea.title: idea for idea in Idea.objects.filter(title__in=[pair["title"] for pair in PAIRS])}


def test_recall(known: dict[str, Idea], capsys: pytest.CaptureFixture[str]) -> None:
    places = {place.name: place for place in Place.objects.all()}
    moments: dict[str, Any] = {
        "typing, place not known": lambda pair: similar_to(pair["again"], limit=TOP),
        "typing, in one's own place": lambda pair: similar_to(
            pair["again"], near=places[pair["place"]], limit=TOP
        ),
        "before sending": lambda pair: similar_to(
            pair["again"], description=pair["again_text"], near=places[pair["place"]], limit=TOP
        ),
    }
    lines = [f"{len(PAIRS)} pairs in {Idea.objects.count()} ideas, true duplicate in the first {TOP}"]
    recalls = {}
    for half, pairs in HALVES.items():
        for moment, search in moments.items():
            begun = time.perf_counter()
            hits = [known[pair["title"]] in search(pair) for pair in pairs]
            spent = (time.perf_counter() - begun) * 1000 / len(pairs)
            recalls[half, moment] = sum(hits) / len(hits)
            lines.append(
                f"{half:<13}{moment:<28}{recalls[half, moment]:>6.2f}{spent:>7.0f} ms   {_kinds(pairs, hits)}"
            )
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 - the measurement is the output
    for moment in moments:
        assert recalls["measured", moment] >= ENOUGH


def _kinds(pairs: Sequence[Pair], hits: Sequence[bool]) -> str:
    """Found and asked of each kind of pair."""
    found: dict[str, list[bool]] = {}
    for pair, hit in zip(pairs, hits, strict=True):
        found.setdefault(pair["kind"], []).append(hit)
    return ", ".join(f"{kind} {sum(each)}/{len(each)}" for kind, each in found.items())
