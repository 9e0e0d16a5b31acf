"""A bar at a terminal, silence elsewhere; the items are the same either way."""

import io

import pytest
from rich.console import Console

from engage.kit.progress import track, working


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


def test_nothing_is_printed_into_a_log(log: io.StringIO):
    console = Console(file=log, force_terminal=False)
    assert list(track([1, 2, 3], "Counting", console=console)) == [1, 2, 3]
    with working("Thinking", console=console):
        pass
    assert log.getvalue() == ""


def test_a_terminal_sees_the_label_and_the_count(log: io.StringIO):
    console = Console(file=log, force_terminal=True, width=100)
    assert list(track(["a", "b"], "Wards", console=console)) == ["a", "b"]
    assert "Wards" in log.getvalue()
    assert "2/2" in log.getvalue()


def test_items_that_cannot_be_counted_take_a_total(log: io.StringIO):
    console = Console(file=log, force_terminal=True, width=100)
    assert list(track(iter("abc"), "Letters", total=3, console=console)) == ["a", "b", "c"]
    assert "3/3" in log.getvalue()


def test_a_terminal_sees_the_step(log: io.StringIO):
    with working("Drawing", console=Console(file=log, force_terminal=True, width=100)):
        pass
    assert "Drawing" in log.getvalue()
