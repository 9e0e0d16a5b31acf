"""What follows: whoever signs in is a resident, whichever way their account was made."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from engage.accounts.models import Account
from engage.residents.actions import join


@receiver(user_logged_in, dispatch_uid="join when signed in")
def join_when_signed_in(sender: type[Account], user: Account, **kwargs: Any) -> None:
    join(account=user, at=timezone.now())
