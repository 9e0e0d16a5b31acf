"""A group for its own people: what is there, what is missing, and what waits for somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from budgets.grants.display.scheme import grants_crumbs
from budgets.grants.enums import MemberRole, Status
from budgets.grants.models import Application, Claim, Invitation, Member, Signatory
from budgets.grants.queries import Alike, GroupPage
from budgets.grants.rules.flow import ENDED, PUBLIC_NAMES
from budgets.grants.rules.likeness import SIGN_WORDS
from budgets.grants.rules.signatories import NEEDED, Signer, same_last_name
from budgets.models import Organisation

DAY = "j F Y"

# How each status looks; the words are those of `rules/flow.py`.
TAGS = {
    Status.DRAFT: "new",
    Status.MORE_INFORMATION: "warn",
    Status.REPORT_DUE: "warn",
    Status.RECOVERING: "warn",
    Status.APPROVED: "done",
    Status.AGREEMENT: "done",
    Status.PAID: "done",
    Status.REPORTED: "done",
    Status.CLOSED: "done",
    Status.DECLINED: "closed",
    Status.WITHDRAWN: "closed",
}


def group_crumbs(organisation: Organisation | None = None, last: str = "") -> list[dict[str, str]]:
    steps = [(_("Your groups"), reverse("grants:groups"))]
    if organisation is not None:
        steps.append((organisation.name, reverse("grants:group", args=[organisation.pk])))
    if last:
        steps.append((last, ""))
    steps[-1] = (steps[-1][0], "")
    return grants_crumbs(*steps)


def agreement_crumbs(application: Application, *, member: bool) -> list[dict[str, str]]:
    """Whoever signs and is no member may not open the application."""
    above = [(application.title, reverse("grants:application", args=[application.pk]))] if member else []
    return grants_crumbs(*above, (_("Agreement"), ""))


def signer_rows(signers: Iterable[Signatory]) -> list[str]:
    """Who may still sign, as the agreement's page says it."""
    return [_("%(name)s, %(role)s") % {"name": each.name, "role": each.role} for each in signers]


def status_tag(application: Application) -> dict[str, str]:
    """For the `status_tag` component."""
    status = Status(application.status)
    return {"text": str(PUBLIC_NAMES[status]), "kind": TAGS.get(status, "progress")}


def application_rows(applications: Iterable[Application]) -> list[dict[str, Any]]:
    """What is open first, each with where it leads."""
    rows = [
        {
            "title": str(each),
            "url": reverse("grants:application", args=[each.pk]),
            "tag": status_tag(each),
            "facts": _facts(each),
            "ended": Status(each.status) in ENDED,
        }
        for each in applications
    ]
    return sorted(rows, key=lambda row: bool(row["ended"]))


def _facts(application: Application) -> str:
    if application.reference:
        return _("%(reference)s, %(scheme)s") % {
            "reference": application.reference,
            "scheme": application.scheme,
        }
    return _("%(scheme)s, apply by %(day)s") % {
        "scheme": application.scheme,
        "day": date_format(application.scheme.closes_on, DAY),
    }


def membership_rows(members: Sequence[Member], applications: Sequence[Application]) -> list[dict[str, Any]]:
    """Each group somebody acts for, with its applications."""
    return [
        {
            "name": member.organisation.name,
            "url": reverse("grants:group", args=[member.organisation_id]),
            "role": member.get_role_display(),
            "applications": application_rows(
                each for each in applications if each.organisation_id == member.organisation_id
            ),
        }
        for member in members
    ]


def claim_rows(claims: Iterable[Claim]) -> list[dict[str, str]]:
    return [{"name": each.organisation.name, "asked": date_format(each.made_at, DAY)} for each in claims]


def profile_rows(page: GroupPage) -> list[dict[str, str]]:
    """For the `summary_list` component."""
    organisation, profile = page.organisation, page.profile
    change = reverse("grants:change_group", args=[organisation.pk]) if page.leads else ""
    rows = [
        (_("Kind"), organisation.get_kind_display()),
        (_("What it does"), profile.about if profile else _("Not said yet")),
        (_("Address"), ", ".join(filter(None, [_one_line(profile), organisation.postcode]))),
        (_("Phone"), profile.phone if profile else ""),
        (_("Website"), organisation.website),
        (_("Charity number"), organisation.charity_number),
        (_("Company number"), organisation.company_number),
    ]
    shown = [{"label": label, "text": text} for label, text in rows if text]
    return [row | ({"url": change} if n == 0 and change else {}) for n, row in enumerate(shown)]


def _one_line(profile: Any) -> str:
    return " ".join(profile.address.split()) if profile else ""


def to_do(page: GroupPage) -> list[dict[str, str]]:
    """What the group still has to tell, for whoever leads it."""
    group = page.organisation.pk
    found: list[dict[str, str]] = []
    if page.profile is None:
        words = _("Say what the group does, and where it is.")
        found.append({"text": words, "url": reverse("grants:change_group", args=[group])})
    if len(page.signatories) < NEEDED:
        words = _("Name two people who sign for the group and are not related. You need them to apply.")
        found.append({"text": words, "url": reverse("grants:signatories", args=[group])})
    if not page.banks or (page.bank_refused and not page.bank_used):
        words = _("Give the group’s bank details. You need them before we can pay you.")
        found.append({"text": words, "url": reverse("grants:bank", args=[group])})
    return found if page.leads else []


def bank_words(page: GroupPage) -> list[dict[str, str]]:
    """Sentences about where the money goes; numbers by their last digits alone."""
    rows: list[dict[str, str]] = []
    if (used := page.bank_used) and used.confirmed_at:
        words = _("Money goes to %(holder)s, account ending in %(ends)s. Confirmed on %(day)s.") % {
            "holder": used.holder,
            "ends": used.number_ends,
            "day": date_format(used.confirmed_at, DAY),
        }
        rows.append({"tag": "done", "tag_text": _("Confirmed"), "text": words})
    if waiting := page.bank_waiting:
        words = _(
            "%(holder)s, account ending in %(ends)s, entered on %(day)s, is waiting to be confirmed."
            " Somebody at the council compares it with a bank statement; nothing is paid until then."
        ) % {
            "holder": waiting.holder,
            "ends": waiting.number_ends,
            "day": date_format(waiting.entered_at, DAY),
        }
        rows.append({"tag": "progress", "tag_text": _("Waiting to be confirmed"), "text": words})
    if refused := page.bank_refused:
        words = _("The account ending in %(ends)s was not accepted: %(why)s Enter the details again.") % {
            "ends": refused.number_ends,
            "why": refused.refused_reason,
        }
        rows.append({"tag": "warn", "tag_text": _("Not accepted"), "text": words})
    return rows


def alike_rows(found: Iterable[Alike]) -> list[dict[str, str]]:
    """For officers: other groups that may be this one, and why."""
    return [
        {
            "name": each.organisation.name,
            "url": reverse("grants:group", args=[each.organisation.pk]),
            "signs": ", ".join(str(SIGN_WORDS[sign]) for sign in each.signs),
        }
        for each in found
    ]


def signatory_rows(signatories: Sequence[Signatory]) -> list[dict[str, Any]]:
    """Names and roles; a home address is not shown again, not even to whoever typed it."""
    signers = [Signer(each.name, each.household) for each in signatories]
    return [
        {
            "pk": each.pk,
            "name": each.name,
            "role": each.role,
            "waits": each.waits,
            "mute": not each.email,
            "since": _since(each),
            "like": same_last_name(signers[n], [*signers[:n], *signers[n + 1 :]]),
        }
        for n, each in enumerate(signatories)
    ]


def _since(person: Signatory) -> str:
    """Since when somebody signs, or that they wait; empty of those who were named before it was written down."""
    if person.named_at is None:
        return ""
    day = date_format(localtime(person.confirmed_at or person.named_at), DAY)
    if person.waits:
        words = _(
            "Named on %(day)s, after the group had applied: the grants team finds out whether it is so. Until then"
            " they cannot sign, and nothing is paid."
        )
    else:
        words = _("Since %(day)s.")
    return words % {"day": day}


def member_rows(page: GroupPage) -> list[dict[str, Any]]:
    return [
        {
            "pk": each.pk,
            "name": str(each.account),
            "email": each.account.email if str(each.account) != each.account.email else "",
            "leads": each.role == MemberRole.LEAD,
            "role": each.get_role_display(),
            "since": date_format(each.joined_at, DAY),
            "me": page.me is not None and each.pk == page.me.pk,
        }
        for each in page.members
    ]


def asked_rows(invitations: Iterable[Invitation]) -> list[dict[str, Any]]:
    return [
        {"pk": each.pk, "email": each.email, "asked": date_format(each.invited_at, DAY)}
        for each in invitations
    ]
