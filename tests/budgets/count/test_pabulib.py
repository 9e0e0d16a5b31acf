"""Files of the Pabulib format: read, written, read back, and refused with the line and the reason."""

import pytest
from hypothesis import given

from budgets.count import BadFile, Instance, VoteType, read, write
from tests.budgets.count.elections import elections

GOOD = """META
key;value
description;A park; and a bench
budget;1500.50
vote_type;approval
PROJECTS
project_id;cost;votes;name
a;1000;2;Benches
b;500.5;1;"Trees; many"
VOTES
voter_id;vote
1;a,b
2;a
3;
"""


def test_a_file_is_read_in_minor_units() -> None:
    found = read(GOOD)
    assert (found.budget, found.unit, found.cost) == (15005, 10, {"a": 10000, "b": 5005})
    assert found.votes == {"a": 2, "b": 1}
    assert found.voters == 3
    assert found.meta["description"] == "A park; and a bench"
    assert found.projects[1].name == "Trees; many"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("budget;1500.50\n", "", 2, "budget"),
        ("1500.50", "plenty", 4, "not an amount"),
        ("1500.50", "-3", 4, "0 or more"),
        ("approval", "shouting", 5, "kind of ballot"),
        ("a;1000;2", "a;x;2", 8, "not an amount"),
        ("b;500.5", "a;500.5", 9, "twice"),
        ("2;a\n", "1;a\n", 13, "twice"),
        ("1;a,b", "1;a,z", 12, "z"),
        ("project_id;cost", "project;cost", 7, "project_id"),
        ("voter_id;vote\n", "voter_id\n", 11, "vote"),
        ("META\n", "", 1, "META"),
        ("PROJECTS\n", "META\n", 6, "twice"),
        ("VOTES\nvoter_id;vote\n1;a,b\n2;a\n3;\n", "", 0, "VOTES"),
    ],
)
def test_what_breaks_the_format_is_refused_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(GOOD.replace(old, new, 1))
    assert refused.value.line == line
    assert reason in refused.value.reason


def test_points_must_be_as_many_as_projects() -> None:
    pointed = GOOD.replace("approval", "cumulative").replace("voter_id;vote", "voter_id;vote;points")
    with pytest.raises(BadFile, match=r"Line 12.*2 projects.*points to 1"):
        read(pointed.replace("1;a,b", "1;a,b;3"))
    with pytest.raises(BadFile, match="not whole points"):
        read(pointed.replace("1;a,b", "1;a,b;3,x"))


@pytest.mark.parametrize("vote_type", [VoteType.APPROVAL, VoteType.CUMULATIVE, VoteType.ORDINAL])
def test_what_is_written_reads_back_the_same(vote_type: VoteType) -> None:
    @given(instance=elections(vote_type))
    def again(instance: Instance) -> None:
        assert read(write(instance)) == instance

    again()


def test_amounts_with_pence_and_groups_read_back_the_same() -> None:
    assert read(write(read(GOOD))) == read(GOOD)
