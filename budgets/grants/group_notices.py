"""What groups and officers are told about who acts for a group, and about changes that could be somebody's fraud.

As in `notices.py`: each function may run twice for the same happening, and `data` holds codes and numbers only.
"""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budgets.grants.models import Claim, Signatory
from budgets.grants.notices import TO_DO, YOUR_GROUP, members_of
from budgets.grants.queries import groups_like
from budgets.models import Organisation
from engage.kit.happenings import Happening
from engage.notifications.actions import notify
from engage.notifications.enums import Channel
from engage.notifications.kinds import About, Kind, TopicKind, register, register_topic
from engage.residents.models import Resident
from engage.residents.queries import staff_with

register(
    Kind(
        key="group_joined",
        group=YOUR_GROUP,
        label=_("Somebody joins or leaves your group"),
        title=_("The people who act for %(topic)s have changed."),
        default=Channel.NOW,
    ),
    Kind(
        key="group_bank_entered",
        group=YOUR_GROUP,
        label=_("Somebody enters bank details for your group"),
        title=_(
            "New bank details were entered for %(topic)s. If it was none of you, tell the grants team now."
        ),
        default=Channel.NOW,
    ),
    Kind(
        key="group_signatory_named",
        group=YOUR_GROUP,
        label=_("Somebody new is to sign for your group after you applied"),
        title=_("Somebody new is to sign for %(topic)s. If it was none of you, tell the grants team now."),
        default=Channel.NOW,
    ),
    Kind(
        key="group_signatory_confirmed",
        group=YOUR_GROUP,
        label=_("The grants team has confirmed who signs for your group"),
        title=_("The grants team has confirmed who signs for %(topic)s."),
        default=Channel.NOW,
    ),
    Kind(
        key="group_signatory_refused",
        group=YOUR_GROUP,
        label=_("The grants team could not confirm who signs for your group"),
        title=_("The grants team could not confirm who signs for %(topic)s, and took them off the list."),
        default=Channel.NOW,
    ),
    Kind(
        key="group_signatory",
        group=TO_DO,
        label=_("A group names somebody new to sign after it applied"),
        title=_("%(topic)s has named somebody new who signs. Find out whether it is so."),
        default=Channel.NOW,
        needs="grants.confirm_bank",
    ),
    Kind(
        key="group_claim",
        group=TO_DO,
        label=_("Somebody says that a known group is theirs"),
        title=_("Somebody asks to lead %(topic)s. Find out whether they act for it."),
        default=Channel.NOW,
        needs="grants.confirm_bank",
    ),
    Kind(
        key="group_alike",
        group=TO_DO,
        label=_("A group that is like another registers, or enters bank details"),
        title=_("%(topic)s is like another group. Look whether it is the same."),
        default=Channel.NOW,
        needs="grants.check_application",
    ),
    Kind(
        key="group_claim_accepted",
        group=YOUR_GROUP,
        label=_("You may act for a group that you asked for"),
        title=_("You lead %(topic)s here now."),
        default=Channel.NOW,
    ),
    Kind(
        key="group_claim_refused",
        group=YOUR_GROUP,
        label=_("You may not act for a group that you asked for"),
        title=_("The grants team could not confirm that you act for %(topic)s."),
        default=Channel.NOW,
    ),
)


def _groups(numbers: Collection[int]) -> dict[int, About]:
    found = Organisation.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {pk: About(name, reverse("grants:group", args=[pk])) for pk, name in found}


def _claims(numbers: Collection[int]) -> dict[int, About]:
    found = Claim.objects.filter(pk__in=numbers).values_list("pk", "organisation__name")
    return {pk: About(name, reverse("staff_claims:edit", args=[pk])) for pk, name in found}


def _signatories(numbers: Collection[int]) -> dict[int, About]:
    found = Signatory.objects.filter(pk__in=numbers).values_list("pk", "organisation__name")
    return {pk: About(name, reverse("staff_signatories:edit", args=[pk])) for pk, name in found}


def _claimed(numbers: Collection[int]) -> dict[int, About]:
    """For whoever asked, who may not open the group's page."""
    found = Organisation.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {pk: About(name, reverse("grants:groups")) for pk, name in found}


GONE = _("A group that is no longer here")
register_topic(TopicKind("group", _groups, gone=GONE, open=False))
register_topic(TopicKind("group_claim", _claims, gone=GONE, open=False))
register_topic(TopicKind("group_signatory", _signatories, gone=GONE, open=False))
register_topic(TopicKind("claimed_group", _claimed, gone=GONE, open=False))


def people_changed(happening: Happening) -> None:
    """Everybody in the group but whoever did it."""
    _tell_group(happening, "group_joined")


def details_entered(happening: Happening) -> None:
    """The others of the group, so that nobody changes where its money goes unnoticed."""
    _tell_group(happening, "group_bank_entered")


def looked_like_another(happening: Happening) -> None:
    """The officers who check applications, when a group is like one that is here already."""
    group = Organisation.objects.filter(pk=happening.subject_id).first()
    if group is not None and groups_like(group):
        notify(
            kind="group_alike",
            topic=("group", group.pk),
            at=happening.at,
            to_followers=False,
            also=staff_with("grants.check_application", but_not=[happening.actor_id]),
        )


def claimed(happening: Happening) -> None:
    """The officers who find out; the group's own people, if there are any, as the next to know."""
    claim = happening.data["claim"]
    if Claim.objects.filter(pk=claim, settled_at=None).exists():
        notify(
            kind="group_claim",
            topic=("group_claim", claim),
            at=happening.at,
            to_followers=False,
            also=staff_with("grants.confirm_bank", but_not=[happening.actor_id]),
        )


def claim_settled(happening: Happening) -> None:
    """Whoever asked; and when they act for the group now, its other people."""
    claim = Claim.objects.filter(pk=happening.data["claim"]).first()
    if claim is None:
        return
    notify(
        kind="group_claim_accepted" if claim.accepted else "group_claim_refused",
        topic=("claimed_group", happening.subject_id),
        at=happening.at,
        to_followers=False,
        also=_of_account(claim.account_id),
    )
    if claim.accepted:
        _tell_group(happening, "group_joined", but_not=_of_account(claim.account_id))


def signatory_waits(happening: Happening) -> None:
    """The officers who find out, and the others of the group, so that nobody is swapped unnoticed."""
    person = happening.data["signatory"]
    _tell_group(happening, "group_signatory_named")
    if Signatory.objects.filter(pk=person, waits=True).exists():
        notify(
            kind="group_signatory",
            topic=("group_signatory", person),
            at=happening.at,
            to_followers=False,
            also=staff_with("grants.confirm_bank", but_not=[happening.actor_id]),
        )


def signatory_settled(happening: Happening) -> None:
    answer = "confirmed" if happening.data["accepted"] else "refused"
    _tell_group(happening, f"group_signatory_{answer}")


def _tell_group(happening: Happening, kind: str, *, but_not: Collection[int] = ()) -> None:
    notify(
        kind=kind,
        topic=("group", happening.subject_id),
        at=happening.at,
        to_followers=False,
        also=members_of(happening.subject_id),
        but_not={*but_not, *_of_account(happening.actor_id)},
    )


def _of_account(account_id: int | None) -> set[int]:
    return (
        set(Resident.objects.filter(account=account_id).values_list("pk", flat=True)) if account_id else set()
    )
