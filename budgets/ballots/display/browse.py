"""Ballots as the public reads them: cards of the front door, and the page of one ballot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgets.ballots.display.languages import words_in
from budgets.ballots.enums import Channel, Kind, Phase, Words
from budgets.ballots.models import Ballot, Erratum, Project
from budgets.ballots.queries import SMALL, Shown, Turnout, Verifier, verifiers_of
from budgets.ballots.queries.booth import PICTURE, BallotPage, Listed
from budgets.ballots.rules.explain import in_words
from budgets.ballots.rules.languages import language
from budgets.ballots.rules.small import without_small
from engage.kit.moments import end, first_day, last_day, start
from engage.kit.money import pounds

COUNTING = frozenset({Phase.ENDED, Phase.CLOSED, Phase.COUNTED})
GROUPS = [
    ("coming", gettext_lazy("Coming next"), frozenset({Phase.ANNOUNCED})),
    ("counting", gettext_lazy("Being counted"), COUNTING),
    ("decided", gettext_lazy("Decided"), frozenset({Phase.PUBLISHED})),
]
KINDS = {
    Phase.ANNOUNCED: "open",
    Phase.VOTING: "new",
    Phase.ENDED: "progress",
    Phase.CLOSED: "progress",
    Phase.COUNTED: "progress",
    Phase.PUBLISHED: "done",
}


def slug_of(ballot: Ballot) -> str:
    return slugify(ballot.title)[:60] or "ballot"


def ballot_url(ballot: Ballot) -> str:
    return reverse("ballots:ballot", args=[ballot.pk, slug_of(ballot)])


def vote_url(ballot: Ballot) -> str:
    return reverse("ballots:vote", args=[ballot.pk])


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the front page to the ballots; the last step has no address."""
    way = [(_("Home"), "/"), (_("Ballots"), reverse("ballots:ballots")), *steps]
    return [{"text": text, "url": url} for text, url in way[:-1]] + [{"text": way[-1][0]}]


def is_now(phase: Phase) -> bool:
    return phase == Phase.VOTING


# --- the front door ---------------------------------------------------------------------------------------


def card(listed: Listed) -> dict[str, Any]:
    ballot = listed.ballot
    return {
        "title": ballot.title,
        "summary": ballot.summary,
        "url": ballot_url(ballot),
        "vote_url": vote_url(ballot) if is_now(listed.phase) and verifiers_of(ballot) else "",
        "status": status(listed.phase),
        "when": when(ballot, listed.phase),
        "amount": pounds(listed.amount),
        "place": ballot.place.name,
        "pots": listed.pots if len(listed.pots) > 1 else (),
        "projects": ngettext("%(n)d project", "%(n)d projects", listed.projects) % {"n": listed.projects},
    }


def groups(found: Sequence[Listed]) -> list[dict[str, Any]]:
    """Those that cannot be voted on now, by where they stand; empty groups are left out."""
    made = [
        {"name": name, "title": title, "cards": [card(each) for each in found if each.phase in phases]}
        for name, title, phases in GROUPS
    ]
    return [group for group in made if group["cards"]]


def status(phase: Phase) -> dict[str, str]:
    return {"text": str(phase.label), "kind": KINDS.get(phase, "open")}


def when(ballot: Ballot, phase: Phase) -> str:
    assert ballot.opens_at is not None
    assert ballot.closes_at is not None
    if phase == Phase.ANNOUNCED:
        return _("You can vote from %(when)s.") % {"when": start(ballot.opens_at)}
    if phase == Phase.VOTING:
        return _("You can vote until %(when)s.") % {"when": end(ballot.closes_at)}
    return _("Voting ended at %(when)s.") % {"when": end(ballot.closes_at)}


# --- one ballot -------------------------------------------------------------------------------------------


def ballot_page(found: BallotPage, language: str = "") -> dict[str, Any]:
    """In one of the ballot's languages, as far as it has words in it."""
    ballot, shown, document = found.ballot, found.shown, found.shown.document
    worded = words_in(document, language)
    return {
        "ballot": ballot,
        "worded": worded,
        "ballot_url": ballot_url(ballot),
        "crumbs": crumbs((ballot.title, "")),
        "status": status(found.phase),
        "when": when(ballot, found.phase),
        "vote_url": vote_url(ballot) if is_now(found.phase) and verifiers_of(ballot) else "",
        "nobody": not verifiers_of(ballot),
        "receipt_url": "" if found.phase == Phase.ANNOUNCED else reverse("ballots:receipt", args=[ballot.pk]),
        "results_url": reverse("ballots:results", args=[ballot.pk]) if found.phase == Phase.PUBLISHED else "",
        "log": found.log,
        "pots": pots(
            {**document, "pots": worded.pots.values(), "projects": list(worded.projects.values())},
            found.projects,
        ),
        "dates": dates(ballot, found.phase),
        "who": who(ballot),
        "ways": [way_words(verifier) for verifier in verifiers_of(ballot)],
        "how": how(shown),
        "count": in_words(ballot.rule),
        "rule": ballot.rule,
        "turnout": turnout_rows(found.turnout) if found.turnout else [],
        "errata": errata(shown),
        "sha256": shown.sha256,
        "commitment": shown.commitment,
        "seed_source": document.get("tie_seed_source", ""),
        "frozen_url": ballot_url(ballot).rstrip("/") + ".json",
    }


def pots(document: Mapping[str, Any], rows: Mapping[str, Project]) -> list[dict[str, Any]]:
    """Each pot with its money and its projects, in the order of the paper."""
    return [
        {
            "key": pot["key"],
            "name": pot["name"],
            "language": pot.get("language"),
            "amount": pounds(pot["amount_pence"]),
            "projects": [
                project_card(project, rows, document)
                for project in document["projects"]
                if project["pot"] == pot["key"]
            ],
        }
        for pot in document["pots"]
    ]


def project_card(
    project: Mapping[str, Any], rows: Mapping[str, Project], document: Mapping[str, Any]
) -> dict[str, Any]:
    row = rows.get(project["key"])
    rivals = [
        other["title"]
        for other in document["projects"]
        if project["exclusive"]
        and other["exclusive"] == project["exclusive"]
        and other["pot"] == project["pot"]
        and other["key"] != project["key"]
    ]
    return {
        **{name: project[name] for name in ("key", "title", "summary", "description", "assessment", "theme")},
        "cost": pounds(project["cost_pence"]),
        "language": project.get("language"),
        "spoken": project.get("spoken"),
        "original": project.get("original", ""),
        "place": project["place"]["name"],
        "organisation": project["organisation"],
        "picture": _picture(project, row),
        "idea_url": row.idea.get_absolute_url() if row and row.idea else "",
        "rivals": rivals,
    }


def _picture(project: Mapping[str, Any], row: Project | None) -> dict[str, str] | None:
    """None once the file is another than the one that was frozen."""
    if row is None or row.image is None:
        return None
    if row.image.file_hash != project.get("image_sha1", row.image.file_hash):
        return None
    return {"url": row.image.get_rendition(PICTURE).url, "alt": project.get("alt", row.alt)}


def dates(ballot: Ballot, phase: Phase) -> list[dict[str, str]]:
    """For the `phase_line` component."""
    assert ballot.opens_at is not None
    assert ballot.closes_at is not None
    state = {Phase.ANNOUNCED: "coming", Phase.VOTING: "now"}.get(phase, "past")
    words = {"coming": _("To come"), "now": _("Now"), "past": _("Over")}
    counting = "now" if phase in COUNTING else ("past" if phase == Phase.PUBLISHED else "coming")
    return [
        {
            "title": _("Voting"),
            "state": state,
            "state_text": words[state],
            "from": first_day(ballot.opens_at),
            "to": last_day(ballot.closes_at),
        },
        {
            "title": _("Count and result"),
            "state": counting,
            "state_text": words[counting],
            "from": first_day(ballot.closes_at),
            "to": _("the day the result is published"),
            "body": _("Nobody sees who is ahead before the count: not the council either."),
        },
    ]


def who(ballot: Ballot) -> str:
    return _("People who live in %(place)s and are %(age)d or older.") % {
        "place": ballot.place.name,
        "age": ballot.minimum_age,
    }


WAYS = {
    "roll": gettext_lazy("Your elector number, last name and postcode, as on your poll card."),
    "code": gettext_lazy("The code from the letter we sent you, or that you were given in a hall."),
    "email": gettext_lazy("Your email address: we send you a link. You need no account."),
    "phone": gettext_lazy("Your mobile number: we text you a code. You need no account."),
    "openid": gettext_lazy("We send you to your identity provider and back. You need no account here."),
    "account": gettext_lazy("Your account here. Sign in, and say where you live."),
}


def way_words(verifier: Verifier) -> dict[str, str]:
    return {"key": verifier.key, "title": str(verifier.label), "body": str(WAYS.get(verifier.key, ""))}


def how(shown: Shown) -> list[str]:
    """How this kind of ballot is filled in, in the order in which one does it."""
    document = shown.document
    several = len(document["pots"]) > 1
    kind = Kind(document["kind"])
    first = {
        Kind.APPROVAL: _(
            "Choose every project that you would like to see. You can choose as many as you like."
        ),
        Kind.PICK: ngettext(
            "Choose %(most)d project at most.", "Choose %(most)d projects at most.", document["most"] or 0
        ),
        Kind.KNAPSACK: _("Choose projects as if the money were yours: until it is used up."),
        Kind.POINTS: _("You have %(points)s points. Give more of them to the projects that you like more."),
        Kind.RANKING: ngettext(
            "Say which project you like best.",
            "Put up to %(most)d projects in order: the one that you like best is first.",
            document["most"] or 0,
        ),
    }[kind] % {"most": document["most"] or 0, "points": document["points"]}
    steps = [_("Show that you may vote."), first]
    if several:
        steps.append(
            _("You vote on the money of where you live, and on the money for everywhere, on one paper.")
        )
    return [
        *steps,
        _("Look at it once more and cast it. You get a receipt code."),
        _(
            "Until voting ends you can change your mind: vote again, and the new paper takes the old one’s place."
        ),
    ]


def turnout_rows(found: Turnout) -> list[dict[str, Any]]:
    """For the `summary_list` component. Few people are never told apart, by channel either: one could be known."""
    large, rest = without_small(found.by_channel, SMALL)
    rows = [{"label": _("People who voted"), "text": _people(found.voters)}]
    rows += [
        {"label": str(Channel(channel).label), "text": _people(voters)}
        for channel, voters in sorted(large.items())
    ]
    if large and rest:
        rows.append({"label": _("In other ways"), "text": _people(rest)})
    return rows


def _people(number: int) -> str:
    return f"{number:,}" if number >= SMALL else _("fewer than %(small)d") % {"small": SMALL}


def _which_words(erratum: Erratum) -> str:
    what = str(Words(erratum.field).label)
    return f"{what}, {language(erratum.language).name}" if erratum.language else what


def errata(shown: Shown) -> list[dict[str, Any]]:
    titles = {project["key"]: project["title"] for project in shown.document["projects"]}

    def row(erratum: Erratum) -> dict[str, Any]:
        return {
            "project": titles.get(erratum.project, erratum.project),
            "what": _which_words(erratum),
            "before": erratum.before,
            "after": erratum.after,
            "reason": erratum.reason,
            "at": erratum.at,
        }

    return [row(erratum) for erratum in shown.errata]
