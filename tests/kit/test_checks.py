"""A wrong configuration is told in sentences, all of them at once, before anybody is served."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks

from engage.env import OpenID
from engage.kit.checks import TAG

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "ENGAGE_ENV": "production",
    "SECRET_KEY": "jD4kq0x-9vRt2_mWz8sLbN6yHcF1aPgUeTi7oQwX3nYdVhKr5Z",
    "FIELD_KEYS": "w8RkZ0q-3nYtLs_5vXcB1mHjD7gFuPaE",
    "SITE_URL": "https://engage.example.org",
    "ALLOWED_HOSTS": "engage.example.org",
    "DATABASE_URL": "postgresql://engage:secret@db.example.org/engage",
    "REDIS_URL": "redis://cache.example.org:6379/0",
    "EMAIL_URL": "smtp://engage:secret@mail.example.org:587?starttls",
    "DEFAULT_FROM_EMAIL": "engage@example.org",
    "TRUSTED_PROXIES": "1",
}


def check(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` in a process of its own, with nothing set but `given`."""
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "check", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ENGAGE_DATA": os.environ["ENGAGE_DATA"], **given},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_right_environment_has_nothing_to_complain_of():
    # Django's own checks ask the database what it can do, so here it is a real one.
    done = check("--deploy", "--fail-level", "WARNING", **GOOD | {"DATABASE_URL": os.environ["DATABASE_URL"]})
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.slow
def test_everything_missing_is_told_at_once():
    done = check()
    assert done.returncode == 1
    for number in ("010", "020", "022", "030", "032", "040", "041"):
        assert f"engage.E{number}" in done.stderr
    assert "Traceback" not in done.stderr
    assert "fields.E" not in done.stderr, "what models miss in no database hides what is missing"


@pytest.fixture
def production(settings):
    """These settings as the good environment would make them."""
    settings.ENGAGE_ENV = "production"
    settings.MISSING = []
    settings.ENV_PROBLEMS = []
    for name in ("SECRET_KEY", "SITE_URL", "REDIS_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"):
        setattr(settings, name, GOOD[name])
    settings.FIELD_KEYS = [GOOD["FIELD_KEYS"]]
    settings.ALLOWED_HOSTS = [GOOD["ALLOWED_HOSTS"]]
    settings.TRUSTED_PROXIES = 1
    settings.SECURE_SSL_REDIRECT = True
    settings.DEBUG = False
    return settings


def test_a_right_production_has_nothing_wrong(production):
    assert run_checks(tags=[TAG]) == []


@pytest.mark.parametrize(
    ("changes", "number", "words"),
    [
        ({"ENV_PROBLEMS": ["STAFF_MFA is “perhaps”."]}, "E001", "STAFF_MFA is “perhaps”."),
        ({"ENGAGE_ENV": "staging"}, "E002", "Write production, local or test."),
        (
            {"OIDC": OpenID((), ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"), False)},
            "E004",
            "Set OIDC_CLIENT_ID and OIDC_",
        ),
        ({"TRUSTED_PROXIES": 10}, "E005", "lets visitors choose the address we see"),
        ({"SMS_BACKEND": "council.texts.Gateway"}, "E006", "Write the path of a class"),
        ({"MISSING": ["SECRET_KEY"]}, "E010", "SECRET_KEY is missing."),
        ({"SECRET_KEY": "x" * 60}, "E011", "too easy to guess"),
        ({"SECRET_KEY": "short but mixed"}, "E011", "too easy to guess"),
        ({"DEBUG": True}, "E012", "DEBUG is on."),
        ({"METRICS_TOKEN": "short"}, "E013", "METRICS_TOKEN is too short."),
        ({"FIELD_KEYS": [GOOD["FIELD_KEYS"], "short"]}, "E014", "32 or more random characters for each"),
        ({"FIELD_KEYS": [GOOD["SECRET_KEY"]]}, "W015", "FIELD_KEYS is missing"),
        ({"SITE_URL": ""}, "E020", "SITE_URL is missing."),
        ({"SITE_URL": "http://engage.example.org"}, "E021", "must start with https://"),
        ({"SITE_URL": "https://"}, "E021", "name a host"),
        ({"ALLOWED_HOSTS": []}, "E022", "ALLOWED_HOSTS is missing."),
        ({"ALLOWED_HOSTS": ["*"]}, "E023", "name the hosts"),
        ({"ALLOWED_HOSTS": ["other.example.org"]}, "E024", "which ALLOWED_HOSTS does not list"),
        ({"EMAIL_URL": ""}, "E030", "EMAIL_URL is missing."),
        ({"EMAIL_URL": "file:///mail"}, "E031", "does not send mail to anybody"),
        ({"DEFAULT_FROM_EMAIL": ""}, "E032", "DEFAULT_FROM_EMAIL is missing."),
        ({"DEFAULT_FROM_EMAIL": "the council"}, "E033", "That is not an email address."),
        ({"MISSING": ["DATABASE_URL"]}, "E040", "DATABASE_URL is missing."),
        ({"MISSING": ["REDIS_URL"]}, "E041", "REDIS_URL is missing."),
        ({"REDIS_URL": "memcached://cache"}, "E042", "REDIS_URL must start with"),
        ({"TRUSTED_PROXIES": 0}, "W050", "set TRUSTED_PROXIES to the number of your proxies"),
    ],
)
def test_one_thing_wrong_is_told_with_its_number_and_nothing_else(production, changes, number, words):
    for name, value in changes.items():
        setattr(production, name, value)
    (found,) = run_checks(tags=[TAG])
    assert found.id == f"engage.{number}"
    assert words in found.msg


@pytest.mark.parametrize("kind", ["local", "test"])
def test_a_desk_needs_none_of_it(production, kind):
    production.ENGAGE_ENV, production.DEBUG, production.EMAIL_URL, production.SITE_URL = kind, True, "", ""
    assert run_checks(tags=[TAG]) == []


def test_a_subdomain_pattern_answers_for_its_hosts(production):
    production.ALLOWED_HOSTS = [".example.org"]
    assert run_checks(tags=[TAG]) == []


@pytest.mark.slow
@pytest.mark.parametrize("server", ["engage.asgi", "engage.wsgi"])
def test_a_server_refuses_to_start(server):
    given = {name: value for name, value in GOOD.items() if name != "EMAIL_URL"}
    done = subprocess.run(
        [sys.executable, "-c", f"import {server}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ENGAGE_DATA": os.environ["ENGAGE_DATA"], **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Engage cannot start with this configuration:\n  engage.E030: EMAIL_URL is missing." in done.stderr
