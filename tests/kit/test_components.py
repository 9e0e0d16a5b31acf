"""Every component renders every state that its example file names, and says what it is told to."""

import re

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from engage.kit import gallery
from engage.kit.templatetags import components

PENCE = st.integers(min_value=0, max_value=10**13)


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


@pytest.mark.parametrize("name", gallery.component_names())
def test_every_component_has_examples(name: str) -> None:
    assert gallery.examples_of(f"components/{name}")


@pytest.mark.parametrize(
    "example",
    [example for name in gallery.component_names() for example in gallery.examples_of(f"components/{name}")],
    ids=lambda example: f"{example.template}: {example.name}",
)
def test_examples_render_within_the_security_policy(example: gallery.Example) -> None:
    html = example.rendered()
    assert html.strip()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)


@pytest.mark.parametrize(
    "example",
    [example for name in gallery.component_names() for example in gallery.examples_of(f"components/{name}")],
    ids=lambda example: f"{example.template}: {example.name}",
)
def test_examples_show_every_sentence_they_are_given(example: gallery.Example) -> None:
    shown = Template("{{ html|striptags }}").render(Context({"html": example.rendered()}))
    for key in ("title", "text", "lead", "body", "label", "note", "reason", "organisation", "description"):
        words = example.context.get(key)
        if isinstance(words, str) and not (example.template == "components/map" and key == "title"):
            assert Template("{{ words }}").render(Context({"words": words})) in shown


def test_the_same_money_is_drawn_and_told() -> None:
    html = render_to_string(
        "components/budget_bar.html",
        {
            "allocated_pence": 100_000,
            "spent_pence": 50_000,
            "committed_pence": 25_050,
            "remaining_pence": 24_950,
        },
    )
    for words in ("£1,000", "£500", "£250.50", "£249.50", "50%", "25%"):
        assert words in html
    assert 'width="50%"' in html
    assert 'x="75.05%"' in html


@given(spent=PENCE, committed=PENCE, remaining=PENCE)
def test_parts_fill_the_bar_without_a_gap_and_none_vanishes(
    spent: int, committed: int, remaining: int
) -> None:
    bar = components.budget_geometry(spent + committed + remaining, spent, committed, remaining)
    amounts = [spent, committed, remaining]
    widths = [percent(segment.width) for segment in bar.segments]
    assert sum(widths) == pytest.approx(100 if any(amounts) else 0, abs=0.03)
    for segment, amount, start in zip(bar.segments, amounts, (0, widths[0], sum(widths[:2])), strict=True):
        assert segment.visible == (amount > 0)
        assert percent(segment.x) == pytest.approx(start, abs=0.03)
        assert amount == 0 or percent(segment.width) > 1


@given(allocated=PENCE, over=st.integers(min_value=1, max_value=10**12))
def test_an_overspent_budget_says_by_how_much(allocated: int, over: int) -> None:
    bar = components.budget_geometry(allocated, allocated + over, 0, -over)
    assert bar.over_pence == over
    assert 0 <= percent(bar.limit_x) < 100.01
    assert bar.segments[2].amount_pence == -over
    assert not bar.segments[2].share


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 1000, "0%"),
        (1, 1000, "under 1%"),
        (425, 1000, "43%"),
        (424, 1000, "42%"),
        (999, 1000, "over 99%"),
        (1000, 1000, "100%"),
        (5, 0, ""),
        (3500, 1000, "350%"),
    ],
)
def test_shares_are_never_rounded_to_nothing_or_to_everything(part: int, whole: int, said: str) -> None:
    bar = components.budget_geometry(whole, part, 0, max(whole - part, 0))
    assert bar.segments[0].share == said


@pytest.mark.parametrize(
    ("number", "links"),
    [
        (1, [1, 2, None, 12]),
        (3, [1, 2, 3, 4, None, 12]),
        (4, [1, 2, 3, 4, 5, None, 12]),
        (6, [1, None, 5, 6, 7, None, 12]),
        (12, [1, None, 11, 12]),
    ],
)
def test_pagination_links_the_ends_and_the_neighbours(number: int, links: list[int | None]) -> None:
    page = gallery.Paginator(range(12), 1).page(number)
    assert components.page_links(page) == links


def test_pagination_keeps_the_filters() -> None:
    page = gallery.Paginator(range(3), 1).page(2)
    html = render_to_string("components/pagination.html", {"page": page, "query": "place=n&status=new"})
    assert 'href="?place=n&amp;status=new&amp;page=3"' in html


def test_one_page_of_results_needs_no_pagination() -> None:
    page = gallery.Paginator(range(3), 10).page(1)
    assert not render_to_string("components/pagination.html", {"page": page}).strip()


def test_a_field_ties_its_hint_and_error_to_its_input() -> None:
    form = gallery.ExampleForm({}, auto_id="id_%s")
    html = render_to_string("components/field.html", {"field": form["title"]})
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert 'aria-invalid="true"' in html
    for target in described.group(1).split():
        assert f'id="{target}"' in html


@pytest.mark.parametrize(
    ("field", "kind"),
    [("title", "single"), ("theme", "radios"), ("needs", "checkboxes"), ("agree", "checkbox")],
)
def test_choices_are_laid_out_as_what_they_are(field: str, kind: str) -> None:
    assert components.widget_kind(gallery.ExampleForm()[field]) == kind


def square(name: str, x: int, y: int, side: int) -> dict[str, object]:
    path = f"M{x} {y}L{x + side} {y}L{x + side} {y + side}L{x} {y + side}Z"
    return {"name": name, "path": path, "label_x": x + side / 2, "label_y": y + side / 2}


def test_a_map_names_an_area_only_where_its_name_fits() -> None:
    areas = [square("Isbury", 0, 0, 40), square("Isbury upon Wenlow", 50, 0, 8)]
    assert [area["name"] for area in components.map_names(areas, "0 0 100 100")] == ["Isbury"]


def test_a_map_never_writes_one_name_over_another() -> None:
    areas = [square("Small", 10, 0, 20), square("Large", 0, 0, 40), square("Beside", 50, 50, 40)]
    areas[0]["label_x"], areas[0]["label_y"] = areas[1]["label_x"], areas[1]["label_y"]
    assert {area["name"] for area in components.map_names(areas, "0 0 100 100")} == {"Large", "Beside"}


def test_a_map_without_places_for_names_has_none() -> None:
    areas = [{"name": "Isbury", "path": "M0 0L9 0L9 9Z"}]
    assert components.map_names(areas, "0 0 100 100") == []
