"""An idea while it is written, and what was told with it beside its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.kit.money import pounds
from engage.kit.text import excerpt
from ideas.display.maps import picture_size
from ideas.enums import OPEN_STATUSES, PICTURE_RENDITIONS, QuestionKind
from ideas.models import CoAuthor, Idea, IdeaDraft, IdeaPicture
from ideas.queries import Desk, Told
from ideas.rules import steps

INSTEAD = (
    "idea_supported_instead"  # in the session: an idea that was supported, and the draft it makes needless
)


# The longer side, in pixels, of a picture that only its writer sees.
THUMBNAIL = 320


def step_title(name: str, *, for_somebody: bool = False) -> str:
    if name == steps.PICTURES and for_somebody:
        return _("Their pictures")
    return {
        steps.CALL: _("What is it for?"),
        steps.TITLE: _("What is your idea?"),
        steps.DESCRIPTION: _("Tell us more"),
        steps.PLACE: _("Where should it happen?"),
        steps.THEME: _("What is it about, and what would it cost?"),
        steps.PICTURES: _("Add pictures"),
        steps.QUESTIONS: _("Questions for this call"),
        steps.CO_AUTHORS: _("Is it somebody else’s idea too?"),
        steps.CHECK: _("Check your idea"),
    }[name]


def draft_row(draft: IdeaDraft) -> dict[str, Any]:
    """A draft in a list of them. It goes on at the first page of which nothing has been typed."""
    known = steps.steps_of(calls=False, questions=False, co_authors=False)
    return {
        "title": str(draft),
        "url": reverse("ideas:step", args=[draft.pk, steps.carry_on_at(known, draft.data)]),
        "delete_url": reverse("ideas:delete_draft", args=[draft.pk]),
        "changed_at": draft.changed_at,
        "for_somebody": draft.entered_by_id is not None,
        "waits_for": draft.email,
    }


def draft_number(text: str) -> str:
    """The number of a draft as it stands in an address; nothing when it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def sent_url(draft: IdeaDraft) -> str:
    return reverse("ideas:sent", args=[draft.pk])


def one_line(text: Any, longest: int = 80) -> str:
    return " ".join(str(text or "").split())[:longest]


def similar_rows(ideas: Iterable[Idea], draft: str) -> list[dict[str, Any]]:
    """For the `similar_ideas` component; with the number of a draft, open ones can be supported instead of it."""
    return [
        {
            "title": idea.title,
            "url": idea.get_absolute_url(),
            "place": idea.place.name,
            "summary": excerpt(idea.description, 120),
            "supporters": ngettext("%(count)d supporter", "%(count)d supporters", idea.supports_count)
            % {"count": idea.supports_count},
            "status": "" if idea.status in OPEN_STATUSES else idea.get_status_display(),
            "support_url": reverse("ideas:support_instead", args=[draft, idea.pk])
            if draft and idea.status in OPEN_STATUSES
            else "",
        }
        for idea in ideas
    ]


def pin_picture(view_box: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The map as a picture to press where there are no scripts."""
    width, height = picture_size(view_box)
    return {"width": width, "height": height, "query": urlencode(given)}


def picture_rows(pictures: Sequence[IdeaPicture], words: forms.Form) -> list[dict[str, Any]]:
    """The pictures with the field for what each shows."""
    return [
        {
            "picture": picture,
            "number": number,
            "shown": _drawn(picture),
            "field": words[f"alt-{picture.pk}"] if f"alt-{picture.pk}" in words.fields else None,
        }
        for number, picture in enumerate(pictures, 1)
    ]


def _drawn(picture: IdeaPicture) -> dict[str, Any] | None:
    """Where to fetch it small, and the size to show it in: drawn once for an idea, each time for a draft."""
    if picture.draft_id is not None:
        return draft_picture(picture)
    small, _wide = PICTURE_RENDITIONS
    shown = next((each for each in picture.image.renditions.all() if each.filter_spec == small), None)
    return {"url": shown.url, "width": shown.width, "height": shown.height} if shown else None


def draft_picture(picture: IdeaPicture, token: str = "") -> dict[str, Any]:
    """Drawn for the writer alone; `token` is that of the link by which a guest comes back."""
    url = reverse("ideas:draft_picture", args=[picture.draft_id, picture.pk])
    scale = min(1, THUMBNAIL / max(picture.image.width, picture.image.height))
    return {
        "url": f"{url}?{urlencode({'token': token})}" if token else url,
        "alt": picture.alt,
        "width": max(1, round(picture.image.width * scale)),
        "height": max(1, round(picture.image.height * scale)),
    }


def invitation_rows(invitations: Iterable[CoAuthor]) -> list[dict[str, str]]:
    def state(each: CoAuthor) -> str:
        if each.accepted_at:
            return _("Accepted on %(day)s") % {"day": date_format(each.accepted_at, "j F Y")}
        if each.declined_at:
            return _("Said no on %(day)s") % {"day": date_format(each.declined_at, "j F Y")}
        return _("Asked on %(day)s, has not answered yet") % {"day": date_format(each.invited_at, "j F Y")}

    return [
        {"name": each.email or str(each.resident or _("Somebody who was asked")), "state": state(each)}
        for each in invitations
    ]


# --- the last page -------------------------------------------------------------------------------------


def check_rows(
    desk: Desk, pages: Mapping[str, Any], pictures: int, *, change: bool = True
) -> list[dict[str, Any]]:
    """For the `summary_list` component: what was typed, with the way back to each page."""
    said: dict[str, list[tuple[str, str]]] = {name: _said(name, page, desk) for name, page in pages.items()}
    if steps.PICTURES in desk.steps:
        words = ngettext("%(count)d picture", "%(count)d pictures", pictures) % {"count": pictures}
        said[steps.PICTURES] = [(_("Pictures"), words if pictures else _("None"))]
    return [
        {
            "label": label,
            "text": text,
            "url": f"{reverse('ideas:step', args=[desk.draft.pk, name])}?back=check" if change else "",
        }
        for name in desk.steps.names
        for label, text in said.get(name, [])
    ]


def _said(name: str, page: Any, desk: Desk) -> list[tuple[str, str]]:
    """Labels and words of one page; as it was typed where it is not right yet."""
    given = page.words() if page.is_valid() else {}
    typed, cost = desk.typed, given.get("rough_cost_pence")
    replies = given.get("replies", {})
    return {
        steps.CALL: [(_("For the call"), str(given.get("call") or _("None: your own idea")))],
        steps.TITLE: [(_("Title"), str(typed.get("title", "")))],
        steps.DESCRIPTION: [(_("Description"), str(typed.get("description", "")))],
        steps.PLACE: [(_("Place"), _place_words(given, desk))],
        steps.THEME: [
            (_("Theme"), str(given.get("theme") or _("Not sure"))),
            (_("Rough cost"), pounds(cost) if cost is not None else _("Not said")),
        ],
        steps.CO_AUTHORS: [(_("Co-authors"), ", ".join(given.get("co_authors", [])) or _("None"))],
        steps.QUESTIONS: [
            (question.label, reply_words(question.kind, replies.get(question))) for question in desk.questions
        ],
    }[name]


def _place_words(given: Mapping[str, Any], desk: Desk) -> str:
    if given.get("address"):
        return str(given["address"])
    if given.get("pin"):
        return _("Where you put the pin on the map")
    place = given.get("place")
    if place is not None and desk.council is not None and place.pk == desk.council.pk:
        return _("No single place: all of %(place)s") % {"place": place}
    return str(place or _("Not said"))


# --- on the idea's page --------------------------------------------------------------------------------


def told(known: Told) -> dict[str, Any]:
    """Pictures, people and replies, ready for the idea's page."""
    return {
        "photos": [
            {
                "url": default_storage.url(each["file"]),
                **{key: each[key] for key in ("alt", "width", "height")},
            }
            for each in known.pictures
        ],
        "co_author_names": [each["name"] or _("A resident") for each in known.co_authors],
        "replies": [
            {"label": each["question"], "text": reply_words(each["kind"], each["value"])}
            for each in known.replies
        ],
    }


def reply_words(kind: str, value: Any) -> str:
    """A stored reply as people read it."""
    if value is None or value == []:
        return _("Not answered")
    if kind == QuestionKind.YES_NO:
        return _("Yes") if value else _("No")
    if kind == QuestionKind.DATE and (day := parse_date(str(value))):
        return date_format(day, "j F Y")
    if kind == QuestionKind.NUMBER:
        return number_format(value, use_l10n=True, force_grouping=True)
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
