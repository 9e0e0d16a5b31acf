"""The log against the definition in RFC 9162, read out plainly, and against logs that were tampered with."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from budgets.ballots.rules.merkle import (
    EMPTY,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    root,
    way_up,
)

LOGS = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def plain_root(entries: list[bytes]) -> bytes:
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return sha256(b"\x01" + plain_root(entries[:split]) + plain_root(entries[split:])).digest()


def test_known_roots():
    """Seven entries, as in the example of RFC 9162, worked out by hand below."""
    assert root([]) == EMPTY
    leaves = [sha256(b"\x00" + bytes([n])).digest() for n in range(3)]
    pair = sha256(b"\x01" + leaves[0] + leaves[1]).digest()
    assert root([b"\x00", b"\x01", b"\x02"]) == sha256(b"\x01" + pair + leaves[2]).digest()


@given(LOGS)
def test_the_root_is_the_one_defined(entries):
    assert root(entries) == plain_root(entries)


@given(LOGS, st.data())
def test_everything_in_the_log_can_be_proved_and_nothing_else(entries, data):
    number = data.draw(st.integers(0, len(entries) - 1))
    proof, head = inclusion_proof(entries, number), root(entries)
    assert is_included(entries[number], number, len(entries), proof, head)
    assert not is_included(entries[number] + b"!", number, len(entries), proof, head)
    assert not is_included(entries[number], len(entries), len(entries), proof, head)
    assert not is_included(entries[number], number, len(entries), [*proof, EMPTY], head)
    if proof:
        assert not is_included(entries[number], number, len(entries), proof[:-1], head)
        bent = [bytes([proof[0][0] ^ 1]) + proof[0][1:], *proof[1:]]
        assert not is_included(entries[number], number, len(entries), bent, head)


@given(LOGS, st.sampled_from([1, 2, 4, 16, 64]), st.data())
def test_the_way_up_leads_through_a_block_and_then_over_the_roots_of_blocks(entries, size, data):
    number = data.draw(st.integers(0, len(entries) - 1))
    blocks = [entries[at : at + size] for at in range(0, len(entries), size)]
    block, inside = divmod(number, size)
    through = [*inclusion_proof(blocks[block], inside), *way_up([root(each) for each in blocks], block)]
    assert through == inclusion_proof(entries, number)


@given(LOGS, st.data())
def test_a_longer_log_is_proved_to_begin_with_a_shorter_one(entries, data):
    earlier = data.draw(st.integers(1, len(entries)))
    proof = consistency_proof(entries, earlier)
    old, new = root(entries[:earlier]), root(entries)
    assert is_consistent(earlier, len(entries), old, new, proof)
    changed = root([b"other" + entries[0], *entries[1:earlier]])
    assert not is_consistent(earlier, len(entries), changed, new, proof)
    assert not is_consistent(earlier, len(entries), old, changed, proof)
