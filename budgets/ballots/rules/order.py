"""In which order a voter sees the projects: another one for everybody, the same one each time."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def for_voter(voter: str, keys: Iterable[str]) -> list[str]:
    """`voter` is anything that stays the same for one voter: who comes first on the paper then gains nothing by it."""
    return sorted(keys, key=lambda key: sha256(f"{voter}|{key}".encode()).digest())
