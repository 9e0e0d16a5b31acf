"""The demo council's history: the same every time, and possible."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from engage.demo.content import read
from engage.demo.plan import LONDON, OPENED, TODAY, grants, people, remarks, suggestions
from engage.local.folders import ROOT

pytestmark = pytest.mark.slow

NOW = datetime.combine(TODAY, time(23, 59), LONDON)
DIGEST = """
import hashlib
from engage.demo import places, plan
parts = [plan.people(), plan.suggestions(), plan.remarks(), plan.grants(), places.divisions(), places.parishes()]
print(hashlib.sha256(repr(parts).encode()).hexdigest())
"""


def digest(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_it_is_the_same_in_every_process():
    first = digest("1")
    assert len(first) == len(hashlib.sha256().hexdigest())
    assert digest("2") == first


def test_nothing_happens_before_the_site_opened_or_after_today():
    opened = datetime.combine(OPENED, time(), LONDON)
    for idea in suggestions():
        times = [
            idea.at,
            *(at for _who, at in idea.supporters),
            *(change.at for change in idea.changes),
            *(remark.at for remark in remarks().get(idea.title, ())),
        ]
        assert min(times) >= opened, idea.title
        assert max(times) <= NOW, idea.title


def test_an_idea_is_suggested_before_anything_happens_to_it():
    for idea in suggestions():
        times = [idea.at, *(change.at for change in idea.changes)]
        assert times == sorted(times), idea.title
        assert all(at >= idea.at for _who, at in idea.supporters), idea.title
        assert all(remark.at > idea.at for remark in remarks().get(idea.title, ())), idea.title


def test_nobody_supports_twice_or_supports_their_own_idea():
    for idea in suggestions():
        who = [index for index, _at in idea.supporters]
        assert len(set(who)) == len(who), idea.title
        assert idea.author not in who, idea.title


def test_support_ends_with_the_decision():
    for idea in suggestions():
        decided = [change.at for change in idea.changes if change.status in {"accepted", "declined"}]
        if decided:
            assert all(at <= decided[0] for _who, at in idea.supporters), idea.title


def test_ideas_have_had_every_fate():
    fates = Counter(idea.changes[-1].status if idea.changes else "open" for idea in suggestions())
    assert set(fates) == {"open", "assessing", "accepted", "done", "declined"}
    assert fates["open"] > 100


def test_each_remark_is_made_once():
    said = Counter(remark.text for each in remarks().values() for remark in each)
    assert max(said.values()) == 1
    assert sum(said.values()) == sum(map(len, read("comments").values())) + len(read("answers")["official"])


def test_money_moves_after_the_decision_and_never_beyond_it():
    for grant in grants():
        promised = grant.amount_pence
        assert [each.on for each in grant.movements] == sorted(each.on for each in grant.movements), grant.key
        for movement in grant.movements:
            assert grant.decided_on <= movement.on <= TODAY, grant.key
            if movement.kind in {"pay", "release"}:
                promised -= movement.amount_pence
        assert promised >= 0, grant.key
        if grant.report:
            assert promised == 0, grant.key
            assert grant.decided_on + timedelta(30) < grant.report.on <= TODAY


def test_people_live_in_every_division():
    assert len({person.division for person in people()}) == 20
