"""Reading the environment: the only place where configuration enters the program.

A value that cannot be read does not stop the program here: its default is taken and the sentence about it goes to
`problems`, which the system checks report together with everything else that is wrong.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
NO_DATABASE = "django.db.backends.dummy"

problems: list[str] = []


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def missing(*names: str) -> list[str]:
    """Those of the names that have no value."""
    return [name for name in names if not text(name)]


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value and value not in TRUE | FALSE:
        problems.append(f"{name} is “{text(name)}”. Write yes or no.")
    return value in TRUE if value in TRUE | FALSE else default


def number(name: str, default: int) -> int:
    value = text(name)
    if value and not (value.isascii() and value.isdigit()):
        problems.append(f"{name} is “{value}”. Write a whole number, 0 or more.")
        return default
    return int(value) if value else default


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().absolute()


def database(url: str, *, pool: bool) -> dict[str, object]:
    """Django's DATABASES entry for `postgresql://user:password@host:port/name?option=value`.

    `host` may be a folder with a Unix socket, percent-encoded or as `?host=/path`. Without a `url` that can
    be read there is no database at all, so that the checks can say so instead of a failed connection.
    """
    if not url:
        return {"ENGINE": NO_DATABASE}
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        problems.append(
            "DATABASE_URL does not start with postgresql://. Engage runs on PostgreSQL 15 or later only."
        )
        return {"ENGINE": NO_DATABASE}
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "")) or unquote(parts.hostname or "")
    port = str(options.pop("port", "")) or str(_port("DATABASE_URL", parts) or "")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": number("DATABASE_POOL", 10), "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "engage",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


def _port(name: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        problems.append(f"{name} has a port that is not a number from 0 to 65535.")
        return None


def mailer(url: str) -> dict[str, object]:
    """Django's MAILERS entry for `smtp://user:password@host:port`, `smtps://…`, `file:///folder` or `memory:`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": unquote(parts.path)},
        }
    if parts.scheme == "memory":
        return {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    # Without a limit, whoever waits for a page that sends mail would wait as long as a silent server.
    options: dict[str, object] = {"host": parts.hostname or "localhost", "timeout": 10}
    if port := _port("EMAIL_URL", parts):
        options["port"] = port
    if parts.username:
        options["username"] = unquote(parts.username)
        options["password"] = unquote(parts.password or "")
    if parts.scheme == "smtps":
        options["use_ssl"] = True
    elif "starttls" in parts.query:
        options["use_tls"] = True
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


@dataclass(frozen=True, slots=True)
class OpenID:
    """Sign-in through an organisation's own identity provider. `apps` is allauth's list, empty when there is none.

    `missing` names the variables that a half-written configuration still needs.
    """

    apps: tuple[dict[str, object], ...]
    missing: tuple[str, ...]
    trusts_email: bool


def openid(prefix: str) -> OpenID:
    """Read `PREFIX_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET`, and the optional `_NAME` and `_TRUST_EMAIL`."""
    needed = [f"{prefix}_{part}" for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    issuer, client_id, secret = values = [text(name) for name in needed]
    missing = tuple(name for name, value in zip(needed, values, strict=True) if not value)
    trusts_email = flag(f"{prefix}_TRUST_EMAIL")
    if missing:
        return OpenID((), missing if any(values) else (), trusts_email)
    app: dict[str, object] = {
        "provider_id": "council",
        "name": text(f"{prefix}_NAME", "Council account"),
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    return OpenID((app,), (), trusts_email)
