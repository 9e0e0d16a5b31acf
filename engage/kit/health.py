"""Is it alive, and is it ready? For load balancers and for whoever is on call."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from engage.kit.guards import public

OK = "ok"


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anything else, so that a slow database restarts no server."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@public
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything a page needs is there; 503 names what is not."""
    parts = {"database": _database, "cache": _cache, "migrations": _migrations}
    answers = {name: _ask(question) for name, question in parts.items()}
    ready = all(answer == OK for answer in answers.values())
    return JsonResponse({"ready": ready, **answers}, status=200 if ready else 503)


def _ask(question: Callable[[], str]) -> str:
    """A part that fails in any way is named, not explained: the reason can hold addresses and goes to no stranger."""
    try:
        return question()
    except Exception:
        return "does not answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _cache() -> str:
    cache.set("readyz", "1", timeout=10)
    return OK if cache.get("readyz") == "1" else "forgets what it was told"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return "cannot be read"
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return f"{waiting} waiting: run manage.py migrate" if waiting else OK
