"""Reading what came out: files, winners, receipts in the log, and rehearsals before there is anything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import batched
from random import Random

from django.core.cache import cache
from django.db.models import QuerySet

from budgets.ballots.enums import Kind, Level
from budgets.ballots.models import Ballot, Count, Departure, Leaf, Log, Pot, Project, Publication
from budgets.ballots.queries.ballots import draft_document, frozen_document, version_of
from budgets.ballots.rules import counting
from budgets.ballots.rules.frozen import Seed, lot
from budgets.ballots.rules.marks import committed
from budgets.ballots.rules.merkle import inclusion_proof, root, way_up
from budgets.ballots.rules.sheet import Sheet
from budgets.count import ENGINE
from budgets.count import Count as Counted


def file_facts(ballot: Ballot, pot: Pot, line: str, seed: Seed) -> dict[str, str]:
    """The head of the `.pb` file: everything somebody needs to count it again and to check the seed."""
    version = version_of(ballot)
    assert version is not None
    document = frozen_document(ballot)
    limits = {
        Kind.PICK: {"max_length": document["most"]},
        Kind.RANKING: {"max_length": document["most"]},
        Kind.KNAPSACK: {"max_sum_cost": pot.amount_pence // 100},
        Kind.POINTS: {"max_sum_points": document["points"], "max_points": document["points_most"]},
    }
    facts = {
        "description": f"{ballot.title}: {pot.name}",
        "country": "United Kingdom",
        "unit": ballot.place.name,
        "subunit": pot.name,
        "instance": str(ballot.closes_at.year if ballot.closes_at else ""),
        "date_begin": document["opens_at"][:10],
        "date_end": document["closes_at"][:10],
        "rule": line,
        "engine": ENGINE,
        "ballot_sha256": version.sha256,
        "tie_seed": seed.mixed,
        "tie_seed_sha256": version.commitment,
    }
    if seed.value:
        facts |= {
            "tie_seed_sealed": seed.sealed,
            "tie_seed_value": seed.value,
            "tie_seed_source": seed.source,
        }
    facts |= {key: str(value) for key, value in limits.get(Kind(ballot.kind), {}).items() if value}
    return facts


def counts_of(ballot: Ballot) -> dict[str, Count]:
    """Pot → its count; for staff from the count on, for everybody once `published` is there."""
    counts = Count.objects.filter(pot__ballot=ballot).select_related("pot").defer("file")
    return {count.pot.key: count for count in counts}


def published(ballot: Ballot) -> Publication | None:
    return Publication.objects.filter(ballot=ballot).first()


def public_file(count: Count) -> str | None:
    """The `.pb` file with every ballot, or None when the council published totals only, or nothing yet."""
    publication = published(count.pot.ballot)
    return count.file if publication is not None and publication.level == Level.ALL else None


def winners_of(pot: Pot) -> list[Project]:
    """Who gets money: the count's winners in order, without what a signed decision took out, and what one put in."""
    count = Count.objects.only("winners").get(pot=pot)
    departed = dict(
        Departure.objects.in_force().filter(project__pot=pot).values_list("project__key", "funded")
    )
    order = [key for key in count.winners if departed.get(key, True)]
    order += [key for key, funded in departed.items() if funded]
    projects = {
        project.key: project
        for project in pot.projects.select_related("organisation", "place", "theme", "idea", "pot__budget")
    }
    return [projects[key] for key in order]


BLOCK = 1024  # lines of the log that are hashed for one receipt: a power of two


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What shows that a receipt is in the log: anybody can check it with `rules/merkle.py` or the same by hand."""

    commitment: str
    number: int
    size: int
    root: str
    proof: tuple[str, ...]


def inclusion(ballot: Ballot, receipt: str) -> Inclusion | None:
    """The proof for a receipt, after close; None when no ballot paper has it."""
    version = version_of(ballot)
    log = Log.objects.filter(ballot=ballot).first()
    if version is None or log is None:
        return None
    code = committed(version.sha256, receipt)
    leaf = Leaf.objects.filter(ballot=ballot, commitment=code).first()
    if leaf is None:
        return None
    block, number = divmod(leaf.number, BLOCK)
    lines = _lines(ballot).filter(number__gte=block * BLOCK, number__lt=(block + 1) * BLOCK)
    beside = [
        *inclusion_proof([bytes.fromhex(line) for line in lines], number),
        *way_up(_roots_of_blocks(log), block),
    ]
    return Inclusion(code, leaf.number, log.size, log.root, tuple(each.hex() for each in beside))


def _roots_of_blocks(log: Log) -> list[bytes]:
    """Worked out once from the whole log, which never changes; its root names it."""
    key = f"ballots.log.{log.root}.{BLOCK}"
    found: list[bytes] | None = cache.get(key)
    if found is None:
        lines = (bytes.fromhex(line) for line in log_lines(log.ballot))
        found = [root(block) for block in batched(lines, BLOCK)]
        cache.set(key, found)
    return found


def log_of(ballot: Ballot) -> Log | None:
    """How many papers lay in the box, and the root over them: for everybody from closing on, whatever is published."""
    return Log.objects.filter(ballot=ballot, ballot__closed_at__isnull=False).first()


def log_lines(ballot: Ballot) -> list[str]:
    """The published log: commitments in their order."""
    return list(_lines(ballot))


def _lines(ballot: Ballot) -> QuerySet[Leaf, str]:
    return Leaf.objects.filter(ballot=ballot).order_by("number").values_list("commitment", flat=True)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One pot counted with sample ballots: by the ballot's own rule, and by each of the others for comparison."""

    pot: str
    voters: int
    own: Counted | None
    others: dict[str, Counted]


def rehearse(ballot: Ballot, *, papers: int = 500, chance: int = 1) -> list[Rehearsed]:
    """Run the real engine on made-up papers and keep nothing. The same `chance` gives the same papers."""
    sheet = Sheet.of(draft_document(ballot, commitment=""))
    random = Random(chance)  # noqa: S311 - made-up papers need no secrets
    made = counting.samples(sheet, papers, random.random)
    # The seed of the count is never used before: a rehearsal draws by another one.
    drawn = lot(f"{chance:064x}", [option.key for pot in sheet.pots for option in pot.options])
    found = []
    for pot in sheet.pots:
        instance = counting.instance(sheet, pot, [paper[pot.key] for paper in made], {})
        others = {
            name: counting.counted(instance, counting.rule_line(name, sheet.kind), drawn)
            for name in counting.CHOICES
        }
        own = counting.counted(instance, ballot.rule, drawn) if ballot.rule else None
        found.append(Rehearsed(pot.key, instance.voters, own, others))
    return found
