"""Emails that carry a link: to a guest who wrote an idea, and to somebody asked to be a co-author."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from engage.kit.letterhead import refused_unless_sent, send_letter
from engage.kit.moments import moment
from ideas.actions.links import INVITED_DAYS
from ideas.models import CoAuthor, IdeaDraft


def send_link(draft: IdeaDraft, token: str) -> None:
    """To a guest: the link behind which their idea is published."""
    assert draft.confirm_until is not None
    with refused_unless_sent(
        _("The email could not be sent. Your idea is kept: try again in a few minutes.")
    ):
        send_letter(
            "idea_link",
            draft.email,
            subject=_("Publish your idea: %(title)s") % {"title": str(draft)},
            title=str(draft),
            url=_address("ideas:confirm", draft.pk, token),
            until=moment(draft.confirm_until),
        )


def send_invitation(invitation: CoAuthor, token: str) -> None:
    """To somebody whom an author wants beside them."""
    idea = invitation.idea
    send_letter(
        "co_author",
        invitation.email,
        subject=_("Will you be a co-author of “%(title)s”?") % {"title": idea.title},
        title=idea.title,
        author=str(idea.author or _("A resident")),
        idea_url=settings.SITE_URL + idea.get_absolute_url(),
        url=_address("ideas:invitation", token),
        days=INVITED_DAYS,
    )


def _address(name: str, *arguments: Any) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)
