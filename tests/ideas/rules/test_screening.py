"""What happens to a post before anybody has looked at it. docs/rules/moderation.md is the same in prose."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from ideas.rules.screening import LATELY, TOO_MANY_POSTS, Post, holds, links_in, screen

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PROSE = Path(settings.BASE_DIR) / "docs/rules/moderation.md"


def rows(heading: str) -> list[list[str]]:
    """The cells of the table in the prose whose first heading is this."""
    lines = PROSE.read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading}"))
    table = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def said(before: int, lately: int, links: int) -> tuple[str, str]:
    """What the rules do, in the words of the table."""
    text = "Look here: " + " and ".join(f"https://example{n}.org/page" for n in range(links))
    times = [NOW - timedelta(seconds=30 * n) for n in range(lately)]
    result = screen(Post(text=text, is_first=before == 0, lately=times), at=NOW)
    if result.wait is not None:
        return "refused", ""
    because = ", ".join(sorted(result.sources))
    if result.hold:
        return "held", because
    return ("public, in the queue" if result.sources else "public"), because


@pytest.mark.parametrize("row", rows("the author's posts so far"), ids=" ".join)
def test_the_table_in_the_prose_is_what_happens(row) -> None:
    before, lately, links, outcome, because = row
    assert said(int(before), int(lately), int(links)) == (outcome, because)


@pytest.mark.parametrize("row", rows("different people who report it"), ids=" ".join)
def test_flags_hide_what_the_table_says(row) -> None:
    people, official, looked_at, outcome = row
    hidden = holds(people=int(people), official=official == "yes", looked_at=looked_at == "yes")
    assert hidden == (outcome == "held")


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Nothing here. Just words, e.g. these.", []),
        ("See http://a.b for more.", ["http://a.b"]),
        ("www.cheap-pills.example/buy?x=1 now", ["www.cheap-pills.example/buy?x=1"]),
        ("Go to cheap-pills.com!", ["cheap-pills.com"]),
        ("Go to shop.cheap-pills.co.uk/now today", ["shop.cheap-pills.co.uk/now"]),
        ("cheappills dot com has them", ["cheappills dot com"]),
        ("cheappills[.]com and cheappills (dot) com", ["cheappills[.]com", "cheappills (dot) com"]),
        ("The dot com years are over.", []),
        ("Write to me at robin@example.org please.", []),
        ("It costs 3.50 and lasts 2.5 hours.It is fun.", []),
        ("We met in the park.No one came.", []),
        ("HTTPS://EXAMPLE.ORG and Example.ORG", ["HTTPS://EXAMPLE.ORG", "Example.ORG"]),
        ("http://one.example,http://two.example", ["http://one.example", "http://two.example"]),
    ],
)
def test_links_are_seen_however_they_are_written(text, links) -> None:
    assert links_in(text) == links


def test_pointing_at_another_page_of_this_site_is_no_link() -> None:
    text = "Like https://engage.example/ideas/12/ and www.engage.example, not https://other.example"
    assert links_in(text, own_hosts={"engage.example"}) == ["https://other.example"]
    for disguise in ("engage.example.evil.com", "engage.example@evil.com", "engage.example:x@evil.com"):
        assert links_in(f"https://{disguise}/", own_hosts={"engage.example"})


def test_the_wait_ends_when_the_oldest_post_is_ten_minutes_old() -> None:
    times = [NOW - timedelta(minutes=n) for n in range(TOO_MANY_POSTS)]
    wait = screen(Post("Again", is_first=False, lately=times), at=NOW).wait
    assert wait == timedelta(minutes=1)
    assert min(times) + LATELY == NOW + wait


@given(text=st.text(max_size=300), first=st.booleans(), posts=st.integers(0, 12))
def test_a_post_is_refused_or_flagged_but_never_held_without_a_reason(text, first, posts) -> None:
    result = screen(Post(text, is_first=first, lately=[NOW] * posts), at=NOW)
    assert (result.wait is None) == (posts < TOO_MANY_POSTS)
    if result.hold:
        assert result.sources
        assert links_in(text)
    if result.wait is not None:
        assert timedelta(0) < result.wait <= LATELY
        assert not result.sources
