"""What a production site answers, asked of the real settings in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from engage.local import databases
from engage.local.pytest_plugin import database_name
from tests.kit.test_checks import GOOD, ROOT

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ASK = """
import json
import django
django.setup()
from django.test import Client

host = {"SERVER_NAME": "engage.example.org", "headers": {"x-forwarded-proto": "https"}}
page = Client().get("/account/login/", **host)
plain = Client().get("/account/login/", SERVER_NAME="engage.example.org")
alive = Client().get("/healthz", SERVER_NAME="engage.example.org")
stranger = Client().get("/account/login/", SERVER_NAME="evil.example")
gallery = Client().get("/styleguide/", **host)
print(json.dumps({
    "headers": dict(page.headers),
    "cookies": {name: [bool(each["secure"]), bool(each["httponly"]), each["samesite"], each["path"], each["domain"]]
                for name, each in page.cookies.items()},
    "plain": [plain.status_code, plain.headers.get("Location")],
    "alive": alive.status_code,
    "stranger": stranger.status_code,
    "gallery": gallery.status_code,
}))
"""


@pytest.fixture
def answers(tmp_path) -> dict:
    environ = GOOD | {
        "PATH": os.environ["PATH"],
        "ENGAGE_DATA": str(tmp_path),
        "DATABASE_URL": databases.url_of(database_name()),
        "REDIS_URL": os.environ["REDIS_URL"],
        "DJANGO_SETTINGS_MODULE": "engage.settings",
    }
    (tmp_path / "static").mkdir()
    collected = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collected, cwd=ROOT, env=environ, check=True)
    asked = [sys.executable, "-W", "error", "-c", ASK]
    done = subprocess.run(asked, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]) | {"log": done.stderr}


def test_production_is_closed_where_it_should_be(answers):
    assert answers["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answers["cookies"]["__Host-csrf"] == [True, True, "Lax", "/", ""]
    assert answers["plain"] == [301, "https://engage.example.org/account/login/"]
    assert answers["alive"] == 200, "a load balancer asks without TLS"
    assert answers["stranger"] == 400
    lines = [json.loads(line) for line in answers["log"].splitlines()]
    assert {"event", "request_id", "route", "status"} <= lines[0].keys()
    assert "evil.example" not in answers["log"]
    assert answers["gallery"] in {302, 403, 404}, "the gallery is not for the public"
