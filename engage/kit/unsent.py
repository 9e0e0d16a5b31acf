"""Words of somebody whose session ended while they wrote: kept until they have signed in, then in the form again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from engage.kit.guards import View

KEY = "unsent"
# More than our forms ask for; a stranger who sends other things does not fill the store of sessions.
FIELDS, LONGEST = 10, 8_000


def keeping_words(view: View) -> View:
    """Above a guard that asks people to sign in. Not for forms with secrets: sessions are kept in the database."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            keep_words(request)
        return view(request, *args, **kwargs)

    return kept


def keep_words(request: HttpRequest) -> None:
    sent = ((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    typed = {
        name: values[0][:LONGEST] if len(values) == 1 else [each[:LONGEST] for each in values[:FIELDS]]
        for name, values in islice(sent, FIELDS)
    }
    request.session[KEY] = {"path": request.path, "typed": typed}


def words_kept(request: HttpRequest, path: str = "") -> Mapping[str, Any]:
    """What was sent to `path` (else to this page), handed out once: the `initial` of a form."""
    kept = request.session.get(KEY) if request.user.is_authenticated else None
    if not kept or kept["path"] != (path or request.path):
        return {}
    del request.session[KEY]
    return dict(kept["typed"])
