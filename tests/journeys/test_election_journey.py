"""A ballot from setting it up to counting it again at home."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import election_booth as booth
from tests.journeys import election_desk as desk
from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable_on_a_phone
from tests.served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Electors who vote online, with scripts and without.
AT_HOME = {"LS-4": True, "LS-5": False}
SECOND = "counts-paper@demo.example"


@pytest.fixture(scope="module", autouse=True)
def ready(site: Served) -> None:
    site.open_account(SECOND, "Imelda", "Quill", "officer")


def vote_at_home(visit: Visit, ballot: str, number: str, *, scripts: bool) -> str:
    """On a phone, by the roll; answers the receipt."""
    voter = visit(scripts=scripts, width=360)
    booth.enter_by_roll(voter, ballot, number)
    booth.choose(voter, (desk.PROJECTS[0][0],), scripts=scripts)
    receipt = booth.cast(voter, scripts=scripts)
    booth.leave(voter)
    booth.check_receipt(voter, ballot, receipt, "in the box")
    return receipt


def test_a_ballot_from_its_pot_to_a_count_that_anybody_runs_again(
    visit: Visit, site: Served, tmp_path: Path
) -> None:
    officer, second = visit("officer", back="/admin/"), visit(SECOND, back="/admin/")
    place = desk.set_up(officer)
    desk.rehearse(officer, place)
    desk.open_it(officer, place)

    ballot = re.search(r"/(\d+)/", place)
    assert ballot
    receipts = [
        vote_at_home(visit, ballot[1], number, scripts=scripts) for number, scripts in AT_HOME.items()
    ]

    batch = desk.start_batch(officer, place, "LS-1", "LS-2", "LS-3")
    site.run(desk.END_VOTING.format(ballot=ballot[1]))
    desk.open_envelopes(officer, batch)
    bench, swing, bulbs = (title for title, _cost in desk.PROJECTS)
    papers = {1: (bench, bulbs), 2: (bench,), 3: (swing,)}
    desk.enter(officer, batch, papers)
    desk.enter(second, batch, papers)
    desk.reconcile(officer, batch)

    desk.close_count_publish(officer, place)

    everybody = visit(back="/ballots/")
    everybody.goto(f"/ballots/{ballot[1]}/results/")
    expect(everybody.get_by_role("heading", name="Funded", exact=True)).to_be_visible()
    assert_usable_on_a_phone(everybody)
    for receipt in receipts:
        booth.check_receipt(everybody, ballot[1], receipt, "in the log")
    everybody.goto(f"/ballots/{ballot[1]}/results/")
    with everybody.expect_download() as started:
        everybody.get_by_role("link", name=re.compile(r"\.pb$")).click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    command = everybody.locator(".result-command").inner_text().split()
    assert command[-1] == file.name
    again = subprocess.run(
        [sys.executable, *command[1:-1], str(file)], capture_output=True, check=True, text=True
    )
    assert bench in again.stdout
