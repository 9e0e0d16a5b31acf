"""A new idea, and its author taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.models import Theme
from engage.places.models import Place
from engage.places.queries import place_at
from engage.residents.models import Resident
from ideas.actions.common import DESCRIPTION_LIMIT, SENT_TWICE, TITLE_LIMIT, lock, words_of
from ideas.actions.status import set_status
from ideas.enums import IdeaStatus
from ideas.events import (
    IDEA_SUGGESTED,
)
from ideas.models import Call, Idea, StatusChange
from ideas.permissions import (
    call_is_open,
    may_withdraw,
)


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
) -> Idea:
    """A new idea, gathering support from now. `pin` is (latitude, longitude) in degrees; it decides the place.

    Refused when the call is not open, the words are missing or too long, or the idea would lie nowhere.
    Sent twice in a row by the same person, it is one idea: the first is the answer to both.
    """
    Resident.objects.select_for_update(no_key=True).get(pk=author.pk)
    title = words_of(title, TITLE_LIMIT, "title", _("Give your idea a title."))
    description = words_of(description, DESCRIPTION_LIMIT, "description", _("Say what your idea is."))
    twin = Idea.objects.public().filter(author=author, title=title, description=description)
    if sent := twin.filter(suggested_at__gt=at - SENT_TWICE).first():
        return sent
    if call is not None:
        require(call_is_open(call, at=at))
    idea = Idea.objects.create(
        author=author,
        title=title,
        description=description,
        place=_place(place, pin),
        theme=theme,
        call=call,
        latitude=pin[0] if pin else None,
        longitude=pin[1] if pin else None,
        suggested_at=at,
    )
    record(IDEA_SUGGESTED, subject=idea, actor=author.account, at=at)
    return idea


@transaction.atomic
def withdraw_idea(*, idea: Idea, by: Account, at: datetime) -> StatusChange:
    """The author takes the idea back. Its rows stay; lists, maps and search show it no more."""
    locked = lock(idea)
    require(may_withdraw(by, locked))
    return set_status(idea, locked, IdeaStatus.WITHDRAWN, "", actor=by, at=at)


def _place(chosen: Place | None, pin: tuple[float, float] | None) -> Place:
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
