"""Alive and ready are two questions; the second names what is missing and nothing else."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def test_alive_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_everything_answers(client):
    answer = client.get("/readyz")
    assert answer.json() == {"ready": True, "database": "ok", "cache": "ok", "migrations": "ok"}
    assert answer.status_code == 200


@pytest.mark.django_db
def test_not_ready_without_the_database(client, monkeypatch):
    def broken():
        raise DatabaseError("password of engage at db.internal is wrong")

    monkeypatch.setattr(connection, "cursor", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer"
    assert "internal" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "said"), [(lambda *_: None, "forgets what it was told"), (lambda *_: 1 / 0, "does not answer")]
)
def test_not_ready_without_the_cache(client, monkeypatch, broken, said):
    monkeypatch.setattr(cache, "get", broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (503, said)


@pytest.mark.django_db
def test_not_ready_while_migrations_wait(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("ideas", False)] * 2)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "2 waiting: run manage.py migrate")
