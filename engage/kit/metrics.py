"""Numbers for the operator's dashboards, in Prometheus' format.

With more than one process, set PROMETHEUS_MULTIPROC_DIR to an empty folder that all of them can write: each keeps
its counts there and any of them can report the sum. Without it, each process reports its own.
"""

import os

from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from engage.kit.guards import operators
from engage.kit.jobs import Queue

REQUESTS = Counter("engage_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "engage_request_seconds",
    "Time to answer",
    ["method", "route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
QUEUE = Queue()
REGISTRY.register(QUEUE)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answer under its route (as written in urls.py, so that there are only as many as routes)."""
    method = method if method in METHODS else "OTHER"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)


@operators
def metrics(request: HttpRequest) -> HttpResponse:
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        registry.register(QUEUE)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
