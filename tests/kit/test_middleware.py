"""What is written down about a request, what is not, and what every response carries."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from prometheus_client import REGISTRY

from engage.kit.logging import configure
from engage.kit.middleware import observed
from ideas.models import Idea
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db
SECRETS = {
    "HTTP_USER_AGENT": "Agent-9000",
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_X_FORWARDED_FOR": "203.0.113.78",
}


def test_every_response_has_an_id_of_its_own(client):
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))
    assert first != second
    assert len(first) == 32


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [
        (0, "from-a-stranger", False),
        (1, "from-the-proxy", True),
        (1, "x\n", False),
        (1, "<script>alert", False),
    ],
)
def test_an_id_is_taken_over_from_a_trusted_proxy_only(settings, proxies, given, kept):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)
    answer = observed(lambda request: HttpResponse())(request)
    assert (answer.headers["X-Request-ID"] == given) == kept


def test_the_log_tells_route_status_and_time_but_nobody_apart(client, caplog):
    with caplog.at_level(logging.INFO, logger="engage.request"):
        answer = client.get("/account/login/?next=/ideas/&q=kim@example.org", **SECRETS)
    (line,) = [record.msg for record in caplog.records if record.name == "engage.request"]
    assert line["route"] == "/account/login/"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["milliseconds"] > 0
    assert line["request_id"] == answer.headers["X-Request-ID"]
    for secret in (*SECRETS.values(), "kim@example.org", "next="):
        assert secret not in caplog.text


def test_production_logs_are_lines_of_json():
    formatter = configure(json=True, level="INFO")["formatters"]["events"]
    made = formatter.pop("()")(**formatter)
    record = logging.LogRecord("ideas", logging.WARNING, "f.py", 1, "counted %s", ("twice",), None)
    line = json.loads(made.format(record))
    assert (line["event"], line["level"], line["logger"]) == ("counted twice", "warning", "ideas")
    assert line["timestamp"].endswith("Z")


def count(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


def test_requests_are_counted_by_route_not_by_address(client):
    labels = {"method": "GET", "route": "media/<path:path>", "status": "404"}
    before = count("engage_requests_total", **labels)
    client.get("/media/one.png")
    client.get("/media/two.png")
    assert count("engage_requests_total", **labels) == before + 2


def test_made_up_methods_do_not_make_up_series(client):
    client.generic("FROBNICATE", "/healthz")
    assert count("engage_requests_total", method="OTHER", route="healthz", status="405") >= 1


def test_metrics_are_for_operators(client):
    page = client.get("/metrics", REMOTE_ADDR="127.0.0.1")
    assert b"engage_request_seconds_bucket" in page.content
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 403


@pytest.mark.parametrize("path", ["/account/login/", "/healthz", "/media/none.png", "/account/", "/admin/"])
def test_every_response_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_scripts_come_from_this_site_only_everywhere(client):
    for path in ("/account/login/", "/admin/", "/healthz"):
        policy = dict(
            part.split(" ", 1) for part in client.get(path).headers["Content-Security-Policy"].split("; ")
        )
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == "'self'"
        assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
        assert ("style-src-attr" in policy) == (path == "/admin/")


def test_style_sheets_and_scripts_carry_the_policy_too(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "page.css").write_text("p { color: black }")
    answer = client.get("/static/page.css")
    assert b"".join(answer.streaming_content) == b"p { color: black }"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_of_the_signed_in_are_kept_for_nobody_else(client):
    assert "Cache-Control" not in client.get("/ideas/").headers
    client.force_login(ResidentFactory().account)
    assert client.get("/ideas/").headers["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get("/account/").headers["Cache-Control"]


def test_the_address_of_a_form_says_so_when_it_is_opened_like_a_page(client):
    client.force_login(ResidentFactory().account)
    answer = client.get("/ideas/1/support/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Open the page that has the form on it" in answer.content.decode()


@pytest.mark.parametrize("path", ["/budgets/", "/budgets/awards/", "/councillors/", "/ideas/", "/search/"])
@pytest.mark.parametrize("method", ["POST", "OPTIONS", "TRACE"])
def test_a_page_says_so_when_something_is_sent_to_it(client, path, method):
    answer = client.generic(method, path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "Open it as a page" in answer.content.decode()


def test_a_form_that_is_refused_leads_back_to_its_page_and_to_no_other_site(client):
    idea = IdeaFactory()
    Idea.objects.update(status="done")
    client.force_login(ResidentFactory().account)
    address = idea.get_absolute_url()
    for referrer, offered in ((f"http://testserver{address}", True), ("http://elsewhere.example/x", False)):
        answer = client.post(f"/ideas/{idea.pk}/support/", {"support": "yes"}, headers={"referer": referrer})
        assert answer.status_code == 409
        assert ("Go back to the page you were on" in answer.content.decode()) is offered
        assert (f'href="{address}"' in answer.content.decode()) is offered
