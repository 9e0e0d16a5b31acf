"""A process that casts votes and can be killed: `python -m tests.budgets.ballots.caster BALLOT FIRST`.

From elector FIRST on, one after the other. Each receipt is printed when the verb has answered, as a server would.
"""

import os
import subprocess
import sys

from engage.local import databases
from engage.local.folders import ROOT


def started(database: str, ballot: int, first: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.budgets.ballots.caster", str(ballot), str(first)]
    env = os.environ | {"DATABASE_URL": databases.url_of(database)}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)


def cast_on(ballot_id: int, number: int) -> None:
    from budgets.ballots.actions import cast_ballot
    from budgets.ballots.models import Ballot
    from tests.budgets.ballots.factories import VOTING, a_ticket, paper

    ballot = Ballot.objects.get(pk=ballot_id)
    while True:
        cast = cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper("P1"), at=VOTING)
        sys.stdout.write(f"{cast.receipt}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.settings")
    django.setup()
    cast_on(int(sys.argv[1]), int(sys.argv[2]))
