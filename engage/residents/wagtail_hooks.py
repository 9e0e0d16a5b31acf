from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.residents.actions import remove
from engage.residents.staff import block_viewset


@hooks.register("register_admin_viewset")
def register_blocks():
    return block_viewset


@hooks.register("before_delete_user")
def end_in_the_verb(request: HttpRequest, account: Account) -> HttpResponse | None:
    """An administrator deletes an account: by the rules of leaving, and nothing that leads back is left."""
    if request.method != "POST":
        return None
    name = str(account)
    try:
        remove(account=account, by=cast(Account, request.user), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused.denied.reason))
        return redirect("wagtailusers_users:edit", account.pk)
    messages.success(request, _("The account of %(name)s is deleted.") % {"name": name})
    return redirect("wagtailusers_users:index")


@hooks.register("before_bulk_action")
def end_each_in_the_verb(request: HttpRequest, kind: str, things: list[Any], action: Any) -> None:
    """The same for several at once: all of them, or none and the first reason."""
    if kind == "delete" and request.method == "POST":
        for account in things:
            if isinstance(account, Account):
                remove(account=account, by=cast(Account, request.user), at=timezone.now())
