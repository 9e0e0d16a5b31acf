"""A year's scheme in plain words: as facts, as dates with the days left, and beside the year before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgets.grants.enums import Decides, DocumentKind, Fence
from budgets.grants.models import Scheme
from budgets.grants.permissions import terms_of
from budgets.grants.queries import SchemePage
from budgets.grants.queries.scheme import Change as SchemeChange
from budgets.grants.rules.compare import Beside, Change, Fact, beside
from budgets.grants.rules.scheme import days_left_words, takes_applications
from engage.councillors.models import PreElection
from engage.kit.money import pounds
from engage.kit.years import year_label

DAY = "j F Y"

# What officers change → how residents read it.
NAMES = {
    "title": gettext_lazy("the title"),
    "summary": gettext_lazy("the summary"),
    "allocation_pence": gettext_lazy("each councillor’s money"),
    "grant_min_pence": gettext_lazy("the smallest grant"),
    "grant_max_pence": gettext_lazy("the largest grant"),
    "opens_on": gettext_lazy("the first day for applications"),
    "closes_on": gettext_lazy("the last day for applications"),
    "decide_by": gettext_lazy("the last day for decisions"),
    "spend_by": gettext_lazy("the last day to spend the money"),
    "carry_over_percent": gettext_lazy("what goes over into the next year"),
    "joint_grants": gettext_lazy("joint grants"),
    "decides": gettext_lazy("who decides"),
    "officer_above_pence": gettext_lazy("from which amount an officer decides"),
    "prohibited": gettext_lazy("what is never paid for"),
    "monitoring_months": gettext_lazy("when reports are due"),
    "fences": gettext_lazy("the ring-fences"),
    "documents": gettext_lazy("the documents"),
    "principles": gettext_lazy("the principles"),
}
CHANGES = {
    Change.SAME: ("", ""),
    Change.CHANGED: ("progress", gettext_lazy("Changed")),
    Change.NEW: ("done", gettext_lazy("New")),
    Change.GONE: ("closed", gettext_lazy("No longer")),
}


def grants_crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the front page to the grants; the last step has no address."""
    way = [(_("Home"), "/"), (_("Grants"), reverse("grants:scheme")), *steps]
    return [{"text": text, "url": url} for text, url in way[:-1]] + [{"text": way[-1][0]}]


def year_links(years: Sequence[int], year: int | None, path: str) -> list[dict[str, Any]]:
    """For `budgets/year_switch.html`."""
    return [
        {"text": year_label(each), "url": f"{path}?year={each}", "current": each == year} for each in years
    ]


def amounts(scheme: Scheme) -> list[Fact]:
    return [
        Fact("allocation", _("Each councillor has"), pounds(scheme.allocation_pence)),
        *(
            Fact(f"fence-{fence.kind}", _fence_label(fence.kind), pounds(fence.amount_pence))
            for fence in scheme.fences.all()
        ),
        Fact("min", _("Smallest grant"), pounds(scheme.grant_min_pence)),
        Fact("max", _("Largest grant from one councillor"), pounds(scheme.grant_max_pence)),
        Fact("joint", _("Several councillors for one project"), _joint(scheme)),
        Fact("carry", _("What is left at the end of the year"), _carry(scheme)),
    ]


def _fence_label(kind: str) -> str:
    return {
        Fence.CAPITAL: _("Of it, only for things that last"),
        Fence.ENVIRONMENT: _("Of it, only for the environment"),
    }[Fence(kind)]


def _joint(scheme: Scheme) -> str:
    if scheme.joint_grants:
        return _("Yes. Ask each of them for a part.")
    return _("No. Ask one councillor.")


def _carry(scheme: Scheme) -> str:
    if scheme.carry_over_percent == 0:
        return _("Nothing goes over into the next year.")
    if scheme.carry_over_percent == 100:
        return _("All of it goes over into the next year.")
    return _("%(percent)s %% of it goes over into the next year.") % {"percent": scheme.carry_over_percent}


def dates(scheme: Scheme) -> list[Fact]:
    """As days of the scheme's own year, so that a date which moved by just a year has not changed."""
    return [
        Fact("opens", _("Applications from"), _day_of(scheme, scheme.opens_on)),
        Fact("closes", _("Last day for applications"), _day_of(scheme, scheme.closes_on)),
        Fact("decide", _("Last day for decisions"), _day_of(scheme, scheme.decide_by)),
        Fact("spend", _("Last day to spend the money"), _day_of(scheme, scheme.spend_by)),
        Fact("reports", _("You tell us what it did"), reports_words(scheme.monitoring_months)),
    ]


def _day_of(scheme: Scheme, day: date) -> str:
    said, years = date_format(day, "j F"), day.year - scheme.year
    if years == 0:
        return said
    return ngettext("%(day)s, the year after", "%(day)s, %(years)s years later", years) % {
        "day": said,
        "years": years,
    }


def reports_words(months: Sequence[int]) -> str:
    """“6 and 12 months after you were paid”."""
    last = max(months, default=0)
    head = ", ".join(str(month) for month in sorted(months)[:-1])
    words = ngettext("%(last)s month after you were paid", "%(last)s months after you were paid", last)
    said = words % {"last": last}
    return _("%(months)s and %(rest)s") % {"months": head, "rest": said} if head else said


def deadlines(scheme: Scheme, *, on: date) -> list[dict[str, Any]]:
    """The dates as steps of a line, with the days that are left of what runs."""
    days = [
        (_("Applications"), scheme.opens_on, scheme.closes_on),
        (_("Decisions"), scheme.opens_on, scheme.decide_by),
        (_("Spend the money"), scheme.opens_on, scheme.spend_by),
    ]
    return [_deadline(title, start, end, on) for title, start, end in days]


def _deadline(title: str, start: date, end: date, on: date) -> dict[str, Any]:
    state = "past" if end < on else "coming" if on < start else "now"
    return {
        "title": title,
        "state": state,
        "state_text": {"past": _("Over"), "now": _("Open"), "coming": _("To come")}[state],
        "left": days_left_words(end, on=on) if state == "now" else "",
        "from": date_format(start, DAY),
        "to": date_format(end, DAY),
    }


def decider(scheme: Scheme) -> list[str]:
    """Who decides, in sentences."""
    if scheme.decides == Decides.OFFICER:
        said = [_("A council officer decides, after the councillor has backed your application.")]
    else:
        said = [_("The councillor whose money you ask for decides, after an officer has checked everything.")]
        if scheme.officer_above_pence is not None:
            above = _("Above %(amount)s from one budget an officer decides.")
            said.append(above % {"amount": pounds(scheme.officer_above_pence)})
    return [
        *said,
        _(
            "Whoever knows the group too well says so, and then somebody else decides."
            " Every decision is published with its reason."
        ),
    ]


def documents(scheme: Scheme) -> list[Fact]:
    return [
        Fact(f"document-{each.kind}", str(DocumentKind(each.kind).label), _from(each.from_pence))
        for each in scheme.documents_required.all()
    ]


def _from(pence: int) -> str:
    return _("For every grant") if pence == 0 else _("From %(amount)s on") % {"amount": pounds(pence)}


def rows(facts: Sequence[Fact]) -> list[dict[str, str]]:
    """For the `summary_list` component."""
    return [{"label": fact.label, "text": fact.text} for fact in facts]


def apply_now(found: SchemePage, *, on: date) -> dict[str, Any]:
    """What one can do today, first of all on the page: a title, when, words, and buttons, the first the main one."""
    scheme = found.scheme
    assert scheme is not None
    if takes_applications(terms_of(scheme), on=on):
        return _apply_until(scheme, found.election, on=on)
    groups = {"text": _("Get your group ready"), "url": reverse("grants:groups")}
    if on < scheme.opens_on:
        return {
            "title": _("Not open yet"),
            "when": _("You can apply from %(day)s on.") % {"day": date_format(scheme.opens_on, DAY)},
            "words": _("Until then you can say who your group is and who signs for it."),
            "buttons": [groups],
        }
    over = _("The last day for applications was %(day)s.") % {"day": date_format(scheme.closes_on, DAY)}
    if found.open is not None:
        years = {"year": year_label(found.open.year)}
        apply = {"text": _("Apply for a grant in %(year)s") % years, "url": reverse("grants:apply")}
        words = _("You are reading the rules of another year. You can apply in %(year)s.") % years
        return {"title": _("Closed"), "when": over, "words": words, "buttons": [apply]}
    return {
        "title": _("Closed"),
        "when": over,
        "words": _("Come back when the next scheme opens. Until then you can get your group ready."),
        "buttons": [groups],
    }


def _apply_until(scheme: Scheme, election: PreElection | None, *, on: date) -> dict[str, Any]:
    said = {"day": date_format(scheme.closes_on, DAY), "left": days_left_words(scheme.closes_on, on=on)}
    words = _("You can stop and come back. Sending it takes a few documents, listed below.")
    if election is not None:
        words = _("You can apply now. Nobody is awarded anything before %(election)s is over.") % {
            "election": election.name
        }
    return {
        "title": _("Open for applications"),
        "when": _("You can apply until %(day)s. %(left)s.") % said,
        "words": words,
        "buttons": [
            {"text": _("Apply for a grant"), "url": reverse("grants:apply")},
            {"text": _("Your groups"), "url": reverse("grants:groups")},
        ],
    }


def election_words(election: PreElection) -> str:
    return _(
        "%(election)s: until the end of %(day)s no new grant is awarded, and results of grants are not published. You"
        " can still apply, and what was promised is paid."
    ) % {"election": election.name, "day": date_format(election.ends_on, DAY)}


def change_rows(changes: Sequence[SchemeChange]) -> list[dict[str, Any]]:
    return [
        {
            "at": change.at,
            "what": ", ".join(str(NAMES[name]) for name in change.fields),
            "reason": change.reason,
        }
        for change in changes
    ]


def all_facts(scheme: Scheme) -> dict[str, list[Fact]]:
    """Everything that two years are compared by, in groups."""
    return {
        _("How much"): amounts(scheme),
        _("When"): dates(scheme),
        _("Who decides"): [Fact("decides", _("Who decides"), " ".join(decider(scheme)[:-1]))],
        _("Documents"): documents(scheme),
        _("Never paid for"): [Fact(f"never-{item}", item, _("Never paid for")) for item in scheme.prohibited],
        _("Principles"): [Fact(f"principle-{p.key}", p.title, p.meaning) for p in scheme.principles.all()],
    }


def compared(before: Scheme, after: Scheme) -> list[dict[str, Any]]:
    """For the page of two years: groups of rows, each with what changed in words and in a shape."""
    was, now = all_facts(before), all_facts(after)
    return [_group(title, beside(was[title], now[title])) for title in now]


def _group(title: str, found: Sequence[Beside]) -> dict[str, Any]:
    changed = sum(row.change != Change.SAME for row in found)
    return {
        "title": title,
        "changed": changed,
        "rows": [
            {
                "label": row.label,
                "before": row.before or _("Not there"),
                "after": row.after or _("Not there"),
                "kind": CHANGES[row.change][0],
                "change": str(CHANGES[row.change][1]),
                "code": row.change.value,
            }
            for row in found
        ],
    }


def scheme_parts(found: SchemePage, *, on: date) -> dict[str, Any]:
    """All that the page of one scheme shows."""
    scheme = found.scheme
    assert scheme is not None
    return {
        "now": apply_now(found, on=on),
        "amounts": rows(amounts(scheme)),
        "deadlines": deadlines(scheme, on=on),
        "reports": reports_words(scheme.monitoring_months),
        "decider": decider(scheme),
        "documents": rows(documents(scheme)),
        "principles": scheme.principles.all(),
        "changes": change_rows(found.changes),
        "year_words": year_label(scheme.year),
    }
