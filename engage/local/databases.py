"""A migrated database for every test process, at the price of a file copy.

The first process to need one migrates a template, whose name carries a digest of all that makes it; everybody else,
and every later run, copies it. A test that commits for good gets its database copied anew afterwards, so the
next one finds what migrations made (the root page, the groups), which emptying the tables would take away.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from engage.local.folders import ROOT

PREFIX = "engage_template_"
BUILDING = 7_250_114  # any fixed number: the advisory lock of those who may build the template


def schema_digest() -> str:
    """Changes whenever a migration of ours, a grant to a role (`migrate` writes them too) or a pinned package does."""
    return digest_of("migrations/*.py", "permissions.py", "roles.py")


def digest_of(*patterns: str) -> str:
    """A digest of the files in our packages that match, and of the packages we depend on."""
    packages = [ROOT / name for name in ("engage", "budgets", "ideas", "academy", "cms")]
    found = {
        path
        for package in packages
        for pattern in patterns
        for path in package.rglob(pattern)
        if path.is_file()
    }
    digest = hashlib.sha256()
    for path in [*sorted(found), ROOT / "requirements" / "runtime.lock"]:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def use_fresh_copy(name: str) -> None:
    """Make database `name` a copy of the migrated template and point Django at it."""
    connection.close()
    with builder() as admin:
        copy(admin, migrated_template(admin), name)
    point_django_at(name)


def use_filled_copy(name: str, prefix: str, digest: str, fill: Callable[[str], None]) -> None:
    """Make database `name` a copy of template `prefix + digest`, a migrated one that `fill(database)` went on with."""
    with builder() as admin:
        if not exists(admin, prefix + digest):
            build(admin, prefix, digest, fill, migrated_template(admin))
        copy(admin, prefix + digest, name)


def migrated_template(admin: psycopg.Connection) -> str:
    template = PREFIX + schema_digest()
    if not exists(admin, template):
        build(admin, PREFIX, schema_digest(), migrate, "template1")
    return template


def copy(admin: psycopg.Connection, template: str, name: str) -> None:
    drop(admin, name)
    # Copying files beats writing them through the log, as nothing here has to survive a crash.
    command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    admin.execute(command.format(sql.Identifier(name), sql.Identifier(template)))


def build(
    admin: psycopg.Connection, prefix: str, digest: str, fill: Callable[[str], None], start: str
) -> None:
    """Make template `prefix + digest` of a copy of `start`, in place of the templates that it was before."""
    found = admin.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    ).fetchall()
    for (old,) in found:
        drop(admin, old)
    draft = f"{prefix}draft"
    copy(admin, start, draft)
    fill(draft)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    admin.execute(rename.format(sql.Identifier(draft), sql.Identifier(prefix + digest)))


def migrate(name: str) -> None:
    point_django_at(name)
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()


@contextmanager
def builder() -> Iterator[psycopg.Connection]:
    """One process at a time: whoever comes second finds the template made."""
    with administrator() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        yield admin


@contextmanager
def administrator() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as admin:
        yield admin


def exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def point_django_at(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def discard(name: str) -> None:
    with administrator() as admin:
        drop(admin, name)


def url_of(name: str) -> str:
    """DATABASE_URL, but for another database on the same server."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")
