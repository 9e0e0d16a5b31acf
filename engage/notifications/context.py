"""What every page's header shows of notifications."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from engage.notifications.queries import MOST_COUNTED, standing_of


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread`: how many notifications wait, as words: "", "3" or "99+". Asked only for the signed-in, and only
    by a template that prints it."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {"unread": ""}
    return {"unread": SimpleLazyObject(lambda: _words(standing_of(account).unread))}


def _words(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")
