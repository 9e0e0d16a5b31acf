"""How quick counting is, on one core and with the file read: `make bench`.

The large election is Warsaw's of 2024. pabutools takes minutes for it, so the ratio is taken on a middling one, both
engines in the same run. Time is the process's own, for the machine may have other things to do.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from budgets.count import count, parse, read
from tests.budgets.count.test_oracle import profile_of, theirs_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "pabulib"
LARGE = DATA / "poland_warszawa_2024_.pb"
MIDDLING = DATA / "Netherlands_Amsterdam_491.pb"
pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="The published elections lie beside the project, not in it."
)
RULES = {
    "greedy": "greedy",
    "equal shares, one run": "mes()",
    "equal shares, raised by 1": "mes(step=1)",
}
ALONE = """
import json, resource, sys, time
from budgets.count import count, document, parse, read
begun = time.process_time()
instance = read(open(sys.argv[1], "rb").read())
spent = {"reading": time.process_time() - begun}
for name, line in json.loads(sys.argv[2]).items():
    begun = time.process_time()
    counted = count(instance, parse(line))
    spent[name] = time.process_time() - begun
    steps = counted.shares.steps if counted.shares else 0
begun = time.process_time()
document(instance, counted)
spent["the result as bytes"] = time.process_time() - begun
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"spent": spent, "memory": memory, "steps": steps}))
"""


def test_a_large_election(capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(LARGE), json.dumps(RULES)],
        capture_output=True,
        text=True,
        check=True,
        env={"OPENBLAS_NUM_THREADS": "1"},
    )
    found = json.loads(done.stdout)
    lines = [f"{name:<28}{spent * 1000:>9.0f} ms" for name, spent in found["spent"].items()]
    with capsys.disabled():
        print(f"\n{LARGE.name}: {found['steps']} steps, {found['memory']:.0f} MB at most")  # noqa: T201
        print("\n".join(lines))  # noqa: T201


def test_the_ratio_to_pabutools(capsys: pytest.CaptureFixture[str]) -> None:
    from pabutools.election import Cost_Sat
    from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

    instance = read(MIDDLING.read_bytes())
    their_instance, projects = theirs_of(instance)
    profile = profile_of(instance, projects).as_multiprofile()
    both = {
        "greedy": ("greedy", greedy_utilitarian_welfare),
        "equal shares, one run": ("mes()", method_of_equal_shares),
    }
    for name, (line, rule) in both.items():
        ours, won = _timed(lambda line=line: set(count(instance, parse(line)).winners))
        other, found = _timed(
            lambda rule=rule: {each.name for each in rule(their_instance, profile, sat_class=Cost_Sat)}
        )
        assert won == found
        with capsys.disabled():
            print(  # noqa: T201
                f"\n{MIDDLING.name}, {name}: {ours * 1000:.0f} ms, pabutools {other * 1000:.0f} ms,"
                f" {other / ours:.0f} times as long"
            )


def _timed(run: Callable[[], set[str]]) -> tuple[float, set[str]]:
    begun = time.process_time()
    found = run()
    return time.process_time() - begun, found
