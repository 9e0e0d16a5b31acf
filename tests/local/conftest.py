"""A data folder that every user can walk to, gone at the end with the servers' homes that belong to it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """pytest's own folders are closed to others: root's servers would go to live outside them, and stay there."""
    folder = Path(tempfile.mkdtemp(prefix="engage-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
