#!/usr/bin/env python3
"""Verifies a council's journal of local budgets: nothing but this file, the CSV and Python 3.10 or newer.

    python3 verify_journal.py journal.csv [books.csv]

It works out every hash again, adds up every balance and every award, and checks that no budget was ever overspent and
that every transfer arrived. With books.csv (what the council says the balances and last hashes are) it compares these
as well. Without it, compare the last hashes that it prints with those on the council's page, and with those you kept
from an earlier day: a hash you kept must still be in the journal (`--seen HASH`).

It ends with 0 when all is right, with 1 when something is wrong, with 2 when a file cannot be read. It reads the
files, prints, and does nothing else.
"""

import argparse
import csv
import hashlib
import sys
from collections import Counter, defaultdict

HASHED = (
    "previous_hash",
    "budget_id",
    "sequence",
    "kind",
    "amount_pence",
    "award_id",
    "counterpart_id",
    "posted_on",
    "key",
    "note",
)
COLUMNS = (*HASHED, "hash")
# What one penny of each kind does to a budget: allocated, committed, spent.
EFFECTS = {
    "allocate": (1, 0, 0),
    "transfer": (1, 0, 0),
    "commit": (0, 1, 0),
    "release": (0, -1, 0),
    "pay": (0, -1, 1),
    "refund": (0, 0, -1),
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Unreadable(Exception):
    """The file is not what it should be; the message says what was expected."""


def text_of(cell):
    """An apostrophe stands before text that a spreadsheet would take for a formula; take it away again."""
    if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS):
        return cell[1:]
    return cell


def read(path, columns):
    """The rows of a CSV with at least these columns, as dictionaries of text."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in columns if name not in (rows.fieldnames or [])]
            if missing:
                raise Unreadable(f"{path}: the column {missing[0]} is missing")
            return [{name: text_of(row[name] or "") for name in columns} for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path}: {error}") from error


def read_journal(path):
    """Budget number -> its entries in order. Numbers stay text too, since text is what is hashed."""
    budgets = defaultdict(list)
    for number, row in enumerate(read(path, COLUMNS), start=2):
        try:
            row["order"], row["pence"] = int(row["sequence"]), int(row["amount_pence"])
        except ValueError as error:
            raise Unreadable(f"{path}, row {number}: expected whole numbers") from error
        if row["kind"] not in EFFECTS:
            raise Unreadable(f"{path}, row {number}: {row['kind']!r} is no kind of entry")
        budgets[row["budget_id"]].append(row)
    for entries in budgets.values():
        entries.sort(key=lambda entry: entry["order"])
    return budgets


def entry_hash(entry):
    line = "|".join(entry[name] for name in HASHED)
    return hashlib.sha256(line.encode("utf-8")).hexdigest()


def chain_problems(entries):
    """Where the chain of one budget breaks; the first break says all."""
    previous = ""
    for number, entry in enumerate(entries, start=1):
        if entry["order"] != number:
            return [f"entry {number} is missing: the next one has number {entry['order']}"]
        if entry["previous_hash"] != previous:
            return [f"entry {number} does not follow the entry before it"]
        if entry_hash(entry) != entry["hash"]:
            return [f"entry {number} was changed after it was written"]
        previous = entry["hash"]
    return []


def add_up(entries):
    """(allocated, committed, spent) after every entry, one after the other."""
    sums = (0, 0, 0)
    for entry in entries:
        sums = tuple(
            s + effect * entry["pence"] for s, effect in zip(sums, EFFECTS[entry["kind"]], strict=True)
        )
        yield entry, sums


def balance_problems(entries):
    """Moments at which more was promised than there was, or more paid than was promised."""
    found, awards = [], defaultdict(list)
    for entry, (allocated, committed, spent) in add_up(entries):
        if min(committed, spent, allocated - committed - spent) < 0:
            found.append(f"after entry {entry['order']} a balance is below nought")
        if entry["award_id"]:
            awards[entry["award_id"]].append(entry)
    for award, own in awards.items():
        if any(min(committed, spent) < 0 for _entry, (_none, committed, spent) in add_up(own)):
            found.append(
                f"award {award}: more was paid or released than promised, or more refunded than paid"
            )
    return found


def transfer_problems(budgets):
    """Every transfer is two entries, one in each budget; a budget that is not in the file cannot be asked."""
    moved: Counter = Counter()
    for number, entries in budgets.items():
        for entry in entries:
            if entry["kind"] == "transfer" and entry["counterpart_id"] in budgets:
                moved[(number, entry["counterpart_id"], entry["pence"])] += 1
                moved[(entry["counterpart_id"], number, -entry["pence"])] -= 1
    return sorted(
        f"budget {there}: a transfer of {pounds(abs(pence))} with budget {here} is in one of them only"
        for (there, here, pence), count in moved.items()
        if count > 0
    )


def claim_problems(budgets, claims):
    """What the council says, against what the journal says."""
    found = []
    for number in sorted(set(budgets) | set(claims), key=lambda text: (len(text), text)):
        if number not in claims:
            found.append(f"budget {number} is in the journal and not in the books")
            continue
        entries, said = budgets.get(number, []), claims[number]
        allocated, committed, spent = last(entries)
        worked_out = {
            "entries": str(len(entries)),
            "head_hash": entries[-1]["hash"] if entries else "",
            "allocated": decimal(allocated),
            "committed": decimal(committed),
            "spent": decimal(spent),
            "remaining": decimal(allocated - committed - spent),
        }
        found += [
            f"budget {number}: the books say {name} is {said[name]}, the journal says {value}"
            for name, value in worked_out.items()
            if said[name] != value
        ]
    return found


def read_books(path):
    """Budget number -> what the council says of it. The first row is a total and is left out."""
    names = ("row", "budget_id", "entries", "head_hash", "allocated", "committed", "spent", "remaining")
    return {row["budget_id"]: row for row in read(path, names) if row["row"] == "budget"}


def last(entries):
    """(allocated, committed, spent) after all of them."""
    return [(0, 0, 0), *(sums for _entry, sums in add_up(entries))][-1]


def decimal(pence):
    return ("-" if pence < 0 else "") + f"{abs(pence) // 100}.{abs(pence) % 100:02d}"


def pounds(pence):
    return f"£{decimal(pence)}"


def verify(journal, books=None, seen=()):
    """The report's lines, the problems, and how many entries there are, for these files."""
    budgets = read_journal(journal)
    lines, problems = [], transfer_problems(budgets)
    for number, entries in sorted(budgets.items(), key=lambda item: (len(item[0]), item[0])):
        wrong = chain_problems(entries) + balance_problems(entries)
        problems += [f"budget {number}: {each}" for each in wrong]
        allocated, committed, spent = last(entries)
        lines.append(
            f"budget {number}: {len(entries)} entries, allocated {pounds(allocated)}, committed {pounds(committed)},"
            f" spent {pounds(spent)}, remaining {pounds(allocated - committed - spent)}, {entries[-1]['hash']}"
        )
    if books:
        problems += claim_problems(budgets, read_books(books))
    known = {entry["hash"] for entries in budgets.values() for entry in entries}
    problems += [
        f"the hash {each} that you kept is no longer in the journal" for each in seen if each not in known
    ]
    return lines, problems, sum(map(len, budgets.values()))


def main(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("journal", help="the journal, from /data/journal.csv")
    parser.add_argument("books", nargs="?", help="what the council says of it, from /data/books.csv")
    parser.add_argument(
        "--seen", action="append", default=[], metavar="HASH", help="a last hash kept from earlier"
    )
    given = parser.parse_args(arguments)
    try:
        lines, problems, entries = verify(given.journal, given.books, given.seen)
    except Unreadable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    if problems:
        sys.stdout.write("".join(f"WRONG: {problem}\n" for problem in problems))
        return 1
    sys.stdout.write(f"All is right: {entries} entries in {len(lines)} budgets, hashed and added up again.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
