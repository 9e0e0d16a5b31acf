"""The verbs of the frame: make a site that editors can work in, and give it its address."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from cms.events import PAGE_OUT_BEFORE_ELECTION, SITE_MOVED, SITE_SET_UP
from cms.pages import HomePage
from cms.permissions import FILES, PAGES
from engage.accounts.models import Account
from engage.accounts.roles import ROLES
from engage.audit.actions import record
from engage.councillors.permissions import may_announce_on
from engage.kit.pages import BasePage


@transaction.atomic
def set_up_site() -> HomePage:
    """A home page in the place of Wagtail's welcome, what roles may do with pages and files, a workflow.

    Once: when there is a home page, it is answered and nothing is touched, so that what a council has changed
    since stays as it is.
    """
    found = HomePage.objects.order_by("path").first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    home = _home(root)
    for role, kinds in PAGES.items():
        _allow_pages(role, kinds, root)
    _no_pages_for("moderator")
    for role, kinds in FILES.items():
        _allow_files(role, kinds)
    _second_pair_of_eyes()
    record(SITE_SET_UP, subject=home, actor=None)
    return home


@transaction.atomic
def move_site(*, address: str) -> None:
    """Give the site the address it is served at, for links that name the host: sitemaps, mails, canonical links.

    Several sites are a council's own arrangement and stay as they are.
    """
    sites = list(Site.objects.select_for_update().all()[:2])
    if len(sites) != 1:
        return
    site, given = sites[0], _host_and_port(address)
    if {"hostname": site.hostname, "port": site.port} != given:
        site.hostname, site.port = given["hostname"], given["port"]
        site.save(update_fields=["hostname", "port"])
        record(SITE_MOVED, subject=site, actor=None, address=address)


def _host_and_port(address: str) -> dict[str, Any]:
    parts = urlsplit(address or "http://localhost")
    return {
        "hostname": parts.hostname or "localhost",
        "port": parts.port or (443 if parts.scheme == "https" else 80),
    }


def _home(root: Page) -> HomePage:
    opening = {
        "title": _("Your area. Your ideas. Your money."),
        "text": _("See what is left to spend near you, say what it should do, and follow every pound."),
        "figure": "left",
        "links": [{"act": "budgets"}, {"act": "suggest"}],
    }
    body = [
        ("hero", opening),
        ("budget_map", {"title": _("What is left near you")}),
        ("ideas", {"title": _("What people want"), "order": "supported", "count": 4}),
        ("awards", {"title": _("The latest awards"), "count": 3}),
    ]
    home = HomePage(title=_("Home"), slug="front", body=body)
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True, defaults={**_host_and_port(settings.SITE_URL), "root_page": home}
    )
    # Wagtail's own migration leaves a page that says "Welcome to your new Wagtail site".
    for welcome in root.get_children().exclude(pk=home.pk).type(Page).exact_type(Page):
        welcome.delete()
    return home


def _group(role: str) -> Group:
    return Group.objects.get_or_create(name=ROLES[role].group)[0]


def _allow_pages(role: str, kinds: set[str], root: Page) -> None:
    group = _group(role)
    for kind in kinds:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", content_type__model="page", codename=f"{kind}_page"
        )
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _no_pages_for(role: str) -> None:
    """Wagtail gives a group of this name the right to publish; ours look after ideas and comments."""
    GroupPagePermission.objects.filter(group=_group(role)).delete()


def _allow_files(role: str, kinds: set[str]) -> None:
    group, everything = _group(role), Collection.get_first_root_node()
    wanted = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__in=[f"{kind}_{noun}" for kind in kinds for noun in ("image", "document")],
    )
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=everything, permission=permission
        )


def _second_pair_of_eyes() -> None:
    """Wagtail's default workflow asks a group we use for something else; here another editor looks."""
    task = GroupApprovalTask.objects.order_by("pk").first()
    if task is None:
        return
    task.name = _("A second pair of eyes")
    task.save(update_fields=["name"])
    task.groups.set([_group("editor"), _group("administrator")])
    for step in task.workflow_tasks.select_related("workflow"):
        step.workflow.name = _("Checked by another editor")
        step.workflow.save(update_fields=["name"])


def note_page_before_election(*, page: BasePage, by: Account | None, at: datetime) -> None:
    """Record of a page that went live while an election is near, who let it and why."""
    if not may_announce_on(localdate(at), ""):
        record(PAGE_OUT_BEFORE_ELECTION, subject=page, actor=by, at=at, reason=page.election_reason)
