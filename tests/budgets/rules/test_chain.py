"""The chain outside the database: the example on the page, and every way of tampering is found."""

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from budgets.rules.chain import Link, first_break, link_hash

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "journal.md"


def chain(*amounts: int) -> list[Link]:
    links: list[Link] = []
    for number, amount in enumerate(amounts, start=1):
        previous = links[-1].hash if links else ""
        link = Link(
            7, number, "allocate", amount, None, None, date(2026, 4, 1), f"k{number}", "A | bar", previous, ""
        )
        links.append(replace(link, hash=link_hash(link)))
    return links


def test_a_chain_holds():
    links = chain(100, 200, 300)
    assert first_break(links, count=3, head=links[-1].hash) is None
    assert first_break([], count=0, head="") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount_pence": 999}, "entry 2 was changed"),
        ({"note": "Another story"}, "entry 2 was changed"),
        ({"posted_on": date(2026, 4, 2)}, "entry 2 was changed"),
        ({"award_id": 3}, "entry 2 was changed"),
        ({"previous_hash": "0" * 64}, "entry 2 does not follow"),
        ({"sequence": 9}, "entry 2 is missing"),
    ],
)
def test_a_changed_entry_breaks_it(change, words):
    links = chain(100, 200, 300)
    links[1] = replace(links[1], **change)
    assert words in first_break(links, count=3, head=links[-1].hash)


def test_a_changed_entry_with_its_hash_made_right_breaks_at_the_next():
    links = chain(100, 200, 300)
    forged = replace(links[1], amount_pence=1)
    links[1] = replace(forged, hash=link_hash(forged))
    assert "entry 3 does not follow" in first_break(links, count=3, head=links[-1].hash)


def test_a_removed_last_entry_is_missed():
    links = chain(100, 200, 300)
    assert "counts 3 entries" in first_break(links[:2], count=3, head=links[2].hash)


def test_the_example_on_the_page_is_right():
    example, result = re.search(
        r"```text\n(?P<line>.+)\n```.*?```text\n(?P<hash>[0-9a-f]{64})\n```", PAGE.read_text(), re.DOTALL
    ).groups()
    assert sha256(example.encode()).hexdigest() == result
    fields = example.split("|")
    link = Link(
        budget_id=int(fields[1]),
        sequence=int(fields[2]),
        kind=fields[3],
        amount_pence=int(fields[4]),
        award_id=int(fields[5]) if fields[5] else None,
        counterpart_id=int(fields[6]) if fields[6] else None,
        posted_on=date.fromisoformat(fields[7]),
        key=fields[8],
        note=fields[9],
        previous_hash=fields[0],
        hash=result,
    )
    assert link_hash(link) == result
