"""The check: the worked tables of docs/rules/checks.md."""

from pathlib import Path

from budgets.grants.enums import Verdict
from budgets.grants.rules.checks import (
    OVERLAP_WORDS,
    Finding,
    Likeness,
    Overlap,
    although,
    may_go_ahead,
    overlaps,
    owes_nothing,
    weight,
)

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "checks.md"


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of the page, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def finding(name: str, said: str) -> Finding:
    if said == "not checked":
        return Finding(name)
    verdict, _comma, more = said.partition(", ")
    overridden = "Because" if more.startswith("overridden") else ""
    return Finding(name, Verdict(verdict), overridden, outdated=more.endswith("before the change"))


def test_the_page_says_when_a_check_lets_money_be_promised() -> None:
    rows = table("Principle by principle")
    assert len(rows) == 8
    for first, second, goes in rows:
        assert bool(may_go_ahead([finding("One", first), finding("Two", second)])) == (goes == "yes"), first


def test_a_check_that_stops_names_what_it_stops_at() -> None:
    blocked = may_go_ahead([Finding("Audit", Verdict.BLOCK), Finding("Policy fit", Verdict.PASS)])
    assert "Audit" in blocked.reason
    assert "Policy fit" not in blocked.reason
    missing = may_go_ahead([Finding("Audit"), Finding("Policy fit", Verdict.PASS)])
    assert "not checked yet: Audit" in missing.reason
    assert "no principles" in may_go_ahead([]).reason
    older = may_go_ahead([Finding("Audit", Verdict.PASS, outdated=True), Finding("Policy fit", Verdict.PASS)])
    assert "since an officer checked it: Audit" in older.reason


def test_the_page_says_when_overdue_reports_stop_it() -> None:
    rows = table("Reports that are overdue")
    assert len(rows) == 4
    for overdue, waived, goes in rows:
        assert bool(owes_nothing(int(overdue), waived=waived == "yes")) == (goes == "yes")


def test_the_page_says_which_other_grants_are_shown_and_why() -> None:
    rows = table("Other grants beside it")
    assert len(rows) == 10
    for group, idea, year, place, councillor, title, purpose, reasons in rows:
        found = overlaps(
            Likeness(
                same_group=group == "yes",
                same_idea=idea == "yes",
                same_year=year == "yes",
                same_place=place == "yes",
                same_budgets=councillor == "yes",
                title_alike=float(title),
                purpose_alike=float(purpose),
            )
        )
        assert ", ".join(found) == reasons


def test_the_strongest_reason_comes_first() -> None:
    shown = [[Overlap.GROUP_BEFORE], [Overlap.IDEA], [Overlap.TITLE], [Overlap.TITLE, Overlap.OTHER_BUDGET]]
    assert sorted(shown, key=weight) == [shown[1], shown[3], shown[2], shown[0]]
    assert set(OVERLAP_WORDS) == set(Overlap)


def test_the_public_reads_what_was_gone_past() -> None:
    findings = [
        Finding("Audit", Verdict.BLOCK, "The treasurer changed."),
        Finding("Policy fit", Verdict.WARN),
    ]
    assert although(findings, "The flood took it.") == [
        "Approved although the check stopped it at “Audit”: The treasurer changed.",
        "Approved although the group owed a report: The flood took it.",
    ]
    assert although([Finding("Audit", Verdict.PASS)]) == []
