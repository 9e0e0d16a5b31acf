"""Text that the database must not be able to read: encrypted with a key that only the site's settings hold."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises ValueError when none of the site's keys made it."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise ValueError("None of the keys in FIELD_KEYS opens this; see docs/operate.md.") from None


def mark(*texts: str) -> str:
    """Of the same secrets always the same, and nobody without the key can tell whose: it can be stored and compared."""
    return marks(*texts)[0]


def marks(*texts: str) -> list[str]:
    """One by every key of FIELD_KEYS, as `mark` may have been made when another key was the first."""
    said = "|".join(texts).encode()
    return [hmac.new(_key(f"mark|{word}"), said, hashlib.sha256).hexdigest() for word in settings.FIELD_KEYS]


def _box() -> MultiFernet:
    """The first of FIELD_KEYS seals; every one opens, so that keys can be replaced one after another."""
    return MultiFernet([Fernet(_key(word)) for word in settings.FIELD_KEYS])


def _key(word: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"engage.kit.secrets|" + word.encode()).digest())


class SecretField(models.TextField):
    """Reads and writes as plain text; holds it sealed. It cannot be searched or compared in the database."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value in (None, "") else seal(str(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return value if not value else unseal(value)


class MarkField(models.CharField):
    """The mark of other fields of the same row, so that the database can find rows that hold the same secrets."""

    def __init__(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 64, "editable": False, "db_index": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        made = mark(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, made)
        return made
