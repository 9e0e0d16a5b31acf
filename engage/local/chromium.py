"""A Chromium for the browser tests: the system's, installed from Debian's packages when it is missing and may be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The first has no window to draw, and needs a third less of the processor for the same pages.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium and there is none: install it from your system's packages (on Debian as root "
    "'apt-get install chromium-headless-shell'), or set CHROMIUM to a Chrome or Chromium you have."
)


def find() -> str | None:
    """The browser's path: CHROMIUM, else the first of the usual names on PATH."""
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, NAMES) if path), None)


def main() -> int:
    if find():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get") and is_debian():
        print("Installing Chromium with apt-get …", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", NAMES[0]]):
            subprocess.run(["apt-get", *command], check=False, env=quiet, stdin=subprocess.DEVNULL)
    if find():
        return 0
    print(MISSING, file=sys.stderr)
    return 1


def is_debian() -> bool:
    """Ubuntu's chromium package is a pointer to a snap, which does not work everywhere, so it is left to people."""
    try:
        return "\nID=debian" in "\n" + Path("/etc/os-release").read_text()
    except OSError:
        return False
