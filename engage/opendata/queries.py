"""What the files ask: everything in one statement each, read row by row, so that memory stays flat.

One statement is also one moment: nobody who books a payment meanwhile can make a file that does not add up.

What is read row by row has a cursor open in the database. So whoever asks for `awards`, `payments` or `journal` closes
what they were given (`with closing(…)`), also when something fails: left to the collector of garbage, the cursor would
be closed while the connection is in use, and wait for it for ever.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, JSONObject, TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.enums import EntryKind, OrganisationKind
from budgets.events import LEDGER_CHECKED
from budgets.models import Award, Budget, Entry
from budgets.queries import BooksCheck, last_check
from budgets.rules.chain import Link
from engage.audit.models import Record, Source
from engage.kit.letterhead import letterhead
from engage.kit.models import Theme
from engage.kit.years import financial_year, year_dates
from engage.opendata.models import Publisher
from engage.opendata.rules import facts
from engage.opendata.rules.lints import TWO_IDS, Lint, Names, is_published, lints_of

AT_ONCE = 500
BUDGETS_A_PAGE = 50
A_DAY = 24 * 60 * 60
# What the files say changes when one of these does, and every such change is in the record.
SUBJECTS = [
    *("budgets.award", "budgets.budget", "budgets.entry", "budgets.organisation"),
    *("councillors.councillor", "places.place"),
]
COMMITMENTS = (EntryKind.COMMIT, EntryKind.RELEASE)
DISBURSEMENTS = (EntryKind.PAY, EntryKind.REFUND)
JOURNAL_COLUMNS = [field.name for field in fields(Link)]


# --- who publishes, and as of when -----------------------------------------------------------------------


def publisher() -> Publisher:
    """Not `load`: it writes a row, and reading must not."""
    return Publisher.objects.first() or Publisher()


def imprint_of(publisher: Publisher, site: str) -> facts.Imprint:
    """`site` is how every address begins, without a slash at its end."""
    return facts.Imprint(
        name=publisher.name or letterhead().site_name,
        org_id=publisher.org_id,
        prefix=publisher.prefix,
        department=publisher.department,
        licence_name=publisher.terms.name,
        licence_url=publisher.terms.url,
        programme=_("Locality budgets"),
        programme_url=site + reverse("budgets:budgets"),
        data_url=site + reverse("opendata:front"),
        site=site,
    )


@dataclass(frozen=True, slots=True)
class State:
    """What the files would say now. `as_of` is when it last changed; None when there is nothing at all yet.

    `mark` is the same as long as every file is the same, byte for byte.
    """

    as_of: datetime | None
    mark: str


def state(imprint: facts.Imprint, *, today: date) -> State:
    """Three statements. `today` belongs to it because a date that was still to come no longer is."""
    entry = Entry.objects.order_by("-pk").values("pk", "hash", "recorded_at").first()
    record = (
        Record.objects.filter(subject_type__in=SUBJECTS)
        .exclude(event=LEDGER_CHECKED)
        .order_by("-pk")
        .values("pk", "at")
        .first()
    )
    themes = sorted(Theme.objects.values_list("name", "slug"))
    moments = [each for each in (entry and entry["recorded_at"], record and record["at"]) if each]
    said = repr((entry, record, themes, sorted(asdict(imprint).items()), today))
    return State(as_of=max(moments, default=None), mark=sha256(said.encode()).hexdigest()[:32])


# --- awards ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Most:
    """How many transactions of each kind an award has at most: the width of the table."""

    commitments: int
    disbursements: int


@dataclass(frozen=True, slots=True)
class Found:
    """One award, and the `Most` over all of those that were asked for."""

    award: facts.Award
    most: Most


def awards(*, prefix: str, year: int | None = None) -> Generator[Found]:
    """Every award of a financial year (of all years), in the order they were recorded. One statement."""
    found = Award.objects.order_by("pk")
    if year is not None:
        found = found.filter(budget__year=year)
    with closing(_read(_with_all(found, prefix))) as rows:
        for row in rows:
            yield Found(_award(row), Most(row["most_commitments"], row["most_disbursements"]))


def _with_all(found: QuerySet[Award], prefix: str) -> QuerySet[Award, dict[str, Any]]:
    entries = Entry.objects.filter(award=OuterRef("pk"))
    movement = JSONObject(number="sequence", kind="kind", pence="amount_pence", on="posted_on")
    ours = Concat(Value(f"{prefix}-A"), Cast(OuterRef("pk"), CharField()))
    changed = Record.objects.filter(subject_type="budgets.award", subject_id=OuterRef("pk")).order_by("-pk")
    return found.annotate(
        movements=ArraySubquery(entries.order_by("sequence").values(row=movement)),
        taken=Exists(Award.objects.filter(reference=ours).exclude(pk=OuterRef("pk"))),
        changed_at=Greatest(
            Subquery(entries.order_by("-pk").values("recorded_at")[:1]), Subquery(changed.values("at")[:1])
        ),
        commitments=_count(entries, COMMITMENTS),
        disbursements=_count(entries, DISBURSEMENTS),
        most_commitments=Window(Max("commitments")),
        most_disbursements=Window(Max("disbursements")),
    ).values(
        *(
            "pk",
            "budget_id",
            "budget__year",
            "reference",
            "taken",
            "title",
            "purpose",
            "decided_on",
            "decided_by",
        ),
        *("theme__name", "theme__slug", "place__name", "place__gss_code", "movements", "changed_at"),
        *(f"organisation__{name}" for name in ("identifier", "name", "kind", "postcode", "website")),
        *("organisation__charity_number", "organisation__company_number"),
        *("most_commitments", "most_disbursements"),
    )


def _count(entries: QuerySet[Entry], kinds: Iterable[str]) -> Coalesce:
    counted = entries.filter(kind__in=kinds).order_by().values("award").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _award(row: Mapping[str, Any]) -> facts.Award:
    return facts.Award(
        award_id=row["pk"],
        path=reverse("budgets:award", args=[row["pk"]]),
        budget_id=row["budget_id"],
        year=row["budget__year"],
        reference=row["reference"] or "",
        taken=row["taken"],
        title=row["title"],
        purpose=row["purpose"],
        decided_on=row["decided_on"],
        decided_by=row["decided_by"],
        theme=row["theme__name"] or "",
        theme_code=row["theme__slug"] or "",
        place=row["place__name"],
        place_code=row["place__gss_code"] or "",
        recipient=facts.Recipient(
            kind=str(OrganisationKind(row["organisation__kind"]).label),
            **{
                name: row[f"organisation__{name}"]
                for name in ("identifier", "name", "charity_number", "company_number", "postcode", "website")
            },
        ),
        movements=tuple(
            facts.Movement(**(each | {"on": date.fromisoformat(each["on"])})) for each in row["movements"]
        ),
        changed_at=row["changed_at"],
    )


# --- payments and the journal ----------------------------------------------------------------------------


def payments(*, year: int | None = None) -> Generator[Entry]:
    """Every payment and refund by its own date, the oldest first. One statement."""
    found = Entry.objects.filter(kind__in=DISBURSEMENTS)
    if year is not None:
        found = found.filter(posted_on__range=year_dates(year))
    named = found.select_related("award__organisation", "award__place", "budget__place", "budget__councillor")
    return _read(named.order_by("posted_on", "pk"))


def journal(*, year: int | None = None) -> Generator[tuple[Any, ...]]:
    """Every entry as it is hashed, budget by budget; `year` is that of the budgets, so every chain is whole."""
    found = Entry.objects.all() if year is None else Entry.objects.filter(budget__year=year)
    return _read(found.order_by("budget_id", "sequence").values_list(*JOURNAL_COLUMNS))


def _read(found: QuerySet[Any, Any]) -> Generator[Any]:
    rows: Generator[Any] = found.iterator(chunk_size=AT_ONCE)  # type: ignore[assignment]  # that is what it is
    return rows


# --- /data/ and /data/books/ -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Front:
    """What there is, by financial year, the latest first."""

    publisher: Publisher
    state: State
    checked: BooksCheck | None
    award_years: list[int]
    payment_years: list[int]
    journal_years: list[int]
    entries: int
    budgets: int
    sources: list[Source]


def years_published(*, prefix: str, state: State, today: date) -> list[int]:
    """Years of which a grant goes out, the latest first: not one whose grants are all held back or were cancelled.

    To know, every award has to be looked at; so it is kept for as long as no file would say anything else.
    """
    key = f"opendata.years.{state.mark}"
    found: list[int] | None = cache.get(key)
    if found is None:
        with closing(awards(prefix=prefix)) as every:
            found = _years(each.award.year for each in every if is_published(each.award, today=today))
        cache.set(key, found, A_DAY)
    return found


def front(publisher: Publisher, state: State, *, prefix: str, today: date) -> Front:
    moved = Budget.objects.filter(entries_count__gt=0)
    totals = moved.aggregate(entries=Coalesce(Sum("entries_count"), 0), budgets=Count("pk"))
    paid = Entry.objects.filter(kind__in=DISBURSEMENTS)
    months = (
        paid.order_by().annotate(month=TruncMonth("posted_on")).values_list("month", flat=True).distinct()
    )
    return Front(
        publisher=publisher,
        state=state,
        checked=last_check(),
        award_years=years_published(prefix=prefix, state=state, today=today),
        payment_years=_years(financial_year(month) for month in months),
        journal_years=_years(moved.order_by().values_list("year", flat=True).distinct()),
        entries=totals["entries"],
        budgets=totals["budgets"],
        sources=list(Source.objects.filter(Exists(Award.objects.filter(source=OuterRef("pk"))))),
    )


def _years(years: Iterable[int]) -> list[int]:
    return sorted(set(years), reverse=True)


@dataclass(frozen=True)
class Books:
    """Every budget with its last hash; `page` is one sheet of them."""

    all: QuerySet[Budget]
    page: Page[Budget]
    checked: BooksCheck | None
    state: State

    @cached_property
    def entries(self) -> int:
        total: int = self.all.order_by().aggregate(total=Coalesce(Sum("entries_count"), 0))["total"]
        return total


def books(state: State, *, page: object) -> Books:
    found = Budget.objects.filter(entries_count__gt=0).select_related("place", "councillor")
    ordered = found.order_by("-year", "place__name", F("councillor__name").asc(nulls_last=True), "pk")
    return Books(
        all=ordered,
        page=Paginator(ordered, BUDGETS_A_PAGE).get_page(page),  # type: ignore[arg-type]
        checked=last_check(),
        state=state,
    )


# --- what to mend ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend on one award; `about` names it."""

    lint: Lint
    award_id: int
    about: str


@dataclass(frozen=True, slots=True)
class Mending:
    """`looked_at` awards were looked at; of these `held_back` are not published because of an error."""

    findings: list[Finding]
    looked_at: int
    held_back: int


def to_mend(*, prefix: str, today: date) -> Mending:
    """Everything that the lints find, errors first. One statement; only what is found is kept in memory."""
    names, findings, looked_at, held_back = Names(), [], 0, set()
    with closing(awards(prefix=prefix)) as every:
        for found in every:
            award, looked_at = found.award, looked_at + 1
            lints = lints_of(award, prefix=prefix, today=today)
            if not award.was_cancelled:
                names.see(award)
            findings += [Finding(lint, award.award_id, award.title) for lint in lints]
            held_back |= {award.award_id for lint in lints if lint.blocks}
    findings += [
        Finding(TWO_IDS, award_id, f"{name}: {', '.join(ids)}") for name, award_id, ids in names.doubles()
    ]
    return Mending(sorted(findings, key=lambda each: not each.lint.blocks), looked_at, len(held_back))
