"""What a grant did: the group writes its report bit by bit, sends it, and reads what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from budgets.grants import actions, display, queries
from budgets.grants.forms.reports import ReportForm
from budgets.grants.models import ReportPhoto
from budgets.grants.permissions import acts_for, may_read, may_write_report
from budgets.grants.queries import ReportPage
from engage.kit.decisions import Refused, require
from engage.kit.forms import add_refusal, error_list
from engage.kit.guards import signed_in
from engage.kit.panels import Panel, panels_for
from engage.kit.uploads import clean_picture
from ideas.views.common import account_of, see_other

THUMBNAIL = 400
LONGEST_NUMBER = 18  # digits, so that every number fits a column of the database


@signed_in
def report(request: HttpRequest, application_id: int) -> HttpResponse:
    """The report that is to be written now. Officers read it on their desk, everybody else once it is published."""
    page = queries.report_page(application_id)
    # Nobody else learns from a refusal which applications there are.
    if page is None or not acts_for(request.user, page.application.organisation):
        raise Http404
    if not (page.now or page.accepted or page.recoveries or page.paid_pence):
        raise Http404  # nothing was paid, so there is nothing to tell
    writing = page.now is not None and bool(may_write_report(request.user, page.now))
    if request.method == "POST" and page.now is not None:
        require(may_write_report(request.user, page.now))
        form = ReportForm(request.POST, request.FILES, page=page)
        status = _do(request, page, form)
        if status == 303:
            return see_other(request.path)
        page = queries.report_page(application_id) or page
    else:
        form, status = ReportForm(page=page), 200
    context = {
        "crumbs": display.application_crumbs(page.application, _("Report")),
        "form": form if writing else None,
        "errors": error_list(form) if writing else [],
        "panels": _asked(page, request),
        **display.report_parts(page, on=timezone.localdate()),
    }
    return render(request, "grants/report.html", context, status=status)


def _asked(page: ReportPage, request: HttpRequest) -> list[Panel]:
    """What the report must say; before any is owed, what the grant will be asked."""
    if page.now is not None:
        return panels_for(page.now, request)
    return [] if page.accepted else panels_for(page.application, request)


@signed_in
def report_photo(request: HttpRequest, application_id: int, photo_id: int) -> HttpResponse:
    """A photo that is not published: drawn small, for whoever may read the application."""
    photos = ReportPhoto.objects.select_related("image", "report__application__organisation")
    photo = get_object_or_404(photos, pk=photo_id, report__application=application_id)
    if not may_read(request.user, photo.report.application):
        raise Http404
    with photo.image.file.open() as original:
        small = clean_picture(original, longest_side=THUMBNAIL)
    response = HttpResponse(small.file.read(), content_type=small.content_type)
    patch_cache_control(response, private=True, max_age=600)
    return response


def _do(request: HttpRequest, page: ReportPage, form: ReportForm) -> int:
    """Keep what was typed, then do what was pressed; answers the status, 303 when all of it went well."""
    now = page.now
    assert now is not None
    if not form.is_valid():
        return 422
    who: dict[str, Any] = {"report": now, "by": account_of(request), "at": timezone.now()}
    try:
        saved = actions.save_report(words=form.words, version=form.cleaned_data["version"], **who)
        form.seen(saved.version)
        _add_files(form, who)
        _press(request, form, who)
    except Refused as refused:
        if refused.denied.field == "version":
            form.seen((queries.report_page(page.application.pk) or page).now.version)  # type: ignore[union-attr]
        add_refusal(form, refused)
        return refused.denied.status
    return 303


def _add_files(form: ReportForm, who: dict[str, Any]) -> None:
    """Whatever was chosen is kept, whichever button was pressed."""
    given = form.cleaned_data
    if given["photo"]:
        _blame(
            "photo",
            actions.add_report_photo,
            file=given["photo"],
            alt=given["alt"],
            consent=given["consent"],
            **who,
        )
    if upload := given["receipt"]:
        _blame("receipt", actions.add_receipt, name=upload.name, content=upload.read(), **who)


def _blame(box: str, verb: Any, **arguments: Any) -> None:
    """What the verb says of a file is said at its box here."""
    try:
        verb(**arguments)
    except Refused as refused:
        if refused.denied.field == "file":
            raise Refused(_at(refused, box)) from refused
        raise


def _at(refused: Refused, box: str) -> Any:
    return type(refused.denied)(refused.denied.reason, status=refused.denied.status, field=box)


def _press(request: HttpRequest, form: ReportForm, who: dict[str, Any]) -> None:
    verb, _colon, number = request.POST.get("do", "save").partition(":")
    named = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    if verb == "send":
        actions.send_report(words=form.words, **who)
        messages.success(request, _("Your report is sent. Thank you. We read it and write to you."))
    elif verb == "remove_photo" and named:
        actions.remove_report_photo(photo_id=int(number), **who)
        messages.success(request, _("The photo is removed."))
    elif verb == "remove_receipt" and named:
        actions.remove_receipt(document_id=int(number), **who)
        messages.success(request, _("The receipt is removed."))
    else:
        messages.success(request, _("Your report is saved. Send it when it is complete."))
