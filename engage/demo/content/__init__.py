"""The demo council's words and figures, read once from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """One TOML file by its path under this folder without the ending, e.g. `awards/2024`."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def county() -> dict[str, Any]:
    """The council, its outline, its divisions and parishes."""
    return read("county")


@cache
def residents() -> tuple[str, ...]:
    """The whole names of the invented residents."""
    return tuple((HERE / "residents.txt").read_text(encoding="utf-8").split("\n")[:-1])
