"""Pictures of an idea: added one at a time, described, ordered, removed; the same on a draft and on an idea."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from engage.kit.decisions import Refused, require
from engage.kit.forms import add_refusal, do, error_list
from engage.kit.guards import signed_in
from ideas import actions, display, queries
from ideas.forms import PictureForm, PictureWords
from ideas.models import Idea, IdeaDraft
from ideas.permissions import may_edit, wrote_idea
from ideas.queries import Desk
from ideas.rules import steps
from ideas.views.common import account_of, crumbs_of, idea_or_404, see_other
from ideas.views.drafts import frame, to_step

CHANGES = {"remove": actions.remove_picture, "up": actions.move_picture_up}
type Wrong = tuple[PictureForm, PictureWords]


def pictures_step(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Guarded by the view of the steps."""
    wrong = _change(request, desk.draft) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        after = steps.CHECK if request.POST.get("back") else desk.steps.after(steps.PICTURES)
        return to_step(desk.draft, after if "next" in request.POST else steps.PICTURES)
    context = frame(request, desk, steps.PICTURES) | _pictures_context(desk.draft, wrong)
    return render(request, "ideas/suggest/pictures.html", context, status=422 if wrong else 200)


@signed_in
@never_cache
def idea_pictures(request: HttpRequest, idea_id: int) -> HttpResponse:
    """The pictures of an idea that is published, for the people who wrote it."""
    found = idea_or_404(idea_id)
    may = may_edit(request.user, found, at=timezone.now())
    if request.method != "POST" or not wrote_idea(request.user, found):
        require(may)
    try:
        require(may)
        wrong = _change(request, found) if request.method == "POST" else None
    except Refused as refused:
        wrong = _typed(request, found, refused)
    if request.method == "POST" and wrong is None:
        if "next" not in request.POST:
            return see_other(request.path)
        messages.success(request, _("Your pictures are saved."))
        return see_other(found.get_absolute_url())
    context = {"idea": found, "crumbs": crumbs_of(found, _("Pictures")), **_pictures_context(found, wrong)}
    return render(request, "ideas/suggest/idea_pictures.html", context, status=422 if wrong else 200)


def _change(request: HttpRequest, of: Idea | IdeaDraft) -> Wrong | None:
    """Do what was pressed; the answer is the forms with what is wrong, or None when all is well."""
    who: dict[str, Any] = {"of": of, "by": account_of(request), "at": timezone.now()}
    words = PictureWords(request.POST, pictures=list(of.pictures.all()))
    described = words.is_valid()
    for picture_id, alt in words.changed():
        actions.describe_picture(picture_id=picture_id, alt=alt, **who)
    for name, verb in CHANGES.items():
        if request.POST.get(name, "").isdecimal():
            verb(picture_id=int(request.POST[name]), **who)
            return None
    form, added = PictureForm(), True
    if request.FILES or "next" not in request.POST or request.POST.get("alt", "").strip():
        form = PictureForm(request.POST, request.FILES)
        added = form.is_valid() and do(form, actions.add_picture, **who, **form.cleaned_data) is not None
    return None if added and described else (form, words)


def _typed(request: HttpRequest, of: Idea, refused: Refused) -> Wrong:
    """What was typed when nothing can be changed any more, and why not."""
    words = PictureWords(request.POST, pictures=list(of.pictures.all()))
    add_refusal(words, refused)
    return PictureForm(initial={"alt": request.POST.get("alt", "")}), words


def _pictures_context(of: Idea | IdeaDraft, wrong: Wrong | None) -> dict[str, Any]:
    pictures = list(queries.pictures_of(of))
    form, words = wrong or (PictureForm(), PictureWords(pictures=pictures))
    return {
        "form": form,
        "errors": error_list(form) + error_list(words),
        "pictures": display.picture_rows(pictures, words),
        "room": actions.PICTURES_EACH - len(pictures),
        "most": actions.PICTURES_EACH,
    }
