"""Pages and code say the same: who may pay what, what a bank file prints, and which line is which payment."""

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.grants.enums import RunStatus, Status
from budgets.grants.rules import pay, spend_file
from budgets.grants.rules.bacs import COLUMNS, Line, bank_file, printed
from budgets.grants.rules.pay import Bank, Facts, People, may_approve, may_be_paid, may_pay
from budgets.grants.rules.reconcile import Ours, Theirs, alike, reconcile
from engage.kit.decisions import Denied
from engage.kit.money import parse_pounds
from engage.kit.tables import BadFile

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "payments.md"


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of the page, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


# --- when, and by whom ------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table("When an award may be paid"), ids=" ".join)
def test_when_an_award_may_be_paid(row):
    status, left, bank, blocks, signs, run, answer = row
    decision = may_be_paid(
        Facts(
            status=Status(status),
            committed_pence=parse_pounds(left),
            bank=Bank(bank),
            blocks=int(blocks),
            run=int(run) if run else None,
            signers_wait=signs == "waits",
        )
    )
    assert bool(decision) == (answer == "yes")
    if isinstance(decision, Denied):
        assert answer in decision.reason
        assert decision.status == 409


def test_only_the_agreement_leads_to_a_payment():
    facts = {status: Facts(status, 100, Bank.CONFIRMED) for status in Status}
    assert [status for status in Status if may_be_paid(facts[status])] == [Status.AGREEMENT]


def test_a_name_that_no_bank_file_can_hold_is_said_before_the_run_is_made():
    unprintable = Facts(Status.AGREEMENT, 100, Bank.CONFIRMED, printable=False)
    assert "Latin letters" in may_be_paid(unprintable).reason


@pytest.mark.parametrize("row", table("Three people"), ids=" ".join)
def test_three_people(row):
    me, made, approved, status, own, approves, pays = row
    number = {"Ada": 1, "Ben": 2, "Cem": 3}
    people = People(
        made_by=number[made],
        approved_by=number.get(approved),
        groups=frozenset({10, 11}),
        mine=frozenset({11, 12} if own == "yes" else {12}),
    )
    assert bool(may_approve(number[me], RunStatus(status), people)) == (approves == "yes")
    assert bool(may_pay(number[me], RunStatus(status), people)) == (pays == "yes")


@given(st.lists(st.integers(1, 3), min_size=3, max_size=3))
def test_whoever_the_three_are_they_are_three(steps):
    maker, approver, payer = steps
    made = People(made_by=maker)
    if may_approve(approver, RunStatus.DRAFT, made):
        approved = People(made_by=maker, approved_by=approver)
        if may_pay(payer, RunStatus.APPROVED, approved):
            assert len({maker, approver, payer}) == 3


def test_what_changed_since_a_run_was_made_is_said_with_amounts():
    facts = Facts(Status.AGREEMENT, 300_00, Bank.CONFIRMED)
    changed = pay.still_as_made(amount_pence=500_00, facts=facts, same_bank=True)
    assert "£300 is left to pay on it now, not £500" in changed.reason
    other = pay.still_as_made(amount_pence=300_00, facts=facts, same_bank=False)
    assert "changed its bank details" in other.reason
    assert pay.still_as_made(amount_pence=300_00, facts=facts, same_bank=True)


# --- the bank file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table("What a bank file can say"), ids=" ".join)
def test_what_a_bank_file_can_say(row):
    entered, said = (cell.strip("`") for cell in row)
    assert printed(entered) == said


@given(st.text(max_size=60))
def test_whatever_is_entered_no_cell_is_too_long_or_begins_a_formula(text):
    cell = printed(text)
    assert len(cell) <= 18
    assert not cell.startswith(tuple("=+-@\t\r/.& "))
    assert set(cell) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.&/- ")
    assert printed(cell) == cell


def test_the_file_has_one_line_for_each_payment():
    lines = [
        Line("012345", "00123456", "Zoë’s café", 1_234_50, "grant 7-1"),
        Line("200000", "55779911", "Mill", 5, "GRANT 7-2"),
    ]
    assert bank_file(lines) == (
        "Sort code,Account number,Payee name,Amount,Reference\r\n"
        "012345,00123456,ZOES CAFE,1234.50,GRANT 7-1\r\n"
        "200000,55779911,MILL,0.05,GRANT 7-2\r\n"
    )
    assert len(COLUMNS) == 5


@pytest.mark.parametrize(
    "line",
    [
        Line("01234", "00123456", "Mill", 1, "A"),
        Line("012345", "0012345", "Mill", 1, "A"),
        Line("012345", "00123456", "…", 1, "A"),
        Line("012345", "00123456", "Mill", 1, "—"),
        Line("012345", "00123456", "Mill", 0, "A"),
    ],
)
def test_no_file_with_a_line_that_bacs_refuses(line):
    with pytest.raises(ValueError, match="A payment needs"):
        bank_file([line])


# --- reading spending -------------------------------------------------------------------------------------


def test_the_page_lists_the_headings_that_are_read():
    for ours, names in table("Reading the council's spending"):
        assert tuple(name.strip().casefold() for name in names.split(",")) == spend_file.NAMES[ours]


@pytest.mark.parametrize(
    "heading",
    [
        "Body Name,Payment Date,Supplier Name,Amount (£),Transaction Number",
        '"Supplier Name","Payment Date","Net Amount","Transaction Number","Gross amount"',
        "  supplier_name ,date paid,AMOUNT,Transaction no.,Service",
    ],
)
def test_headings_are_found_by_their_names(heading):
    columns = spend_file._cells(heading)
    told = {"supplier": "Otter Scouts", "date": "14/04/2026", "amount": "1,750.00", "transaction": "80001"}
    cells = [
        next((told[word] for word in told if word in name.lower().replace("_", " ")), "x") for name in columns
    ]
    cells = [cell.replace(",", "") for cell in cells]
    (line,) = spend_file.read_spending(heading + "\n" + ",".join(cells) + "\n")
    assert line == Theirs(2, date(2026, 4, 14), "Otter Scouts", 1_750_00, "80001")


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("750", 750_00),
        ('"1,250.50"', 1_250_50),
        ("£12.5", 12_50),
        ("-40.00", -40_00),
        ("(40.00)", -40_00),
        ("40.00-", -40_00),
        ("1250.5000", 1_250_50),
        ("0.00", 0),
    ],
)
def test_amounts_as_ledgers_write_them(written, pence):
    (line,) = spend_file.read_spending(f"Date,Supplier,Amount\n01/04/2026,A,{written}\n")
    assert line.amount_pence == pence


@pytest.mark.parametrize(
    "written",
    ["31/03/2026", "31/03/26", "2026-03-31", "31-Mar-26", "31-Mar-2026", "31.03.2026", "31 March 2026"],
)
def test_days_as_councils_write_them(written):
    (line,) = spend_file.read_spending(f"Date,Supplier,Amount\n{written},A,1\n")
    assert line.paid_on == date(2026, 3, 31)


def test_titles_above_the_headings_are_passed_over_and_lines_keep_their_numbers():
    text = "Tidewold Borough Council\nSpend over £500,,\nDate,Supplier,Amount\n01/04/2026,A,1\n"
    assert [line.line for line in spend_file.read_spending(text)] == [4]


def test_every_wrong_cell_is_named_by_line_and_column():
    text = "Date,Supplier,Amount\n32/04/2026,A,1\n01/04/2026,,1\n01/04/2026,B,ten\n01/04/1999,B,1\n"
    with pytest.raises(BadFile) as bad:
        spend_file.read_spending(text)
    assert bad.value.problems == (
        "Line 2, column “Date”: expected a day like 31/03/2026, not “32/04/2026”",
        "Line 3, column “Supplier”: this cell is empty and must not be",
        "Line 4, column “Amount”: expected an amount like 1,250.50, not “ten”",
        "Line 5, column “Date”: expected a day like 31/03/2026, not “01/04/1999”",
    )


def test_a_file_without_a_column_says_which():
    with pytest.raises(BadFile, match="the column “Supplier” is missing"):
        spend_file.read_spending("Date,Amount\n01/04/2026,1\n")


def test_both_encodings_are_read_and_what_is_no_text_is_refused():
    text = "Date,Supplier,Amount\n01/04/2026,Café £,1\n"
    assert spend_file.decoded(text.encode("utf-8-sig")) == text
    assert spend_file.decoded(text.encode("cp1252")) == text
    with pytest.raises(BadFile, match="not a CSV file"):
        spend_file.decoded(b"PK\0")


# --- matching ---------------------------------------------------------------------------------------------


def test_the_worked_table():
    ours, theirs, expected = [], [], []
    number = count(1)
    for payee, mine, paid, amount, supplier, said, on, published, result in table("Matching"):
        n = next(number)
        if payee:
            ours.append(Ours(n, date.fromisoformat(paid), payee, parse_pounds(amount), mine))
        if supplier:
            theirs.append(Theirs(n, date.fromisoformat(on), supplier, parse_pounds(published), said))
        expected.append((n, bool(supplier), result))
    found = reconcile(ours, theirs, start=date(2026, 4, 1), end=date(2026, 6, 30))
    for n, published, result in expected:
        if result in {"matched", "different"}:
            assert found.lines[n] == (result, n)
        elif published:
            assert found.lines[n] == ("unknown", None)
        assert (n in found.missing) == (result == "missing")


def test_the_right_amount_goes_first_when_two_lines_share_a_reference():
    ours = [Ours(1, date(2026, 4, 1), "A", 700_00, "GRANT 1-1")]
    theirs = [
        Theirs(2, date(2026, 4, 1), "A", 50_00, "GRANT 1-1"),
        Theirs(3, date(2026, 4, 9), "A", 700_00, "grant1-1"),
    ]
    found = reconcile(ours, theirs, start=date(2026, 4, 1), end=date(2026, 4, 30))
    assert found.lines == {3: ("matched", 1), 2: ("unknown", None)}


def test_two_payments_of_one_amount_to_one_group_go_to_the_nearest_lines():
    day = date(2026, 4, 1)
    ours = [Ours(n, day + timedelta(days=20 * n), "Mill Choir", 600_00, f"GRANT {n}-1") for n in (1, 2)]
    theirs = [Theirs(n, day + timedelta(days=20 * n + 1), "MILL CHOIR", 600_00) for n in (2, 1)]
    found = reconcile(ours, theirs, start=day, end=day + timedelta(days=60))
    assert found.lines == {1: ("matched", 1), 2: ("matched", 2)}


PAYMENT = st.builds(
    Ours,
    st.integers(1, 50),
    st.dates(date(2026, 4, 1), date(2026, 6, 30)),
    st.sampled_from(["Mill Choir", "Mill Club", "Otter Scouts"]),
    st.sampled_from([400_00, 600_00, 700_00]),
    st.sampled_from(["GRANT 1-1", "GRANT 1-2", "GRANT 1-3"]),
)
LINE = st.builds(
    Theirs,
    st.integers(1, 50),
    st.dates(date(2026, 4, 1), date(2026, 6, 30)),
    st.sampled_from(["MILL CHOIR", "MILL CLUB LTD", "PAPER PLC"]),
    st.sampled_from([600_00, 700_00, -600_00]),
    st.sampled_from(["", "GRANT 1-1", "80001"]),
)


@given(
    st.lists(PAYMENT, max_size=12, unique_by=lambda each: each.key),
    st.lists(LINE, max_size=12, unique_by=lambda each: each.line),
)
def test_each_payment_has_one_line_at_most_and_every_line_an_answer(ours, theirs):
    found = reconcile(ours, theirs, start=date(2026, 4, 1), end=date(2026, 6, 30))
    taken = [key for _match, key in found.lines.values() if key is not None]
    assert len(taken) == len(set(taken))
    assert set(found.lines) == {line.line for line in theirs}
    assert not set(found.missing) & set(taken)
    unmatched = {each.key for each in ours if each.amount_pence > 500_00} - set(taken)
    assert set(found.missing) == unmatched
    mine, said = {each.key: each for each in ours}, {line.line: line for line in theirs}
    for number, (match, key) in found.lines.items():
        if key is not None:
            assert (match == "matched") == (mine[key].amount_pence == said[number].amount_pence)


def test_spellings_of_one_name():
    assert alike("Friends of the Mill", "MILL FRIENDS LTD") == 1
    assert alike("St Mary’s Church", "St Marys Church") == 1
    assert alike("Mill Choir", "Paper and Pens plc") < 0.5
