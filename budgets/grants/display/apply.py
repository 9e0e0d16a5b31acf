"""An application for its group: page by page while it is written, then what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.grants.display.group import DAY, group_crumbs
from budgets.grants.enums import DocumentKind, Status
from budgets.grants.models import Application
from budgets.grants.permissions import may_be_taken_away
from budgets.grants.queries import Folder, Story
from budgets.grants.rules import applications as pages
from budgets.grants.rules.applications import Fault, documents_needed, gap, on_page, sum_words
from budgets.grants.rules.flow import PUBLIC_NAMES
from budgets.models import Budget
from engage.kit.money import pounds

TITLES = {
    pages.PROJECT: gettext_lazy("What is the money for?"),
    pages.WHY: gettext_lazy("Why is it needed?"),
    pages.PLACE: gettext_lazy("Where, and what is it about?"),
    pages.SPENDING: gettext_lazy("What kind of spending, and when?"),
    pages.COSTS: gettext_lazy("What does it cost?"),
    pages.FUNDERS: gettext_lazy("Who else pays, or was asked?"),
    pages.COUNCILLORS: gettext_lazy("Which councillors do you ask?"),
    pages.OUTCOMES: gettext_lazy("What will be different?"),
    pages.DOCUMENTS: gettext_lazy("Documents"),
    pages.DECLARATION: gettext_lazy("Declaration"),
    pages.CHECK: gettext_lazy("Check and send"),
}

NEXT = {
    Status.SUBMITTED: gettext_lazy("The councillors you ask read it. You hear from us when they answer."),
    Status.SUPPORTED: gettext_lazy("An officer checks it next. You hear from us if something is missing."),
    Status.CHECK: gettext_lazy("An officer is checking it against the principles of the scheme."),
    Status.MORE_INFORMATION: gettext_lazy(
        "An officer asks you something. Change what must be changed, then answer below."
    ),
    Status.APPROVED: gettext_lazy("Your grant is approved. Read the agreement and sign it: then we can pay."),
    Status.DECLINED: gettext_lazy("It was not approved. The reason is below. You can apply again."),
    Status.AGREEMENT: gettext_lazy("The agreement is signed. We pay in one of the next payment runs."),
    Status.PAID: gettext_lazy("The money is on its way. Keep receipts, and tell us how it went."),
    Status.REPORT_DUE: gettext_lazy("Tell us how it went and what the money was used for."),
    Status.REPORTED: gettext_lazy("Thank you for your report. An officer reads it."),
    Status.CLOSED: gettext_lazy("All is done. Thank you."),
    Status.WITHDRAWN: gettext_lazy("You withdrew it. You can apply again."),
    Status.RECOVERING: gettext_lazy("Some of the money is to be paid back. The grants team writes to you."),
}


def application_crumbs(application: Application, last: str = "") -> list[dict[str, str]]:
    crumbs = group_crumbs(application.organisation)
    crumbs[-1]["url"] = reverse("grants:group", args=[application.organisation_id])
    crumbs.append({"text": str(application), "url": _url(application) if last else ""})
    return [*crumbs, {"text": last}] if last else crumbs


def page_url(application: Application, page: str) -> str:
    return reverse("grants:write", args=[application.pk, page])


def progress(page: str) -> str:
    return _("Page %(number)d of %(count)d") % {
        "number": pages.PAGES.index(page) + 1,
        "count": len(pages.PAGES),
    }


def page_after(page: str) -> str:
    return pages.PAGES[min(pages.PAGES.index(page) + 1, len(pages.PAGES) - 1)]


def page_before(page: str) -> str:
    """Nothing before the first."""
    place = pages.PAGES.index(page)
    return pages.PAGES[place - 1] if place else ""


def task_rows(folder: Folder) -> list[dict[str, str]]:
    """Every page with how far it is, for the list of what is to do."""
    return [
        {"title": str(TITLES[page]), "url": page_url(folder.application, page), **_state(folder, page)}
        for page in pages.PAGES[:-1]
    ]


def _state(folder: Folder, page: str) -> dict[str, str]:
    holds = bool(folder.documents) if page == pages.DOCUMENTS else any(map(_is_told, folder.held_by(page)))
    if on_page(folder.faults, page):
        return (
            {"text": _("Something is missing"), "kind": "warn"}
            if holds
            else {"text": _("Not started"), "kind": "new"}
        )
    return (
        {"text": _("Done"), "kind": "done"} if holds else {"text": _("You may leave it out"), "kind": "open"}
    )


def _is_told(value: Any) -> bool:
    return value not in (None, "", False, ())


def fault_rows(application: Application, faults: Iterable[Fault]) -> list[dict[str, str]]:
    """For the `error_summary` component: each with the page on which to mend it."""
    return [
        {
            "text": fault.words,
            "href": reverse("grants:signatories", args=[application.organisation_id])
            if fault.page == pages.GROUP
            else f"{page_url(application, fault.page)}?back=check",
        }
        for fault in faults
    ]


# --- one page --------------------------------------------------------------------------------------------


def sum_line(folder: Folder) -> dict[str, str]:
    """Whether the money adds up, in words, once there are costs."""
    costs = [each.amount_pence for each in folder.costs]
    if not costs:
        return {}
    fits = gap(costs, folder.asked, folder.given) == 0
    return {
        "text": sum_words(costs, folder.asked, folder.given),
        "kind": "done" if fits else "warn",
        "tag": _("Adds up") if fits else _("Does not add up yet"),
    }


def left_to_ask(folder: Folder) -> str:
    """What is left for councillors after all others, before anything is asked."""
    costs = [each.amount_pence for each in folder.costs]
    left = gap(costs, [], folder.given)
    if not costs or left <= 0:
        return ""
    said = {"costs": pounds(sum(costs)), "given": pounds(folder.given), "left": pounds(left)}
    if folder.given:
        words = _("It costs %(costs)s and others give %(given)s, so %(left)s is left to ask for.")
    else:
        words = _("It costs %(costs)s, and nobody else gives anything yet.")
    return words % said


def budget_notes(budgets: Sequence[Budget]) -> dict[str, str]:
    """Beside each box for an amount: whose it is, and what is left."""
    return {
        f"ask-{budget.pk}": _("%(place)s. %(left)s left of %(all)s this year.")
        % {
            "place": budget.place,
            "left": pounds(budget.remaining_pence),
            "all": pounds(budget.allocated_pence),
        }
        for budget in budgets
    }


def scheme_notes(application: Application) -> list[str]:
    """What the scheme lets a group ask for, in sentences."""
    scheme = application.scheme
    words = [
        _("Ask for %(least)s in all or more, and for at most %(most)s from each councillor.")
        % {"least": pounds(scheme.grant_min_pence), "most": pounds(scheme.grant_max_pence)}
    ]
    if scheme.joint_grants:
        words.append(_("Several councillors may pay together."))
    else:
        words.append(_("Ask one councillor only: this scheme has no joint grants."))
    return words


def document_rows(folder: Folder, *, statements: bool, write: bool) -> list[dict[str, Any]]:
    """Where to fetch each. `statements`: whether this person may read bank statements; `write`: change anything."""
    return [
        {
            "pk": each.pk,
            "kind": each.get_kind_display(),
            "name": each.name,
            "size": filesizeformat(each.size),
            "added": date_format(each.added_at, DAY),
            "url": reverse("grants:document", args=[each.application_id, each.pk]),
            "may_remove": write and bool(may_be_taken_away(folder.application, each)),
        }
        for each in folder.documents
        if statements or each.kind != DocumentKind.BANK_STATEMENT
    ]


def needed_rows(folder: Folder) -> list[dict[str, str]]:
    """The documents that the amount asks for, and whether they are there."""
    there = {document.kind for document in folder.documents}
    return [
        {
            "text": str(DocumentKind(kind).label),
            "tag": _("Added") if kind in there else _("Missing"),
            "kind": "done" if kind in there else "warn",
        }
        for kind in documents_needed(folder.required, sum(folder.asked))
    ]


# --- all of it -------------------------------------------------------------------------------------------


def whole(folder: Folder, *, change: bool) -> list[dict[str, Any]]:
    """Everything that was written, in parts: a title and rows for the `summary_list` component."""
    locked = folder.application.status != Status.DRAFT
    return [
        {
            "title": str(TITLES[page]),
            "rows": [
                {
                    "label": label,
                    "text": text or _("Nothing yet"),
                    "url": f"{page_url(folder.application, page)}?back=check"
                    if change and n == 0 and not (locked and page == pages.COUNCILLORS)
                    else "",
                }
                for n, (label, text) in enumerate(said)
            ],
        }
        for page, said in _said(folder).items()
    ]


def _said(folder: Folder) -> dict[str, list[tuple[str, str]]]:
    application = folder.application
    return {
        pages.PROJECT: [(_("Title"), application.title), (_("What the money is for"), application.summary)],
        pages.WHY: [
            (_("Why it is needed"), application.need),
            (_("Why nobody else can pay"), application.last_resort),
            (_("Who benefits"), application.who_benefits),
        ],
        pages.PLACE: [
            (_("Place"), str(application.place or "")),
            (_("Theme"), str(application.theme or _("Not sure"))),
        ],
        pages.SPENDING: [
            (_("Kind of spending"), application.get_spend_kind_display()),
            (_("Helps the environment"), _("Yes") if application.environmental else _("No")),
            (_("From"), date_format(application.starts_on, DAY) if application.starts_on else ""),
            (_("Until"), date_format(application.ends_on, DAY) if application.ends_on else ""),
        ],
        **_said_in_lines(folder),
    }


def _said_in_lines(folder: Folder) -> dict[str, list[tuple[str, str]]]:
    """Each line is one row; a page without any says so in one."""
    total = sum(each.amount_pence for each in folder.costs)
    costs = [(each.what, pounds(each.amount_pence)) for each in folder.costs]
    funders = [
        (each.name, f"{pounds(each.amount_pence)}: {each.get_answer_display()}") for each in folder.funders
    ]
    asks = [(f"{ask.budget.councillor or ask.budget.place}", pounds(ask.amount_pence)) for ask in folder.asks]
    expected = [(each.measure, number_format(each.number, force_grouping=True)) for each in folder.expected]
    declared = _("Signed") if folder.application.declared else ""
    return {
        pages.COSTS: [*costs, (_("In all"), pounds(total))] if costs else [(_("Costs"), "")],
        pages.FUNDERS: funders or [(_("Others"), _("Nobody else was asked"))],
        pages.COUNCILLORS: asks or [(_("Councillors"), "")],
        pages.OUTCOMES: expected or [(_("What you count"), "")],
        pages.DECLARATION: [(_("Declaration"), declared)],
    }


# --- what became of it -----------------------------------------------------------------------------------


def life_line(application: Application, story: Story) -> list[dict[str, Any]]:
    """For the `timeline` component."""
    begun = {"at": application.created_at, "title": _("Begun"), "kind": "new"}
    moves = [
        {
            "at": step.at,
            "title": str(PUBLIC_NAMES[Status(step.status)]),
            "body": step.public_note or step.note,
            "kind": _STEP_KINDS.get(Status(step.status), "progress"),
        }
        for step in story.steps
    ]
    return [begun, *moves]


_STEP_KINDS = {
    Status.APPROVED: "done",
    Status.AGREEMENT: "done",
    Status.PAID: "done",
    Status.CLOSED: "done",
    Status.REPORTED: "done",
    Status.DECLINED: "closed",
    Status.WITHDRAWN: "closed",
    Status.MORE_INFORMATION: "warn",
    Status.REPORT_DUE: "warn",
    Status.RECOVERING: "warn",
}


def message_rows(story: Story) -> list[dict[str, Any]]:
    return [
        {
            "who": _("The grants team") if each.from_officer else _("Your group"),
            "at": each.at,
            "body": each.body,
            "from_officer": each.from_officer,
        }
        for each in story.messages
    ]


def next_words(application: Application) -> str:
    return str(NEXT.get(Status(application.status), ""))


def _url(application: Application) -> str:
    return reverse("grants:application", args=[application.pk])
