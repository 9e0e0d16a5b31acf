"""An append-only log as a Merkle tree (RFC 9162, section 2): its root, proofs that something is in it, and that a
longer log begins with a shorter one. SHA-256; a leaf is hashed after a zero byte, a node after a one.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`: how many leaves the left half of a tree has."""
    return 1 << (size - 1).bit_length() - 1


def root(entries: Sequence[bytes]) -> bytes:
    """The root over the entries in their order; that of an empty log is the hash of nothing."""
    return _root([leaf_hash(entry) for entry in entries])


def _root(leaves: Sequence[bytes]) -> bytes:
    """Level by level: a node without a neighbour goes up as it is, which gives the same tree as splitting."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        pairs = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) & ~1 :]
    return level[0]


def inclusion_proof(entries: Sequence[bytes], number: int) -> list[bytes]:
    """The hashes beside the way from the entry (counted from 0) up to the root."""
    if not 0 <= number < len(entries):
        raise IndexError(number)
    return way_up([leaf_hash(entry) for entry in entries], number)


def way_up(level: list[bytes], number: int) -> list[bytes]:
    """The hashes beside the way from one node of a level of the tree up to the root.

    A tree falls into blocks of the same power of two: the way through a block, and then over the roots of the blocks,
    is the way through the tree.
    """
    proof = []
    while len(level) > 1:
        beside = number ^ 1
        if beside < len(level):
            proof.append(level[beside])
        pairs = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level, number = pairs + level[len(level) & ~1 :], number // 2
    return proof


def is_included(entry: bytes, number: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether the proof shows that a log of this size and root has the entry at this number."""
    if not 0 <= number < size:
        return False
    found, last = leaf_hash(entry), size - 1
    for beside in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = _node(beside, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = _node(found, beside)
        number, last = number >> 1, last >> 1
    return last == 0 and found == head


def consistency_proof(entries: Sequence[bytes], earlier: int) -> list[bytes]:
    """The hashes that show that this log begins with the one that had `earlier` entries."""
    if not 0 < earlier <= len(entries):
        raise IndexError(earlier)
    return _consistency([leaf_hash(entry) for entry in entries], earlier, whole=True)


def _consistency(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [_root(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        return [*_consistency(leaves[:split], earlier, whole=whole), _root(leaves[split:])]
    return [*_consistency(leaves[split:], earlier - split, whole=False), _root(leaves[:split])]


def is_consistent(
    earlier: int, later: int, earlier_root: bytes, later_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the later log begins with the earlier one, which has at least one entry."""
    if not 0 < earlier <= later:
        return False
    if earlier == later:
        return not proof and earlier_root == later_root
    path = list(proof)
    if earlier & (earlier - 1) == 0:
        path.insert(0, earlier_root)
    if not path:
        return False
    number, last = earlier - 1, later - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            old, new = _node(beside, old), _node(beside, new)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            new = _node(new, beside)
        number, last = number >> 1, last >> 1
    return last == 0 and old == earlier_root and new == later_root
