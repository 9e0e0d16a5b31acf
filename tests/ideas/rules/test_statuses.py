"""The table of statuses: prose and code say the same, and no status is a trap by mistake."""

from pathlib import Path

import pytest

from ideas.enums import (
    ENDED_STATUSES,
    HIDDEN_STATUSES,
    OPEN_STATUSES,
    IdeaStatus,
    Verdict,
)
from ideas.rules.statuses import STANDINGS, VERDICT_STATUSES, Who, following, may_follow

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "idea-statuses.md"


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of the page, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_page_names_every_status_as_the_code_does() -> None:
    rows = table("The statuses")
    assert [row[0].strip("`") for row in rows] == list(IdeaStatus)
    for code, public, staff, shown, support in rows:
        status = IdeaStatus(code.strip("`"))
        assert (public, staff) == (str(status.label), str(STANDINGS[status].staff_name))
        assert shown == ("nowhere" if status in HIDDEN_STATUSES else "yes")
        assert support == ("open" if status in OPEN_STATUSES else "as it was")


def test_the_page_says_what_may_follow_and_by_whom() -> None:
    rows = table("What may follow")
    said = {}
    for before, after, who in rows:
        for each in after.split(","):
            said[before.strip("`"), each.strip().strip("`")] = who
    assert said == {
        (str(before), str(after)): str(who)
        for before, row in STANDINGS.items()
        for after, who in row.then.items()
    }


def test_the_page_says_what_each_answer_makes_of_an_idea() -> None:
    said = {verdict.strip("`"): status.strip("`") for verdict, _words, status in table("Answers")}
    assert said == {str(verdict): str(VERDICT_STATUSES[verdict]) for verdict in Verdict}


@pytest.mark.parametrize("status", sorted(set(IdeaStatus) - {IdeaStatus.WITHDRAWN}))
def test_something_may_follow_every_status_but_withdrawn(status) -> None:
    assert STANDINGS[status].then


def test_each_may_do_only_their_own() -> None:
    assert following("open", {Who.AUTHOR}) == [IdeaStatus.WITHDRAWN]
    assert IdeaStatus.REMOVED not in following("open", {Who.OFFICER})
    assert may_follow("open", IdeaStatus.REMOVED, {Who.MODERATOR})
    assert not may_follow("open", IdeaStatus.MERGED, {Who.OFFICER, Who.MODERATOR})
    assert following("withdrawn", set(Who)) == []


def test_whatever_is_decided_can_be_looked_at_again() -> None:
    for status in ENDED_STATUSES:
        assert may_follow(status, IdeaStatus.ASSESSING, {Who.OFFICER})
