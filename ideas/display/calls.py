"""Calls as cards, the line of their phases, and what one can do in them now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engage.kit.moments import end, first_day, last_day, start
from ideas.enums import PhaseKind
from ideas.models import Call, PhaseShift
from ideas.permissions import call_allows
from ideas.queries import CallPage
from ideas.rules.limits import Used
from ideas.rules.phases import Act, Dated, has_begun, is_over, next_phase, phase_at

# What happens in each phase, for the line of phases and for whoever asks what to do now.
DOING = {
    PhaseKind.SUGGEST: gettext_lazy("Everybody can suggest ideas."),
    PhaseKind.SUPPORT: gettext_lazy("Everybody can support the ideas they like best."),
    PhaseKind.ASSESS: gettext_lazy(
        "The council works out what each idea would cost and whether it can be done."
    ),
    PhaseKind.BALLOT: gettext_lazy("Residents vote on the ideas that can be done."),
    PhaseKind.DECIDE: gettext_lazy("Councillors decide which ideas get money, and say why."),
    PhaseKind.DELIVER: gettext_lazy("What was chosen is built, bought and opened."),
}


def calls_crumbs(*steps: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way from the ideas to the calls, for `crumbs`."""
    return ((_("Calls for ideas"), reverse("ideas:calls") if steps else ""), *steps)


def phase_steps(phases: Sequence[Dated], at: datetime) -> list[dict[str, Any]]:
    """For the `phase_line` component."""
    return [_step(phase, at) for phase in phases]


def _step(phase: Dated, at: datetime) -> dict[str, Any]:
    state = "past" if phase.ends_at <= at else "now" if phase.starts_at <= at else "coming"
    return {
        "title": PhaseKind(phase.kind).label,
        "body": DOING[PhaseKind(phase.kind)],
        "state": state,
        "state_text": {"past": _("Done"), "now": _("Now"), "coming": _("To come")}[state],
        "starts_at": phase.starts_at,
        "ends_at": phase.ends_at,
        "from": first_day(phase.starts_at),
        "to": last_day(phase.ends_at),
        "left": time_left(phase.ends_at, at) if state == "now" else "",
    }


def time_left(until: datetime, at: datetime) -> str:
    days = (localtime(until - timedelta(microseconds=1)).date() - localtime(at).date()).days
    if days == 0:
        return _("Ends today")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def call_card(call: Call, at: datetime) -> dict[str, Any]:
    """For the `call_card` component; the call knows its `ideas_count`."""
    phases = call.phases.all()
    state = "past" if is_over(phases, at) else "now" if has_begun(phases, at) else "coming"
    phase = phase_at(phases, at)
    return {
        "call": call,
        "url": call.get_absolute_url(),
        "title": call.title,
        "summary": call.explanation,
        "state": state,
        "phase": PhaseKind(phase.kind).label if phase else "",
        "when": _when(phases, at),
        "places": ", ".join(place.name for place in call.places.all()[:3]),
        "more_places": max(0, len(call.places.all()) - 3),
        "ideas": getattr(call, "ideas_count", None) if state != "coming" else None,
        "suggest_url": suggest_url(call) if call_allows(call, Act.SUGGEST, at=at) else "",
        "ideas_url": ideas_url(call),
    }


def _when(phases: Sequence[Dated], at: datetime) -> str:
    """Until when it is so, or when something begins."""
    phase, coming = phase_at(phases, at), next_phase(phases, at)
    if phase:
        return _("Until %(when)s") % {"when": end(phase.ends_at)}
    if coming:
        words = {"phase": PhaseKind(coming.kind).label, "when": start(coming.starts_at)}
        return _("“%(phase)s” begins at %(when)s") % words
    return _("Ended at %(when)s") % {"when": end(max(each.ends_at for each in phases))} if phases else ""


def suggest_url(call: Call) -> str:
    return f"{reverse('ideas:new')}?{urlencode({'call': call.slug})}"


def ideas_url(call: Call, **more: str) -> str:
    return f"{reverse('ideas:ideas')}?{urlencode({'call': call.slug, **more})}"


def to_do_now(page: CallPage, at: datetime) -> dict[str, Any]:
    """What one can do in the call at this moment: a sentence, until when, and the buttons that lead there."""
    call, phases = page.call, page.phases
    phase = phase_at(phases, at)
    see = (_("See the ideas"), ideas_url(call, sort="supported"))
    if call_allows(call, Act.SUGGEST, at=at):
        words, buttons = (
            _("Suggest your idea. It takes two minutes."),
            [(_("Suggest an idea"), suggest_url(call)), see],
        )
    elif phase and phase.kind == PhaseKind.SUPPORT:
        words = _("Support the ideas you like best. The numbers show the council what matters most.")
        buttons = [(_("Read and support the ideas"), ideas_url(call))]
    elif phase:
        words, buttons = str(DOING[PhaseKind(phase.kind)]), [see]
    elif not has_begun(phases, at):
        words = _("You need not wait: an idea without a call goes to your councillor at any time.")
        buttons = [(_("Suggest an idea without the call"), reverse("ideas:new"))]
    elif next_phase(phases, at):
        words, buttons = _("Until then you can read the ideas and comment on them."), [see]
    else:
        words = _("This call is over. The page of each idea says what became of it.")
        buttons = [(_("See what became of the ideas"), ideas_url(call))]
    if not page.ideas_count:
        buttons = [(text, url) for text, url in buttons if not url.startswith(ideas_url(call))]
    return {
        "words": words,
        "when": _when(phases, at),
        "buttons": [{"text": text, "url": url} for text, url in buttons],
    }


def limit_rows(page: CallPage, *, known: bool) -> list[str]:
    """The limits in words; `known` is whether the visitor is signed in, so that what they used can be said."""
    rows = []
    if page.ideas.limit is not None:
        words = ngettext(
            "Each person can suggest %(limit)d idea.",
            "Each person can suggest %(limit)d ideas.",
            page.ideas.limit,
        ) % {"limit": page.ideas.limit}
        rows.append(f"{words} {ideas_used_words(page.ideas)}" if known else words)
    if page.supports.limit is not None:
        words = ngettext(
            "Each person can support %(limit)d idea.",
            "Each person can support %(limit)d ideas.",
            page.supports.limit,
        ) % {"limit": page.supports.limit}
        rows.append(f"{words} {supports_used_words(page.supports)}" if known else words)
    return rows


def ideas_used_words(ideas: Used) -> str:
    return ngettext(
        "You have used %(used)d of %(limit)d idea.",
        "You have used %(used)d of %(limit)d ideas.",
        ideas.limit or 0,
    ) % {"used": ideas.used, "limit": ideas.limit}


def supports_used_words(supports: Used) -> str:
    if supports.limit is None:
        return ""
    return ngettext(
        "You have used %(used)d of %(limit)d support.",
        "You have used %(used)d of %(limit)d supports.",
        supports.limit,
    ) % {"used": supports.used, "limit": supports.limit}


def shift_rows(shifts: Sequence[PhaseShift]) -> list[dict[str, Any]]:
    """For the list of changed dates, the latest first."""
    return [
        {
            "at": shift.shifted_at,
            "phase": shift.get_kind_display(),
            "was": _dates(shift.from_starts_at, shift.from_ends_at),
            "is": _dates(shift.to_starts_at, shift.to_ends_at),
            "reason": shift.reason,
        }
        for shift in sorted(shifts, key=lambda shift: shift.shifted_at, reverse=True)
    ]


def _dates(starts_at: datetime | None, ends_at: datetime | None) -> str:
    if starts_at is None or ends_at is None:
        return ""
    return _("%(first)s to %(last)s") % {"first": first_day(starts_at), "last": last_day(ends_at)}


def call_map(page: CallPage) -> dict[str, Any] | None:
    """For the `map` component: the places of the call stand out. None when it is for everywhere, or for none that
    is on the map.
    """
    covered = {place.pk for place in page.places}
    outlines = page.map.outlines if page.map else []
    if page.map is None or not any(each.place_id in covered for each in outlines):
        return None
    urls = {
        each.place_id: ideas_url(page.call, place=each.slug)
        if each.place_id in covered
        else f"{reverse('ideas:ideas')}?{urlencode({'place': each.slug})}"
        for each in outlines
    }
    areas = page.map.areas(urls=urls, labels={pk: _("part of this call") for pk in covered})
    return {
        "areas": [area | {"shade": 4 if area["id"] in covered else 1, "label_x": None} for area in areas],
        "view_box": page.map.view_box,
        "list": [{"place": place, "url": ideas_url(page.call, place=place.slug)} for place in page.places],
    }
