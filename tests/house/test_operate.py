"""The operator's page lists exactly the variables that the code reads, and every check that can stop a site."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operate.md").read_text()
SOURCES = [ROOT / "engage" / name for name in ("settings.py", "env.py", "asgi.py", "kit/metrics.py")]


def read() -> set[str]:
    """Names in capitals that are given to what reads the environment."""
    names = set()
    for source in SOURCES:
        text = source.read_text()
        names |= set(re.findall(r'(?:env\.\w+|number|environ\.get)\(\s*"([A-Z][A-Z_]+)"', text))
        names |= set(re.findall(r'"([A-Z][A-Z_]+)" in os\.environ', text))
    prefix = "OIDC"
    parts = {"ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "TRUST_EMAIL"}
    return (names - {prefix}) | {f"{prefix}_{part}" for part in parts}


def listed() -> set[str]:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if re.match(r"\| `[A-Z]", line)]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}


def test_every_variable_is_explained():
    assert read() - listed() == set()


def test_no_variable_is_explained_that_nobody_reads():
    assert listed() - read() == set()


def test_every_check_has_its_line():
    guide = (ROOT / "docs" / "guide" / "accounts.md").read_text()
    checks = (ROOT / "engage" / "kit" / "checks.py").read_text()
    numbers = {f"engage.E{int(number):03}" for number in re.findall(r"_error\(\s*(\d+),", checks)}
    numbers |= set(re.findall(r'id="(engage\.W\d+)"', checks))
    assert set(re.findall(r"engage\.[EW]\d{3}", guide)) == numbers


def test_the_limits_are_those_in_the_settings(settings):
    guide = (ROOT / "docs" / "guide" / "accounts.md").read_text()
    assert settings.ACCOUNT_RATE_LIMITS["signup"] == "120/m/ip,1000/h/ip"
    assert "| joining | 120 a minute, 1,000 an hour" in guide
    assert settings.ACCOUNT_RATE_LIMITS["login_failed"] == "60/m/ip,5/5m/key"
    assert "| wrong passwords | 60 a minute | 5 in five minutes" in guide
