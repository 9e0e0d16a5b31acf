"""What the pages on which an idea is written show, and what was told with an idea beside its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from engage.accounts.models import Account
from engage.kit.models import Theme
from engage.places.enums import PlaceKind
from engage.places.models import Place
from engage.residents.models import Resident
from ideas.enums import PICTURE_RENDITIONS
from ideas.models import Call, CallQuestion, CoAuthor, Idea, IdeaDraft, IdeaPicture, QuestionReply
from ideas.permissions import may_suggest
from ideas.rules.steps import Steps, steps_of


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft with all there is to choose from. `calls` take ideas now; `call` is the one chosen, open or not."""

    draft: IdeaDraft
    calls: Sequence[Call]
    call: Call | None
    places: Sequence[Place]
    themes: Sequence[Theme]
    questions: Sequence[CallQuestion]
    steps: Steps

    @property
    def council(self) -> Place | None:
        return next((place for place in self.places if place.kind == PlaceKind.COUNCIL), None)

    @property
    def typed(self) -> dict[str, Any]:
        return dict(self.draft.data)


def desk_of(draft: IdeaDraft, *, at: datetime) -> Desk:
    """The same few statements whatever there is to choose from; a call may narrow the places and themes."""
    known = list(Call.objects.public(at).prefetch_related("phases", "places", "themes", "questions"))
    calls = [call for call in known if may_suggest(call, at=at)]
    # A call that closed while somebody wrote is still understood, so that the verb can say what happened.
    call = next((call for call in known if call.slug == draft.data.get("call")), None)
    questions = list(call.questions.all()) if call else []
    return Desk(
        draft=draft,
        calls=calls,
        call=call,
        places=_places(call),
        themes=(list(call.themes.all()) if call else []) or list(Theme.objects.all()),
        questions=questions,
        steps=steps_of(
            calls=bool(calls or call),
            questions=bool(questions),
            co_authors=draft.entered_by_id is None,
        ),
    )


def _places(call: Call | None) -> list[Place]:
    places = list(Place.objects.only("kind", "name", "slug", "path"))
    covered = [place.path for place in call.places.all()] if call else []
    return [place for place in places if not covered or place.path.startswith(tuple(covered))]


def draft_of(
    draft_id: UUID, *, resident: Resident | None, account: Account | None, guest: Sequence[str]
) -> IdeaDraft | None:
    """A draft of this person's: theirs, one they write for somebody else, or one begun as a guest in this browser."""
    draft = IdeaDraft.objects.filter(pk=draft_id).first()
    if draft is None:
        return None
    if draft.entered_by_id is not None:
        return draft if account is not None and draft.entered_by_id == account.pk else None
    if draft.author_id is not None:
        return draft if resident is not None and draft.author_id == resident.pk else None
    return draft if str(draft.pk) in guest else None


def drafts_of(resident: Resident | None, account: Account | None = None) -> list[IdeaDraft]:
    """What somebody has begun and not sent, the latest first; with an account also what they write for others."""
    if resident is None:
        return []
    mine = IdeaDraft.objects.filter(author=resident, entered_by=None)
    if account is not None:
        mine |= IdeaDraft.objects.filter(entered_by=account)
    return list(mine)


def sent_from(draft_id: UUID) -> Idea | None:
    """The idea that a draft became."""
    return Idea.objects.filter(sent_from=draft_id).first()


def pictures_of(thing: Idea | IdeaDraft) -> QuerySet[IdeaPicture]:
    """In order, with what shows them: two statements."""
    return (
        thing.pictures.select_related("image").prefetch_related("image__renditions").order_by("order", "id")
    )


def invitation_of(token_hash: str) -> CoAuthor | None:
    return (
        CoAuthor.objects.select_related("idea__author", "idea__place").filter(token_hash=token_hash).first()
        if token_hash
        else None
    )


def invitations_of(idea: Idea) -> list[CoAuthor]:
    """Everybody who was asked, whatever they answered: for the author."""
    return list(idea.co_authors.select_related("resident"))


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody may know of an idea beside its words. Files are names in the store of pictures."""

    pictures: list[dict[str, Any]]
    co_authors: list[dict[str, Any]]
    replies: list[dict[str, Any]]

    def is_co_author(self, resident: Resident | None) -> bool:
        return resident is not None and any(each["resident"] == resident.pk for each in self.co_authors)


def told_beside() -> dict[str, ArraySubquery]:
    """Pictures, co-authors who accepted, and public replies, to be asked for in one statement about ideas."""
    _small, wide = PICTURE_RENDITIONS
    drawn = FilteredRelation("image__renditions", condition=Q(image__renditions__filter_spec=wide))
    pictures = IdeaPicture.objects.annotate(drawn=drawn).filter(idea=OuterRef("pk"), drawn__isnull=False)
    replies = QuestionReply.objects.filter(idea=OuterRef("pk"), question__public=True)
    people = CoAuthor.objects.filter(idea=OuterRef("pk"), accepted_at__isnull=False)
    return {
        "told_pictures": ArraySubquery(
            pictures.order_by("order", "id").values(
                told=JSONObject(
                    file="drawn__file",
                    width="drawn__width",
                    height="drawn__height",
                    alt="alt",
                )
            )
        ),
        "told_people": ArraySubquery(
            people.order_by("accepted_at").values(
                told=JSONObject(name="resident__name", resident="resident_id")
            )
        ),
        "told_replies": ArraySubquery(
            replies.order_by("question__order", "question_id").values(
                told=JSONObject(question="question__label", kind="question__kind", value="value")
            )
        ),
    }


def told_in(row: Mapping[str, Any]) -> Told:
    """What `told_beside` asked for."""
    return Told(row["told_pictures"], row["told_people"], row["told_replies"])
