"""The site's background worker: `python -m engage.local.work`, the same as `manage.py procrastinate worker`."""

import os
import signal
import time

import django
from procrastinate.contrib.django import app

from engage.local.child import end_with_parent

# A job in a thread cannot be interrupted; what it leaves is picked up by the next run.
LAST_SECONDS = 6


def main() -> None:
    end_with_parent(stop)
    django.setup()
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker()


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
