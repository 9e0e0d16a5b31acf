"""Templates mirror the packages, run under the strict policy, and speak to no other site."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template

from tests.house.test_ladder import ours

FOLDER = Path(settings.BASE_DIR) / "templates"
BORROWED = {
    "account",
    "mfa",
    "socialaccount",
    "allauth",
    "wagtailadmin",
    "wagtailcore",
}  # others' pages, in our words
SHARED = {"components", "emails"}
# Mail programs know no style sheets and no policy, so these carry their looks in attributes.
EMAILS = {"emails"}
ALL = sorted(
    path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt", ".xml", ".css"}
)
HTML = [path for path in ALL if path.suffix == ".html"]

TAG = re.compile(r"<[a-zA-Z][^<>]*>", re.DOTALL)
# Words between tags of the template language may hold < and >, so they are taken out before looking for markup.
LANGUAGE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
ELSEWHERE = re.compile(
    r"""(?:src|srcset|data|poster|action|formaction|hx-[a-z]+)\s*=\s*["']?\s*(?:https?:)?//""", re.IGNORECASE
)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def markup(path: Path) -> str:
    return LANGUAGE.sub("", (FOLDER / path).read_text())


def test_every_template_belongs_to_a_package():
    labels = {config.label for config in apps.get_app_configs() if config.name in ours()}
    folders = {path.parts[0] for path in ALL if len(path.parts) > 1}
    assert folders <= labels | BORROWED | SHARED


def offenders(wrong: Callable[[Path], object]) -> list[str]:
    """The templates that are wrong: a test for each rule, not for each of hundreds of files, keeps this quick."""
    return [str(path) for path in HTML if wrong(path)]


@pytest.mark.slow
def test_every_template_compiles():
    for path in HTML:
        get_template(str(path))


def test_no_inline_script():
    def scripted(path: Path) -> bool:
        found = SCRIPT.findall(markup(path))
        return any(body.strip() and 'type="application/json"' not in attributes for attributes, body in found)

    assert offenders(scripted) == []


def test_no_inline_style_and_no_handlers():
    def styled(path: Path) -> bool:
        forbidden = r"\son[a-z]+\s*=" if path.parts[0] in EMAILS else r"\s(style|on[a-z]+)\s*="
        text = markup(path)
        return bool(re.search(r"<style\b", text, re.IGNORECASE)) or any(
            re.search(forbidden, tag, re.IGNORECASE) for tag in TAG.findall(text)
        )

    assert offenders(styled) == []


def test_nothing_is_loaded_from_elsewhere():
    def fetched(path: Path) -> bool:
        text = markup(path)
        return bool(ELSEWHERE.search(text) or re.search(r"<link[^>]+href=\"(https?:)?//", text))

    assert offenders(fetched) == []


def test_no_query_hides_in_a_template():
    asks = re.compile(r"\.objects\b|_set\b|\.all\s*[%}|]")
    assert offenders(lambda path: asks.search((FOLDER / path).read_text())) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color: red'>",
        '<a onclick="go()">',
        "<STYLE>",
        "<script>go()</script>",
        '<img src="//elsewhere/">',
    ],
)
def test_each_rule_sees_what_it_forbids(html, tmp_path, monkeypatch):
    (tmp_path / "bad.html").write_text(html)
    monkeypatch.setattr("tests.house.test_templates.FOLDER", tmp_path)
    monkeypatch.setattr("tests.house.test_templates.HTML", [Path("bad.html")])
    rules = [
        test_no_inline_script,
        test_no_inline_style_and_no_handlers,
        test_nothing_is_loaded_from_elsewhere,
    ]
    assert [rule for rule in rules if _fails(rule)]


def _fails(rule: Callable[[], None]) -> bool:
    try:
        rule()
    except AssertionError:
        return True
    return False
