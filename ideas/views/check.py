"""The last page of a new idea: everything once more, then sent; by guests with a link in an email."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from engage.kit.decisions import Denied, Refused
from engage.kit.forms import error_list, slowed
from engage.kit.guards import public_form
from ideas import actions, display, letters, queries
from ideas.actions.links import is_good, too_old
from ideas.forms import Send, SendAsGuest, SendForResident, StepForm, all_words, filled
from ideas.models import IdeaDraft
from ideas.queries import Desk
from ideas.rules import steps
from ideas.views.common import see_other, sign_in_url, taking_part
from ideas.views.drafts import desk_now, draft_or_none, frame, step_url, to_step, where_it_went
from ideas.views.limits import too_often
from ideas.views.pin import place_so_far

# Where to mend what the verb blames.
MENDED_AT = {
    "call": steps.CALL,
    "title": steps.TITLE,
    "description": steps.DESCRIPTION,
    "place": steps.PLACE,
    "pin": steps.PLACE,
    "theme": steps.THEME,
}


def check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Guarded by the view of the steps."""
    form, refused = _send_form(request, desk), None
    if request.method == "POST":
        without = {"call": ""} if "without_call" in request.POST else {}
        actions.save_draft(draft=desk.draft, data=form.typed() | without, at=timezone.now())
        desk = desk_now(desk.draft)
        pages = filled(desk)
        if form.is_valid() and all(page.is_valid() for page in pages.values()):
            answer = _send(request, desk, form, all_words(pages))
            if isinstance(answer, HttpResponse):
                return answer
            refused = answer
    return _check_page(request, desk, form, refused)


@public_form
@never_cache
def sent(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A guest's idea waits for the button behind the link."""
    draft = draft_or_none(request, draft_id)
    if draft is None:
        return where_it_went(draft_id)
    if not draft.email:
        return to_step(draft, steps.CHECK)
    context = {
        "draft": draft,
        "check_url": step_url(draft, steps.CHECK),
        "crumbs": display.crumbs((_("Check your email"), "")),
    }
    return render(request, "ideas/suggest/sent.html", context)


@public_form
@never_cache
def confirm(request: HttpRequest, draft_id: UUID, token: str) -> HttpResponse:
    """Behind the link: what will be published, and the button. Opening the page changes nothing."""
    now = timezone.now()
    draft = IdeaDraft.objects.filter(pk=draft_id).first()
    if draft is None and (idea := queries.sent_from(draft_id)):
        return see_other(idea.get_absolute_url())
    if draft is None or not is_good(draft, token, at=now):
        raise Refused(too_old())
    desk, refused = queries.desk_of(draft, at=now), None
    pages = filled(desk)
    if "without_call" in request.POST:
        actions.save_draft(draft=draft, data={"call": ""}, at=now)
        desk = queries.desk_of(draft, at=now)
        pages = filled(desk)
    whole = all(page.is_valid() for page in pages.values())
    if request.method == "POST" and whole:
        try:
            words = all_words(pages) | {"name": display.one_line(desk.typed.get("name"))}
            idea = actions.confirm_draft(draft=draft, token=token, at=now, **words)
        except Refused as problem:
            refused = problem.denied
        else:
            messages.success(
                request,
                _(
                    "Thank you. Your idea is published. Sign in with your email address to follow and change it."
                ),
            )
            return see_other(idea.get_absolute_url())
    context = {
        "draft": draft,
        "rows": display.check_rows(desk, pages, draft.pictures.count(), change=False),
        "pictures": [display.draft_picture(each, token) for each in queries.pictures_of(draft)],
        "errors": _faults(draft, pages, refused, linked=False),
        "may_publish": whole and (refused is None or refused.field == "call"),
        "call_refused": refused is not None and refused.field == "call",
        "crumbs": display.crumbs((_("Publish your idea"), "")),
    }
    return render(request, "ideas/suggest/confirm.html", context, status=_status(refused, whole))


def _send_form(request: HttpRequest, desk: Desk) -> StepForm:
    form_class: type[StepForm] = Send
    if desk.draft.entered_by_id is not None:
        form_class = SendForResident
    elif desk.draft.author_id is None:
        form_class = SendAsGuest
    return form_class(request.POST if request.method == "POST" else None, desk=desk, initial=desk.typed)


def _send(request: HttpRequest, desk: Desk, form: StepForm, words: dict[str, Any]) -> HttpResponse | Denied:
    """Where to go next, or why it was refused."""
    draft, now = desk.draft, timezone.now()
    try:
        if isinstance(form, SendAsGuest):
            return _ask_by_mail(request, draft, form.cleaned_data["email"])
        if isinstance(form, SendForResident):
            idea = actions.send_for_resident(draft=draft, at=now, **words, **form.words())
            messages.success(request, _("The idea is published. Its page says that the council entered it."))
        else:
            idea = actions.send_draft(draft=draft, author=taking_part(request), at=now, **words)
            thanks = _("Thank you. Your idea is published. Share it to gather support.")
            messages.success(request, _waits() if idea.held_at else thanks)
    except Refused as refused:
        return refused.denied
    return see_other(idea.get_absolute_url())


def _waits() -> str:
    return _(
        "Thank you. A moderator looks at your idea before everyone can see it. We keep it for you until then."
    )


def _ask_by_mail(request: HttpRequest, draft: IdeaDraft, email: str) -> HttpResponse:
    """The same answer whether or not the address has an account here."""
    if (denied := too_often(request, "idea_link", email)) is not None:
        raise Refused(denied)
    token = actions.ask_to_confirm(draft=draft, email=email, at=timezone.now())
    letters.send_link(draft, token)
    return see_other(display.sent_url(draft))


def _check_page(request: HttpRequest, desk: Desk, form: StepForm, refused: Denied | None) -> HttpResponse:
    pages = filled(desk)
    whole = all(page.is_valid() for page in pages.values())
    typed = desk.typed
    like = queries.similar_to(
        str(typed.get("title", ""))[:100],
        description=str(typed.get("description", ""))[:4000],
        near=place_so_far(desk),
    )
    context = {
        **frame(request, desk, steps.CHECK),
        "form": form,
        "errors": error_list(form) + _faults(desk.draft, pages, refused),
        "rows": display.check_rows(desk, pages, desk.draft.pictures.count()),
        "whole": whole,
        "call_refused": refused is not None and refused.field == "call",
        "for_somebody": desk.draft.entered_by_id is not None,
        "sign_in_url": sign_in_url(step_url(desk.draft, steps.CHECK)),
        "similar": display.similar_rows(like, str(desk.draft.pk)),
    }
    sent_wrong = request.method == "POST" and (bool(form.errors) or not whole)
    status = _status(refused, whole=not sent_wrong)
    return slowed(render(request, "ideas/suggest/check.html", context, status=status), refused)


def _faults(
    draft: IdeaDraft, pages: dict[str, StepForm], refused: Denied | None, *, linked: bool = True
) -> list[dict[str, str]]:
    """What is still wrong, each with the page on which to mend it."""
    found = [(error["text"], name) for name, page in pages.items() for error in error_list(page)]
    if refused is not None:
        found.append((str(refused.reason), MENDED_AT.get(refused.field or "", "")))
    return [
        {"text": text, "href": f"{step_url(draft, name)}?back=check" if name and linked else ""}
        for text, name in found
    ]


def _status(refused: Denied | None, whole: bool) -> int:
    if refused is not None:
        return refused.status
    return 200 if whole else 422
