"""The journal as a file, and the program that verifies it with nothing but the file."""

import csv
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from budgets import actions
from engage.opendata import verify_journal
from tests.budgets.test_check_ledger import tamper
from tests.factories import AwardFactory, BudgetFactory
from tests.opendata.served import many_awards, rows, statements, text

pytestmark = pytest.mark.django_db
PROGRAM = "/data/verify_journal.py"


@pytest.fixture
def _books(client):
    """Two budgets of two years with every kind of entry, words that a spreadsheet would take for a formula among
    them."""
    award = AwardFactory(amount_pence=900_00, paid_pence=500_00)
    actions.release_award(award=award, amount_pence=100_00, on=date(2026, 8, 1), note="=1+1", by=None)
    actions.refund_award(award=award, amount_pence=20_01, on=date(2026, 9, 1), note="'=1|\r\n“ü”, x", by=None)
    other = BudgetFactory(year=2025)
    actions.transfer(
        source=award.budget, target=other, amount_pence=50_00, on=date(2026, 9, 1), note="-", by=None
    )
    actions.allocate(budget=other, amount_pence=-1_00, on=date(2026, 9, 2), by=None)


@pytest.fixture
def run(client, tmp_path):
    """The downloaded program on downloaded files, in a Python without anything installed."""

    def run(*more: str, journal: str | None = None, with_books: bool = True):
        files = {
            "verify_journal.py": text(client, PROGRAM),
            "journal.csv": text(client, "/data/journal.csv") if journal is None else journal,
            "books.csv": text(client, "/data/books.csv"),
        }
        for name, content in files.items():
            (tmp_path / name).write_bytes(content.encode())
        command = [sys.executable, "-I", "-S", "verify_journal.py", "journal.csv"]
        command += ["books.csv"] if with_books else []
        return subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


def changed(content: str, change) -> str:
    """The file with its rows put through `change`."""
    found = list(csv.DictReader(io.StringIO(content, newline="")))
    names = list(found[0])
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, names)
    writer.writeheader()
    writer.writerows(change(found))
    return file.getvalue()


@pytest.mark.usefixtures("_books")
def test_holds_exactly_what_is_hashed_budget_by_budget(client):
    found = rows(client, "/data/journal.csv")
    assert list(found[0]) == [
        *("budget_id", "sequence", "kind", "amount_pence", "award_id", "counterpart_id"),
        *("posted_on", "key", "note", "previous_hash", "hash"),
    ]
    assert [row["sequence"] for row in found] == ["1", "2", "3", "4", "5", "6", "1", "2", "3"]
    assert {row["budget_id"] for row in found[:6]} != {row["budget_id"] for row in found[6:]}
    assert found[3]["note"] == "'=1+1"
    assert len(rows(client, "/data/journal/2026.csv")) == 6
    assert len(rows(client, "/data/journal/2025.csv")) == 3
    assert client.get("/data/journal/2024.csv").status_code == 404


@pytest.mark.usefixtures("_books")
def test_the_program_says_that_all_is_right(run):
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "All is right: 9 entries in 2 budgets" in done.stdout
    assert "allocated £9950.00, committed £300.00, spent £479.99, remaining £9170.01" in done.stdout


@pytest.mark.usefixtures("_books")
def test_a_single_year_verifies_alone(client, run):
    done = run(journal=text(client, "/data/journal/2025.csv"), with_books=False)
    assert (done.returncode, "3 entries in 1 budgets" in done.stdout) == (0, True)


def edit(where: tuple[str, str], **values: str):
    """A change of the rows whose column `where[0]` is `where[1]`."""
    return lambda found: [row | values if row[where[0]] == where[1] else row for row in found]


def drop_commit(found):
    return [row for row in found if row["kind"] != "commit"]


def add_budget(found):
    return [*found, found[0] | {"budget_id": "999999999"}]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (edit(("kind", "pay"), amount_pence="1"), "entry 3 was changed"),
        (edit(("kind", "refund"), note="x"), "entry 5 was changed"),
        (edit(("sequence", "2"), previous_hash="0" * 64), "entry 2 does not follow"),
        (drop_commit, "entry 2 is missing"),
        (lambda found: found[:-1], "the books say entries is 3, the journal says 2"),
        (lambda found: found[:6], "the books say entries is 3, the journal says 0"),
        (add_budget, "budget 999999999 is in the journal and not in the books"),
    ],
)
@pytest.mark.usefixtures("_books")
def test_the_program_names_what_was_changed(client, run, change, words):
    done = run(journal=changed(text(client, "/data/journal.csv"), change))
    assert done.returncode == 1
    assert words in done.stdout


def rehashed(found: list[dict[str, str]]) -> list[dict[str, str]]:
    """By somebody who knows how the chain is made, and makes it anew."""
    heads: dict[str, str] = {}
    for row in found:
        plain = {name: verify_journal.text_of(value) for name, value in row.items()}
        plain["previous_hash"] = row["previous_hash"] = heads.get(row["budget_id"], "")
        row["hash"] = heads[row["budget_id"]] = verify_journal.entry_hash(plain)
    return found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (edit(("kind", "commit"), amount_pence="90000000"), "a balance is below nought"),
        (edit(("kind", "pay"), amount_pence="90001"), "more was paid or released than promised"),
        (edit(("amount_pence", "-5000"), amount_pence="-5001"), "is in one of them only"),
    ],
)
@pytest.mark.usefixtures("_books")
def test_a_chain_made_anew_still_has_to_add_up(client, run, change, words):
    forged = changed(text(client, "/data/journal.csv"), lambda found: rehashed(change(found)))
    done = run(journal=forged, with_books=False)
    assert done.returncode == 1
    assert words in done.stdout
    assert "was changed" not in done.stdout


@pytest.mark.usefixtures("_books")
def test_a_hash_that_somebody_kept_betrays_a_journal_made_anew(client, run):
    kept = rows(client, "/data/journal.csv")[2]["hash"]
    assert run("--seen", kept).returncode == 0
    forged = changed(
        text(client, "/data/journal.csv"),
        lambda found: rehashed(edit(("kind", "allocate"), note="x")(found)),
    )
    assert run(journal=forged, with_books=False).returncode == 0
    done = run("--seen", kept, journal=forged, with_books=False)
    assert done.returncode == 1
    assert kept in done.stdout


@pytest.mark.usefixtures("_books")
def test_it_finds_what_was_done_behind_the_journals_back(run):
    tamper("UPDATE budgets_entry SET amount_pence = 1 WHERE kind = 'pay'")
    assert "entry 3 was changed" in run().stdout


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "\0", "budget_id,sequence\n1,x\n", '"'])
@pytest.mark.usefixtures("_books")
def test_what_is_no_journal_is_said_to_be_none(run, content):
    done = run(journal=content)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("journal.csv")
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("_books")
def test_whole_numbers_and_known_kinds_are_expected(client, run):
    for bad in ({"amount_pence": "1.5"}, {"sequence": ""}, {"kind": "steal"}):
        wrong = changed(text(client, "/data/journal.csv"), lambda found, bad=bad: [found[0] | bad])
        done = run(journal=wrong)
        assert (done.returncode, "row 2" in done.stderr) == (2, True)


def test_the_program_is_the_file_that_stands_in_the_project(client):
    answer = client.get(PROGRAM)
    assert answer.content.decode() == Path(verify_journal.__file__).read_text(encoding="utf-8")
    assert answer["Content-Type"].startswith("text/x-python")
    assert answer["Content-Disposition"] == 'attachment; filename="verify_journal.py"'


@pytest.mark.slow
def test_takes_as_many_statements_for_60_entries_as_for_two(client):
    many_awards(1)
    few = statements(client, "/data/journal.csv")
    many_awards(29)
    assert statements(client, "/data/journal.csv") == few
