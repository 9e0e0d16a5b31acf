"""One copy's life, in order: installed by root under a closed home, stopped, started again, killed, started again.

The tests of this file build on each other, so read the first failure first.
"""

import os
from pathlib import Path

import pytest

from tests.setup.site import Site

pytestmark = [
    pytest.mark.setup,
    pytest.mark.xdist_group("setup"),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc"),
]

NAME = "Kept by the set-up test"
ADD_NOTE = f"from django.contrib.auth.models import Group; Group.objects.create(name='{NAME}')"
COUNT_NOTES = (
    f"from django.contrib.auth.models import Group; print(Group.objects.filter(name='{NAME}').count())"
)


@pytest.fixture(scope="module")
def site(closed_home: Path, environ: dict[str, str], sites: list[Site]) -> Site:
    made = Site(closed_home, closed_home / "var", environ)
    sites.append(made)
    return made


def test_make_run_brings_up_the_site_from_a_bare_clone(site: Site) -> None:
    site.start()
    site.await_ready()

    assert site.status("/") == 200
    assert site.status("/account/login/") == 200
    assert f"{site.port}" in site.log()
    assert "@" in site.log().split("Demo sign-ins", 1)[1], "the demo's sign-ins are printed"


def test_a_second_make_run_on_the_same_port_says_so_and_changes_nothing(site: Site) -> None:
    other = Site(site.clone, site.data, site.environ)
    other.port = site.port
    other.start()

    assert other.process
    assert other.process.wait(60) != 0
    assert f"Port {site.port} is in use" in other.log()
    assert site.status("/") == 200


def test_ctrl_c_leaves_no_process(site: Site) -> None:
    site.interrupt()

    site.await_no_process()


def test_the_second_start_does_no_work_twice_and_keeps_the_data(site: Site) -> None:
    site.manage(ADD_NOTE)
    site.await_no_process()
    site.start()
    site.await_ready()

    assert not any(word in site.log() for word in ("Installing", "Making", "Applying", "Preparing"))
    assert site.manage(COUNT_NOTES) == "1"
    assert site.status("/") == 200, "a command that joined the servers has not taken them along"


def test_after_kill_9_of_everything_it_starts_again_with_its_data(site: Site) -> None:
    site.kill(*site.processes())
    site.await_no_process()
    site.start()
    site.await_ready()

    assert site.manage(COUNT_NOTES) == "1"


def test_servers_that_lost_their_keeper_are_found_and_stopped_by_the_next_start(site: Site) -> None:
    servers = site.processes("postgres -D") | site.processes("valkey-server")
    assert len(servers) == 2
    site.kill(*site.processes() - servers - site.processes("postgres:"))
    assert servers <= site.processes()
    site.start()
    site.await_ready()

    assert "interrupted run" in site.log()
    assert not servers & site.processes()


def test_without_its_worker_the_site_stops_and_says_so(site: Site) -> None:
    worker = site.processes("engage.local.work")
    assert len(worker) == 1
    site.kill(*worker)
    site.await_no_process()

    assert "The background worker has stopped" in site.log()
    site.start()
    site.await_ready()


def test_kill_9_of_the_command_alone_takes_everything_else_with_it(site: Site) -> None:
    runner = site.processes("engage.local run")
    assert len(runner) == 1
    site.kill(*runner)

    site.await_no_process()


@pytest.mark.skipif(os.geteuid() != 0, reason="another user's folder matters to root alone")
def test_root_has_opened_no_folder_to_others(site: Site) -> None:
    assert site.clone.parent.stat().st_mode & 0o777 == 0o700
    assert site.elsewhere(), "the database is where an ordinary user can reach it"
    assert all(Path(home).stat().st_mode & 0o777 == 0o700 for home in site.elsewhere())
