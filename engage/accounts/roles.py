"""Roles are groups, and what they may do is written once: in the GRANTS table of each app's permissions.py.

`sync_roles` makes the groups say exactly what the tables say, after every `migrate`. A council may add groups of
its own in the back office; those are left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Role:
    """`group` is the name stored in the database, `label` the word people read."""

    group: str
    label: str | Promise


ROLES = {
    "resident": Role("Residents", _("Resident")),
    "representative": Role("Group representatives", _("Group representative")),
    "councillor": Role("Councillors", _("Councillor")),
    "officer": Role("Officers", _("Officer")),
    "moderator": Role("Moderators", _("Moderator")),
    "editor": Role("Editors", _("Editor")),
    "auditor": Role("Auditors", _("Auditor")),
    "administrator": Role("Administrators", _("Administrator")),
}


def grants() -> dict[str, set[str]]:
    """Permission (`app.codename`) → the roles that carry it, from all apps together."""
    together: dict[str, set[str]] = {}
    for table in _tables():
        for permission, roles in table.items():
            if unknown := set(roles) - set(ROLES):
                raise LookupError(f"{permission} is granted to roles that do not exist: {sorted(unknown)}")
            together.setdefault(permission, set()).update(roles)
    return together


def _tables() -> Iterator[dict[str, set[str]]]:
    for config in apps.get_app_configs():
        name = f"{config.name}.permissions"
        if _is_ours(config) and find_spec(name):
            yield getattr(import_module(name), "GRANTS", {})


def _is_ours(config: AppConfig) -> bool:
    """Our apps live in this project's folder; borrowed ones have no table of roles."""
    return config.name.split(".")[0] in {"engage", "cms", "budgets", "ideas", "academy"}


@transaction.atomic
def sync_roles() -> None:
    """Create the groups, add what the tables grant, take away what they no longer do."""
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    table = grants()
    for key, role in ROLES.items():
        group, _new = Group.objects.get_or_create(name=role.group)
        wanted = {known[name] for name, roles in table.items() if key in roles and name in known}
        group.permissions.set(wanted)
