"""The pages inside the booth: the paper with its running total, the comparison, the review, the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.ballots.display.browse import ballot_url, project_card
from budgets.ballots.display.languages import Worded
from budgets.ballots.enums import Kind
from budgets.ballots.forms.booth import TICKED, Filled, field_of, hidden_fields
from budgets.ballots.models import Ballot, Project
from budgets.ballots.queries import Inclusion
from budgets.ballots.rules.marks import printed
from budgets.ballots.rules.order import for_voter
from budgets.ballots.rules.sheet import PotOnSheet, Sheet, problems, used, why_not
from engage.kit.decisions import Denied
from engage.kit.moments import end
from engage.kit.money import pounds
from engage.places.models import Place

COMPARED = 4
BANDS = [pence * 100 for pence in (500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000)]


@dataclass(frozen=True, slots=True)
class Booth:
    """One voter before their paper. `packed` and `visit` go from page to page; `done` is what is marked so far."""

    ballot: Ballot
    sheet: Sheet
    words: Worded
    rows: Mapping[str, Project]
    place: Place
    voter: str
    packed: str
    visit: str
    done: Filled
    asked: QueryDict


# --- the paper --------------------------------------------------------------------------------------------


def choose_page(booth: Booth) -> dict[str, Any]:
    return {
        **_frame(booth, "choose"),
        "pots": [_pot(booth, pot) for pot in booth.sheet.pots],
        "totals": totals(booth),
        "filters": _filters(booth),
        "filtered": any(booth.asked.get(name) for name in ("place", "theme", "cost")),
        "many": sum(len(pot.options) for pot in booth.sheet.pots) > 1,
    }


def _frame(booth: Booth, stage: str) -> dict[str, Any]:
    return {
        "stage": stage,
        "kind": booth.sheet.kind.value,
        "ticked": booth.sheet.kind in TICKED,
        "ticket": booth.packed,
        "visit": booth.visit,
        "worded": booth.words,
        "place": booth.place.name,
        "closes": end(booth.ballot.closes_at) if booth.ballot.closes_at else "",
        "paper_url": reverse("ballots:paper", args=[booth.ballot.pk]),
        "leave_url": reverse("ballots:leave", args=[booth.ballot.pk]),
        "hidden": hidden_fields(booth.sheet, booth.done),
        "most": booth.sheet.most,
        "points": booth.sheet.points,
    }


def _pot(booth: Booth, pot: PotOnSheet) -> dict[str, Any]:
    order = for_voter(booth.voter, [option.key for option in pot.options])
    cards = [_option(booth, pot, key) for key in order]
    return {
        "key": pot.key,
        "name": pot.name,
        "language": booth.words.pots[pot.key]["language"],
        "amount": pounds(pot.amount),
        "limit": _limit(booth.sheet, pot),
        "cards": cards,
        "hidden_cards": sum(card["hidden"] for card in cards),
        "places": [str(place) for place in range(1, _places(booth.sheet, pot) + 1)],
    }


def _places(sheet: Sheet, pot: PotOnSheet) -> int:
    return min(sheet.most or len(pot.options), len(pot.options))


def _limit(sheet: Sheet, pot: PotOnSheet) -> str:
    """What one may mark here, in one sentence."""
    most = sheet.most or 0
    return {
        Kind.APPROVAL: _("Choose as many as you like, or none."),
        Kind.PICK: ngettext("Choose %(most)d, or none.", "Choose up to %(most)d, or none.", most),
        Kind.KNAPSACK: _("Choose as many as the money pays for, or none."),
        Kind.POINTS: _("Share out up to %(points)s points, or none.")
        + (" " + _("One project can have %(each)s at most.") if sheet.points_most else ""),
        Kind.RANKING: _("Say which is first, second and so on, up to place %(places)s; or none."),
    }[sheet.kind] % {
        "most": most,
        "points": sheet.points,
        "each": sheet.points_most,
        "places": _places(sheet, pot),
    }


def _option(booth: Booth, pot: PotOnSheet, key: str) -> dict[str, Any]:
    chosen = key in dict(booth.done.marks.get(pot.key, ()))
    wrong = next((problem.sentence for problem in booth.done.problems if problem.project == key), "")
    document = {"projects": list(booth.words.projects.values())}
    return {
        **project_card(booth.words.projects[key], booth.rows, document),
        "name": "choose" if booth.sheet.kind in TICKED else field_of(key),
        "chosen": chosen,
        "written": booth.done.written.get(key, ""),
        "why": "" if chosen else _why(booth, pot, key),
        "wrong": wrong,
        "compared": key in booth.asked.getlist("compare"),
        "hidden": not chosen and not booth.done.written.get(key) and not _passes(booth, key),
    }


def _why(booth: Booth, pot: PotOnSheet, key: str) -> str:
    if booth.sheet.kind == Kind.POINTS and used(booth.sheet, pot, booth.done.marks).left == 0:
        return _("All your points are given. Take some back to give this project any.")
    return why_not(booth.sheet, booth.done.marks, key)


def totals(booth: Booth) -> list[dict[str, Any]]:
    """The running total of each pot: in words, and as a share of the limit for the bar."""
    found = []
    for pot in booth.sheet.pots:
        total = used(booth.sheet, pot, booth.done.marks)
        left = total.left
        share = 0 if not total.limit else min(100, total.used * 100 // total.limit)
        found.append(
            {
                "name": pot.name,
                "language": booth.words.pots[pot.key]["language"],
                "words": _used_words(total.used, total.limit, total.unit),
                "left": "" if left is None else _left_words(left, total.unit),
                "over": left is not None and left < 0,
                "share": f"{share}%",
                "bar": bool(total.limit),
            }
        )
    return found


def _used_words(amount: int, limit: int | None, unit: str) -> str:
    if unit == "pence":
        return _("%(used)s of %(limit)s") % {"used": pounds(amount), "limit": pounds(limit or 0)}
    if unit == "points":
        return _("%(used)s of %(limit)s points") % {"used": amount, "limit": limit}
    if limit is None:
        return ngettext("%(used)d project chosen", "%(used)d projects chosen", amount) % {"used": amount}
    return _("%(used)s of %(limit)s chosen") % {"used": amount, "limit": limit}


def _left_words(left: int, unit: str) -> str:
    amount = pounds(abs(left)) if unit == "pence" else str(abs(left))
    return (_("%(amount)s left") if left >= 0 else _("%(amount)s too much")) % {"amount": amount}


def _passes(booth: Booth, key: str) -> bool:
    """Whether the filters let it through."""
    project, asked = booth.words.projects[key], booth.asked
    cost = asked.get("cost", "")
    return (
        (not asked.get("place") or str(project["place"]["id"]) == asked["place"])
        and (not asked.get("theme") or project["theme"] == asked["theme"])
        and (not cost.isdecimal() or project["cost_pence"] <= int(cost[:15]))
    )


def _filters(booth: Booth) -> list[dict[str, Any]]:
    """Only those that would take something away."""
    projects = [booth.words.projects[option.key] for pot in booth.sheet.pots for option in pot.options]
    places = sorted({(project["place"]["name"], str(project["place"]["id"])) for project in projects})
    themes = sorted({project["theme"] for project in projects if project["theme"]})
    costs = [project["cost_pence"] for project in projects]
    bands = [band for band in BANDS if costs and min(costs) <= band < max(costs)]
    found = [
        ("place", _("Place"), [(value, name) for name, value in places] if len(places) > 1 else []),
        ("theme", _("Theme"), [(theme, theme) for theme in themes] if len(themes) > 1 else []),
        ("cost", _("Cost"), [(str(band), _("Up to %(cost)s") % {"cost": pounds(band)}) for band in bands]),
    ]
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "text": text, "selected": booth.asked.get(name) == value}
                for value, text in options
            ],
        }
        for name, label, options in found
        if options
    ]


def problems_of(booth: Booth) -> list[dict[str, str]]:
    """For the `error_summary` component; each leads to the project or the pot that it is about."""
    found = booth.done.problems or problems(booth.sheet, booth.done.marks)
    return [
        {"text": each.sentence, "href": f"#{each.project or 'pot-' + each.pot}" if each.pot else ""}
        for each in found
    ]


# --- compare, review, done --------------------------------------------------------------------------------


def compare_page(booth: Booth) -> dict[str, Any]:
    """Up to four projects side by side. What is marked goes along in hidden fields."""
    on_paper = {option.key for pot in booth.sheet.pots for option in pot.options}
    keys = [key for key in booth.asked.getlist("compare") if key in on_paper][:COMPARED]
    document = {"projects": list(booth.words.projects.values())}
    return {
        **_frame(booth, "choose"),
        "columns": [project_card(booth.words.projects[key], booth.rows, document) for key in keys],
        "most_compared": COMPARED,
        "cut": len(booth.asked.getlist("compare")) > COMPARED,
    }


def review_page(booth: Booth) -> dict[str, Any]:
    pots = []
    for pot, total in zip(booth.sheet.pots, totals(booth), strict=True):
        options = {option.key: option for option in pot.options}
        chosen = [
            {
                "title": options[key].title,
                "language": booth.words.projects[key]["language"],
                "original": booth.words.projects[key]["original"],
                "cost": pounds(options[key].cost),
                "points": ngettext("%(n)d point", "%(n)d points", points) % {"n": points},
            }
            for key, points in booth.done.marks.get(pot.key, ())
        ]
        language = booth.words.pots[pot.key]["language"]
        pots.append({"name": pot.name, "language": language, "chosen": chosen, "total": total})
    return {**_frame(booth, "review"), "pots": pots}


def not_cast_page(booth: Booth, denied: Denied) -> dict[str, Any]:
    """What was marked goes along, so that nobody has to choose again."""
    return {**_frame(booth, "review"), "reason": denied.reason}


def done_page(booth: Booth, receipt: str, *, changed: bool) -> dict[str, Any]:
    facts = receipt_facts(booth.ballot, receipt, booth.packed, booth.visit)
    return {**facts, "changed": changed, "cast": True}


def receipt_facts(ballot: Ballot, receipt: str, packed: str, visit: str) -> dict[str, Any]:
    """The page after the vote. Nothing of what was chosen is on it."""
    return {
        "stage": "done",
        "receipt": receipt,
        "ticket": packed,
        "visit": visit,
        "closes": end(ballot.closes_at) if ballot.closes_at else "",
        "receipt_url": reverse("ballots:receipt", args=[ballot.pk]),
        "send_url": reverse("ballots:send_receipt", args=[ballot.pk]),
        "leave_url": reverse("ballots:leave", args=[ballot.pk]),
        "ballot_url": ballot_url(ballot),
    }


# --- the receipt ------------------------------------------------------------------------------------------

CHECK = """from hashlib import sha256

ballot = "{ballot}"
receipt = "{receipt}"
number, size = {number}, {size}
root = "{root}"
proof = [{proof}]

node = sha256(b"\\0" + sha256(f"{{ballot}}:{{receipt}}".encode()).digest()).digest()
last = size - 1
for beside in map(bytes.fromhex, proof):
    if number % 2 or number == last:
        node = sha256(b"\\1" + beside + node).digest()
        while number and number % 2 == 0:
            number, last = number // 2, last // 2
    else:
        node = sha256(b"\\1" + node + beside).digest()
    number, last = number // 2, last // 2
print("in the log" if last == 0 and node.hex() == root else "NOT in the log")
"""


def own_check(sha256: str, receipt: str, proof: Inclusion) -> dict[str, str]:
    """A program of the Python standard library alone that does the same check on the reader's own machine."""
    beside = "".join(f'\n    "{each}",' for each in proof.proof)
    program = CHECK.format(
        ballot=sha256,
        receipt=receipt,
        number=proof.number,
        size=proof.size,
        root=proof.root,
        proof=beside + "\n" if beside else "",
    )
    return {"program": program, "receipt": printed(receipt)}
