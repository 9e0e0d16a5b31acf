"""Who is signed in, and what they may do, in one statement."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from engage.accounts.models import Account


class AccountBackend(AuthenticationBackend):
    """By password or by what allauth offers; reads for every page what Django reads in several steps."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account, with what it may do and whatever belongs to it one to one: pages ask whose resident it is."""
        beside = [each.name for each in Account._meta.related_objects if each.one_to_one]
        held = _held(Q(user=OuterRef("pk")) | Q(group__user=OuterRef("pk")))
        found = Account.objects.select_related(*beside).annotate(held=ArraySubquery(held)).filter(pk=user_id)
        account = found.first()
        if account is None or not self.user_can_authenticate(account):
            return None
        if not account.is_superuser:
            account._perm_cache = set(account.held)  # type: ignore[attr-defined]  # where Django looks first
        return account

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """`app.codename` of what the account's roles carry, its own permissions, or all for a superuser."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            mine = Q() if user_obj.is_superuser else Q(user=user_obj) | Q(group__user=user_obj)
            user_obj._perm_cache = set(_held(mine))
        return set(user_obj._perm_cache)


def _held(whose: Q) -> QuerySet[Permission, str]:
    """The permissions that are somebody's, as `app.codename`."""
    name = Concat("content_type__app_label", Value("."), "codename")
    return (
        Permission.objects.filter(whose).order_by().annotate(name_of=name).values_list("name_of", flat=True)
    )
