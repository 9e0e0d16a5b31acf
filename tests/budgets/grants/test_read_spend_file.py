"""The council's published spending: all of a file or nothing, once; each payment found, missing or different."""

import csv
from datetime import date
from pathlib import Path

import pytest

from budgets.grants import actions
from budgets.grants.models import Payment, SpendFile, SpendLine
from budgets.grants.queries import comparison, tally
from budgets.grants.rules.reconcile import Ours, reconcile
from budgets.grants.rules.spend_file import decoded, read_spending
from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.kit.tables import BadFile
from tests.budgets.grants.factories import with_role
from tests.budgets.grants.paying import AT, a_team, paid, signed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REAL = (
    Path(__file__).parents[4]
    / "shared"
    / "data"
    / "trafford"
    / "trafford_council_voluntary_sector_grants.csv"
)


def read(text: str, role: str = "officer", name: str = "spend.csv") -> SpendFile:
    return actions.read_spend_file(name=name, content=text.encode(), by=with_role(role), at=AT)


def payments(*amounts: int) -> list[Payment]:
    """Paid in one run, in this order."""
    applications = [signed(1, amount_pence=pence)[0] for pence in amounts]
    run = paid(a_team(), *applications)
    return sorted(
        run.payments.select_related("award__organisation"), key=lambda each: amounts.index(each.amount_pence)
    )


def line(payment: Payment, **changes: str) -> str:
    cells = {
        "date": "14/07/2026",
        "supplier": payment.award.organisation.name.upper(),
        "amount": f"{payment.amount_pence / 100:.2f}",
        "reference": "80001",
    } | changes
    return ",".join(cells.values())


HEAD = "Payment Date,Supplier Name,Amount (£),Transaction Number"


def test_matched_different_missing_and_not_ours():
    right, wrong, absent, small = payments(750_00, 1_200_00, 640_50, 400_00)
    file = read("\n".join([HEAD, "01/07/2026,PAPER PLC,99.99,1", line(right), line(wrong, amount="1000.00")]))
    assert (file.from_on, file.to_on) == (date(2026, 7, 1), date(2026, 7, 14))
    rows = [(row.match, row.payment, row.apart_pence) for row in comparison(file, None, most=9)]
    assert rows == [("missing", absent, 0), ("matched", right, 0), ("different", wrong, -200_00)]
    assert tally(file) == tally() == tally().__class__(matched=1, different=1, missing=1, unknown=1)
    assert not SpendLine.objects.filter(payment=small).exists()
    assert Record.objects.get(event="SPENDING_RECONCILED").data == {"lines": 3, "ours": 2, "missing": 1}


def test_a_reference_is_enough():
    (payment,) = payments(750_00)
    file = read("\n".join([HEAD, line(payment, supplier="SUNDRY", reference=payment.reference.lower())]))
    assert file.lines.get().payment == payment


def test_what_is_missing_in_one_file_is_found_in_the_next():
    (payment,) = payments(750_00)
    first = read("\n".join([HEAD, "01/07/2026,PAPER PLC,99.99,1", "31/07/2026,PAPER PLC,1.00,2"]))
    assert tally(first).missing == 1
    read("\n".join([HEAD, line(payment, date="03/08/2026")]), name="august.csv")
    assert (tally(first).missing, tally().matched) == (0, 1)


def test_a_payment_has_one_line_at_most_even_across_files():
    (payment,) = payments(750_00)
    read("\n".join([HEAD, line(payment)]))
    again = read("\n".join([HEAD, line(payment), "31/07/2026,PAPER PLC,1.00,2"]))
    assert again.lines.filter(match="matched").count() == 0
    assert SpendLine.objects.filter(payment=payment).count() == 1


def test_all_of_a_file_or_nothing():
    text = f"{HEAD}\n01/07/2026,A,1,\n31/06/2026,B,1,\n01/07/2026,C,1.234,\n"
    with pytest.raises(BadFile) as bad:
        read(text)
    assert [problem.split(":")[0] for problem in bad.value.problems] == [
        "Line 3, column “Date”",
        "Line 4, column “Amount”",
    ]
    assert not SpendFile.objects.exists()


def test_the_same_file_twice_is_refused_until_it_is_taken_out():
    text = f"{HEAD}\n01/07/2026,A,1,\n"
    file = read(text)
    with pytest.raises(Refused, match="This very file was read before") as refused:
        read(text, name="another name.csv")
    assert refused.value.denied.status == 409
    actions.forget_spend_file(file=file, by=with_role("auditor"), at=AT)
    assert read(text).lines.count() == 1


@pytest.mark.parametrize("role", ["administrator", "councillor", "resident"])
def test_only_officers_and_auditors_reconcile(role):
    with pytest.raises(Refused, match="Only officers and auditors"):
        read(f"{HEAD}\n01/07/2026,A,1,\n", role)


# --- real names and amounts -------------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.exists(), reason="Trafford's published grants are not beside this checkout")
def test_real_payments_are_found_again_as_a_ledger_would_write_them():
    """Five hundred real grants, their names shouted, their dates late: each amount is found, and none twice."""
    theirs = [each for each in read_spending(decoded(REAL.read_bytes())) if each.amount_pence > 0]
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        assert len(theirs) == sum(float(row["Amount Awarded"] or 0) > 0 for row in csv.DictReader(file))
    ours = [
        Ours(n, each.paid_on, each.supplier.replace("&", "and").upper() + " LTD", each.amount_pence, "")
        for n, each in enumerate(theirs)
    ]
    found = reconcile(ours, theirs, start=theirs[0].paid_on, end=max(each.paid_on for each in theirs))
    names = {each.line: each for each in theirs}
    matched = [
        (names[number], ours[key]) for number, (match, key) in found.lines.items() if match == "matched"
    ]
    assert len(matched) == len(theirs) > 500
    assert all(line.amount_pence == payment.amount_pence for line, payment in matched)
    assert found.missing == []
