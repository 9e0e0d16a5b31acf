"""What a piece of work costs: SQL statements, and CPU time of this process and of the database's.

CPU time, not the clock, because machines are shared; and ratios to a trivial view in the same run, because machines
differ.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

TICK = 1 / 100  # Linux counts a process's CPU in hundredths of a second
HEAD = f"{'page':<28}{'SQL':>5}{'server ms':>11}{'database ms':>13}{'ratio':>8}"

type Work = Callable[[], object]


@dataclass(frozen=True)
class Cost:
    """`server` and `database` are CPU milliseconds for each piece of work, `statements` the most that one took."""

    server: float
    database: float
    statements: int = 0

    def line(self, name: str, trivial: "Cost") -> str:
        ratio = (self.server + self.database) / (trivial.server + trivial.database)
        return f"{name:<28}{self.statements:>5}{self.server:>11.2f}{self.database:>13.2f}{ratio:>8.1f}"


def cost(works: Iterable[Work]) -> Cost:
    """Of works of one kind. The first is done beforehand: it compiles templates and fills caches."""
    first, *others = works
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    _with_what_follows(first)
    asked, half = [], len(others) // 2
    # Counting statements costs time itself, so the first half is counted and the second timed.
    for work in others[:half]:
        with CaptureQueriesContext(connection) as statements:
            _with_what_follows(work)
        asked.append(sum(not is_transaction_control(each["sql"]) for each in statements))
    server, database = time.process_time(), cpu(backend)
    for work in others[half:]:
        _with_what_follows(work)
    timed = len(others) - half
    return Cost(
        server=(time.process_time() - server) * 1000 / timed,
        database=(cpu(backend) - database) * 1000 / timed,
        statements=max(asked),
    )


def _with_what_follows(work: Work) -> None:
    """Tests never commit, so what a request does after its commit is called for."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        work()


def is_transaction_control(sql: str) -> bool:
    """Beginnings and ends of transactions, which read and write nothing."""
    return sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT"))


def cpu(pid: int) -> float:
    """Seconds of CPU a process has used; 0 where the database is on another machine."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rsplit(") ", 1)[1].split()[11:13]
    return (int(user) + int(system)) * TICK
