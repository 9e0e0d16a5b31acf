"""A new site: a home page, and roles that may work on it."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Site

from cms.actions import move_site, set_up_site
from cms.models import HomePage
from engage.accounts.actions import open_account
from engage.accounts.roles import ROLES
from engage.audit.models import Record
from tests.cms.conftest import NOW

pytestmark = pytest.mark.django_db


def test_migrate_leaves_a_site_with_a_home_page() -> None:
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()


def test_doing_it_again_changes_nothing() -> None:
    GroupPagePermission.objects.all().delete()
    home = set_up_site()
    assert home == HomePage.objects.get()
    assert not GroupPagePermission.objects.exists()


@pytest.mark.slow
def test_from_scratch_it_makes_everything() -> None:
    old = HomePage.objects.get()
    Site.objects.all().delete()
    old.delete()
    home = set_up_site()
    assert Site.objects.get().root_page_id == home.pk
    assert home.live
    assert home.revisions.count() == 1


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_publish(role: str, home: HomePage) -> None:
    account = open_account(email=f"{role}@example.org", password="three plain words", roles=[role], at=NOW)
    assert home.permissions_for_user(account).can_publish() is (role in {"editor", "administrator"})


def test_a_second_pair_of_eyes_is_another_editor() -> None:
    groups = set(GroupApprovalTask.objects.get().groups.all())
    assert groups == set(Group.objects.filter(name__in=["Editors", "Administrators"]))


@pytest.mark.slow
def test_an_editor_may_keep_themes_and_settings(editor: Client) -> None:
    for address in ("/admin/", "/admin/images/", "/admin/documents/", "/admin/snippets/kit/theme/"):
        assert editor.get(address).status_code == 200
    for setting in ("brand", "notice", "menu"):
        assert editor.get(f"/admin/settings/cms/{setting}/", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("https://engage.example.gov.uk", "https://engage.example.gov.uk"),
        ("http://localhost:9000", "http://localhost:9000"),
    ],
)
def test_a_site_is_known_by_the_address_it_is_served_at(home: HomePage, address: str, root: str) -> None:
    move_site(address=address)
    assert HomePage.objects.get().full_url == f"{root}/"
    move_site(address=address)
    assert Record.objects.filter(event="SITE_MOVED").count() == 1


def test_several_sites_stay_as_they_are(home: HomePage) -> None:
    Site.objects.create(hostname="other.example", port=80, root_page=home)
    before = set(Site.objects.values_list("hostname", "port"))
    move_site(address="https://engage.example.gov.uk")
    assert set(Site.objects.values_list("hostname", "port")) == before
