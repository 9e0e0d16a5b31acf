"""Telling screens to look again, when many changes come at once."""

import threading

import pytest

from engage.live.actions import announce


@pytest.mark.slow
def test_what_is_told_later_holds_up_no_process_that_ends() -> None:
    before = set(threading.enumerate())
    for _change in range(3):
        announce("idea.987654")
    waiting = [
        thread for thread in set(threading.enumerate()) - before if isinstance(thread, threading.Timer)
    ]
    assert len(waiting) == 1
    assert waiting[0].daemon
    waiting[0].join()
