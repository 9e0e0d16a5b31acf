"""Who is signed in, and what they may do, in one statement each."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import Q

from engage.accounts.models import Account


class AccountBackend(AuthenticationBackend):
    """By password or by what allauth offers; reads for every page what Django reads in several steps."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account, along with whatever belongs to it one to one: pages ask whose resident or councillor it is."""
        beside = [each.name for each in Account._meta.related_objects if each.one_to_one]
        account = Account.objects.select_related(*beside).filter(pk=user_id).first()
        return account if account is not None and self.user_can_authenticate(account) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """`app.codename` of what the account's roles carry, its own permissions, or all for a superuser."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            held = Permission.objects.order_by()
            if not user_obj.is_superuser:
                held = held.filter(Q(user=user_obj) | Q(group__user=user_obj))
            names = held.values_list("content_type__app_label", "codename").distinct()
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in names}
        return set(user_obj._perm_cache)
