"""What is wrong with the configuration, as system checks with a number and a sentence.

`manage.py check` prints them, and the server refuses to start on errors (see `refuse_to_start`). Settings are read
so that a wrong one is reported here, together with all the others, instead of one traceback at a time.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

PRODUCTION = "production"
ENVIRONMENTS = {PRODUCTION, "local", "test"}
TAG = "engage"


def _error(number: int, sentence: str) -> checks.Error:
    return checks.Error(sentence, id=f"engage.E{number:03}")


@checks.register(TAG)
def environment(**kwargs: Any) -> list[checks.CheckMessage]:
    """Wrong anywhere: values that cannot be read, or only make sense together with others."""
    found: list[checks.CheckMessage] = [_error(1, problem) for problem in settings.ENV_PROBLEMS]
    if settings.ENGAGE_ENV not in ENVIRONMENTS:
        found.append(_error(2, f"ENGAGE_ENV is “{settings.ENGAGE_ENV}”. Write production, local or test."))
    if settings.OIDC.missing:
        names = " and ".join(settings.OIDC.missing)
        found.append(
            _error(4, f"Sign-in with OpenID Connect is half set up. Set {names} too, or none of OIDC_*.")
        )
    found += [*_proxies(), *_texts()]
    return found


def _proxies() -> Iterator[checks.CheckMessage]:
    if settings.TRUSTED_PROXIES > 5:
        yield _error(
            5,
            f"TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}. Write how many proxies of yours stand before the site,"
            " usually 1. Too many lets visitors choose the address we see.",
        )


def _texts() -> Iterator[checks.CheckMessage]:
    try:
        if settings.SMS_BACKEND:
            import_string(settings.SMS_BACKEND)
    except ImportError:
        yield _error(
            6,
            f"SMS_BACKEND is “{settings.SMS_BACKEND}”. Write the path of a class, like engage.kit.texts.HttpGateway.",
        )


@checks.register(TAG)
def production(**kwargs: Any) -> list[checks.CheckMessage]:
    """Missing or unsafe when strangers can come in."""
    if settings.ENGAGE_ENV in ENVIRONMENTS - {PRODUCTION}:
        return []
    return [*_secrets(), *_addresses(), *_mail(), *_engines(), *_transport()]


def _secrets() -> Iterator[checks.CheckMessage]:
    key = "" if "SECRET_KEY" in settings.MISSING else settings.SECRET_KEY
    if not key:
        yield _error(
            10, "SECRET_KEY is missing. Set it to 50 or more random characters and keep it to yourself."
        )
    elif len(key) < 50 or len(set(key)) < 10:
        yield _error(11, "SECRET_KEY is too easy to guess. Set it to 50 or more random characters.")
    if settings.DEBUG:
        yield _error(
            12, "DEBUG is on. It shows secrets to every visitor: leave it out of a production environment."
        )
    yield from _field_keys(key)
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < 20:
        yield _error(13, "METRICS_TOKEN is too short. Use 20 or more random characters.")


def _field_keys(key: str) -> Iterator[checks.CheckMessage]:
    """What is sealed in the database outlives a session key, so it has keys of its own."""
    if [key] == settings.FIELD_KEYS:
        yield checks.Warning(
            "FIELD_KEYS is missing, so bank details are sealed with SECRET_KEY and cannot be read once that changes."
            " Set it to 32 or more random characters, then run manage.py reseal.",
            id="engage.W015",
        )
    elif any(len(each) < 32 for each in settings.FIELD_KEYS):
        yield _error(
            14, "FIELD_KEYS holds a key that is too easy to guess. Use 32 or more random characters for each."
        )


def _addresses() -> Iterator[checks.CheckMessage]:
    site = urlsplit(settings.SITE_URL)
    if not settings.SITE_URL:
        yield _error(
            20, "SITE_URL is missing. Set it to the address people use, like https://engage.example.org."
        )
    elif site.scheme != "https" or not site.hostname:
        yield _error(21, f"SITE_URL is “{settings.SITE_URL}”. It must start with https:// and name a host.")
    if not settings.ALLOWED_HOSTS:
        yield _error(
            22, "ALLOWED_HOSTS is missing. List the host names people use, with commas between them."
        )
    elif "*" in settings.ALLOWED_HOSTS:
        yield _error(
            23,
            "ALLOWED_HOSTS is “*”. That lets anyone put their own address into our emails: name the hosts.",
        )
    elif site.hostname and not _answers(site.hostname, settings.ALLOWED_HOSTS):
        yield _error(24, f"SITE_URL is at {site.hostname}, which ALLOWED_HOSTS does not list. Add it there.")


def _answers(host: str, allowed: Iterable[str]) -> bool:
    return any(host == name or (name.startswith(".") and f".{host}".endswith(name)) for name in allowed)


def _mail() -> Iterator[checks.CheckMessage]:
    if not settings.EMAIL_URL:
        yield _error(
            30,
            "EMAIL_URL is missing. People join by email: set it like smtp://user:password@mail.example.org:587.",
        )
    elif urlsplit(settings.EMAIL_URL).scheme not in {"smtp", "smtps"}:
        yield _error(31, "EMAIL_URL does not send mail to anybody. It must start with smtp:// or smtps://.")
    if not settings.DEFAULT_FROM_EMAIL:
        yield _error(32, "DEFAULT_FROM_EMAIL is missing. Set it to the address that our emails come from.")
    elif "@" not in settings.DEFAULT_FROM_EMAIL:
        yield _error(
            33, f"DEFAULT_FROM_EMAIL is “{settings.DEFAULT_FROM_EMAIL}”. That is not an email address."
        )


def _engines() -> Iterator[checks.CheckMessage]:
    if "DATABASE_URL" in settings.MISSING:
        yield _error(40, "DATABASE_URL is missing. Set it like postgresql://user:password@host:5432/engage.")
    if "REDIS_URL" in settings.MISSING:
        yield _error(
            41,
            "REDIS_URL is missing. Rate limits and live pages need a shared cache: set it like redis://host:6379/0.",
        )
    elif urlsplit(settings.REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
        yield _error(42, "REDIS_URL must start with redis://, rediss:// or unix://.")


def _transport() -> Iterator[checks.CheckMessage]:
    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        yield checks.Warning(
            "SECURE_SSL_REDIRECT is on and TRUSTED_PROXIES is 0. Behind a proxy that ends TLS, every page would"
            " send people to itself for ever: set TRUSTED_PROXIES to the number of your proxies.",
            id="engage.W050",
        )


def refuse_to_start() -> None:
    """For servers, which run no checks by themselves: print every error and stop."""
    errors = [found for found in checks.run_checks(tags=[TAG]) if found.level >= checks.ERROR]
    if errors:
        lines = "\n".join(f"  {found.id}: {found.msg}" for found in errors)
        sys.exit(f"Engage cannot start with this configuration:\n{lines}\nSee docs/operate.md.")
