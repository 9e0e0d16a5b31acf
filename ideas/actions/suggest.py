"""A new idea, and its author taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.models import Theme
from engage.places.enums import PlaceKind
from engage.places.models import Place
from engage.places.queries import place_at
from engage.residents.models import Resident
from ideas.actions.common import DESCRIPTION_LIMIT, SENT_TWICE, TITLE_LIMIT, lock, words_of
from ideas.actions.screening import screened
from ideas.actions.status import set_status
from ideas.enums import PUBLIC_STATUSES, Channel, IdeaStatus
from ideas.events import IDEA_SUGGESTED
from ideas.models import Call, CallQuestion, Idea, QuestionReply, StatusChange
from ideas.permissions import may_enter_for_others, may_suggest, may_withdraw
from ideas.queries import ideas_used
from ideas.rules.limits import one_more_idea


@transaction.atomic
def suggest_idea(
    *,
    author: Resident,
    title: str,
    description: str,
    at: datetime,
    place: Place | None = None,
    theme: Theme | None = None,
    call: Call | None = None,
    pin: tuple[float, float] | None = None,
    address: str = "",
    rough_cost_pence: int | None = None,
    replies: Mapping[CallQuestion, Any] | None = None,
    channel: Channel | str = Channel.ONLINE,
    entered_by: Account | None = None,
    sent_from: UUID | None = None,
) -> Idea:
    """A new idea, gathering support from now. `pin` is (latitude, longitude) in degrees; it decides the place.

    `entered_by` is whoever of the council writes it down for somebody; `channel` says how it came.
    Refused when the call does not take it, the words are missing or too long, or the idea would lie nowhere.
    Sent twice in a row by the same person, it is one idea: the first is the answer to both.
    """
    if entered_by is not None:
        require(may_enter_for_others(entered_by))
    Resident.objects.select_for_update(no_key=True).get(pk=author.pk)
    title = words_of(title, TITLE_LIMIT, "title", _("Give your idea a title."))
    description = words_of(description, DESCRIPTION_LIMIT, "description", _("Say what your idea is."))
    if sent := _sent_just_now(author, title, description, at):
        return sent
    where = _where(place, pin, address)
    if call is not None:
        _check_call(call, author, where["place"], theme, at)
    looked_at = screened(author=author, text=f"{title}\n{description}", field="description", at=at)
    idea = Idea.objects.create(
        author=author,
        title=title,
        description=description,
        theme=theme,
        call=call,
        rough_cost_pence=rough_cost_pence,
        channel=channel,
        entered_by=entered_by,
        sent_from=sent_from,
        suggested_at=at,
        held_at=looked_at.held_at,
        **where,
    )
    looked_at.raise_flags(idea=idea, at=at)
    _keep_replies(idea, replies or {})
    record(IDEA_SUGGESTED, subject=idea, actor=entered_by or author.account, at=at, channel=str(channel))
    return idea


@transaction.atomic
def withdraw_idea(*, idea: Idea, by: Account, at: datetime) -> StatusChange:
    """The author takes the idea back. Its rows stay; lists, maps and search show it no more."""
    locked = lock(idea)
    require(may_withdraw(by, locked, at=at))
    return set_status(idea, locked, IdeaStatus.WITHDRAWN, "", actor=by, at=at)


def place_of(chosen: Place | None, pin: tuple[float, float] | None) -> Place:
    """Where an idea belongs. Refused when the pin is outside the council, or nothing was said at all."""
    if pin is not None:
        latitude, longitude = pin
        found = place_at(lat=latitude, lon=longitude)
        if found is None:
            raise Refused(
                Denied(
                    _(
                        "The pin is outside the area of this council. Move it inside, or choose a place from the list."
                    ),
                    status=422,
                    field="pin",
                )
            )
        return found
    if chosen is None:
        raise Refused(Denied(_("Say which place your idea is for."), status=422, field="place"))
    return chosen


def _where(place: Place | None, pin: tuple[float, float] | None, address: str) -> dict[str, Any]:
    """What an idea says of where it is; an address is one of a pin."""
    home = place_of(place, pin)
    if pin is None:
        return {"place": home}
    return {"place": home, "latitude": pin[0], "longitude": pin[1], "address": address}


def _sent_just_now(author: Resident, title: str, description: str, at: datetime) -> Idea | None:
    """The same words by the same person, moments ago: a button that was pressed twice."""
    twin = Idea.objects.filter(
        status__in=PUBLIC_STATUSES, author=author, title=title, description=description
    )
    return twin.filter(suggested_at__gt=at - SENT_TWICE).first()


def _keep_replies(idea: Idea, replies: Mapping[CallQuestion, Any]) -> None:
    QuestionReply.objects.bulk_create(
        QuestionReply(idea=idea, question=question, value=value) for question, value in replies.items()
    )


def _check_call(call: Call, author: Resident, place: Place, theme: Theme | None, at: datetime) -> None:
    """Whether the call takes this idea from this person now. The author's row is locked, so the count holds."""
    require(may_suggest(call, at=at))
    require(one_more_idea(ideas_used(call, author), title=call.title))
    _check_place(call, place)
    themes = list(call.themes.all())
    if theme is not None and themes and theme not in themes:
        raise Refused(
            Denied(
                _("“%(call)s” is not about “%(theme)s”. Choose one of its own subjects, or “Not sure”.")
                % {"call": call.title, "theme": theme},
                status=422,
                field="theme",
            )
        )


def _check_place(call: Call, place: Place) -> None:
    covered = list(call.places.all())
    if not covered or any(place.path.startswith(each.path) for each in covered):
        return
    sentence = (
        _(
            "“%(call)s” takes ideas for %(places)s only, so it cannot have no single place."
            " Choose a place there, or suggest your idea without this call."
        )
        if place.kind == PlaceKind.COUNCIL
        else _(
            "“%(call)s” takes ideas for %(places)s only, and this one is in %(place)s."
            " Choose a place there, or suggest your idea without this call."
        )
    )
    names = ", ".join(each.name for each in covered)
    words = sentence % {"call": call.title, "places": names, "place": place.name}
    raise Refused(Denied(words, status=422, field="place"))
