"""From what somebody follows to what the `follow_button` component draws; no database."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse

from engage.notifications.kinds import Topic, is_area


def button(
    request: HttpRequest, topic: Topic, *, following: bool, next_url: str, what: str = ""
) -> dict[str, Any]:
    """For the component. `next_url` is the page that the button is on, for browsers without scripts; `what` is the
    name of the topic where the page does not say it."""
    name = f"{topic[0]}.{topic[1]}"
    sign_in = f"{reverse('account_login')}?{urlencode({'next': next_url})}"
    return {
        "topic": name,
        "dom_id": name.replace(".", "-"),
        "what": what,
        "area": is_area(topic),
        "following": following,
        "action_url": reverse("notifications:unfollow" if following else "notifications:follow"),
        "next_url": next_url,
        "csrf_token": get_token(request) if request.user.is_authenticated else "",
        "sign_in_url": "" if request.user.is_authenticated else sign_in,
    }
