"""Links in emails that prove who reads them: a guest publishing an idea, and somebody asked to be a co-author.

The database holds only the hash of what stands in a link, so a copied database opens nothing. A link is used by
pressing a button on the page it leads to, never by opening it: programs that check mail open every link.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.actions import open_account
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.residents.actions import join
from engage.residents.models import Resident
from ideas.actions.drafts import CO_AUTHORS_EACH, send_draft
from ideas.events import CO_AUTHOR_ACCEPTED, CO_AUTHOR_DECLINED, CO_AUTHOR_INVITED
from ideas.models import CoAuthor, Idea, IdeaDraft
from ideas.permissions import may_invite, takes_comments

INVITED_DAYS = 30


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


# --- a guest's idea -------------------------------------------------------------------------------------


@transaction.atomic
def ask_to_confirm(*, draft: IdeaDraft, email: str, at: datetime) -> str:
    """The draft waits for its writer to press the button behind a link; the answer is what stands in the link.

    A new link makes the one before worthless.
    """
    token = token_urlsafe(32)
    draft.email, draft.token_hash = email.lower(), hash_of(token)
    draft.confirm_until = at + timedelta(days=IdeaDraft.CONFIRM_DAYS)
    draft.save(update_fields=["email", "token_hash", "confirm_until"])
    return token


@transaction.atomic
def confirm_draft(*, draft: IdeaDraft, token: str, name: str, at: datetime, **words: Any) -> Idea:
    """Publish what a guest wrote, by whoever reads mail at the address they gave. Nobody is signed in by this."""
    locked = IdeaDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if locked is None and (sent := Idea.objects.filter(sent_from=draft.pk).first()):
        return sent
    if locked is None or not is_good(locked, token, at=at):
        raise Refused(too_old())
    return send_draft(
        draft=locked, author=person_behind(email=locked.email, name=name, at=at), at=at, **words
    )


def is_good(draft: IdeaDraft, token: str, *, at: datetime) -> bool:
    return (
        bool(draft.token_hash)
        and draft.token_hash == hash_of(token)
        and draft.confirm_until is not None
        and at < draft.confirm_until
    )


def too_old() -> Denied:
    return Denied(
        _("This link was used already, or is more than 7 days old. Write your idea again and send it anew."),
        status=404,
    )


@transaction.atomic
def person_behind(*, email: str, name: str, at: datetime) -> Resident:
    """The resident who has proved to read mail at `email`; joined now when there is none yet."""
    known = EmailAddress.objects.select_related("user").filter(email__iexact=email, verified=True).first()
    account = known.user if known else Account.objects.filter(email__iexact=email).first()
    if account is None:
        account = open_account(email=email, at=at)
    elif known is None or not account.is_active:
        # Whoever typed this address to join never proved to read its mail, so the account may be somebody else's.
        raise Refused(
            Denied(
                _(
                    "There is an account with your address that is not ready for use."
                    " Sign in with a code that we email you, then open this link again."
                ),
                status=409,
            )
        )
    return join(account=account, at=at, name=name)


# --- co-authors -----------------------------------------------------------------------------------------


@transaction.atomic
def invite_co_author(*, idea: Idea, email: str, by: Account, at: datetime) -> CoAuthor:
    """Ask somebody to stand beside the author. Asked again, it is a new link to the same invitation."""
    require(may_invite(by, idea, at=at))
    Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)
    email = email.lower()
    asked = idea.co_authors.filter(email=email).first()
    if asked is None:
        if idea.co_authors.count() >= CO_AUTHORS_EACH:
            raise Refused(
                Denied(
                    _("You have asked %(count)s people, which is the most for one idea.")
                    % {"count": CO_AUTHORS_EACH},
                    status=409,
                    field="email",
                )
            )
        asked = CoAuthor.objects.create(idea=idea, email=email, invited_at=at)
    if asked.accepted_at is None:
        asked.invited_at, asked.declined_at, asked.token_hash = at, None, ""
        asked.save(update_fields=["invited_at", "declined_at", "token_hash"])
        record(CO_AUTHOR_INVITED, subject=idea, actor=by, at=at)
    return asked


@transaction.atomic
def link_for(*, invitation: CoAuthor) -> str:
    """What stands in the link to an invitation that waits for its email."""
    token = token_urlsafe(32)
    CoAuthor.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token))
    return token


@transaction.atomic
def accept_invitation(*, invitation: CoAuthor, account: Account | None, at: datetime) -> CoAuthor:
    """Be a co-author: as the account that is signed in, else as whoever the invitation was mailed to."""
    locked = _waiting(invitation, at)
    require(takes_comments(locked.idea))
    resident = join(account=account, at=at) if account else person_behind(email=locked.email, name="", at=at)
    if locked.idea.author_id == resident.pk:
        raise Refused(Denied(_("This is your own idea, so you are its author already."), status=409))
    if locked.idea.co_authors.filter(resident=resident).exists():
        raise Refused(Denied(_("You are a co-author of this idea already."), status=409))
    locked.resident, locked.accepted_at = resident, at
    locked.email, locked.token_hash = "", ""
    locked.save(update_fields=["resident", "accepted_at", "email", "token_hash"])
    record(CO_AUTHOR_ACCEPTED, subject=locked.idea, actor=resident.account, at=at)
    return locked


@transaction.atomic
def decline_invitation(*, invitation: CoAuthor, at: datetime) -> CoAuthor:
    """Say no. The address is forgotten; the author sees that somebody said no."""
    locked = _waiting(invitation, at)
    locked.declined_at, locked.email, locked.token_hash = at, "", ""
    locked.save(update_fields=["declined_at", "email", "token_hash"])
    record(CO_AUTHOR_DECLINED, subject=locked.idea, actor=None, at=at)
    return locked


@transaction.atomic
def forget_invitations(*, at: datetime) -> int:
    """Delete invitations that nobody answered in time, with the addresses; how many."""
    over = CoAuthor.objects.filter(
        accepted_at=None, declined_at=None, invited_at__lt=at - timedelta(days=INVITED_DAYS)
    )
    return over.delete()[0]


def _waiting(invitation: CoAuthor, at: datetime) -> CoAuthor:
    locked = (
        CoAuthor.objects.select_for_update(of=("self",))
        .select_related("idea__author")
        .filter(pk=invitation.pk, accepted_at=None, declined_at=None)
        .filter(invited_at__gte=at - timedelta(days=INVITED_DAYS))
        .first()
    )
    if locked is None:
        raise Refused(
            Denied(
                _("This invitation was answered already, or is too old. Ask the author for a new one."), 404
            )
        )
    return locked
