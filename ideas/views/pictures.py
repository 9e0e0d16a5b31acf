"""Pictures of an idea: added one at a time, described, ordered, removed; the same on a draft and on an idea."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from engage.kit.decisions import Refused, require
from engage.kit.forms import add_refusal, do, error_list
from engage.kit.guards import public, signed_in
from engage.kit.uploads import clean_picture
from ideas import actions, display, queries
from ideas.actions.links import is_good
from ideas.forms import PictureForm, PictureWords
from ideas.models import Idea, IdeaDraft
from ideas.permissions import may_edit, wrote_idea
from ideas.queries import Desk
from ideas.rules import steps
from ideas.views.common import crumbs_of, idea_or_404, see_other
from ideas.views.drafts import account_or_none, draft_or_none, frame, is_guests, to_step
from ideas.views.limits import too_often

CHANGES = {"remove": actions.remove_picture, "up": actions.move_picture_up}
type Wrong = tuple[PictureForm, PictureWords]


def pictures_step(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Guarded by the view of the steps."""
    wrong = _change_draft(request, desk.draft) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        after = steps.CHECK if request.POST.get("back") else desk.steps.after(steps.PICTURES)
        return to_step(desk.draft, after if "next" in request.POST else steps.PICTURES)
    context = frame(request, desk, steps.PICTURES) | _pictures_context(desk.draft, wrong)
    return render(request, "ideas/suggest/pictures.html", context, status=422 if wrong else 200)


@public
def draft_picture(request: HttpRequest, draft_id: UUID, picture_id: int) -> HttpResponse:
    """A picture that is not published: drawn small, for its writer alone, or for who opens the link in the email."""
    draft = IdeaDraft.objects.filter(pk=draft_id).first()
    linked = draft is not None and is_good(draft, request.GET.get("token", ""), at=timezone.now())
    mine = draft if linked else draft_or_none(request, draft_id)
    if mine is None:
        raise Http404
    picture = get_object_or_404(mine.pictures.select_related("image"), pk=picture_id)
    with picture.image.file.open() as original:
        small = clean_picture(original, longest_side=2 * display.THUMBNAIL)
    kept = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(small.file.read(), content_type=small.content_type, headers=kept)


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
    who: dict[str, Any] = {"of": of, "by": account_or_none(request), "at": timezone.now()}
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


def _change_draft(request: HttpRequest, draft: IdeaDraft) -> Wrong | None:
    """As above; a stranger does not send pictures without end."""
    if request.FILES and is_guests(draft) and (denied := too_often(request, "idea_picture")) is not None:
        return _typed(request, draft, Refused(denied))
    return _change(request, draft)


def _typed(request: HttpRequest, of: Idea | IdeaDraft, refused: Refused) -> Wrong:
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
