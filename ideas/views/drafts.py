"""Whose draft it is, and what stands around each of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.accounts.models import Account
from engage.kit.unsent import keep_words
from ideas import actions, display, queries
from ideas.models import IdeaDraft
from ideas.queries import Desk
from ideas.views.common import account_of, see_other, taking_part

GUEST_DRAFTS = "idea_drafts"  # in the session: what a guest has begun in this browser
MOST_GUEST_DRAFTS = 5


def account_or_none(request: HttpRequest) -> Account | None:
    return account_of(request) if request.user.is_authenticated else None


def draft_or_none(request: HttpRequest, draft_id: UUID) -> IdeaDraft | None:
    """The visitor's own draft; one they began as a guest becomes theirs when they have signed in.

    None when there is no such draft any more. Somebody else's is not there at all (404).
    """
    account = account_or_none(request)
    draft = queries.draft_of(
        draft_id,
        resident=queries.resident_of(request.user),
        account=account,
        guest=request.session.get(GUEST_DRAFTS, []),
    )
    if draft is None and IdeaDraft.objects.filter(pk=draft_id).exists():
        raise Http404
    if draft is not None and account is not None and is_guests(draft):
        return actions.adopt_draft(draft=draft, author=taking_part(request), at=timezone.now())
    return draft


def sign_in_first(request: HttpRequest, draft_id: UUID) -> HttpResponse | None:
    """For somebody whose session ended: to sign in and back here, with what they typed. Guests need no account."""
    owned = IdeaDraft.objects.exclude(author=None, entered_by=None).filter(pk=draft_id)
    if request.user.is_authenticated or not owned.exists():
        return None
    if request.method == "POST":
        keep_words(request)
    return redirect_to_login(request.get_full_path())


def drafts_here(request: HttpRequest) -> list[IdeaDraft]:
    """All that the visitor has begun: by account, or in this browser."""
    numbers: Sequence[str] = request.session.get(GUEST_DRAFTS, [])
    begun = [draft for number in numbers if (draft := draft_or_none(request, UUID(number)))]
    account = account_or_none(request)
    return queries.drafts_of(queries.resident_of(request.user), account) if account else begun


def remember_guest(request: HttpRequest, draft: IdeaDraft) -> None:
    before = request.session.get(GUEST_DRAFTS, [])[1 - MOST_GUEST_DRAFTS :]
    request.session[GUEST_DRAFTS] = [*before, str(draft.pk)]


def where_it_went(draft_id: UUID) -> HttpResponse:
    """A draft that was sent leads to its idea, so that pressing twice or going back ends in the right place."""
    if idea := queries.sent_from(draft_id):
        return see_other(idea.get_absolute_url())
    raise Http404


def is_guests(draft: IdeaDraft) -> bool:
    return draft.author_id is None and draft.entered_by_id is None


def step_url(draft: IdeaDraft, name: str) -> str:
    return reverse("ideas:step", args=[draft.pk, name])


def to_step(draft: IdeaDraft, name: str) -> HttpResponse:
    return see_other(step_url(draft, name))


def desk_now(draft: IdeaDraft) -> Desk:
    return queries.desk_of(draft, at=timezone.now())


def frame(request: HttpRequest, desk: Desk, name: str) -> dict[str, Any]:
    """The title, the way back, and how far there is to go."""
    before = desk.steps.before(name)
    title = display.step_title(name, for_somebody=desk.draft.entered_by_id is not None)
    return {
        "desk": desk,
        "draft": desk.draft,
        "step": name,
        "title": title,
        "crumbs": display.crumbs((_("Suggest an idea"), reverse("ideas:new")), (title, "")),
        "progress": _("Step %(number)d of %(count)d")
        % {"number": desk.steps.number(name), "count": len(desk.steps.names)},
        "back_url": step_url(desk.draft, before) if before else reverse("ideas:new"),
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "guest": is_guests(desk.draft),
    }
