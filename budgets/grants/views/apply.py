"""An application: begun, written one thing on each page, checked, sent; then what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from budgets.grants import actions, display, queries
from budgets.grants.enums import Status
from budgets.grants.forms import (
    PAGE_FORMS,
    AnswerForm,
    Lines,
    SendForm,
    StartForm,
    WithdrawForm,
    page_now,
)
from budgets.grants.forms.apply import AsksForm, PageForm
from budgets.grants.models import Application
from budgets.grants.permissions import (
    acts_for,
    may_change_amounts,
    may_read,
    may_read_statements,
    may_send,
    may_withdraw,
    may_write,
)
from budgets.grants.permissions.reports import OPEN_FOR_REPORTS
from budgets.grants.queries import Folder
from budgets.grants.rules import applications as pages
from budgets.grants.rules.applications import on_page
from budgets.grants.rules.flow import OPEN_TO_CHANGE
from budgets.models import Budget
from engage.kit.decisions import require
from engage.kit.forms import do, error_list
from engage.kit.guards import signed_in
from engage.kit.panels import panels_for
from ideas.models import Idea
from ideas.views.common import account_of, see_other, why_not


@signed_in
@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """Which group asks, under which scheme; perhaps for an idea, which brings its title, place and theme."""
    groups = [member.organisation for member in queries.memberships_of(account_of(request))]
    schemes = queries.schemes_to_apply_to(on=timezone.localdate())
    idea = _idea(request)
    form = StartForm(request.POST if request.method == "POST" else None, groups=groups, schemes=schemes)
    if form.is_valid():
        begun = do(
            form,
            actions.begin_application,
            organisation=next(each for each in groups if str(each.pk) == form.cleaned_data["group"]),
            scheme=next(each for each in schemes if str(each.pk) == form.cleaned_data["scheme"]),
            idea=idea,
            by=account_of(request),
            at=timezone.now(),
        )
        if begun is not None:
            return see_other(display.page_url(begun, pages.PROJECT))
    context = {
        "crumbs": display.grants_crumbs((_("Apply for a grant"), "")),
        "form": form,
        "errors": error_list(form),
        "groups": groups,
        "schemes": schemes,
        "idea": idea,
    }
    return render(request, "grants/apply/start.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """While it is written, the list of its pages; once it is sent, where it stands and all that is in it."""
    found = readable(request, application_id)
    folder, account = queries.folder_of(found), account_of(request)
    if found.status == Status.DRAFT:
        may = why_not(may_write(account, found))
        context = {
            "application": found,
            "crumbs": display.application_crumbs(found),
            "tasks": display.task_rows(folder) if not may else [],
            "missing": len(folder.faults),
            "whole": display.whole(folder, change=False) if may else [],
            "sum": display.sum_line(folder),
            "check_url": display.page_url(found, pages.CHECK),
        }
        return render(request, "grants/apply/draft.html", context)
    return status_page(request, folder, AnswerForm())


def status_page(request: HttpRequest, folder: Folder, form: AnswerForm) -> HttpResponse:
    found, account, story = folder.application, account_of(request), queries.story_of(folder.application)
    mine = bool(may_send(account, found))
    context = {
        "application": found,
        "crumbs": display.application_crumbs(found),
        "tag": display.status_tag(found),
        "next": display.next_words(found),
        "steps": display.life_line(found, story),
        "messages_": display.message_rows(story),
        "whole": display.whole(folder, change=bool(may_write(account, found))),
        "documents": documents_for(request, folder),
        "sum": display.sum_line(folder),
        "faults": display.fault_rows(found, folder.faults) if found.status in OPEN_TO_CHANGE else [],
        "form": form if mine and found.status == Status.MORE_INFORMATION else None,
        "errors": error_list(form),
        "may_withdraw": bool(may_withdraw(account, found)),
        "may_write": bool(may_write(account, found)),
        "to_sign": found.status == Status.APPROVED and bool(acts_for(account, found.organisation)),
        "to_report": found.status in OPEN_FOR_REPORTS and bool(acts_for(account, found.organisation)),
        "documents_url": display.page_url(found, pages.DOCUMENTS),
        "panels": panels_for(found, request),
    }
    status = 422 if form.errors else 200
    return render(request, "grants/apply/application.html", context, status=status)


@signed_in
@never_cache
def write(request: HttpRequest, application_id: int, page: str) -> HttpResponse:
    """One page of an application: shown, or kept and left for the next one."""
    found = readable(request, application_id)
    if page not in pages.PAGES or page == pages.DOCUMENTS:
        raise Http404
    may = may_write(account_of(request), found)
    if request.method != "POST" and not may:
        return redirect("grants:application", found.pk)
    folder = queries.folder_of(found)
    if page == pages.CHECK and (request.method == "POST" or found.status == Status.DRAFT):
        return _check(request, folder)
    if page == pages.CHECK:
        return redirect("grants:application", found.pk)
    if page == pages.COUNCILLORS and request.method != "POST":
        require(may_change_amounts(found))
    return _lines(request, folder, page) if page not in PAGE_FORMS else _columns(request, folder, page)


@signed_in
@never_cache
def withdraw(request: HttpRequest, application_id: int) -> HttpResponse:
    """Asks once more. A draft is deleted; what was sent is withdrawn, and what was promised for it is freed."""
    found = readable(request, application_id)
    account, draft = account_of(request), found.status == Status.DRAFT
    if not acts_for(account, found.organisation):
        return redirect("grants:application", found.pk)
    require(may_write(account, found) if draft else may_withdraw(account, found))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    who: dict[str, Any] = {"application": found, "by": account, "at": timezone.now()}
    if form.is_valid() and draft:
        actions.delete_draft_application(**who)
        messages.success(request, _("The draft is deleted."))
        return see_other(reverse("grants:group", args=[found.organisation_id]))
    if form.is_valid():
        actions.withdraw_application(why=form.cleaned_data["why"], **who)
        messages.success(request, _("Your application is withdrawn."))
        return see_other(reverse("grants:application", args=[found.pk]))
    title = _("Delete this draft?") if draft else _("Withdraw this application?")
    context = {
        "application": found,
        "crumbs": display.application_crumbs(found, title),
        "title": title,
        "draft": draft,
        "promised": found.status in {Status.APPROVED, Status.AGREEMENT},
        "form": form,
        "errors": error_list(form),
    }
    return render(request, "grants/apply/withdraw.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
def answer(request: HttpRequest, application_id: int) -> HttpResponse:
    """The group answers what an officer asked; what was typed stays when it cannot be sent yet."""
    found = readable(request, application_id)
    if request.method != "POST":
        return redirect("grants:application", found.pk)
    form = AnswerForm(request.POST)
    who: dict[str, Any] = {"application": found, "by": account_of(request), "at": timezone.now()}
    if form.is_valid() and do(form, actions.answer_question, **who, **form.cleaned_data) is not None:
        messages.success(request, _("Your answer is sent. The officer goes on checking."))
        return see_other(reverse("grants:application", args=[found.pk]))
    return status_page(request, queries.folder_of(found), form)


def readable(request: HttpRequest, application_id: int) -> Application:
    """For those who may read it. To others it is not there, so that nobody learns who has applied."""
    found = queries.application_of(application_id)
    if found is None or not may_read(account_of(request), found):
        raise Http404
    return found


def documents_for(request: HttpRequest, folder: Folder) -> list[dict[str, Any]]:
    account, found = account_of(request), folder.application
    statements, write = may_read_statements(account, found), may_write(account, found)
    return display.document_rows(folder, statements=bool(statements), write=bool(write))


# --- pages of columns ------------------------------------------------------------------------------------


def _columns(request: HttpRequest, folder: Folder, page: str) -> HttpResponse:
    more = _choices(request, folder, page)
    if request.method != "POST":
        return _page(request, folder, page, form=PAGE_FORMS[page](initial=page_now(folder, page), **more))
    form = PAGE_FORMS[page](request.POST, **more)
    if form.is_valid():
        saved = do(form, _save(request, folder, page), given=form.given(), seen=form.cleaned_data["seen"])
        if saved is not None:
            another = form.cleaned_data.get("another", "") if "add" in request.POST else ""
            if another:
                return see_other(f"{request.path}?also={another}")
            fresh = _again(folder)
            return _go_on(request, fresh, page, form=_asked_for(form, fresh, page))
    return _page(request, folder, page, form=form)


def _asked_for(form: PageForm, fresh: Folder, page: str) -> PageForm:
    """The same form, saved, with what is still missing on its page beside the boxes."""
    for fault in on_page(fresh.faults, page):
        form.add_error(fault.field if fault.field in form.fields else None, fault.words)
    form.data = {**{name: form[name].value() for name in form.fields}, "seen": fresh.mark(page)}
    return form


def _choices(request: HttpRequest, folder: Folder, page: str) -> dict[str, Any]:
    if page == pages.PLACE:
        places, themes = queries.places_and_themes()
        return {"places": places, "themes": themes}
    if page != pages.COUNCILLORS:
        return {}
    budgets = queries.budgets_to_ask(folder.application.scheme)
    wanted = {ask.budget_id for ask in folder.asks} | _named(request)
    near = folder.application.place.path if folder.application.place else ""
    shown = [each for each in budgets if each.pk in wanted or _is_near(each, near)]
    return {"shown": shown, "others": [each for each in budgets if each not in shown]}


def _named(request: HttpRequest) -> set[int]:
    """Budgets that the address or the boxes sent name."""
    numbers = [*request.GET.getlist("also"), *(key.removeprefix("ask-") for key in request.POST)]
    return {int(each) for each in numbers if each.isascii() and each.isdecimal() and len(each) < 18}


def _is_near(budget: Budget, place: str) -> bool:
    """Whether the budget's place holds the one that benefits, or lies in it."""
    home = budget.place.path
    return bool(place) and (place.startswith(home) or home.startswith(place))


# --- pages of lines --------------------------------------------------------------------------------------


def _lines(request: HttpRequest, folder: Folder, page: str) -> HttpResponse:
    rows = {pages.COSTS: folder.costs, pages.FUNDERS: folder.funders, pages.OUTCOMES: folder.expected}[page]
    if request.method != "POST":
        return _page(request, folder, page, lines=Lines(page, rows=rows, seen=folder.mark(page)))
    lines = Lines(page, request.POST)
    if "more" in request.POST:
        lines.more(request.POST)
        return _page(request, folder, page, lines=lines)
    whole = forms.Form({})
    if not lines.is_valid():
        return _page(request, folder, page, form=whole, lines=lines)
    if do(whole, _save(request, folder, page), given=lines.given(), seen=lines.seen) is None:
        return _page(request, folder, page, form=whole, lines=lines)
    fresh = _again(folder)
    for fault in on_page(fresh.faults, page):
        whole.add_error(None, fault.words)
    lines.seen = fresh.mark(page)
    return _go_on(request, fresh, page, form=whole, lines=lines)


# --- what both share -------------------------------------------------------------------------------------


def _save(request: HttpRequest, folder: Folder, page: str) -> Any:
    def save(**words: Any) -> Application:
        return actions.save_page(
            application=folder.application,
            page=page,
            by=account_of(request),
            at=timezone.now(),
            **words,
        )

    return save


def _again(folder: Folder) -> Folder:
    """As it stands now that a page was saved."""
    return queries.folder_of(queries.application_of(folder.application.pk) or folder.application)


def _go_on(request: HttpRequest, folder: Folder, page: str, **shown: Any) -> HttpResponse:
    """It is saved. On to the next page; with something missing, this one says what."""
    found = folder.application
    if "later" in request.POST:
        messages.success(request, _("It is saved. You can go on another day."))
        return see_other(reverse("grants:application", args=[found.pk]))
    if not shown["form"].errors:
        after = pages.CHECK if request.POST.get("back") else display.page_after(page)
        if found.status != Status.DRAFT and request.POST.get("back"):
            return see_other(reverse("grants:application", args=[found.pk]))
        return see_other(display.page_url(found, after))
    return _page(request, folder, page, saved=True, **shown)


def _page(
    request: HttpRequest,
    folder: Folder,
    page: str,
    *,
    form: forms.Form | None = None,
    lines: Lines | None = None,
    saved: bool = False,
) -> HttpResponse:
    found = folder.application
    denied = getattr(form, "denied", None)
    clash = denied is not None and denied.field == "seen"
    if clash and isinstance(form, PageForm):
        form.data = {**{name: form[name].value() for name in form.fields}, "seen": folder.mark(page)}
    if clash and lines is not None:
        lines.seen = folder.mark(page)
    errors = [*(error_list(form) if form and form.is_bound else []), *_line_errors(lines)]
    context = {
        **frame(request, found, page),
        "form": form,
        "lines": lines,
        "errors": errors,
        "saved": saved,
        "theirs": [
            part for part in display.whole(folder, change=False) if part["title"] == str(display.TITLES[page])
        ]
        if clash
        else [],
        "too_late": denied is not None and denied.status == 409 and not clash,
        **_beside(folder, page, form),
    }
    status = denied.status if denied is not None else 422 if errors else 200
    name = "councillors" if page == pages.COUNCILLORS else "lines" if lines else "page"
    return render(request, f"grants/apply/{name}.html", context, status=status)


def frame(request: HttpRequest, application: Application, page: str) -> dict[str, Any]:
    """The title, the way back, and how far there is to go."""
    before, title = display.page_before(page), str(display.TITLES[page])
    hub = reverse("grants:application", args=[application.pk])
    return {
        "application": application,
        "page": page,
        "title": title,
        "crumbs": display.application_crumbs(application, title),
        "progress": display.progress(page),
        "back_url": display.page_url(application, before) if before else hub,
        "hub_url": hub,
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }


def _beside(folder: Folder, page: str, form: forms.Form | None) -> dict[str, Any]:
    if isinstance(form, AsksForm):
        return {
            "notes": display.budget_notes(form.shown),
            "rules": display.scheme_notes(folder.application),
            "left": display.left_to_ask(folder),
            "sum": display.sum_line(folder) if folder.asks else {},
        }
    return {"never": folder.application.scheme.prohibited} if page == pages.DECLARATION else {}


def _line_errors(lines: Lines | None) -> list[dict[str, str]]:
    bound = [form for form in lines.forms if form.is_bound] if lines else []
    return [error for form in bound for error in error_list(form)]


def _check(request: HttpRequest, folder: Folder) -> HttpResponse:
    found, account = folder.application, account_of(request)
    form = SendForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if form.is_valid():
        sent = do(
            form,
            actions.submit_application,
            application=found,
            by=account,
            at=timezone.now(),
            **form.cleaned_data,
        )
        if sent is not None:
            words = _("Your application is sent. Its reference is %(reference)s.")
            messages.success(request, words % {"reference": sent.reference})
            return see_other(reverse("grants:application", args=[found.pk]))
    denied = getattr(form, "denied", None)
    errors = _faults(form, folder.faults, found)
    if denied is not None and denied.field == "version":
        form = SendForm(initial={"version": found.version})
    context = {
        **frame(request, found, pages.CHECK),
        "form": form,
        "errors": errors,
        "whole": display.whole(folder, change=True),
        "documents": documents_for(request, folder),
        "documents_url": display.page_url(found, pages.DOCUMENTS),
        "sum": display.sum_line(folder),
        "may_send": bool(may_send(account, found)),
        "draft": found.status == Status.DRAFT,
        "unsent": request.method != "POST",
        "panels": panels_for(found, request),
    }
    status = denied.status if denied is not None else 422 if request.method == "POST" else 200
    return render(request, "grants/apply/check.html", context, status=status)


def _faults(form: SendForm, faults: Any, found: Application) -> list[dict[str, str]]:
    """What is missing, each with its page; and what else the verb said, once."""
    rows = display.fault_rows(found, faults)
    known = {row["text"] for row in rows}
    said = [error for error in (error_list(form) if form.is_bound else []) if error["text"] not in known]
    return [*said, *rows]


def _idea(request: HttpRequest) -> Idea | None:
    number = request.POST.get("idea") or request.GET.get("idea", "")
    return (
        queries.idea_to_fund(int(number))
        if number.isascii() and number.isdecimal() and len(number) < 18
        else None
    )
