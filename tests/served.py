"""The site as people meet it: the demo council in a database of its own, served over HTTP and WebSocket."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engage.demo.signins import PASSWORD
from engage.local import databases
from engage.local.child import await_page, child, free_port
from engage.local.folders import ROOT
from engage.local.pytest_plugin import database_name, database_number, redis_url, worker

DEMO_PREFIX = "engage_demo_"
# The journeys' own numbers in Valkey, beyond those of the test processes.
FIRST_NUMBER = 128


@dataclass(frozen=True)
class Served:
    """`mail` is the folder with a file for every email that the site has sent; its processes run with `environ`."""

    url: str
    mail: Path
    environ: dict[str, str]

    @contextmanager
    def worker(self) -> Iterator[None]:
        """The site's background worker, for as long as the block lasts."""
        with (
            open(Path(self.environ["ENGAGE_DATA"]) / f"worker-{worker()}.log", "wb") as log,
            child([sys.executable, "-m", "engage.local.work"], self.environ, log),
        ):
            yield

    def run(self, program: str) -> None:
        """Python on the site's own database: for what a journey needs to find there, and no page lets one make."""
        manage(["shell", "--no-imports", "--command", program], self.environ)

    def open_account(self, email: str, first: str, last: str, *roles: str) -> None:
        """For somebody whom the demo has not: they sign in by its password, and have written nothing lately."""
        self.run(
            "from django.utils import timezone\n"
            "from engage.accounts.actions import open_account\n"
            f"open_account(email={email!r}, password={PASSWORD!r}, roles={list(roles)!r}, first_name={first!r},"
            f" last_name={last!r}, at=timezone.now())"
        )


@contextmanager
def demo_site() -> Iterator[Served]:
    """A running site with the demo council as it is on the first day."""
    data = site_data()
    mail = data / f"mail-{worker()}"
    mail.mkdir(parents=True, exist_ok=True)
    name = f"{database_name()}_site"
    copy_demo(name)
    port = free_port()
    url = f"http://localhost:{port}"
    environ = environ_for(name, data) | {"SITE_URL": url, "EMAIL_URL": mail.as_uri()}
    log_file = data / f"server-{worker()}.log"
    with (
        open(log_file, "wb") as log,
        child([sys.executable, "-m", "engage.local.serve", "127.0.0.1", str(port)], environ, log) as server,
    ):
        assert await_page(f"{url}/healthz", server.poll), log_file.read_text()
        yield Served(url, mail, environ)
    databases.discard(name)


def site_data() -> Path:
    """Where the demo's pictures are."""
    return Path(os.environ["ENGAGE_DATA"]) / "site"


def copy_demo(name: str) -> None:
    """Make database `name` the demo council's, loaded the way `make run` does, once per change of code."""
    data = site_data()
    data.mkdir(exist_ok=True)
    digest = databases.digest_of("*.py", "content/**/*", "pictures/**/*", "static/**/*")
    databases.use_filled_copy(
        name, DEMO_PREFIX, digest, lambda draft: manage(["prepare_local"], environ_for(draft, data))
    )


def manage(command: list[str], environ: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environ, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def environ_for(name: str, data: Path) -> dict[str, str]:
    return os.environ | {
        "ENGAGE_ENV": "local",
        "ENGAGE_DATA": str(data),
        "DATABASE_URL": databases.url_of(name),
        "REDIS_URL": redis_url(os.environ["REDIS_URL"], FIRST_NUMBER + database_number()),
        "DEMO": "1",
    }
