"""Imports only go down; the contracts are in pyproject.toml. Here only that they are kept, and that they say all."""

import contextlib
import io
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from importlinter import cli

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
OUTSIDE = {"engage.demo", "engage.local"}  # loads and serves everything, so it stands beside the ladder


def ours() -> set[str]:
    return {
        config.name
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path
    }


@pytest.mark.slow
def test_nobody_climbs(monkeypatch):
    monkeypatch.chdir(ROOT)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert cli.lint_imports(no_cache=True) == 0, said.getvalue()


def rungs() -> dict[str, int]:
    """Every app and how far down it stands, the apps inside another just above it."""
    found: list[list[str]] = []
    for line in CONTRACTS[0]["layers"]:
        names = [name.strip() for name in line.split("|")]
        for inside in CONTRACTS[1:]:
            if inside["type"] == "layers" and inside.get("containers") == names[:1]:
                above = [layer.split("|") for layer in inside["layers"] if ":" not in layer]
                found += [[f"{names[0]}.{name.strip(' ()')}" for name in layer] for layer in above]
        found.append(names)
    return {name: depth for depth, names in enumerate(found) for name in names}


def test_every_app_stands_on_the_ladder():
    assert ours() - OUTSIDE == set(rungs())


def test_settings_list_our_apps_from_the_top_of_the_ladder_down():
    order = [config.name for config in apps.get_app_configs() if config.name in ours() - OUTSIDE]
    rung = rungs()
    assert [rung[name] for name in order] == sorted(rung[name] for name in order)
