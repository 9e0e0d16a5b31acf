"""Who is signed in, and what they may do, in one statement."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.db.models import Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from engage.accounts.models import Account

# Written out: every page of everybody signed in asks it, and putting it together takes longer than answering it.
HELD = RawSQL(
    """
    ARRAY(
        SELECT kind.app_label || '.' || permission.codename
        FROM auth_permission AS permission
        JOIN django_content_type AS kind ON kind.id = permission.content_type_id
        WHERE permission.id IN (
            SELECT permission_id FROM accounts_account_user_permissions WHERE account_id = accounts_account.id
            UNION
            SELECT of_group.permission_id FROM auth_group_permissions AS of_group
            JOIN accounts_account_groups AS mine ON mine.group_id = of_group.group_id
            WHERE mine.account_id = accounts_account.id
        )
    )
    """,
    (),
    output_field=ArrayField(TextField()),
)


class AccountBackend(AuthenticationBackend):
    """By password or by what allauth offers; reads for every page what Django reads in several steps."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account, with what it may do and whatever belongs to it one to one: pages ask whose resident it is."""
        beside = [each.name for each in Account._meta.related_objects if each.one_to_one]
        found = Account.objects.select_related(*beside).annotate(held=HELD).filter(pk=user_id)
        account = next(iter(found), None)
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
            name = Concat("content_type__app_label", Value("."), "codename")
            held = Permission.objects.filter(mine).order_by().annotate(name_of=name)
            user_obj._perm_cache = set(held.values_list("name_of", flat=True))
        return set(user_obj._perm_cache)
