"""Documents of an application: added, removed, and handed only to those who may read them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from budgets.grants import actions, display, queries
from budgets.grants.enums import Status
from budgets.grants.forms import MOST_DOCUMENTS, DocumentForm
from budgets.grants.permissions import may_read_document, may_write
from budgets.grants.queries import Folder
from budgets.grants.rules import applications as pages
from budgets.grants.rules.applications import documents_needed
from budgets.grants.views.apply import documents_for, frame, readable
from engage.kit.decisions import Refused
from engage.kit.forms import do, error_list
from engage.kit.guards import signed_in
from ideas.views.common import account_of, see_other

# Whatever a browser takes the file for: nothing in it runs, and it belongs to no site.
HANDED_OUT = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}


@signed_in
@never_cache
def documents(request: HttpRequest, application_id: int) -> HttpResponse:
    """What is there, what the amount asks for, and a box for one more."""
    found = readable(request, application_id)
    if request.method != "POST" and not may_write(account_of(request), found):
        return redirect("grants:application", found.pk)
    folder = queries.folder_of(found)
    if request.method == "POST" and (done := _removed(request, folder)):
        return done
    needed = documents_needed(folder.required, sum(folder.asked))
    if request.method == "POST" and "next" in request.POST and not request.FILES:
        return _on(request, folder)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*posted, needed=needed)
    if form.is_valid() and _added(request, folder, form):
        if "next" in request.POST:
            return _on(request, folder)
        messages.success(request, _("The document is added."))
        return see_other(_here(request))
    return _page(request, folder, form)


@signed_in
def document(request: HttpRequest, application_id: int, document_id: int) -> HttpResponseBase:
    """The file itself: always a download, never shown as a page of this site."""
    found = queries.document_of(application_id, document_id)
    if found is None or not may_read_document(account_of(request), found):
        raise Http404
    try:
        opened = found.file.open()
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        opened,
        as_attachment=True,
        filename=found.name,
        content_type=found.content_type,
        headers=HANDED_OUT,
    )


def _added(request: HttpRequest, folder: Folder, form: DocumentForm) -> bool:
    added = do(
        form,
        actions.add_document,
        application=folder.application,
        kind=form.cleaned_data["kind"],
        name=form.cleaned_data["file"].name,
        content=form.content(),
        by=account_of(request),
        at=timezone.now(),
    )
    return added is not None


def _removed(request: HttpRequest, folder: Folder) -> HttpResponse | None:
    number = request.POST.get("remove", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        actions.remove_document(
            application=folder.application,
            document_id=int(number),
            by=account_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, str(refused.denied.reason))
    else:
        messages.success(request, _("The document is removed."))
    return see_other(_here(request))


def _on(request: HttpRequest, folder: Folder) -> HttpResponse:
    """On to the next page; while an officer waits for an answer, back to the application."""
    after = pages.CHECK if request.POST.get("back") else display.page_after(pages.DOCUMENTS)
    if folder.application.status != Status.DRAFT:
        return redirect("grants:application", folder.application.pk)
    return see_other(display.page_url(folder.application, after))


def _here(request: HttpRequest) -> str:
    return f"{request.path}?back=check" if request.POST.get("back") else request.path


def _page(request: HttpRequest, folder: Folder, form: DocumentForm) -> HttpResponse:
    denied = getattr(form, "denied", None)
    errors = error_list(form) if form.is_bound else []
    context: dict[str, Any] = {
        **frame(request, folder.application, pages.DOCUMENTS),
        "form": form,
        "errors": errors,
        "rows": documents_for(request, folder),
        "needed": display.needed_rows(folder),
        "room": MOST_DOCUMENTS - len(folder.documents),
        "most": MOST_DOCUMENTS,
    }
    status = denied.status if denied is not None else 422 if errors else 200
    return render(request, "grants/apply/documents.html", context, status=status)
