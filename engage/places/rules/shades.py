"""Which of a map's colours an amount gets."""

from collections.abc import Mapping

STEPS = 5


def shades[K](amounts: Mapping[K, int]) -> dict[K, int]:
    """Shade 0 for nothing, then 1 (least) to 5 (most) in equal steps up to the largest amount."""
    most = max(amounts.values(), default=0)
    return {
        key: 0 if amount <= 0 else min(STEPS, (amount * STEPS + most - 1) // most)
        for key, amount in amounts.items()
    }
