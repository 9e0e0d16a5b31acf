"""Who is signed in, and what they may do."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.accounts.backends import AccountBackend
from engage.accounts.models import Account
from tests.factories import AccountFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename, content_type__app_label="ideas")


def test_the_account_comes_with_the_resident_it_belongs_to(django_assert_num_queries) -> None:
    resident, alone = ResidentFactory(), AccountFactory()
    with django_assert_num_queries(2):
        found = AccountBackend().get_user(resident.account_id)
        assert found.resident == resident
        assert not hasattr(found, "councillor")
        assert not hasattr(AccountBackend().get_user(alone.pk), "resident")


def test_what_it_may_do_comes_with_it_too(django_assert_num_queries) -> None:
    account, stranger = AccountFactory(), AccountFactory(is_active=True)
    role = Group.objects.create(name="Gardeners")
    role.permissions.add(permission("view_idea"))
    account.groups.add(role)
    account.user_permissions.add(permission("remove_comment"), permission("view_idea"))
    with django_assert_num_queries(2):
        found = AccountBackend().get_user(account.pk)
        assert found.has_perms(["ideas.view_idea", "ideas.remove_comment"])
        assert not found.has_perm("ideas.change_idea_status")
        assert not AccountBackend().get_user(stranger.pk).has_perm("ideas.view_idea")


def test_nobody_is_signed_in_with_an_account_that_is_closed_or_gone() -> None:
    closed = AccountFactory(is_active=False)
    assert AccountBackend().get_user(closed.pk) is None
    assert AccountBackend().get_user(closed.pk + 1) is None


def test_permissions_of_roles_and_of_the_account_itself_are_read_once() -> None:
    account = AccountFactory()
    role = Group.objects.create(name="Gardeners")
    role.permissions.add(permission("view_idea"), permission("view_call"))
    account.groups.add(role)
    account.user_permissions.add(permission("view_idea"), permission("remove_comment"))
    account = Account.objects.get(pk=account.pk)
    with CaptureQueriesContext(connection) as seen:
        assert account.has_perm("ideas.view_idea")
        assert account.has_perm("ideas.view_call")
        assert account.has_perm("ideas.remove_comment")
        assert not account.has_perm("ideas.change_idea_status")
    assert len(seen) == 1


def test_a_superuser_may_everything_and_a_closed_account_nothing() -> None:
    assert AccountFactory(is_superuser=True).has_perm("ideas.remove_comment")
    assert "ideas.remove_comment" in AccountFactory(is_superuser=True).get_all_permissions()
    closed = AccountFactory(is_active=False)
    closed.user_permissions.add(permission("remove_comment"))
    assert not Account.objects.get(pk=closed.pk).has_perm("ideas.remove_comment")
