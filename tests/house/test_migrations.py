"""Models and migrations say the same, and every migration says in its name what it does."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house.test_ladder import ours

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_no_model_change_is_missing_from_the_migrations():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


@pytest.mark.slow
def test_names_say_what_migrations_do():
    labels = {config.label for config in apps.get_app_configs() if config.name in ours()}
    for label, name in MigrationLoader(None).disk_migrations:
        if label in labels:
            assert name == "0001_initial" or re.fullmatch(r"\d{4}_[a-z0-9_]{8,}", name), f"{label}.{name}"
            assert "auto_" not in name, f"{label}.{name}: say what it does with makemigrations -n"
            assert not re.search(r"_and_more$|_\d+_more", name), f"{label}.{name}: made-up name"
