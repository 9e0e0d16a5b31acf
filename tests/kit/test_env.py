"""Reading the environment: what is understood, and what becomes a sentence instead of a crash."""

import pytest

from engage import env


@pytest.fixture(autouse=True)
def _no_problems_yet(monkeypatch):
    monkeypatch.setattr(env, "problems", [])


@pytest.mark.parametrize(
    ("given", "read"),
    [("yes", True), ("On", True), ("1", True), ("no", False), ("0", False), ("", True), (None, True)],
)
def test_flags(monkeypatch, given, read):
    monkeypatch.delenv("STAFF_MFA", raising=False)
    if given is not None:
        monkeypatch.setenv("STAFF_MFA", given)
    assert env.flag("STAFF_MFA", default=True) is read
    assert env.problems == []


@pytest.mark.parametrize("given", ["one", "-1", "1.5", "²"])
def test_a_number_that_is_none_takes_the_default_and_says_so(monkeypatch, given):
    monkeypatch.setenv("TRUSTED_PROXIES", given)
    assert env.number("TRUSTED_PROXIES", 3) == 3
    assert env.problems == [f"TRUSTED_PROXIES is “{given}”. Write a whole number, 0 or more."]


def test_a_flag_that_is_neither_takes_the_default_and_says_so(monkeypatch):
    monkeypatch.setenv("STAFF_MFA", "perhaps")
    assert env.flag("STAFF_MFA", default=True) is True
    assert env.problems == ["STAFF_MFA is “perhaps”. Write yes or no."]


def test_words_drop_blanks(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example, ,b.example,")
    assert env.words("ALLOWED_HOSTS") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgresql://kim:p%40ss@db:6000/engage", ("engage", "kim", "p@ss", "db", "6000")),
        ("postgresql:///engage?host=/run/pg", ("engage", "", "", "/run/pg", "")),
        ("postgres://%2Frun%2Fpg/engage", ("engage", "", "", "/run/pg", "")),
    ],
)
def test_a_database_by_address(url, parts):
    read = env.database(url, pool=False)
    assert tuple(read[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts
    assert env.problems == []


@pytest.mark.parametrize("url", ["sqlite:///engage.db", "mysql://db/engage", "db/engage"])
def test_another_engine_is_a_sentence(url):
    found = env.database(url, pool=True)
    assert found == {"ENGINE": "django.db.backends.dummy"}
    assert "runs on PostgreSQL" in env.problems[0]


@pytest.mark.parametrize("url", ["postgresql://db:port/engage", "postgresql://db:99999/engage"])
def test_a_port_that_is_none_is_a_sentence(url):
    env.database(url, pool=False)
    assert env.problems == ["DATABASE_URL has a port that is not a number from 0 to 65535."]


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("smtp://mail", {"host": "mail"}),
        (
            "smtps://kim:p%3Ass@mail:465",
            {"host": "mail", "port": 465, "username": "kim", "password": "p:ss", "use_ssl": True},
        ),
        ("smtp://mail:587?starttls", {"host": "mail", "port": 587, "use_tls": True}),
    ],
)
def test_mail_by_address(url, options):
    assert env.mailer(url)["OPTIONS"] == options | {"timeout": 10}


def openid(monkeypatch, **given: str) -> env.OpenID:
    for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "TRUST_EMAIL"):
        monkeypatch.delenv(f"OIDC_{part}", raising=False)
    for part, value in given.items():
        monkeypatch.setenv(f"OIDC_{part}", value)
    return env.openid("OIDC")


def test_no_identity_provider(monkeypatch):
    assert openid(monkeypatch) == env.OpenID((), (), False)


def test_a_whole_identity_provider(monkeypatch):
    read = openid(
        monkeypatch, ISSUER="https://id.example.org", CLIENT_ID="engage", CLIENT_SECRET="s", TRUST_EMAIL="yes"
    )
    assert read.missing == ()
    assert read.trusts_email
    assert read.apps[0]["name"] == "Council account"
    assert read.apps[0]["settings"] == {"server_url": "https://id.example.org"}


def test_half_an_identity_provider_is_none_and_names_the_rest(monkeypatch):
    read = openid(monkeypatch, CLIENT_ID="engage")
    assert (read.apps, read.missing) == ((), ("OIDC_ISSUER", "OIDC_CLIENT_SECRET"))
