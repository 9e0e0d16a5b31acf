"""From ballots to what the back office draws of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from budgets.ballots import permissions, queries
from budgets.ballots.display.languages import Worded, words_in
from budgets.ballots.enums import Hand, Kind, Phase
from budgets.ballots.models import Ballot, Code, Elector, Paper, PaperBatch, Pot, Project, Won
from budgets.ballots.queries.listed import phase_listed
from budgets.ballots.rules.checklist import Item
from budgets.ballots.rules.counting import CHOICES
from budgets.ballots.rules.explain import CHOICE_WORDS, in_words
from budgets.ballots.rules.frozen import commitment
from budgets.ballots.rules.instructions import how_to, on_paper
from budgets.ballots.rules.languages import language
from budgets.ballots.rules.sheet import Sheet
from engage.kit.moments import end, moment, start
from engage.kit.money import pounds
from engage.places.models import Place

PHASE_KINDS = {
    Phase.DRAFT: "",
    Phase.ANNOUNCED: "w-status--primary",
    Phase.VOTING: "w-status--primary",
}


def phase_label(ballot: Ballot) -> Any:
    """Of a listed ballot."""
    return phase_listed(ballot, timezone.now()).label


def staff_url(name: str, *args: Any) -> str:
    return reverse(f"staff_ballots:{name}", args=args)


# --- the desk ---------------------------------------------------------------------------------------------


def desk(ballot: Ballot, who: Any, at: datetime) -> dict[str, Any]:
    phase = queries.phase_of(ballot, at)
    items = queries.checklist(ballot, at) if phase == Phase.DRAFT else []
    version = queries.version_of(ballot)
    return {
        "ballot": ballot,
        "phase": phase,
        "phase_label": phase.label,
        "phase_kind": PHASE_KINDS.get(phase, ""),
        "steps": preparing(ballot, items, who) if phase == Phase.DRAFT else [],
        "ready": phase == Phase.DRAFT and not any(item.must for item in items),
        "buttons": buttons(ballot, phase, who),
        "facts": facts(ballot, phase, at),
        "version": version,
        "opened": moment(version.opened_at) if version else "",
        "rule_words": in_words(ballot.rule) if ballot.rule else [],
        "public_url": public_url(ballot) if phase != Phase.DRAFT else "",
    }


def public_url(ballot: Ballot) -> str:
    try:
        return reverse("ballots:short", args=[ballot.pk])
    except NoReverseMatch:
        return ""


PARTS = (
    ("details", gettext_lazy("What it is, who votes, and how it is counted"), "edit"),
    ("money", gettext_lazy("Money"), "money"),
    ("projects", gettext_lazy("Projects"), "projects"),
    ("voters", gettext_lazy("Voters"), "roll"),
)


def preparing(ballot: Ballot, items: Iterable[Item], who: Any) -> list[dict[str, Any]]:
    """The parts of a draft in order, each with what is missing in it."""
    may = bool(permissions.may_prepare(who))
    found = []
    for where, label, name in PARTS:
        of_it = [item for item in items if item.where == where]
        url = staff_url(name, ballot.pk) if may or name == "projects" else ""
        found.append(
            {
                "label": label,
                "url": url,
                "items": of_it,
                "state": _state(of_it),
                "done": not any(item.must for item in of_it),
            }
        )
    return found


def _state(items: list[Item]) -> str:
    if any(item.must for item in items):
        return _("Something is missing")
    return _("Think about this") if items else _("Complete")


def buttons(ballot: Ballot, phase: Phase, who: Any) -> list[dict[str, str]]:
    """What can be done now by whom, the most likely first."""
    runs, codes = bool(permissions.may_run(who)), bool(permissions.may_issue_codes(who))
    paper = bool(permissions.may_enter_paper(who)) and ballot.on_paper
    sees = bool(permissions.may_see(who))
    with_codes = codes and "code" in ballot.proofs
    draft, after_count = phase == Phase.DRAFT, phase in {Phase.COUNTED, Phase.PUBLISHED}
    before_end = phase in {Phase.DRAFT, Phase.ANNOUNCED, Phase.VOTING}
    offered = [
        ("close", _("Close it"), runs and phase == Phase.ENDED),
        ("count", _("Count it"), runs and phase == Phase.CLOSED),
        ("publish", _("Publish the result"), runs and phase == Phase.COUNTED),
        ("award", _("Award the winners"), runs and phase == Phase.PUBLISHED and _to_award(ballot)),
        ("promises", _("What winners promise"), runs and phase == Phase.PUBLISHED),
        ("result", _("See the count"), sees and after_count),
        (
            "depart",
            _("Decide against the count"),
            bool(permissions.may_depart(who)) and phase == Phase.COUNTED,
        ),
        ("open", _("Open it"), runs and draft),
        ("preview", _("Preview") if draft else _("What is frozen"), sees),
        ("rehearse", _("Rehearse the count"), sees and draft),
        ("assist", _("Help somebody to vote"), phase == Phase.VOTING and _can_assist(ballot, who)),
        ("batches", _("Paper"), paper and phase in {Phase.VOTING, Phase.ENDED}),
        ("codes", _("Voting codes"), with_codes and before_end),
        ("roll", _("Electoral roll"), codes and ballot.checks_the_roll and phase == Phase.ANNOUNCED),
        ("errata", _("Put words right"), runs and not draft and phase != Phase.PUBLISHED),
    ]
    return [{"text": words, "url": staff_url(name, ballot.pk)} for name, words, when in offered if when]


def _can_assist(ballot: Ballot, who: Any) -> bool:
    return bool(permissions.may_enter_paper(who)) and bool({"roll", "code"} & set(ballot.proofs))


def _to_award(ballot: Ballot) -> bool:
    return any(row["projects"] for row in to_award(ballot))


def facts(ballot: Ballot, phase: Phase, at: datetime) -> list[tuple[str, str]]:
    found = [
        (
            _("Who votes"),
            _("people of %(place)s, aged %(age)d or more")
            % {"place": ballot.place.name, "age": ballot.minimum_age},
        ),
        (_("How it is filled in"), str(Kind(ballot.kind).label)),
    ]
    if ballot.opens_at and ballot.closes_at:
        found += [(_("Voting starts"), start(ballot.opens_at)), (_("Voting ends"), end(ballot.closes_at))]
    if phase not in {Phase.DRAFT, Phase.ANNOUNCED}:
        found.append((_("Have voted"), f"{queries.turnout(ballot).voters:,}"))
    return found


# --- preparing --------------------------------------------------------------------------------------------


def pot_rows(ballot: Ballot) -> list[dict[str, Any]]:
    rows = ballot.pots.select_related("place", "budget__place", "budget__councillor").annotate(
        how_many=CountOf("projects")
    )
    return [
        {
            "pot": pot,
            "amount": pounds(pot.amount_pence),
            "budget": str(pot.budget) if pot.budget else "",
            "left": pounds(pot.budget.remaining_pence) if pot.budget else "",
            "projects": pot.how_many,
            "change_url": staff_url("change_pot", ballot.pk, pot.pk),
            "remove_url": staff_url("remove_pot", ballot.pk, pot.pk),
        }
        for pot in rows
    ]


def projects_by_pot(ballot: Ballot) -> list[dict[str, Any]]:
    projects = list(ballot.projects.select_related("place", "theme", "idea", "organisation"))
    return [
        {
            "pot": pot,
            "amount": pounds(pot.amount_pence),
            "asked": pounds(sum(each.cost_pence for each in projects if each.pot_id == pot.pk)),
            "projects": [
                {
                    "project": each,
                    "cost": pounds(each.cost_pence),
                    "change_url": staff_url("change_project", ballot.pk, each.pk),
                    "remove_url": staff_url("remove_project", ballot.pk, each.pk),
                }
                for each in projects
                if each.pot_id == pot.pk
            ],
        }
        for pot in ballot.pots.all()
    ]


def document_of(ballot: Ballot) -> dict[str, Any]:
    """What is frozen, or what would be; with errata in the words."""
    if queries.version_of(ballot) is not None:
        return queries.shown(ballot).document
    return queries.draft_document(ballot, commitment("00" * 32))


def preview(ballot: Ballot) -> dict[str, Any]:
    """The ballot as voters read it, with the rule in words and as a line."""
    document = document_of(ballot)
    version = queries.version_of(ballot)
    if version is None:
        del document["tie_seed_sha256"]
    projects = [
        project
        | {
            "cost": pounds(project["cost_pence"]),
            "place_name": project["place"]["name"],
        }
        for project in document["projects"]
    ]
    return {
        "frozen": version is not None,
        "sha256": version.sha256 if version else "",
        "commitment": version.commitment if version else "",
        "title": document["title"],
        "summary": document["summary"],
        "how": how_to(ballot.kind, ballot.most, ballot.points),
        "rule": document["rule"],
        "rule_words": in_words(document["rule"]) if document["rule"] else [],
        "pots": [
            pot
            | {
                "amount": pounds(pot["amount_pence"]),
                "projects": [each for each in projects if each["pot"] == pot["key"]],
            }
            for pot in document["pots"]
        ],
        "bytes": json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True),
    }


def can_be_rehearsed(ballot: Ballot) -> bool:
    """Every pot has something to count, by a rule that can be read."""
    filled = [pot.how_many > 0 for pot in ballot.pots.annotate(how_many=CountOf("projects"))]
    wrong = any(item.must and item.where == "details" for item in queries.checklist(ballot, timezone.now()))
    return bool(filled) and all(filled) and not wrong


def rehearsed(ballot: Ballot, found: Iterable[queries.Rehearsed]) -> list[dict[str, Any]]:
    """For each pot a table: projects down, rules across, a tick where that rule would have funded it."""
    pots = {pot.key: pot for pot in ballot.pots.all()}
    projects = list(ballot.projects.all())
    rows = []
    for each in found:
        pot = pots[each.pot]
        rules = [(name, CHOICES[name][0], counted) for name, counted in each.others.items()]
        own = each.own.rule if each.own else None
        rows.append(
            {
                "pot": pot,
                "amount": pounds(pot.amount_pence),
                "voters": each.voters,
                "rules": [
                    {"name": label, "words": CHOICE_WORDS[name], "own": str(counted.rule) == str(own)}
                    for name, label, counted in rules
                ],
                "projects": [
                    {
                        "project": project,
                        "cost": pounds(project.cost_pence),
                        "funded": [project.key in counted.winners for _n, _l, counted in rules],
                    }
                    for project in projects
                    if project.pot_id == pot.pk
                ],
                "funded": [len(counted.winners) for _n, _l, counted in rules],
                "spent": [pounds(counted.cost) for _n, _l, counted in rules],
                "left": [pounds(pot.amount_pence - counted.cost) for _n, _l, counted in rules],
            }
        )
    return rows


# --- voters -----------------------------------------------------------------------------------------------


def voters(ballot: Ballot) -> dict[str, Any]:
    batches = ballot.code_batches.select_related("place", "issued_by").annotate(
        good=CountOf("codes", filter=Q(codes__revoked_at=None)),
        cancelled=CountOf("codes", filter=~Q(codes__revoked_at=None)),
    )
    return {
        "electors": Elector.objects.filter(ballot=ballot).count(),
        "codes": Code.objects.filter(ballot=ballot, revoked_at=None).count(),
        "takes_codes": "code" in ballot.proofs,
        "batches": [{"batch": each, "hand": Hand(each.hand).label} for each in batches],
    }


# --- paper ------------------------------------------------------------------------------------------------


def sheet_places(ballot: Ballot) -> list[dict[str, str]]:
    """One ballot paper for each place that has a pot of its own, and one for everywhere else; in each language."""
    found = {ballot.place: None} | {pot.place: None for pot in ballot.pots.select_related("place")}
    languages = [language(code) for code in ballot.languages or ["en"]]
    return [
        {
            "name": place.name if len(languages) == 1 else f"{place.name}, {each.name}",
            "url": staff_url("sheet", ballot.pk, place.pk) + (f"?language={each.code}" if number else ""),
        }
        for place in found
        for number, each in enumerate(languages)
    ]


def paper_sheet(ballot: Ballot, place: Place, *, asked: str = "") -> dict[str, Any]:
    """What is printed: a box for each project, and the code by which officers know the paper for theirs."""
    document = document_of(ballot)
    version = queries.version_of(ballot)
    worded = words_in(document, asked)
    words = worded.projects
    sheet = Sheet.of(document).for_place(place.pk)
    return {
        "place": place,
        "title": worded.named["title"],
        "language": worded.language,
        "code": version.sha256[:8].upper() if version else "",
        **_instructions(ballot, worded),
        "numbers": ballot.kind in {Kind.POINTS, Kind.RANKING},
        "pots": [
            {
                "name": worded.pots[pot.key]["name"],
                "language": worded.pots[pot.key]["language"],
                "amount": pounds(pot.amount),
                "options": [
                    {
                        "key": each.key,
                        "title": words[each.key]["title"],
                        "original": words[each.key]["original"],
                        "language": words[each.key]["language"],
                        "cost": pounds(each.cost),
                        "summary": words[each.key]["summary"],
                        "spoken": words[each.key]["spoken"]["summary"],
                    }
                    for each in pot.options
                ],
            }
            for pot in sheet.pots
        ],
    }


def _instructions(ballot: Ballot, worded: Worded) -> dict[str, Any]:
    """How to vote on paper and by when, in words that officers wrote in this language or else in the site's own."""
    own = worded.named.get("instructions", "")
    if not own:
        ends = (
            _("It must be handed in by %(ends)s.") % {"ends": end(ballot.closes_at)}
            if ballot.closes_at
            else ""
        )
        words = on_paper(ballot.kind, ballot.most, ballot.points)
        return {"instructions": words, "ends": ends, "instructed": language(get_language() or "en")}
    with override(worded.language.code):
        ends = _last_minute(ballot.closes_at) if ballot.closes_at else ""
    return {"instructions": own, "ends": ends, "instructed": worded.language}


def _last_minute(at: datetime) -> str:
    """In numbers as far as can be: whoever reads it may not read the site's language. Midnight ends the day before."""
    here = localtime(at)
    last = here if here.time() != time() else here - timedelta(minutes=1)
    return f"{date_format(last, 'DATE_FORMAT')}, {last:%H:%M}"


def batch_rows(ballot: Ballot) -> list[dict[str, Any]]:
    batches = ballot.paper_batches.select_related("place").annotate(
        entered=CountOf("papers"), agreed=CountOf("papers", filter=Q(papers__agreed=True))
    )
    return [
        {"batch": each, "url": staff_url("batch", ballot.pk, each.pk), "state": _batch_state(each)}
        for each in batches
    ]


def _batch_state(batch: PaperBatch) -> str:
    if batch.reconciled_at:
        return _("Reconciled: %(valid)d valid, %(invalid)d not") % {
            "valid": batch.valid or 0,
            "invalid": batch.invalid or 0,
        }
    if not batch.opened_at:
        return _("Voters are being admitted")
    return _("%(agreed)d of %(admitted)d papers entered twice") % {
        "agreed": batch.agreed,  # type: ignore[attr-defined]
        "admitted": batch.admitted,
    }


def batch(found: PaperBatch) -> dict[str, Any]:
    """Where a batch stands: never what is on a paper."""
    papers = list(found.papers.select_related("first_by"))
    waiting = [paper for paper in papers if not paper.agreed]
    corrections = list(found.corrections.all())
    correcting = any(each.second_by_id is None for each in corrections)
    ballot = found.ballot_id
    return {
        "batch": found,
        "agreed": len(papers) - len(waiting),
        "waiting": [
            {
                "number": paper.number,
                "state": _("waits for a second entry") if paper.first_by_id else _("to be entered again"),
            }
            for paper in waiting
        ],
        "invalid": [paper for paper in papers if paper.reason],
        "corrections": corrections,
        "ways": _batch_ways(found, waiting=bool(waiting), correcting=correcting),
        "turn_away_url": ""
        if found.opened_at or found.reconciled_at
        else staff_url("turn_away", ballot, found.pk),
    }


def _batch_ways(batch: PaperBatch, *, waiting: bool, correcting: bool) -> list[dict[str, str]]:
    """What can be done with a batch now, apart from admitting voters to it."""
    admitting, waits = not batch.opened_at, not batch.reconciled_at
    offered = [
        ("open_envelopes", _("Open the envelopes"), waits and admitting and batch.admitted),
        ("enter", _("Enter papers"), waits and not admitting),
        ("take_off", _("Take a number off"), waits and waiting),
        ("reconcile", _("Reconcile"), waits and not (admitting and batch.admitted)),
        ("correct_mark", _("The wrong voter is marked"), batch.admitted and not batch.ballot.closed_at),
        ("take_back", _("Take the correction back"), correcting),
    ]
    return [
        {"text": words, "url": staff_url(name, batch.ballot_id, batch.pk)}
        for name, words, when in offered
        if when
    ]


def next_paper(batch: PaperBatch, who: Any) -> int | None:
    """The number this person would enter next: a paper that waits for them, else a new one, while there are any."""
    papers = Paper.objects.filter(batch=batch)
    mine = papers.filter(agreed=False).exclude(first_by=who).order_by("number").first()
    if mine is not None:
        return mine.number
    taken = set(papers.values_list("number", flat=True))
    return next((number for number in range(1, batch.admitted + 1) if number not in taken), None)


# --- after ------------------------------------------------------------------------------------------------


def unique_shares(ballot: Ballot) -> list[dict[str, Any]]:
    """How many ballots of each pot no other ballot equals."""
    return [
        {
            "pot": count.pot.name,
            "votes": count.votes,
            "unique": count.unique,
            "percent": -(-100 * count.unique // count.votes) if count.votes else 0,
        }
        for count in queries.counts_of(ballot).values()
    ]


def to_award(ballot: Ballot) -> list[dict[str, Any]]:
    """Winners that are no awards yet, and what stands in the way of each."""
    done = set(Won.objects.filter(project__ballot=ballot).values_list("project", flat=True))
    return [
        {
            "pot": pot,
            "projects": [_waiting(pot, each) for each in queries.winners_of(pot) if each.pk not in done],
        }
        for pot in Pot.objects.filter(
            ballot=ballot, budget__isnull=False, count__isnull=False
        ).select_related("budget")
    ]


def _waiting(pot: Pot, project: Project) -> dict[str, Any]:
    return {
        "project": project,
        "cost": pounds(project.cost_pence),
        "to": str(project.organisation) if project.organisation else "",
    }
