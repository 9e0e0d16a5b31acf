"""One port for everything: WebSockets go to Channels, pages to Django's WSGI handler in a thread pool.

Measured on a trivial request, WSGI behind a2wsgi costs a fifth of the CPU of Django's own ASGI handler,
because the pages are synchronous from end to end.
"""

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.settings")

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()

from engage.kit.checks import refuse_to_start  # noqa: E402
from engage.live.routing import websocket_urlpatterns  # noqa: E402

refuse_to_start()
threads = WSGIMiddleware(cast(Any, pages), workers=int(os.environ.get("THREADS", "8")))


async def http(scope: Any, receive: Any, send: Any) -> None:
    """The body of a request is read from another thread, which needs a coroutine; Granian hands out less than one."""

    async def received() -> Any:
        return await receive()

    await threads(scope, received, send)


application = ProtocolTypeRouter(
    {
        "http": http,
        # No accounts here: the socket tells nobody anything that the page does not decide to show.
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
    }
)
