"""A migrated database for every test process, at the price of a file copy.

The first process to need one migrates a template, whose name carries a digest of all that makes it; everybody else,
and every later run, copies it. A test that commits for good gets its database copied anew afterwards, so the
next one finds what migrations made (the root page, the groups), which emptying the tables would take away.
"""

import hashlib
import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from engage.local.folders import ROOT
from engage.local.migrate import OURS, migrate

PREFIX = "engage_template_"
BUILDING = 7_250_114  # any fixed number: the advisory locks of those who build a template


@cache
def schema_digest() -> str:
    """Changes whenever a migration of ours, a grant to a role (`migrate` writes them too) or a pinned package does."""
    return digest_of("migrations/*.py", "permissions.py", "roles.py")


def digest_of(*patterns: str) -> str:
    """A digest of the files in our packages that match, and of the packages we depend on."""
    found = {
        path
        for package in OURS
        for pattern in patterns
        for path in (ROOT / package).rglob(pattern)
        if path.is_file()
    }
    digest = hashlib.sha256()
    for path in [*sorted(found), ROOT / "requirements" / "runtime.lock"]:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def use_fresh_copy(name: str) -> None:
    """Make database `name` a copy of the migrated template and point Django at it."""
    connection.close()
    with administrator() as admin:
        copy(admin, migrated_template(admin), name)
    point_django_at(name)


def use_filled_copy(name: str, prefix: str, digest: str, fill: Callable[[str], None]) -> None:
    """Make database `name` a copy of template `prefix + digest`, a migrated one that `fill(database)` went on with."""
    with administrator() as admin:
        start = migrated_template(admin)
        copy(admin, template(admin, prefix, digest, fill, start), name)


def migrated_template(admin: psycopg.Connection) -> str:
    return template(admin, PREFIX, schema_digest(), migrate_afresh, "template1")


def template(
    admin: psycopg.Connection, prefix: str, digest: str, fill: Callable[[str], None], start: str
) -> str:
    """The name of template `prefix + digest`, made when it is not there: one process at a time, and whoever comes
    second finds it made."""
    if not exists(admin, prefix + digest):
        with building(admin, prefix):
            if not exists(admin, prefix + digest):
                build(admin, prefix, digest, fill, start)
    return prefix + digest


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


def migrate_afresh(name: str) -> None:
    point_django_at(name)
    migrate(stdout=io.StringIO())
    connection.close()


@contextmanager
def building(admin: psycopg.Connection, prefix: str) -> Iterator[None]:
    key = [BUILDING, zlib.crc32(prefix.encode()) - 2**31]
    admin.execute("SELECT pg_advisory_lock(%s, %s)", key)
    try:
        yield
    finally:
        admin.execute("SELECT pg_advisory_unlock(%s, %s)", key)


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
