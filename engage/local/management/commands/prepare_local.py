"""Bring a local site up to date in one process: static files, migrations, the demo once. Quick when nothing changed."""

import hashlib
import io
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from engage.accounts.models import Account
from engage.demo.signins import SIGN_INS, VOTER
from engage.local.folders import SIGN_INS_FILE
from engage.local.migrate import migrate as migrate_all
from engage.places.models import Place


class Command(BaseCommand):
    help = "Bring a site on this machine up to date: static files, migrations, the demo once (make run does)."

    def handle(self, *args: Any, **options: Any) -> None:
        collect_static()
        migrate()
        load_demo()
        tell_sign_ins()


def load_demo() -> None:
    """Into an empty site only: one that has a council already has had its demo, or wants none."""
    wanted = os.environ.get("DEMO", "1").lower() not in {"0", "no", "false", "off"}
    if wanted and "load_demo" in get_commands() and not Place.objects.exists():
        call_command("load_demo", once=True)


def tell_sign_ins() -> None:
    """Write down who can sign in to the demo, for the person who starts the site; nothing for a real council."""
    file = Path(settings.ENGAGE_DATA) / SIGN_INS_FILE
    there = set(
        Account.objects.values_list("email", flat=True).filter(email__in=[each.email for each in SIGN_INS])
    )
    known = [each for each in SIGN_INS if each.email in there]  # an older demo has fewer
    if not known:
        file.unlink(missing_ok=True)
        return
    who, email = (max(len(each[part]) for each in known) for part in (0, 1))
    lines = [f"{each.who:{who}}  {each.email:{email}}  {each.password}" for each in known]
    lines += ["", "To vote in the ballot that is open, as one of its electors:"]
    lines.append(f"elector number {VOTER.number}, last name {VOTER.last_name}, postcode {VOTER.postcode}")
    file.write_text("\n".join(lines) + "\n")


def collect_static() -> None:
    """Collect and fingerprint static files, unless every source is as it was the last time."""
    mark = Path(settings.STATIC_ROOT) / ".sources"
    sources = static_sources()
    if mark.exists() and mark.read_text() == sources:
        return
    say("Preparing the style sheets, scripts and fonts …")
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=mark.parent.exists())
    mark.write_text(sources)


def static_sources() -> str:
    """A digest of the name, size and time of every static file's source."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = os.stat(storage.path(path))
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if plan:
        say("Bringing the database up to date …")
        migrate_all(stdout=StepCounter())
        say("" if sys.stdout.isatty() else "  The database is up to date.")


class StepCounter(io.StringIO):
    """Takes the lines that `migrate` writes and shows how many steps are done: one moving line, or one in fifty."""

    done = 0

    def write(self, text: str) -> int:
        if text.rstrip().endswith(" OK"):
            self.done += 1
            if sys.stdout.isatty():
                print(f"\r  {self.done} steps done", end="", flush=True)
            elif self.done % 50 == 0:
                say(f"  {self.done} steps done")
        return len(text)


def say(line: str) -> None:
    print(line, flush=True)
