"""The environment that makes a command use this machine's own servers; what the caller has set is kept."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from engage.local.folders import SECRET_FILE
from engage.local.services import Services


def environ(services: Services, data: Path, *, kind: str) -> dict[str, str]:
    """`kind` is the ENGAGE_ENV to use when the caller has not set one: `local` or `test`."""
    ours = {
        "ENGAGE_ENV": kind,
        "ENGAGE_DATA": str(data),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(data),
        "DJANGO_SETTINGS_MODULE": "engage.settings",
    }
    servers = {"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
    return (
        ours
        | {key: value for key, value in os.environ.items() if value}
        | servers
        | {"ENGAGE_DATA": str(data)}
    )


def secret_key(data: Path) -> str:
    """The key of this data folder, made once. Two first runs agree, because a link is made by one of them only."""
    file = data / SECRET_FILE
    if not file.exists():
        draft = data / f"{SECRET_FILE}.{os.getpid()}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text()
