"""Emails to people whom a group names: will they act for it, will they sign for it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.grants.models import Application, Invitation, Signatory
from engage.kit.letterhead import send_letter


def send_member_invitation(invitation: Invitation, token: str) -> None:
    """`token` stands in the link; nothing of it is kept."""
    group = invitation.organisation.name
    send_letter(
        "group_member",
        invitation.email,
        subject=_("Will you act for “%(group)s”?") % {"group": group},
        title=group,
        asked_by=str(invitation.invited_by or _("Somebody of the group")),
        url=settings.SITE_URL + reverse("grants:membership", args=[token]),
        days=Invitation.KEPT_DAYS,
    )


def ask_to_sign(*, application: Application, signer: Signatory) -> None:
    """The link is no secret: the page asks who they are, and knows them by this address."""
    group = application.organisation.name
    send_letter(
        "group_sign",
        signer.email,
        subject=_("Please sign for “%(group)s”") % {"group": group},
        title=application.title,
        signer=signer.name,
        email=signer.email,
        group=group,
        url=settings.SITE_URL + reverse("grants:agreement", args=[application.pk]),
    )
