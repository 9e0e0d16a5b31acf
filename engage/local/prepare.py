"""Bring a local site up to date in one process: static files, migrations, the demo once. Quick when nothing changed."""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def main() -> None:
    django.setup()
    collect_static()
    migrate()
    if os.environ.get("DEMO", "1") not in {"0", "no", "false"} and "load_demo" in get_commands():
        call_command("load_demo", once=True)


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
        call_command("migrate", interactive=False, verbosity=1, stdout=StepCounter())
        say("" if sys.stdout.isatty() else "  The database is up to date.")


class StepCounter(io.TextIOBase):
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


if __name__ == "__main__":
    main()
