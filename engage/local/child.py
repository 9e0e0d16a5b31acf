"""Running a command so that it never outlives us, and leaving in good order when we are told to stop."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO

from engage.local.folders import ROOT

GRACE_SECONDS = 8
UP_SECONDS = 120


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, a closed terminal, or the system."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first signal that asks us to stop into `Stopped`; what follows is already stopping."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # `nohup` and a shell's `&` have some of these ignored on purpose.
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, stop)
    yield


@contextmanager
def child(
    command: Sequence[str], environ: dict[str, str], output: IO[bytes] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A command in a process group of its own, which is gone when the block ends."""
    process = subprocess.Popen(
        command,
        env=environ,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        process_group=0,
        stdout=output,
        stderr=output,
    )
    try:
        yield process
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def pass_through(command: Sequence[str], environ: dict[str, str]) -> int:
    """A command that keeps our terminal: it gets Ctrl-C itself, and every other signal from us. Its exit code."""
    with suppress_interrupt(), subprocess.Popen(command, env=environ) as process:
        for each in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, lambda number, frame: process.send_signal(number))
        code = process.wait()
    return code if code >= 0 else 128 - code


@contextmanager
def suppress_interrupt() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def end_with_parent(then: Callable[[], None] | None = None) -> None:
    """End this process when the one that started it is gone, however it went; checked once a second."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        print("The process that started this one is gone; stopping.", file=sys.stderr, flush=True)
        (then or (lambda: os.kill(os.getpid(), signal.SIGTERM)))()

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def await_page(url: str, ended: Callable[[], int | None]) -> bool:
    """Wait until this address answers, whatever it says. False when its server has ended or takes too long."""
    until = time.monotonic() + UP_SECONDS
    while time.monotonic() < until and ended() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 — our own address
                return True
        except urllib.error.HTTPError:
            return True
        except (OSError, ValueError):
            time.sleep(0.2)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
