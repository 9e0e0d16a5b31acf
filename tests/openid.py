"""An identity provider that speaks real HTTP, as small as can be."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from engage.env import OpenID


@dataclass
class Provider:
    url: str
    person: dict = field(default_factory=dict)
    asked: list[dict] = field(default_factory=list)


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path.startswith("/.well-known/"):
                names = {
                    "authorization_endpoint": "/authorize",
                    "token_endpoint": "/token",
                    "userinfo_endpoint": "/me",
                }
                self.answer({"issuer": mine.url, **{name: mine.url + path for name, path in names.items()}})
            else:
                self.answer(mine.person)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            mine.asked.append({name: values[0] for name, values in parse_qs(body).items()})
            self.answer({"access_token": "a-token", "token_type": "Bearer"})

        def answer(self, data):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(data).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    mine = Provider(f"http://127.0.0.1:{server.server_port}")
    app = {
        "provider_id": "council",
        "name": "Council account",
        "client_id": "engage",
        "secret": "hush",
        "settings": {"server_url": mine.url},
    }
    settings.OIDC = OpenID((app,), (), False)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield mine
    server.shutdown()
    thread.join()
    server.server_close()
