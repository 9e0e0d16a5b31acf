"""A vote in its envelope: encrypted, every envelope of a ballot as thick as any other.

AES-256-GCM under a key made from the ballot's secret, bound to its place, so that envelopes cannot be swapped.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from budgets.ballots.rules.marks import mark
from budgets.ballots.rules.sheet import Sheet

NONCE = 12


class Broken(ValueError):
    """An envelope that was not closed by us, or lies in another's place."""


def thickness(sheet: Sheet) -> int:
    """Bytes that the longest vote on this sheet can take, with every pot and every project chosen."""
    longest = {pot.key: [[option.key, 99_999] for option in pot.options] for pot in sheet.pots}
    return (len(_bytes(longest)) // 64 + 2) * 64


def seal(secret: str, *, lies: str, content: Any, size: int, nonce: bytes) -> bytes:
    """`lies` is where the envelope belongs; a nonce is used once."""
    plain = _bytes(content)
    if len(plain) > size:
        raise ValueError("The envelope is too thin for what is in it.")
    key = bytes.fromhex(mark(secret, "envelope"))
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(size), lies.encode())


def unseal(secret: str, *, lies: str, sealed: bytes) -> Any:
    key = bytes.fromhex(mark(secret, "envelope"))
    try:
        return json.loads(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], lies.encode()))
    except (InvalidTag, ValueError) as error:
        raise Broken(lies) from error


def _bytes(content: Any) -> bytes:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=True).encode()
