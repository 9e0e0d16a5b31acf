"""A worker that can be killed: `python -m tests.notifications.poster FILE MOMENT [PAUSE]`.

Makes and sends what is due at the moment, and writes a line with the address and the Message-ID of each email into
the file in place of sending it. It pauses for PAUSE seconds after each, so that there is time to kill it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from engage.local import databases
from engage.local.folders import ROOT


class ToFile:
    """In place of a mail server. It builds the whole email, as sending would."""

    def __init__(self, file: Path, pause: float = 0) -> None:
        self.file, self.pause = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), pause

    def send_messages(self, letters: Sequence[Any]) -> None:
        for letter in letters:
            message = letter.message()
            assert message.as_bytes()
            os.write(self.file, f"{letter.to[0]} {message['Message-ID']}\n".encode())
            time.sleep(self.pause)

    def close(self) -> None:
        """The file stays open for the next batch."""


def started(database: str, file: Path, at: datetime, pause: float = 0) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.notifications.poster", str(file), at.isoformat(), str(pause)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": databases.url_of(database)})


def post(file: Path, at: datetime, pause: float = 0) -> None:
    """Everything that is due."""
    from engage.notifications.actions import mailing

    with patch.object(mailing, "mailers", SimpleNamespace(default=ToFile(file, pause))):
        after: int | None = 0
        while after is not None:
            after = mailing.make_mails(at=at, after=after)
        while mailing.send_next(clock=lambda: at):
            continue


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.settings")
    django.setup()
    post(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), float(sys.argv[3]))
