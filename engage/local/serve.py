"""The site's web server on one port, HTTP and WebSocket: `python -m engage.local.serve HOST PORT`."""

import os
import sys
from importlib import import_module
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from engage.local.child import end_with_parent

# Open WebSockets never end by themselves, so a stop waits for them only this long.
KILL_SECONDS = 4


def main() -> None:
    end_with_parent()
    Server(
        "engage.asgi:application",
        address=sys.argv[1],
        port=int(sys.argv[2]),
        interface=Interfaces.ASGINL,
        workers=int(os.environ.get("WORKERS") or 1),
        workers_kill_timeout=KILL_SECONDS,
        log_level=LogLevels.warning,
    ).serve(target_loader=load)


def load(target: str) -> Any:
    """Runs in the worker process: it must not outlive the server that spawned it."""
    end_with_parent(lambda: os._exit(1))
    module, name = target.split(":")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    main()
