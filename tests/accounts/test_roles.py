"""Groups say what the tables say: no less, and after a change no more."""

import pytest
from django.contrib.auth.models import Group, Permission

from engage.accounts import roles
from engage.accounts.actions import give_roles
from engage.accounts.models import Account
from engage.accounts.roles import ROLES, grants, sync_roles
from engage.audit.models import Record
from tests.accounts.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def everything() -> set[tuple[str, str]]:
    return set(Group.objects.values_list("name", "permissions__codename"))


def test_every_permission_granted_exists():
    known = {
        f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")
    }
    assert set(grants()) <= known


def test_migrating_made_every_role_a_group_with_its_permissions():
    assert set(Group.objects.values_list("name", flat=True)) >= {role.group for role in ROLES.values()}
    for permission, names in grants().items():
        app, codename = permission.split(".")
        holders = Group.objects.filter(
            permissions__content_type__app_label=app, permissions__codename=codename
        )
        assert {ROLES[name].group for name in names} == set(holders.values_list("name", flat=True)), (
            permission
        )


def test_syncing_again_changes_nothing():
    before = everything()
    sync_roles()
    assert everything() == before


def test_a_grant_that_was_taken_from_the_table_is_taken_from_the_group(monkeypatch):
    monkeypatch.setattr(roles, "grants", lambda: {"wagtailadmin.access_admin": {"editor"}})
    sync_roles()
    assert list(Group.objects.get(name="Editors").permissions.values_list("codename", flat=True)) == [
        "access_admin"
    ]
    assert not Group.objects.get(name="Officers").permissions.exists()


def test_a_councils_own_group_is_left_alone():
    own = Group.objects.create(name="Elections team")
    own.permissions.add(Permission.objects.get(codename="access_admin"))
    sync_roles()
    assert own.permissions.count() == 1


def test_an_unknown_role_in_a_table_is_an_error(monkeypatch):
    monkeypatch.setattr(roles, "_tables", lambda: [{"ideas.add_idea": {"mayor"}}])
    with pytest.raises(LookupError, match="mayor"):
        grants()


def test_giving_roles_replaces_roles_and_is_recorded(robin):
    own = Group.objects.create(name="Elections team")
    robin.groups.add(own)
    give_roles(account=robin, roles=["officer", "auditor"], at=NOW)
    give_roles(account=robin, roles=["editor"], at=NOW)
    assert set(robin.groups.values_list("name", flat=True)) == {"Elections team", "Editors"}
    assert Record.objects.filter(event="ROLES_CHANGED").latest("id").data == {"roles": ["Editors"]}
    assert Account.objects.get(pk=robin.pk).has_perm("wagtailadmin.access_admin")


def test_only_those_with_work_there_enter_the_back_office(client, robin):
    for role in ROLES:
        give_roles(account=robin, roles=[role], at=NOW)
        client.force_login(Account.objects.get(pk=robin.pk))
        inside = client.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 200
        assert inside == (role not in {"resident", "representative"}), role
