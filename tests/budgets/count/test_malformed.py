"""Files that are cut, changed or no such file at all: read right, or refused with a line and a reason; nothing else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgets.count import BadFile, Ballot, Instance, Project, VoteType, read, write

INSTANCE = Instance.of(
    budget=150050,
    projects=[Project("a", 100000, "Benches", "site"), Project("b", 50050, "Trees; “many”", "site")],
    ballots=[Ballot(("a", "b"), (3, 1)), Ballot(("a",), (4,)), Ballot(("b",), (2,))],
    vote_type=VoteType.CUMULATIVE,
    unit=100,
    meta={"description": "Park", "rule": "mes(step=1)"},
)
FILE = write(INSTANCE)


def refused(content: bytes | str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read(content)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("num_votes;3", "num_votes;4", "num_votes is 4, but the file has 3"),
        ("num_projects;2", "num_projects;20", "num_projects is 20, but the file has 2"),
        ("a;1000;2;", "a;1000;3;", "said to have 3 votes, and has 2"),
        ("budget;1500.5", "budget;1e400", "is not an amount"),
        ("budget;1500.5", "budget;" + "9" * 400, "too large"),
        ("budget;1500.5", "budget;NaN", "is not an amount"),
        ("budget;1500.5", "budget;1_500", "is not an amount"),
        ("budget;1500.5", "budget;-1", "0 or more"),
        ("budget;1500.5", "budget;1.23456", "too many decimals"),
        ("a;1000;", "a;-1000;", "0 or more"),
        ("a;1000;", "a;;", "is not an amount"),
        ("3,1", "3,²", "are not whole points"),
        ("3,1", "3,-1", "are not whole points"),
        ("3,1", "3," + "9" * 50, "are not whole points"),
        ("3,1", "3", "2 projects and gives points to 1"),
        ("a,b", "a,a", "names a project twice"),
        ("project_id;cost;votes", "project_id;cost;cost", "names a column twice"),
        ('""site""', '""site', "are not groups of alternatives"),
        ("minor_units=100", "minor_units=7", "minor units are not"),
    ],
)
def test_each_fault_is_named(old: str, new: str, reason: str) -> None:
    assert old in FILE
    assert reason in refused(FILE.replace(old, new, 1)).reason


def test_what_is_not_utf_8_is_refused_with_its_line() -> None:
    broken = FILE.encode().replace(b"Benches", b"B\xe4nke")
    line = FILE[: FILE.index("Benches")].count("\n") + 1
    assert refused(broken).line == line
    assert "UTF-8" in refused(broken).reason


@pytest.mark.parametrize(
    "content", [FILE.encode(), b"\xef\xbb\xbf" + FILE.encode(), FILE.replace("\n", "\r\n").encode(), FILE]
)
def test_a_mark_of_byte_order_and_other_ends_of_lines_do_no_harm(content: bytes | str) -> None:
    assert read(content) == INSTANCE


def test_quoted_fields_may_hold_what_separates() -> None:
    assert read(FILE).projects[1].name == "Trees; “many”"
    assert (
        read(FILE.replace("Benches", '"Benches ""new"";\nand old"')).projects[0].name
        == 'Benches "new"; and old'
    )


def test_what_looks_like_a_remark_stays_what_it_was() -> None:
    project = Project("a", 100, "Benches", "##1: exclusive={}")
    instance = Instance.of(
        budget=100,
        projects=[project],
        ballots=[Ballot(("a",))],
        vote_type=VoteType.APPROVAL,
        unit=100,
        meta={"rule": "##2: 2: minor_units=1", "colour": "##2: 1: minor_units=1000", "#1: exclusive": "{}"},
    )
    assert read(write(instance)) == instance


@given(end=st.integers(0, len(FILE) - 2))
def test_a_file_that_was_cut_is_refused(end: int) -> None:
    assert refused(FILE[:end]).reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("exclusive;none", "are not groups of alternatives"),
        ("places;none", "are not places with their projects"),
        ("minor_units;7", "minor units are not"),
    ],
)
def test_what_the_comment_may_say_is_read_from_a_line_of_its_own_too(line: str, reason: str) -> None:
    without = FILE.replace(FILE[FILE.index("comment;") : FILE.index("PROJECTS")], line + "\n")
    refusal = refused(without)
    assert reason in refusal.reason
    assert without.splitlines()[refusal.line - 1] == line


@example(place=FILE.encode().index(b"comment;"), put=b"\x00", gone=0)
@given(
    place=st.integers(0, len(FILE.encode())),
    put=st.binary(max_size=6),
    gone=st.integers(0, 6),
)
def test_whatever_is_changed_it_is_read_or_refused_in_words(place: int, put: bytes, gone: int) -> None:
    content = FILE.encode()
    changed = content[:place] + put + content[place + gone :]
    found = what_comes_of(changed)
    if isinstance(found, Instance):
        assert read(write(found)) == found
    else:
        assert 0 <= found.line <= changed.count(b"\n") + changed.count(b"\r") + 1
        assert found.reason


def what_comes_of(content: bytes) -> Instance | BadFile:
    try:
        return read(content)
    except BadFile as refusal:
        return refusal


@given(st.text())
def test_any_text_is_refused_in_words(text: str) -> None:
    assert refused(text).reason
