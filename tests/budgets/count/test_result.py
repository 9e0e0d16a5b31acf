"""The result as bytes: the same anywhere, whatever the order of ballots, and made without Django."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.count import (
    ENGINE,
    Ballot,
    Instance,
    Project,
    count,
    document,
    drawn,
    input_hash,
    mixed,
    parse,
    read,
    rule_of,
    sealed,
    turns_in,
    write,
)
from budgets.count.__main__ import main
from tests.budgets.count.elections import an_instance

COSTS = {"a": 6, "b": 4, "c": 3}
VOTES = ["ab", "bc", "ab", "c", "abc", "a"]

PROMISED = {
    "tie_seed": mixed("00ff", "LOTTO 3 14 15"),
    "tie_seed_sealed": "00ff",
    "tie_seed_sha256": sha256(b"\x00\xff").hexdigest(),
    "tie_seed_value": "LOTTO 3 14 15",
    "tie_seed_source": "UK Lotto, Saturday 12 June 2027",
}


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_of_what_is_on_them_changes_no_byte(chance: random.Random) -> None:
    shuffled = ["".join(chance.sample(ballot, len(ballot))) for ballot in chance.sample(VOTES, len(VOTES))]
    for rule in ["mes(step=1)", "greedy"]:
        expected = document(an_instance(COSTS, VOTES, 10), count(an_instance(COSTS, VOTES, 10), parse(rule)))
        other = an_instance(COSTS, shuffled, 10)
        assert document(other, count(other, parse(rule))) == expected


def test_it_holds_every_round_as_fractions_with_runner_up_and_margin() -> None:
    instance = an_instance(COSTS, VOTES, 10)
    found = json.loads(document(instance, count(instance, parse("mes()"))))
    first = found["shares"]["rounds"][0]
    assert first == {
        "project": "a",
        "price": "3/2",
        "per_utility": "1/4",
        "payers": 4,
        "emptied": 0,
        "tied_with": ["b"],
        "runner_up": "b",
        "margin": "0",
    }
    assert turns_in(found) == list(count(instance, parse("mes()")).turns)


def test_it_names_its_engine_the_hashes_the_ties_and_for_what_shares_it_holds() -> None:
    costs, votes = {"a": 60, "b": 40, "c": 30, "d": 25}, [*VOTES, "d"]
    instance = an_instance(costs, votes, 119)
    found = json.loads(document(instance, count(instance, parse("mes(step=1, completion=votes)"))))
    assert found["engine"] == ENGINE
    assert found["input_sha256"] == input_hash(instance)
    assert found["input_sha256"] != input_hash(an_instance(costs, VOTES, 119))
    output = found.pop("output_sha256")
    plain = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert output == sha256(plain.encode()).hexdigest()
    assert found["ties"] == [{"projects": ["a", "b"], "decided_by": "id", "decisive": True, "round": 1}]
    shares = found["shares"]
    assert (shares["leftover_steps"], shares["stop"]) == (1, "would overspend")
    assert shares["same_winners"] == {"from": "17", "to": "23", "steps": 7}


@pytest.fixture
def published(tmp_path: Path) -> Path:
    file = tmp_path / "park.pb"
    instance = Instance.of(
        budget=15000,
        projects=[Project("a", 12000, "Benches"), Project("b", 6000, "Trees")],
        ballots=[Ballot(("a",)), Ballot(("a", "b"))],
        unit=100,
        meta={"rule": "mes(step=1, ties=[lot])", "tie_seed": "5f3c"},
    )
    file.write_text(write(instance, selected=frozenset({"a"})))
    return file


def test_the_command_needs_no_django_and_prints_winners_and_reasons(published: Path) -> None:
    code = (
        "import sys; from budgets.count.__main__ import main;"
        "main(sys.argv[1:]); assert not [m for m in sys.modules if m.startswith(('django', 'engage'))]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(published)], capture_output=True, text=True, check=True, env={}
    )
    assert "1             120  a  Benches" in done.stdout
    assert "Funded at 60 for each supporter. Supporters who paid: 2." in done.stdout
    assert "Funded: 1 for 120; 30 is left." in done.stdout
    assert "Share     75 for each voter, in the end 119 (steps: 44, would overspend)" in done.stdout


def test_the_command_says_what_it_cannot_read(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(published), "--rule", "best"]) == 2
    assert "is not a rule" in capsys.readouterr().err
    published.write_text(published.read_text().replace("rule_line=", "once="))
    assert main([str(published)]) == 2
    assert "does not say its whole rule" in capsys.readouterr().err
    published.write_text("nonsense")
    assert main([str(published)]) == 2
    assert "Line 1: the file must start with META" in capsys.readouterr().err
    assert main([str(published.parent / "nowhere.pb")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_the_command_prints_the_result_as_it_is_published(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    instance = read(published.read_bytes())
    rule = rule_of(instance)
    assert rule is not None
    assert main([str(published), "--json"]) == 0
    assert capsys.readouterr().out.encode() == document(instance, count(instance, rule))


def test_the_command_tells_whether_the_file_marks_these_winners(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(published), "--check"]) == 0
    assert main([str(published), "--check", "--rule", "greedy-value"]) == 0
    published.write_text(published.read_text().replace("Benches;1", "Benches;0"))
    assert main([str(published), "--check"]) == 1
    assert "In this count alone: a." in capsys.readouterr().err


def test_the_command_puts_rules_side_by_side(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(published), "--compare", "greedy", "greedy(score=votes, threshold=votes>=3)"]) == 0
    said = capsys.readouterr().out
    assert "A·             120  a  Benches" in said
    assert main([str(published), "--compare"]) == 0


def test_the_file_says_everything_that_decides_so_that_the_bytes_come_out_again() -> None:
    """From the site's instance in pence and from the file alone."""
    projects = [Project(id, 40000, exclusive="site" if id in "ab" else "") for id in "abcd"]
    meta = {"rule": "mes(step=1, completion=votes, ties=[lot])", **PROMISED}
    ballots = [Ballot(("a", "b")), Ballot(("b", "c")), Ballot(("d",)), Ballot(("c", "d"))]
    site = Instance.of(budget=90000, projects=projects, ballots=ballots, unit=100, meta=meta)
    for rule in (
        sealed(parse(meta["rule"]), meta["tie_seed"]),
        replace(parse(meta["rule"]), lot=drawn(meta["tie_seed"], "abcd")),
    ):
        counted = count(site, rule)
        again = read(
            write(replace(site, meta=meta | {"rule": str(rule)}), selected=frozenset(counted.winners))
        )
        own = rule_of(again)
        assert own is not None
        assert document(again, count(again, own)) == document(site, counted)
        assert again.selected == set(counted.winners)
        assert json.loads(document(again, counted))["seed"] == PROMISED


def test_the_command_says_which_engine_the_file_was_counted_by(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    instance = read(published.read_bytes())
    for told, words in ((ENGINE, "the one that the file was counted by"), ("1", "the file was counted by 1")):
        published.write_text(write(replace(instance, meta=instance.meta | {"engine": told})))
        assert main([str(published)]) == 0
        assert words in capsys.readouterr().out


def test_the_seed_is_made_of_the_sealed_one_and_the_public_value() -> None:
    assert mixed("00ff", "") == "00ff"
    assert mixed("00ff", "7 é") == sha256(b"\x00\xff" + "7 é".encode()).hexdigest()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"tie_seed_sealed": "00fe"}, "whose hash was published"),
        ({"tie_seed_sha256": "ab" * 32}, "whose hash was published"),
        ({"tie_seed_value": "LOTTO 3 14 16"}, "sealed seed and the public value"),
        ({"tie_seed": "ab" * 32}, "sealed seed and the public value"),
        ({"tie_seed_value": ""}, "whose hash was published"),
        ({"rule_line": "mes(step=1, ties=[lot:aa])"}, "another seed than the one that was promised"),
    ],
)
def test_a_file_whose_seed_is_not_the_promised_one_is_not_counted(
    published: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], why: str
) -> None:
    instance = read(published.read_bytes())
    published.write_text(write(replace(instance, meta=instance.meta | PROMISED | changed)))
    assert main([str(published)]) == (2 if why else 0)
    told = capsys.readouterr()
    assert why in told.err
    assert ("with the public value “LOTTO 3 14 15”" in told.out) == (not why)
