"""Templates mirror the packages, run under the strict policy, and speak to no other site."""

import re
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


@pytest.mark.parametrize("path", HTML, ids=str)
class TestMarkup:
    def test_it_compiles(self, path):
        get_template(str(path))

    def test_no_inline_script(self, path):
        for attributes, body in SCRIPT.findall(markup(path)):
            assert not body.strip() or 'type="application/json"' in attributes

    def test_no_inline_style_and_no_handlers(self, path):
        text = markup(path)
        forbidden = r"\son[a-z]+\s*=" if path.parts[0] in EMAILS else r"\s(style|on[a-z]+)\s*="
        assert not re.search(r"<style\b", text, re.IGNORECASE)
        for tag in TAG.findall(text):
            assert not re.search(forbidden, tag, re.IGNORECASE), tag

    def test_nothing_is_loaded_from_elsewhere(self, path):
        assert not ELSEWHERE.search(markup(path))
        assert not re.search(r"<link[^>]+href=\"(https?:)?//", markup(path))

    def test_no_query_hides_in_it(self, path):
        text = (FOLDER / path).read_text()
        assert not re.search(r"\.objects\b|_set\b|\.all\s*[%}|]", text)
