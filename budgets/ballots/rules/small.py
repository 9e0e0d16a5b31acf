"""Small numbers of people are told together, so that nobody is told apart."""

from __future__ import annotations

from collections.abc import Mapping

FEW_PAPERS = 5  # fewer envelopes than these are not opened by themselves


def without_small[Key](numbers: Mapping[Key, int], least: int) -> tuple[dict[Key, int], int]:
    """What may be shown by itself, and all the rest as one number, which is not small either.

    The rest takes in the smallest of the others until it has `least`: alone it could be one small place, or give one
    away by subtraction. Where all together are fewer, that is all there is to tell.
    """
    shown = {key: number for key, number in numbers.items() if number >= least}
    rest = sum(numbers.values()) - sum(shown.values())
    for key, number in sorted(shown.items(), key=lambda pair: pair[1]):
        if not 0 < rest < least:
            break
        rest += number
        del shown[key]
    return shown, rest
