"""The frozen document as bytes, the seed of ties, and the order it draws. Anybody can do the same with SHA-256."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from budgets.count import mixed


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one way to write it: keys in order, no spaces, UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def fingerprint(content: bytes) -> str:
    return sha256(content).hexdigest()


def commitment(seed: str) -> str:
    """What is published before voting. `seed` is 64 hexadecimal digits, read as 32 bytes."""
    return sha256(bytes.fromhex(seed)).hexdigest()


@dataclass(frozen=True, slots=True)
class Seed:
    """What was sealed by opening, and a value that became public after voting, with where everybody can look it up."""

    sealed: str
    value: str = ""
    source: str = ""

    @property
    def mixed(self) -> str:
        """What the lot is drawn by: nobody knew it, or could choose it, while people voted."""
        return mixed(self.sealed, self.value)


def lot(seed: str, keys: Iterable[str]) -> tuple[str, ...]:
    """The order drawn by the seed: projects by the SHA-256 of the seed followed by their number. The first wins."""
    start = bytes.fromhex(seed)
    return tuple(sorted(keys, key=lambda key: sha256(start + key.encode()).digest()))
