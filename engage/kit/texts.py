"""Text messages, by whichever gateway the site uses: `SMS_BACKEND` names a class with `send(number, words)`.

Engage comes with two. `HttpGateway` posts JSON to `SMS_URL`; `ToConsole` prints, for trying things out.
"""

from __future__ import annotations

import sys
from typing import Protocol

import phonenumbers
import requests
from django.conf import settings
from django.utils.module_loading import import_string

SECONDS = 10


class Gateway(Protocol):
    def send(self, number: str, words: str) -> None:
        """`number` is like +447700900123. Raises OSError when the message was not taken."""
        ...


class ToConsole:
    def send(self, number: str, words: str) -> None:
        sys.stdout.write(f"Text message to {number}:\n{words}\n")


class HttpGateway:
    """Posts `{"to", "from", "text"}` to `SMS_URL`, with `SMS_TOKEN` as bearer token. Any answer below 300 is a yes."""

    def send(self, number: str, words: str) -> None:
        said = {"to": number, "from": settings.SMS_SENDER, "text": words}
        head = {"Authorization": f"Bearer {settings.SMS_TOKEN}"} if settings.SMS_TOKEN else {}
        answer = requests.post(
            settings.SMS_URL, json=said, headers=head, timeout=SECONDS, allow_redirects=False
        )
        if answer.status_code >= 300:
            raise OSError(f"The gateway for text messages answered {answer.status_code}.")


def are_sent() -> bool:
    """Whether the site is set up to send any."""
    return bool(settings.SMS_BACKEND)


def send_text(number: str, words: str) -> None:
    """Raises OSError when the gateway does not take it."""
    gateway: Gateway = import_string(settings.SMS_BACKEND)()
    gateway.send(number, words)


def telephone(said: str) -> str:
    """The one way to write a telephone number, like +447700900123; a number without a country is of `PHONE_REGION`.

    Raises ValueError when it can be none.
    """
    try:
        number = phonenumbers.parse(said, settings.PHONE_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValueError(said) from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError(said)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
